"""An order may name one announcement; a request and an occurrence find their rows of the log by index."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("zone_commands", sa.Column("announcement_id", sa.String(), nullable=True))
    op.create_index("ix_playouts_request", "playouts", ["request_id"], unique=False)
    op.create_index("ix_playouts_occurrence", "playouts", ["occurrence_id"], unique=False)
