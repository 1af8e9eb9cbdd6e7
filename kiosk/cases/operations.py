"""What staff do with a case. Each verb adds a step to its way, and is on record in the same transaction; they flush.

The audit log names the case and the act, never what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import typing
from kiosk.feedback import kinds, photos
from kiosk.feedback.models import (
    ACCEPTED,
    ANSWERED,
    MARK,
    MERGED,
    OPEN,
    UNDER_WAY,
    WAITING,
    Feedback,
    File,
    Step,
)
from schedules.core import audit
from schedules.core.errors import UserError

LONGEST_TEXT = 4000
BLACK = "█"
Box = tuple[float, float, float, float]


class Unclear(UserError):
    """``code`` is one of words.MISTAKES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def accept(session: Session, row: Feedback, by: str, now: datetime) -> None:
    """Somebody takes it on. Once accepted it stays so."""
    if row.state != OPEN:
        return
    row.state, row.assignee, row.accepted_at = ACCEPTED, by, row.accepted_at or now
    _step(row, "accepted", by, now, shown=True)
    audit.record(session, by, "accepted feedback", _subject(row), now)


def sort(session: Session, row: Feedback, kind: str, topic: str, by: str, now: datetime) -> None:
    """Of which kind it is and what it is about. A mark, or what was set aside, becomes a case by that. Raises Unclear."""
    if kind not in kinds.KINDS:
        raise Unclear("kind")
    before = {"kind": row.kind, "topic": row.topic}
    row.kind, row.topic = kind, topic if topic in kinds.TOPICS else ""
    if row.state == MARK:
        row.state = ACCEPTED if row.accepted_at else OPEN
    if row.restricted:
        row.assignee = ""  # whoever had it is of the unit that it may be about
    _step(row, "sorted", by, now, kind)
    audit.record(
        session, by, "sorted feedback", _subject(row), now, before, {"kind": kind, "topic": row.topic}
    )


def assign(session: Session, row: Feedback, to: str, by: str, now: datetime) -> None:
    """``to``: an account's name, of one to whom it may be given (``access.who_could``)."""
    _under_way(row)
    accept(session, row, by, now)
    row.assignee = to
    _step(row, "assigned", by, now, to)
    audit.record(session, by, "assigned feedback", _subject(row), now, after={"to": to})


def forward(session: Session, row: Feedback, to: str, by: str, now: datetime) -> None:
    """To the unit that is responsible; the traveller reads that. Raises Unclear."""
    _under_way(row)
    accept(session, row, by, now)
    row.forwarded_to = _text(to)[:200]
    _step(row, "forwarded", by, now, row.forwarded_to, shown=True)
    audit.record(session, by, "forwarded feedback", _subject(row), now, after={"to": row.forwarded_to})


def note(session: Session, row: Feedback, text: str, by: str, now: datetime) -> None:
    """For colleagues; the traveller never reads it. Raises Unclear."""
    _step(row, "note", by, now, _text(text))
    audit.record(session, by, "noted on feedback", _subject(row), now)


def ask(session: Session, row: Feedback, text: str, by: str, now: datetime) -> None:
    """Ask the traveller; the clock stands still until the reply. Raises Unclear."""
    _under_way(row)
    question = _text(text)
    accept(session, row, by, now)
    row.state = WAITING
    _step(row, "asked", by, now, question, shown=True)
    audit.record(session, by, "asked about feedback", _subject(row), now)


def answer(session: Session, row: Feedback, text: str, proof: File | None, by: str, now: datetime) -> None:
    """The end of a case, and of those merged into it: words, and the proof that they are true. Raises Unclear."""
    _under_way(row)
    told = _text(text)
    if proof is None:
        raise Unclear("no-proof")
    accept(session, row, by, now)
    for one in (row, *merged_into(session, row)):
        one.state, one.answered_at, one.satisfied = ANSWERED, now, None
        step = _step(one, "answered", by, now, told, shown=True)
        copy = File(mime=proof.mime, data=proof.data, name=proof.name)
        one.files.append(copy)
        step.files.append(copy)
    audit.record(session, by, "answered feedback", _subject(row), now)


def merge(session: Session, row: Feedback, into: Feedback, by: str, now: datetime) -> None:
    """``row`` is about the same as ``into`` and ends with it. Raises Unclear."""
    _under_way(row)
    _under_way(into)
    if row is into or row.station_id != into.station_id or row.restricted or into.restricted:
        raise Unclear("merge")
    for one in (row, *merged_into(session, row)):
        one.state, one.merged_into = MERGED, into.id
    _step(row, "merged", by, now, shown=True)
    _step(into, "joined", by, now)
    audit.record(session, by, "merged feedback", _subject(row), now, after={"into": into.id})


def escalate(session: Session, row: Feedback, text: str, by: str, now: datetime) -> None:
    """The head is to decide. Raises Unclear."""
    _under_way(row)
    row.escalated = True
    _step(row, "escalated", by, now, _text(text))
    audit.record(session, by, "escalated feedback", _subject(row), now)


def set_aside(session: Session, row: Feedback, reason: str, by: str, now: datetime) -> None:
    """What nobody can answer, such as an advertisement: kept and counted, and brought back by sorting it. What was merged into it goes
    with it. Raises Unclear.
    """
    why = _text(reason)
    for one in (row, *merged_into(session, row)):
        one.state, one.escalated = MARK, False
        _step(one, "set-aside", by, now, why)
    audit.record(session, by, "set feedback aside", _subject(row), now)


def black_words(session: Session, row: Feedback, piece: str, reason: str, by: str, now: datetime) -> None:
    """Cover a name, a number or an insult in all that was written, for good. Raises Unclear."""
    piece, why = typing.line(piece), _text(reason)
    covered = BLACK * len(piece)
    holders: Sequence[Feedback | Step] = [row, *row.steps]
    texts = [_written(one) for one in holders]
    if len(piece) < 2 or not any(piece in text for text in texts):
        raise Unclear("not-there")
    row.words = row.words.replace(piece, covered)
    for step in row.steps:
        step.text = step.text.replace(piece, covered)
    _step(row, "blacked", by, now, why)
    audit.record(session, by, "blacked out in feedback", _subject(row), now, after={"characters": len(piece)})


def black_photo(
    session: Session, row: Feedback, file: File, boxes: list[Box], reason: str, by: str, now: datetime
) -> None:
    """Paint over parts of a photo, for good. Raises Unclear."""
    why = _text(reason)
    if not boxes or file not in row.files or file.mime != photos.MIME:
        raise Unclear("not-there")
    file.data = photos.blacked(file.data, boxes)
    _step(row, "blacked", by, now, why)
    audit.record(session, by, "blacked out in feedback", _subject(row), now, after={"boxes": len(boxes)})


def saw_contact(session: Session, row: Feedback, by: str, now: datetime) -> None:
    """Whoever looks at how somebody may be reached is on record."""
    _step(row, "saw-contact", by, now)
    audit.record(session, by, "saw a contact", _subject(row), now)


def merged_into(session: Session, row: Feedback) -> list[Feedback]:
    query = select(Feedback).where(Feedback.merged_into == row.id, Feedback.state == MERGED)
    return list(session.scalars(query))


def _written(one: Feedback | Step) -> str:
    return one.words if isinstance(one, Feedback) else one.text


def _under_way(row: Feedback) -> None:
    if row.state not in UNDER_WAY:
        raise Unclear("over")


def _text(typed: str) -> str:
    text = typing.lines(typed[: 2 * LONGEST_TEXT])
    if not text:
        raise Unclear("no-words")
    if len(text) > LONGEST_TEXT:
        raise Unclear("long")
    return text


def _step(row: Feedback, act: str, by: str, now: datetime, text: str = "", shown: bool = False) -> Step:
    step = Step(at=now, actor=by, act=act, text=text, shown=shown)
    row.steps.append(step)
    return step


def _subject(row: Feedback) -> str:
    return f"feedback {row.id}"
