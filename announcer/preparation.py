"""Sounds are made ahead: first what somebody waits for, then everything of the next 24 hours.

``step(now)`` makes one sound. Voices that fail are asked again later; meanwhile the announcement that needs the sound
keeps the reason, so that its end can be explained. So does a normal one whose sound read-back found bad: it waits until a
person consents to it. An urgent one that waits is not listened to first.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from announcer import auditions
from announcer.deciding import URGENT
from announcer.models import Announcement, Sound
from announcer.rendering import Rendered
from announcer.script import Script
from announcer.studio import EMERGENCY_REPEATS, Studio
from schedules.core.database import Database
from schedules.core.errors import LoagaError
from schedules.models import Message, Occurrence, Schedule, Zone

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
LOOK_AGAIN = timedelta(minutes=10)  # how long the list of what lies ahead is good, if nobody says otherwise

UNCLEAR = "nobody would understand its sound, and nobody consented to it"


@dataclass(frozen=True)
class Wanted:
    """The key of a sound, what it says, and whether there is time to read it back."""

    key: str
    script: Script
    listen: bool = True


Render = Callable[[Script, str, bool], Rendered]  # script, key, whether to read it back


@dataclass
class _Failure:
    """A sound that could not be made: how often, and when to try again."""

    times: int
    retry_at: datetime


class Preparation:
    def __init__(self, database: Database, studio: Studio, render: Render, ahead: timedelta) -> None:
        self._database = database
        self._studio = studio
        self._render = render
        self._ahead = ahead
        self._failures: dict[str, _Failure] = {}
        self._listed: deque[Wanted] = deque()
        self._list_until: datetime | None = None

    def look_again(self) -> None:
        """The plan changed: what lies ahead is another list. Any thread may say so."""
        self._list_until = None

    def step(self, now: datetime) -> bool:
        """Make the sound that is needed most; tells whether there was one to make."""
        with self._database.read() as session:
            made = self._waiting_in_vain(session)
            wanted = None if made else self._next(session, now)
        if made:
            self._settle(made)
            return True
        if wanted is None:
            return False
        try:
            rendered = self._render(wanted.script, wanted.key, wanted.listen)
        except Exception as error:
            self._failed(wanted.key, error, now)
        else:
            self._made(wanted.key, rendered, now)
        return True

    def _next(self, session: Session, now: datetime) -> Wanted | None:
        """What a zone waits for; what somebody wants to hear at a desk; then what lies ahead; last of all what failed before
        and may be tried again.
        """
        waiting = self._waiting(session)
        fresh = [wanted for wanted in waiting if wanted.key not in self._failures]
        if fresh:
            return fresh[0]
        if asked := self._asked(session, now):
            return asked
        if ahead := self._next_ahead(session, now):
            return ahead
        return next((wanted for wanted in waiting if self._failures[wanted.key].retry_at <= now), None)

    def _waiting(self, session: Session) -> list[Wanted]:
        """What waits for a sound; not what waits for consent to one that is there."""
        query = (
            select(Announcement)
            .where(Announcement.state == "waiting", Announcement.sound.is_not(None))
            .order_by(Announcement.priority.desc(), Announcement.level, Announcement.not_before)
        )
        return [
            Wanted(row.sound or "", Script.from_data(row.script), row.priority < URGENT)
            for row in session.scalars(query)
            if self._studio.sound(session, row.sound or "") is None
        ]

    def _asked(self, session: Session, now: datetime) -> Wanted | None:
        found = auditions.wanted(session, now)
        there = (one for one in found if self._studio.sound(session, one.key) is None)
        one = next(there, None)
        return Wanted(one.key, Script.from_data(one.script)) if one else None

    def _next_ahead(self, session: Session, now: datetime) -> Wanted | None:
        if self._list_until is None or self._list_until < now:
            self._list_until = now + LOOK_AGAIN
            self._listed = deque([*self._urgent(session), *self._ahead_of_time(session, now)])
        while self._listed:
            wanted = self._listed.popleft()
            failure = self._failures.get(wanted.key)
            if (failure is None or failure.retry_at <= now) and self._studio.sound(
                session, wanted.key
            ) is None:
                return wanted
        return None

    def _urgent(self, session: Session) -> Iterator[Wanted]:
        """Emergency messages without blanks: they must be ready before anybody needs them."""
        query = select(Message).where(Message.category == "emergency", ~Message.retired)
        masterings = session.scalars(select(Zone.mastering).distinct().order_by(Zone.mastering)).all()
        for message in session.scalars(query.options(selectinload(Message.wordings))):
            for mastering in masterings if not message.blanks else ():
                yield from self._written(message, {}, EMERGENCY_REPEATS, mastering)

    def _ahead_of_time(self, session: Session, now: datetime) -> Iterator[Wanted]:
        query = (
            select(Occurrence.message_id, Occurrence.values, Schedule.repeats, Zone.mastering)
            .join(Schedule, Schedule.id == Occurrence.schedule_id)
            .join(Zone, Zone.id == Occurrence.zone_id)
            .where(
                Occurrence.result.is_(None),
                ~Occurrence.queued,
                Occurrence.way_code == "",
                Occurrence.planned_at.between(now, now + self._ahead),
            )
            .order_by(Occurrence.planned_at)
        )
        seen: set[tuple[object, ...]] = set()
        for message_id, values, repeats, mastering in session.execute(query):
            content = (message_id, tuple(sorted(values.items())), repeats, mastering)
            if content not in seen:
                seen.add(content)
                yield from self._written(session.get_one(Message, message_id), values, repeats, mastering)

    def _written(
        self, message: Message, values: dict[str, Any], repeats: int, mastering: str
    ) -> Iterator[Wanted]:
        try:
            script = self._studio.script_of(message, values, repeats, mastering)
            yield Wanted(self._studio.key(script), script)
        except Exception as error:  # intake will record it when its time comes; `loaga check` tells before
            log.warning("“%s” cannot be prepared: %s", message.key, error)

    def _waiting_in_vain(self, session: Session) -> set[str]:
        """Sounds that are there although announcements still wait for them: another one had them made, or somebody
        consented. Those that wait for consent and know it are left alone.
        """
        waits = select(Announcement.sound, Announcement.priority, Announcement.reason_code)
        found = set()
        for key, priority, code in session.execute(waits.where(Announcement.state == "waiting").distinct()):
            there = self._studio.sound(session, key) if key else None
            if there and (there[0].airs_at(priority) or code != "unclear"):
                found.add(there[0].key)
        return found

    def _settle(self, keys: set[str]) -> None:
        with self._database.write() as session:
            for key in keys:
                _make_ready(session, session.get_one(Sound, key))

    def _made(self, key: str, rendered: Rendered, now: datetime) -> None:
        self._failures.pop(key, None)
        with self._database.write() as session:
            before = session.get(Sound, key)
            if before is not None and before.sha256 != rendered.sha256:
                before.approved_by = before.approved_at = None  # consent was to another sound
            _make_ready(session, session.merge(Sound(**asdict(rendered), made_at=now)))
            auditions.made(session, key)

    def _failed(self, key: str, error: Exception, now: datetime) -> None:
        """Later again, each time a little later: one that never works must not take the time of the others."""
        log.warning("No sound: %s", error)
        times = self._failures[key].times + 1 if key in self._failures else 1
        self._failures[key] = _Failure(times, now + min(RETRY * 2 ** min(times - 1, 10), LONGEST_RETRY))
        reason = str(error) if isinstance(error, LoagaError) else f"{type(error).__name__}: {error}"
        with self._database.write() as session:
            waits = (Announcement.sound == key) & (Announcement.state == "waiting")
            session.execute(update(Announcement).where(waits).values(reason_code="voice", reason=reason))
            auditions.failed(session, key, reason)


def _make_ready(session: Session, sound: Sound) -> None:
    """Whoever waits for the sound has it; but a bad one is kept from normal announcements, with the reason."""
    waits = (Announcement.sound == sound.key) & (Announcement.state == "waiting")
    airs = waits & (Announcement.priority > 0) if sound.held else waits
    ready = {"state": "ready", "seconds": sound.seconds, "reason_code": "", "reason": ""}
    session.execute(update(Announcement).where(airs).values(**ready))
    if sound.held:
        session.execute(update(Announcement).where(waits).values(reason_code="unclear", reason=UNCLEAR))
