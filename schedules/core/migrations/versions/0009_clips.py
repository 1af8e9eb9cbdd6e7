"""A wording may have a recording that sounds instead of a voice."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("wordings", sa.Column("clip", sa.String(), nullable=False, server_default=""))
