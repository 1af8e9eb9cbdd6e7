"""What staff do: every verb is a step and on record, and a case ends only with an answer and its proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from feedback_given import NOW, picture
from sqlalchemy import select

from kiosk.cases import likeness, operations
from kiosk.cases.documents import proof
from kiosk.cases.operations import Unclear
from kiosk.feedback import operations as travellers
from kiosk.feedback import own_data
from kiosk.feedback.models import Feedback, File
from schedules.core import audit

Site = Any
Told = Callable[..., Feedback]
BY = "lan"


def acts(row: Feedback) -> list[str]:
    return [step.act for step in row.steps]


def photo() -> File:
    return proof(picture(), "a.jpg")


def test_a_case_goes_its_way_and_every_step_is_on_record(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        operations.accept(session, row, BY, NOW)
        operations.note(session, row, "Đã gọi thợ.", BY, NOW)
        operations.ask(session, row, "Ghế ở ke nào?", BY, NOW)
        assert row.state == "waiting"
        travellers.reply(session, row, "Ke 1.", b"", NOW)
        operations.forward(session, row, "Đội sửa chữa", BY, NOW)
        operations.answer(session, row, "Ghế đã được thay.", photo(), BY, NOW)
        assert (row.state, row.assignee, row.forwarded_to) == ("answered", BY, "Đội sửa chữa")
        assert acts(row) == ["received", "accepted", "note", "asked", "replied", "forwarded", "answered"]
        assert [step.act for step in row.steps if step.shown] == [
            "accepted",
            "asked",
            "replied",
            "forwarded",
            "answered",
        ]
        entries = audit.entries(session, 20, {"subject": f"feedback {row.id}"})
    assert {entry.actor for entry in entries} == {BY}
    assert len(entries) == 5
    assert not any("Ghế" in f"{entry.before}{entry.after}" for entry in entries)


@pytest.mark.parametrize("text, code", [("", "no-words"), ("Ghế đã được thay.", "no-proof")])
def test_without_words_or_proof_nothing_ends(two: Site, told: Told, text: str, code: str) -> None:
    with two.database.write() as session:
        row = told(session)
        with pytest.raises(Unclear, match=code):
            operations.answer(session, row, text, None, BY, NOW)
        assert (row.state, row.accepted_at) == ("open", None)


def test_a_pdf_proves_too(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        operations.answer(session, row, "Xem văn bản.", proof(b"%PDF-1.7 ...", "bien-ban.pdf"), BY, NOW)
        assert [(one.mime, one.name) for one in row.files] == [("application/pdf", "bien-ban.pdf")]


@pytest.mark.parametrize(
    "name, kept",
    [("Biên bản số 1.pdf", "Biên bản số 1.pdf"), ("a\r\nX: y.pdf", "a X: y.pdf"), ("", "van-ban.pdf")],
)
def test_a_document_keeps_its_name_as_far_as_it_is_one(name: str, kept: str) -> None:
    assert proof(b"%PDF-1.7", name).name == kept


def test_what_is_over_is_over(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        operations.answer(session, row, "Xong.", photo(), BY, NOW)
        for verb in (operations.ask, operations.forward, operations.escalate):
            with pytest.raises(Unclear, match="over"):
                verb(session, row, "Gì nữa?", BY, NOW)


def test_what_was_merged_is_answered_together(two: Site, told: Told) -> None:
    with two.database.write() as session:
        first, second, third = (told(session) for _ in range(3))
        operations.merge(session, third, second, BY, NOW)
        operations.merge(session, second, first, BY, NOW)
        assert [row.merged_into for row in (second, third)] == [first.id, first.id]
        operations.answer(session, first, "Ghế đã được thay.", photo(), BY, NOW)
    for row in (first, second, third):
        assert (row.state, row.steps[-1].text, len(row.steps[-1].files)) == (
            "answered",
            "Ghế đã được thay.",
            1,
        )


def test_what_was_merged_into_something_that_is_deleted_is_answered_by_itself(two: Site, told: Told) -> None:
    with two.database.write() as session:
        first, second = told(session), told(session)
        operations.merge(session, second, first, BY, NOW)
        own_data.delete(session, first, NOW)
        assert (second.state, second.merged_into, second.words) == ("open", None, "Ghế gãy.")


def test_only_what_is_of_one_place_and_nothing_restricted_is_merged(two: Site, told: Told) -> None:
    with two.database.write() as session:
        here, there = told(session), told(session, at="ga-khac")
        secret = told(session, kind="denunciation")
        for row, into in ((here, there), (here, secret), (secret, here), (here, here)):
            with pytest.raises(Unclear, match="merge"):
                operations.merge(session, row, into, BY, NOW)


def test_the_likely_same_is_suggested_by_place_time_and_words(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, "Nhà vệ sinh tầng một bẩn quá")
        same = told(session, "Vệ sinh tầng một rất bẩn")
        told(session, "Tàu SE1 đến muộn")
        told(session, "Nhà vệ sinh tầng một bẩn quá", at="ga-khac")
        told(session, "Nhà vệ sinh tầng một bẩn quá", kind="denunciation")
        told(session, "Nhà vệ sinh tầng một bẩn quá", now=NOW - timedelta(days=9))
        assert [one.row.id for one in likeness.likely(session, row)] == [same.id]


def test_a_complaint_is_taken_from_whoever_had_it(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        operations.accept(session, row, BY, NOW)
        operations.sort(session, row, "denunciation", "official", BY, NOW)
    assert (row.restricted, row.assignee, row.topic) == (True, "", "official")


def test_what_was_set_aside_comes_back_when_it_is_sorted(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        operations.set_aside(session, row, "Quảng cáo.", BY, NOW)
        assert row.state == "mark"
        operations.sort(session, row, "report", "", BY, NOW)
        assert row.state == "open"


def test_what_was_merged_is_set_aside_together(two: Site, told: Told) -> None:
    with two.database.write() as session:
        first, second = told(session), told(session)
        operations.merge(session, second, first, BY, NOW)
        operations.set_aside(session, first, "Quảng cáo.", BY, NOW)
        assert [(row.state, row.steps[-1].act) for row in (first, second)] == [("mark", "set-aside")] * 2


def test_what_is_covered_is_covered_everywhere_and_for_good(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session, "Anh Thử 0912345678 lấy tiền. Gọi 0912345678.")
        travellers.reply(session, row, "Số 0912345678 ấy.", b"", NOW)
        operations.black_words(session, row, "0912345678", "Số điện thoại riêng.", BY, NOW)
    with two.database.read() as session:
        found = session.scalars(select(Feedback)).one()
        assert found.words == f"Anh Thử {'█' * 10} lấy tiền. Gọi {'█' * 10}."
        assert "0912345678" not in "".join(step.text for step in found.steps)
        assert found.steps[-1].text == "Số điện thoại riêng."


@pytest.mark.parametrize(
    "piece, reason, code",
    [("không có", "Riêng.", "not-there"), ("Ghế", "", "no-words"), ("G", "Riêng.", "not-there")],
)
def test_covering_needs_something_to_cover_and_a_reason(
    two: Site, told: Told, piece: str, reason: str, code: str
) -> None:
    with two.database.write() as session:
        row = told(session)
        with pytest.raises(Unclear, match=code):
            operations.black_words(session, row, piece, reason, BY, NOW)
        assert row.words == "Ghế gãy."


def test_a_photo_is_painted_over_for_good(two: Site, told: Told) -> None:
    with two.database.write() as session:
        row = told(session)
        travellers.reply(session, row, "Ảnh đây.", picture(100, 100), NOW)
        (file,) = row.files
        before = file.data
        operations.black_photo(session, row, file, [(0.1, 0.1, 0.5, 0.5)], "Biển số xe.", BY, NOW)
        assert file.data != before
        with pytest.raises(Unclear, match="not-there"):
            operations.black_photo(session, row, file, [], "Biển số xe.", BY, NOW)
