"""The page of one version of a message or schedule: what it says, and what it changed."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, render_template
from sqlalchemy.orm import Session

from kiosk import versions as pages
from kiosk.drafts import Entry
from kiosk.versions import Shown
from schedules import versions
from schedules.models import Version


def version_of(session: Session, kind: str, key: str, number: int) -> Version:
    """Not found where there is none of that number."""
    found = (row for row in versions.history(session, kind, key) if row.number == number)
    return next(found, None) or abort(404)


def version_page(
    session: Session,
    row: Version,
    shown: Callable[[Entry], Shown],
    page: str,
    title: str,
    back: str,
    edit: str,
) -> str:
    """``shown`` puts an entry into words; ``back`` and ``edit`` are addresses."""
    older = [one for one in versions.history(session, row.kind, row.key) if one.number < row.number]
    return render_template(
        "version.html",
        page=page,
        title=title,
        row=row,
        before=older[0].number if older else 0,
        fields=shown(row.entry),
        changes=pages.changes(shown(older[0].entry), shown(row.entry)) if older else [],
        states=pages.STATES,
        back=back,
        edit=edit,
    )
