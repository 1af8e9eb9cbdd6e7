"""Codes of conduct that staff loaded."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "conduct_editions",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
    )
    op.create_index("ix_conduct_editions_code", "conduct_editions", ["code", "loaded_at"])
