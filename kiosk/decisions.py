"""What a person decides about the draft on the page: approve it, or discard it. For messages and schedules alike."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request
from sqlalchemy.orm import Session

from kiosk import drafts, four_eyes
from kiosk.accounts.guard import someone
from kiosk.accounts.roles import Right
from kiosk.drafts import Entry
from kiosk.language.words import gettext
from kiosk.transactions import reading, writing
from schedules import publishing, versions
from schedules.core.clock import utcnow
from schedules.core.errors import UserError
from schedules.models import Version

Demand = Callable[[Session, Version, Right], None]  # aborts the request of whoever may not

CHANGED = "Bản nháp đã thay đổi từ lúc quý vị mở trang. Chưa làm gì cả: xin xem lại bản mới nhất."

OWN_DRAFT = (
    "Chính quý vị viết bản nháp này, nên người khác có quyền duyệt sẽ xem và duyệt. Chưa có gì thay đổi."
)


def approve(kind: str, key: str, demand: Demand) -> None:
    with writing() as session:
        draft = _seen(session, kind, key)
        if draft is None:
            return
        demand(session, draft, Right.APPROVE)
        alone = draft.written_by == someone().name
        if alone and four_eyes.another_could(session, draft):
            flash(gettext(OWN_DRAFT), "bad")
            return
        try:
            drafts.approve(session, draft, someone().name, utcnow(), alone)
        except UserError as error:
            session.rollback()
            flash(gettext("Chưa duyệt được: %(error)s", error=error), "bad")
        else:
            flash(gettext("Đã duyệt. Từ bây giờ loa phát theo bản này."))


def discard(kind: str, key: str, demand: Demand) -> None:
    with writing() as session:
        draft = _seen(session, kind, key)
        if draft is not None:
            demand(session, draft, Right.DRAFT)
            drafts.discard(session, draft, someone().name, utcnow())
            kept = publishing.current(session, kind, key)  # the page on which its history can be seen
            flash(
                gettext("Đã bỏ bản nháp. Nó vẫn còn trong lịch sử.") if kept else gettext("Đã bỏ bản nháp.")
            )


def last_seen(kind: str, key: str) -> tuple[Entry | None, bool]:
    """What stood under that key last, and whether it still has a page: a draft that was never approved takes it along."""
    with reading() as session:
        present = publishing.current(session, kind, key)
        newest = next(iter(versions.history(session, kind, key)), None)
        draft = newest is not None and newest.state == "draft"
        return present or (newest.entry if newest else None), bool(present or draft)


def _seen(session: Session, kind: str, key: str) -> Version | None:
    """The draft that the page showed; None, and the reason on the next page, where it has changed since."""
    draft = versions.draft_of(session, kind, key)
    if draft is None or draft.mark != request.form.get("seen"):
        flash(gettext(CHANGED), "bad")
        return None
    return draft


def others_to_approve(session: Session, draft: Version | None) -> list[str]:
    """The names of those who are to approve one's own draft; none where one may do so oneself."""
    own = draft is not None and draft.written_by == someone().name
    return four_eyes.others(session, draft) if draft and own else []


def overtaken(draft: Version | None) -> str:
    """What to tell somebody whose form was overtaken by another person's."""
    if draft is None:
        return gettext(
            "Bản nháp này vừa được duyệt hoặc bỏ. Điều quý vị gõ vẫn ở đây: lưu lần nữa để thành bản nháp mới."
        )
    return gettext(
        "%(written_by)s vừa lưu bản nháp này. Điều quý vị gõ vẫn ở đây: lưu lần nữa sẽ ghi đè bản kia.",
        written_by=draft.written_by,
    )
