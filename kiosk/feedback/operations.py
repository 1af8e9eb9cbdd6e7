"""What a traveller does: a tap, then perhaps what it is about, words, photos, a way to be reached; later a reply.

Each flushes; the caller commits. While nobody has accepted it, the traveller's words may still be changed; afterwards they are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk import typing
from kiosk.feedback import codes, floods, kinds, photos, spoken
from kiosk.feedback.models import (
    ACCEPTED,
    ANSWERED,
    MARK,
    OPEN,
    UNDER_WAY,
    WAITING,
    Consent,
    Contact,
    Feedback,
    File,
    Step,
)
from kiosk.feedback.playing import playing
from kiosk.feedback.sealing import Reach, seal
from schedules.core.errors import UserError
from schedules.models import Station

LONGEST_WORDS = 2000  # characters
MOST_FILES = 4
MOST_REPLIES = 30  # after that one talks to each other
FIELDS = {
    "name": re.compile(r".{1,80}"),
    "phone": re.compile(r"\+?[0-9][0-9 .-]{7,14}"),
    "email": re.compile(r"[^@\s]{1,64}@[^@\s]{1,120}\.[^@\s.]{2,24}"),
}


class Unclear(UserError):
    """``code`` is one of words.MISTAKES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Beginning:
    """A first tap: on a face (``mood``), on a rule, or for help (``kind`` urgent). ``id`` comes from the page."""

    id: str
    channel: str
    language: str
    device: str
    mood: str = ""
    topic: str = ""
    rule: str = ""
    kind: str = ""


def begin(session: Session, station: Station, tap: Beginning, now: datetime) -> Feedback:
    """File it; of a second tap on the same page, what the first one filed. Raises Unclear where too much comes from one place."""
    if before := session.get(Feedback, tap.id):
        return before
    if floods.overflows(session, tap.device, now) and not tap.kind:
        raise Unclear("too-many")
    row = Feedback(
        **vars(tap),
        code=free_code(session),
        station_id=station.id,
        received_at=now,
        told_at=now,
        playing=playing(session, station, now),
        state=OPEN if tap.kind else MARK,
    )
    session.add(row)
    session.flush()
    row.flags = floods.flags(session, row, now)
    _step(row, "received", now)
    session.flush()
    return row


def choose_topic(row: Feedback, topic: str, rule: str = "") -> None:
    """Raises Unclear. What staff have accepted is theirs to sort."""
    if topic not in kinds.TOPICS:
        raise Unclear("topic")
    if _is_new(row):
        row.topic, row.rule = topic, rule


def tell(
    session: Session,
    row: Feedback,
    kind: str,
    words: str,
    photo: bytes,
    now: datetime,
    keep_sound: bool = False,
) -> None:
    """What happened, in words, with a photo, or said; from then on it is a case. What was said is kept only where that is wanted.

    Raises Unclear or NoPhoto.
    """
    words = _words(words)
    if not words and not photo and not (keep_sound and spoken.of(session, row)):
        raise Unclear("nothing")
    if kind not in kinds.KINDS or kinds.KINDS[kind].urgent:
        raise Unclear("kind")
    spoken.settle(session, row, keep_sound)
    if not _is_new(row):
        _add(row, words, photo, now)
        return
    _keep_photo(row, photo)
    row.words, row.kind, row.told_at = words or row.words, kind, now
    row.state = OPEN
    row.flags = floods.flags(session, row, now)
    session.flush()


def reply(session: Session, row: Feedback, words: str, photo: bytes, now: datetime) -> Step:
    """Something more, also after the answer: then it is open to the staff again. Raises Unclear or NoPhoto."""
    words = _words(words)
    if not words and not photo:
        raise Unclear("nothing")
    step = _add(row, words, photo, now)
    session.flush()
    return step


def _add(row: Feedback, words: str, photo: bytes, now: datetime) -> Step:
    if sum(step.act == "replied" for step in row.steps) >= MOST_REPLIES:
        raise Unclear("many-replies")
    step = _step(row, "replied", now, words, shown=True)
    _keep_photo(row, photo, step)
    row.told_at = now
    if row.state in (WAITING, ANSWERED):
        row.state, row.answered_at = ACCEPTED, None
    elif row.state == MARK:
        _become_a_case(row)
    return step


def _become_a_case(row: Feedback) -> None:
    row.state, row.kind = OPEN, row.kind or kinds.likely(row.mood, row.topic)


def rate(session: Session, row: Feedback, satisfied: bool, now: datetime) -> None:
    """Whether the answer was one. Raises Unclear where there is none yet."""
    if row.state != ANSWERED:
        raise Unclear("not-answered")
    if row.satisfied is not satisfied:
        row.satisfied = satisfied
        _step(row, "satisfied" if satisfied else "unsatisfied", now, shown=True)
        session.flush()


def leave_contact(
    session: Session,
    home: Path,
    row: Feedback,
    typed: Mapping[str, str],
    agreed: Mapping[str, str],
    now: datetime,
) -> None:
    """``agreed``: purpose -> the words that were agreed to. Without a consent nothing is kept. Raises Unclear."""
    reach = _reach(typed)
    if not agreed:
        raise Unclear("no-consent")
    row.contact = Contact(sealed=seal(home, row.id, reach))
    there = {one.purpose for one in standing(row)}
    row.consents += [
        Consent(purpose=purpose, wording=wording, given_at=now)
        for purpose, wording in agreed.items()
        if purpose not in there
    ]
    withdraw(session, row, there - set(agreed), now)
    if row.state == MARK:
        _become_a_case(row)
    session.flush()


def standing(row: Feedback) -> list[Consent]:
    """Consents that were given and not withdrawn."""
    return [one for one in row.consents if one.withdrawn_at is None]


def withdraw(session: Session, row: Feedback, purposes: Iterable[str], now: datetime) -> None:
    """With the last consent the contact goes, too."""
    wanted = set(purposes)
    for one in standing(row):
        if one.purpose in wanted:
            one.withdrawn_at = now
    if not standing(row):
        row.contact = None
    session.flush()


def of_code(session: Session, code: str) -> Feedback | None:
    return session.scalar(select(Feedback).where(Feedback.code == code))


def _is_new(row: Feedback) -> bool:
    """Nobody has accepted it, so nobody has read what would be changed."""
    return row.state in (MARK, OPEN) and row.accepted_at is None


def is_under_way(row: Feedback) -> bool:
    return row.state in UNDER_WAY


def free_code(session: Session) -> str:
    while of_code(session, code := codes.new()):
        continue
    return code


def _words(typed: str) -> str:
    if len(typed) > LONGEST_WORDS * 2:
        raise Unclear("long")
    words = typing.lines(typed)
    if len(words) > LONGEST_WORDS:
        raise Unclear("long")
    return words


def _reach(typed: Mapping[str, str]) -> Reach:
    given = {name: typing.line(typed.get(name, "")[:200]) for name in FIELDS}
    wrong = [name for name, text in given.items() if text and not FIELDS[name].fullmatch(text)]
    if wrong:
        raise Unclear(wrong[0])
    if not given["phone"] and not given["email"]:
        raise Unclear("no-contact")
    return {name: text for name, text in given.items() if text}


def _keep_photo(row: Feedback, data: bytes, step: Step | None = None) -> None:
    if not data:
        return
    taken = photos.taken(data)
    if any(one.mime == photos.MIME and one.data == taken for one in row.files):
        return  # the same once more, by a second tap
    staff = {step.id for step in row.steps if step.actor}
    if sum(one.mime == photos.MIME and one.step_id not in staff for one in row.files) >= MOST_FILES:
        raise Unclear("many-photos")
    file = File(mime=photos.MIME, data=taken)
    row.files.append(file)
    if step:
        step.files.append(file)


def _step(row: Feedback, act: str, now: datetime, text: str = "", shown: bool = False) -> Step:
    step = Step(at=now, actor="", act=act, text=text, shown=shown)
    row.steps.append(step)
    return step


def photos_of(row: Feedback, step: Step | None = None) -> Sequence[File]:
    """Those sent with a step, or with the feedback itself."""
    wanted = step.id if step else None
    return [one for one in row.files if one.step_id == wanted]
