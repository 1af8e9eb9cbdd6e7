"""Whether somebody's password was set by somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column(
        "accounts", sa.Column("password_given", sa.Boolean(), nullable=False, server_default=sa.false())
    )
