"""Versions of messages and schedules; messages of one station; which message is said; sounds to be heard at a desk."""

import sqlalchemy as sa
from alembic import op

from schedules.core.tables import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("kind", "key", "number", name=op.f("uq_versions_kind_key_number")),
    )
    draft = sa.text("state = 'draft'")
    op.create_index(
        "ix_versions_one_draft",
        "versions",
        ["kind", "key"],
        unique=True,
        sqlite_where=draft,
        postgresql_where=draft,
    )
    # Alembic would add the reference in a second step, which SQLite does not know.
    for table, column, other in (
        ("messages", "station_id", "stations"),
        ("announcements", "message_id", "messages"),
    ):
        name = f"fk_{table}_{column}"
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR CONSTRAINT {name} REFERENCES {other} (id)"
        )
    op.create_index("ix_announcements_message_id", "announcements", ["message_id"], unique=False)
    op.create_table(
        "auditions",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("script", sa.JSON(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_auditions")),
    )
