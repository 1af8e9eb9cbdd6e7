"""People who were honoured, with their story."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "good_examples",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("station_id", sa.String(), sa.ForeignKey("stations.id"), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("honoured_on", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime()),
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id")),
    )
    op.create_index("ix_good_examples_shown", "good_examples", ["station_id", "published_at"])
