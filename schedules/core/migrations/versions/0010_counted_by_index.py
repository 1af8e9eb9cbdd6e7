"""What pages count and look up most is found in the index alone: a zone's settled day, today's results, a zone's last sound."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.drop_index("ix_occurrences_day", "occurrences")
    op.create_index("ix_occurrences_day", "occurrences", ["day", "zone_id", "result"], unique=False)
    op.drop_index("ix_playouts_time", "playouts")
    op.create_index("ix_playouts_time", "playouts", ["logged_at", "final", "result"], unique=False)
    op.create_index("ix_playouts_zone_result", "playouts", ["zone", "result", "logged_at"], unique=False)
