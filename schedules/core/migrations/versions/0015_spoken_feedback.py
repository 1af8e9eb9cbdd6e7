"""What travellers said into a microphone, until it is written down."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "feedback_spoken",
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id"), primary_key=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_feedback_spoken_said_at", "feedback_spoken", ["said_at"])
