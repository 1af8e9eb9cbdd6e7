"""What it takes to watch a station: its log by result."""

from alembic import op

revision = "0007"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_playouts_result", "playouts", ["result", "logged_at"], unique=False)
