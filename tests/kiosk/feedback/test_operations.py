"""A traveller's verbs: one tap is feedback, words make it a case, and nothing is filed twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from feedback_given import NOW, picture
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer.models import Playout
from kiosk.feedback import operations, own_data
from kiosk.feedback.models import Consent, Contact, Feedback, File, Step
from kiosk.feedback.operations import Unclear
from kiosk.feedback.photos import NoPhoto
from kiosk.keys import key
from schedules.core.errors import StationError
from schedules.core.ids import new_id

Site = Any
Begin = Callable[..., Feedback]
PHONE = {"phone": "0912 345 678", "name": "Hoa Thử"}
AGREED = {"answer": "Gọi tôi để trả lời."}


def count(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_tap_is_feedback_with_a_code(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session, mood="good")
    assert (row.state, row.mood, row.kind, len(row.code)) == ("mark", "good", "", 8)


def test_a_second_tap_files_nothing(site: Site, begun: Begin) -> None:
    id = new_id()
    with site.database.write() as session:
        first = begun(session, id=id)
        again = begun(session, id=id, mood="good")
        assert again is first
        assert (count(session, Feedback), again.mood) == (1, "bad")


def test_what_was_said_then_is_kept_with_it(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        for minutes, text in ((3, "Tàu SE1 chậm."), (7, "Đã lâu rồi.")):
            at = NOW - timedelta(minutes=minutes)
            session.add(
                Playout(
                    zone="sanh", title="Tàu", text=text, priority=0, planned_at=at, logged_at=at, result="played", final=True,
                )
            )  # fmt: skip
        row = begun(session)
    assert [(one["text"], one["zones"]) for one in row.playing] == [("Tàu SE1 chậm.", ["sanh"])]


def test_words_make_it_a_case(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        operations.choose_topic(row, "place")
        operations.tell(session, row, "report", "  Nhà vệ sinh\r\n bẩn quá \u200b", b"", NOW)
    assert (row.state, row.topic, row.kind, row.words) == ("open", "place", "report", "Nhà vệ sinh\nbẩn quá")


def test_until_somebody_accepted_it_the_words_are_the_travellers_to_change(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        operations.tell(session, row, "report", "Ghế gẫy.", b"", NOW)
        operations.tell(session, row, "suggestion", "Ghế gãy.", b"", NOW)
        assert (row.words, row.kind) == ("Ghế gãy.", "suggestion")
        row.state, row.accepted_at = "accepted", NOW
        operations.tell(session, row, "report", "Cả đèn nữa.", b"", NOW)
    assert (row.words, [one.text for one in row.steps if one.act == "replied"]) == (
        "Ghế gãy.",
        ["Cả đèn nữa."],
    )


@pytest.mark.parametrize(
    "kind, words, code",
    [
        ("report", " \n ", "nothing"),
        ("report", "a" * 2001, "long"),
        ("report", "a" * 100_000, "long"),
        ("urgent", "Cháy", "kind"),
        ("", "Cháy", "kind"),
    ],
)
def test_what_cannot_be_told_is_refused(site: Site, begun: Begin, kind: str, words: str, code: str) -> None:
    with site.database.write() as session:
        row = begun(session)
        with pytest.raises(Unclear) as refused:
            operations.tell(session, row, kind, words, b"", NOW)
        assert (refused.value.code, row.state, row.words) == (code, "mark", "")


def test_a_photo_alone_is_a_case_and_four_are_enough(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        for width in (40, 41, 42, 43, 43):  # the last is a second tap
            operations.tell(session, row, "report", "", picture(width), NOW)
        with pytest.raises(Unclear, match="many-photos"):
            operations.tell(session, row, "report", "", picture(44), NOW)
        assert (row.state, len(row.files)) == ("open", 4)


def test_what_is_no_photo_changes_nothing(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        with pytest.raises(NoPhoto):
            operations.tell(session, row, "report", "Xem ảnh.", b"<svg onload=alert(1)>", NOW)
        assert (row.state, row.words, row.files) == ("mark", "", [])


def test_a_contact_is_sealed_and_kept_only_with_a_consent(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        with pytest.raises(Unclear, match="no-consent"):
            operations.leave_contact(session, site.home, row, PHONE, {}, NOW)
        operations.leave_contact(session, site.home, row, PHONE, AGREED, NOW)
        assert row.contact is not None
        assert b"0912" not in row.contact.sealed
        assert own_data.reach(site.home, row) == {"name": "Hoa Thử", "phone": "0912 345 678"}
        assert [(one.purpose, one.wording) for one in row.consents] == list(AGREED.items())


@pytest.mark.parametrize(
    "typed, code",
    [
        ({}, "no-contact"),
        ({"name": "Hoa"}, "no-contact"),
        ({"phone": "12"}, "phone"),
        ({"phone": "0912345678<b>"}, "phone"),
        ({"email": "a@b"}, "email"),
    ],
)
def test_a_contact_that_reaches_nobody_is_refused(
    site: Site, begun: Begin, typed: dict[str, str], code: str
) -> None:
    with site.database.write() as session:
        row = begun(session)
        with pytest.raises(Unclear, match=code):
            operations.leave_contact(session, site.home, row, typed, AGREED, NOW)
        assert row.contact is None


def test_with_the_last_consent_the_contact_goes(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        operations.leave_contact(session, site.home, row, PHONE, AGREED | {"ask": "Hỏi tôi."}, NOW)
        operations.withdraw(session, row, ["ask"], NOW)
        assert row.contact is not None
        operations.withdraw(session, row, ["answer"], NOW)
        assert count(session, Contact) == 0
        assert [one.withdrawn_at for one in row.consents] == [NOW, NOW]  # that there was one stays on record


def test_a_seal_opens_for_its_own_feedback_alone(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        one, other = begun(session), begun(session)
        operations.leave_contact(session, site.home, one, PHONE, AGREED, NOW)
        assert one.contact is not None
        other.contact = Contact(sealed=one.contact.sealed)
        with pytest.raises(StationError):
            own_data.reach(site.home, other)
    assert (site.home / "keys" / "contacts").stat().st_mode & 0o077 == 0
    assert len(key(site.home, "contacts")) == 32


def test_a_reply_after_the_answer_opens_it_again(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        operations.tell(session, row, "report", "Ghế gãy.", b"", NOW)
        row.state, row.answered_at = "answered", NOW
        operations.rate(session, row, False, NOW)
        operations.reply(session, row, "Vẫn gãy.", picture(), NOW)
    assert (row.state, row.answered_at, row.satisfied) == ("accepted", None, False)
    assert [step.act for step in row.steps] == ["received", "unsatisfied", "replied"]
    assert len(row.steps[-1].files) == 1


def test_nobody_writes_for_ever(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        for number in range(operations.MOST_REPLIES):
            operations.reply(session, row, f"Lời {number}.", b"", NOW)
        with pytest.raises(Unclear, match="many-replies"):
            operations.reply(session, row, "Một lời nữa.", b"", NOW)


def test_what_is_not_answered_cannot_be_judged(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        with pytest.raises(Unclear, match="not-answered"):
            operations.rate(session, row, True, NOW)


def test_erased_is_erased(site: Site, begun: Begin) -> None:
    with site.database.write() as session:
        row = begun(session)
        operations.tell(session, row, "report", "Lời sẽ mất.", picture(), NOW)
        operations.leave_contact(session, site.home, row, PHONE, AGREED, NOW)
        operations.reply(session, row, "Cũng mất.", picture(), NOW)
        code = row.code
    assert "Lời sẽ mất".encode() in on_the_disk(site)
    with site.database.write() as session:
        own_data.erase(session, session.get_one(Feedback, row.id))
    with site.database.read() as session:
        assert operations.of_code(session, code) is None
        assert [count(session, table) for table in (Contact, Consent, File, Step)] == [0, 0, 0, 0]
        kept = session.scalars(select(Feedback)).one()
        assert (kept.words, kept.device, kept.mood, kept.kind) == ("", "", "bad", "report")
    assert "Lời sẽ mất".encode() not in on_the_disk(site)


def on_the_disk(site: Site) -> bytes:
    """All that the database's files hold, once what is in its journal has been written."""
    with site.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(path.read_bytes() for path in site.home.glob("loaga.db*"))
