"""What travellers say, every step of its way, files, contacts and consents."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), nullable=False, unique=True),
        sa.Column("station_id", sa.String(), sa.ForeignKey("stations.id"), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("mood", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("playing", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("accepted_at", UtcDateTime()),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("assignee", sa.String(), nullable=False),
        sa.Column("forwarded_to", sa.String(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(), sa.ForeignKey("feedback.id")),
        sa.Column("satisfied", sa.Boolean()),
    )
    op.create_index("ix_feedback_inbox", "feedback", ["station_id", "state", "received_at"])
    op.create_index("ix_feedback_calls", "feedback", ["kind", "state"])
    op.create_index("ix_feedback_device", "feedback", ["device", "received_at"])
    op.create_index("ix_feedback_received_at", "feedback", ["received_at"])
    op.create_table(
        "feedback_steps",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_feedback_steps_feedback_id", "feedback_steps", ["feedback_id"])
    op.create_table(
        "feedback_files",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("step_id", sa.String(), sa.ForeignKey("feedback_steps.id")),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_feedback_files_feedback_id", "feedback_files", ["feedback_id"])
    op.create_table(
        "feedback_contacts",
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "feedback_consents",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("feedback_id", sa.String(), sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime()),
    )
    op.create_index("ix_feedback_consents_feedback_id", "feedback_consents", ["feedback_id"])
    op.create_table(
        "feedback_replies",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
    )
