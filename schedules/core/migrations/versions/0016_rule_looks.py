"""How often travellers look at a rule of conduct."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "rule_looks",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("station_id", sa.String(), sa.ForeignKey("stations.id"), primary_key=True),
        sa.Column("rule", sa.String(), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )
