"""Who may decide about the draft of a schedule."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kiosk.accounts.guard import require
from kiosk.accounts.roles import Right
from kiosk.scheduling.operations import KIND
from schedules import publishing
from schedules.models import Version


def demand(session: Session, draft: Version, right: Right) -> None:
    """The right at the draft's station, and at the one whose schedule it would replace."""
    require(right, draft.entry["station"])
    in_force = publishing.current(session, KIND, draft.key)
    if in_force:
        require(right, in_force["station"])
