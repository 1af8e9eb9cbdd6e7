"""What read-back thinks of a sound, and who consented to one that it found bad."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("sounds", sa.Column("readback", sa.JSON(), nullable=True))
    op.add_column("sounds", sa.Column("approved_by", sa.String(), nullable=True))
    op.add_column("sounds", sa.Column("approved_at", UtcDateTime(), nullable=True))
