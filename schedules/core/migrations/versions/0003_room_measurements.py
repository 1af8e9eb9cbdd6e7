"""What recordings of the test signal told of the zones' rooms."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "room_measurements",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("measured_at", UtcDateTime(), nullable=False),
        sa.Column("sti", sa.Double(), nullable=False),
        sa.Column("rt60", sa.Double(), nullable=True),
        sa.Column("level_db", sa.Double(), nullable=False),
        sa.Column("noise_db", sa.Double(), nullable=False),
        sa.Column("snr_db", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["zone_id"], ["zones.id"], name=op.f("fk_room_measurements_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_measurements")),
    )
    op.create_index(
        "ix_room_measurements_zone", "room_measurements", ["zone_id", "measured_at"], unique=False
    )
