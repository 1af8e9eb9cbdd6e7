"""What was said on a day outside schedules is found in the index: it has no occurrence."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.drop_index("ix_playouts_occurrence", "playouts")
    op.create_index("ix_playouts_occurrence", "playouts", ["occurrence_id", "logged_at"], unique=False)
