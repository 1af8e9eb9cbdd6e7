"""Sounds are made ahead: first what somebody waits for, then everything of the next 24 hours.

``step(now)`` makes one sound. Voices that fail are asked again later; meanwhile the announcement that needs the sound
keeps the reason, so that its end can be explained.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from announcer.errors import VoiceError
from announcer.models import Announcement, Sound
from announcer.rendering import Rendered
from announcer.script import Script
from announcer.studio import EMERGENCY_REPEATS, Studio
from schedules.core.database import Database
from schedules.core.errors import LoagaError, UserError
from schedules.models import Message, Occurrence, Schedule, Zone

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=1)


class Preparation:
    def __init__(
        self, database: Database, studio: Studio, render: Callable[[Script, str], Rendered], ahead: timedelta
    ) -> None:
        self._database = database
        self._studio = studio
        self._render = render
        self._ahead = ahead
        self._retry_at: dict[str, datetime] = {}

    def step(self, now: datetime) -> bool:
        """Make the sound that is needed most; tells whether there was one to make."""
        with self._database.read() as session:
            wanted = next(self._wanted(session, now), None)
            made = self._waiting_in_vain(session)
        if made:
            self._promote(made)
        if wanted is None:
            return bool(made)
        key, script = wanted
        try:
            rendered = self._render(script, key)
        except LoagaError as error:
            self._failed(key, error, now)
        else:
            self._made(key, rendered, now)
        return True

    def _wanted(self, session: Session, now: datetime) -> Iterator[tuple[str, Script]]:
        for key, script in self._candidates(session, now):
            if self._retry_at.get(key, now) <= now and self._studio.sound(session, key) is None:
                yield key, script

    def _candidates(self, session: Session, now: datetime) -> Iterator[tuple[str, Script]]:
        waiting = (
            select(Announcement)
            .where(Announcement.state == "waiting")
            .order_by(Announcement.priority.desc(), Announcement.level, Announcement.not_before)
        )
        for row in session.scalars(waiting):
            script = Script.from_data(row.script)
            yield self._studio.key(script), script
        yield from self._urgent(session)
        yield from self._ahead_of_time(session, now)

    def _urgent(self, session: Session) -> Iterator[tuple[str, Script]]:
        """Emergency messages without blanks: they must be ready before anybody needs them."""
        query = select(Message).where(Message.category == "emergency", ~Message.retired)
        masterings = session.scalars(select(Zone.mastering).distinct().order_by(Zone.mastering)).all()
        for message in session.scalars(query.options(selectinload(Message.wordings))):
            if message.blanks:
                continue
            for mastering in masterings:
                script = self._studio.script_of(message, {}, EMERGENCY_REPEATS, mastering)
                yield self._studio.key(script), script

    def _ahead_of_time(self, session: Session, now: datetime) -> Iterator[tuple[str, Script]]:
        query = (
            select(Occurrence, Schedule.repeats, Message, Zone.mastering)
            .join(Schedule, Schedule.id == Occurrence.schedule_id)
            .join(Message, Message.id == Occurrence.message_id)
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
        for occurrence, repeats, message, mastering in session.execute(query):
            content = (message.id, tuple(sorted(occurrence.values.items())), repeats, mastering)
            if content in seen:
                continue
            seen.add(content)
            try:
                script = self._studio.script_of(message, occurrence.values, repeats, mastering)
            except UserError:
                continue  # intake will record it when its time comes; `loaga check` tells before
            yield self._studio.key(script), script

    def _waiting_in_vain(self, session: Session) -> dict[str, float]:
        """Sounds that are there although announcements still wait for them: another one had them made."""
        keys = session.scalars(
            select(Announcement.sound).where(Announcement.state == "waiting").distinct()
        ).all()
        found = [self._studio.sound(session, key) for key in keys if key]
        return {sound.key: sound.seconds for sound, _ in filter(None, found)}

    def _promote(self, made: dict[str, float]) -> None:
        with self._database.write() as session:
            for key, seconds in made.items():
                _make_ready(session, key, seconds)

    def _made(self, key: str, rendered: Rendered, now: datetime) -> None:
        self._retry_at.pop(key, None)
        with self._database.write() as session:
            session.merge(Sound(**asdict(rendered), made_at=now))
            _make_ready(session, key, rendered.seconds)

    def _failed(self, key: str, error: LoagaError, now: datetime) -> None:
        log.warning("No sound: %s", error)
        self._retry_at[key] = now + RETRY
        code = "voice" if isinstance(error, VoiceError) else error.code
        with self._database.write() as session:
            waits = (Announcement.sound == key) & (Announcement.state == "waiting")
            session.execute(update(Announcement).where(waits).values(reason_code=code, reason=str(error)))


def _make_ready(session: Session, key: str, seconds: float) -> None:
    waits = (Announcement.sound == key) & (Announcement.state == "waiting")
    session.execute(update(Announcement).where(waits).values(state="ready", seconds=seconds))
