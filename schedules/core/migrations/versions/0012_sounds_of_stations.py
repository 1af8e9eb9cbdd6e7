"""Which announcements have a sound is looked up by its key."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_announcements_sound", "announcements", ["sound"], unique=False)
