"""Pre-flight: what would go wrong on a day, found before it does.

Each check is a function that yields findings; ``CHECKS`` is the list. Problems make ``loaga check`` exit with 1; remarks
are worth knowing and do not.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from announcer.settings import LEXICON, SINK
from announcer.studio import Studio
from announcer.voices.speech import TRIAL
from audio.errors import AudioError
from audio.mastering.profiles import profile
from audio.sinks.cards import list_devices
from audio.sinks.registry import default_sink_name, make_sink
from schedules.core.clock import to_local
from schedules.core.errors import LoagaError, UserError
from schedules.models import Message, Schedule, Turn
from schedules.operations import all_stations, all_zones
from schedules.planner import Planned, plan_station
from schedules.triggers import trigger_from_data

LEAST_DISK = 500_000_000  # bytes
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # a clock that is earlier than the program is wrong


@dataclass(frozen=True)
class Finding:
    """``about`` is a key. ``code`` and ``values`` say the same as the sentence, for those who tell it in their own words."""

    problem: bool
    about: str
    sentence: str
    code: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """What the checks look at; ``stations`` by their keys, None for all."""

    session: Session
    studio: Studio
    day: date
    now: datetime
    stations: frozenset[str] | None = None

    @cached_property
    def plans(self) -> list[Planned]:
        """The day's, worked out once for all checks. Of schedules that follow departures nothing is known ahead."""
        return [
            planned
            for station in all_stations(self.session)
            if self.stations is None or station.key in self.stations
            for planned in plan_station(station, self.day, self.session, ())
        ]

    @cached_property
    def schedules(self) -> list[Schedule]:
        turns = selectinload(Schedule.turns).selectinload(Turn.message).selectinload(Message.wordings)
        query = select(Schedule).where(Schedule.enabled).options(turns, selectinload(Schedule.station))
        found = self.session.scalars(query.order_by(Schedule.key))
        return [one for one in found if self.stations is None or one.station.key in self.stations]


def findings(look: Look) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(look)]


def day_findings(look: Look) -> list[Finding]:
    """Those about the plan of the day, not about the machine; each has a code."""
    return [finding for check in DAY_CHECKS for finding in check(look)]


def _wordings(look: Look) -> Iterator[Finding]:
    """Every scheduled message has words in Vietnamese and English, and every blank a value."""
    for schedule in look.schedules:
        follows_departures = trigger_from_data(schedule.trigger).kind == "departure"
        for turn in schedule.turns:
            languages = {wording.language for wording in turn.message.wordings}
            for language in {"vi", "en"} - languages:
                sentence = f"has no wording in “{language}”."
                yield Finding(language == "vi", turn.message.key, sentence, "no-wording", (language,))
            missing = sorted(set(turn.message.blanks) - set(schedule.values))
            if missing and not follows_departures:
                sentence = f"leaves the blank “{missing[0]}” of “{turn.message.key}” empty."
                yield Finding(True, schedule.key, sentence, "empty-blank", (missing[0], turn.message.title))


def _values(look: Look) -> Iterator[Finding]:
    """No schedule fills a blank that none of its messages has: a misspelt name would leave the real one empty."""
    for schedule in look.schedules:
        blanks = {name for turn in schedule.turns for name in turn.message.blanks}
        for name in sorted(set(schedule.values) - blanks):
            sentence = f"fills the blank “{name}”, which none of its messages has."
            yield Finding(True, schedule.key, sentence, "unknown-blank", (name,))


def _speakable(look: Look) -> Iterator[Finding]:
    """Every planned message can be turned into words, and some voice speaks its languages."""
    languages: set[str] = set()
    for message, values in _said(look):
        try:
            script = look.studio.script_of(message, values, 1, "standard")
        except UserError as error:
            yield Finding(True, message.key, str(error), "wording")
            continue
        languages |= {part.language for part in script.parts}
        for part in script.parts:
            if not (part.phrases or part.clip):
                sentence = f"has no words to speak in “{part.language}”."
                yield Finding(True, message.key, sentence, "no-words", (part.language,))
    for language in sorted(languages):
        if not look.studio.voices.choose(language):
            yield Finding(True, "voices", f"no voice speaks “{language}” now.", "no-voice", (language,))


def _room(look: Look) -> Iterator[Finding]:
    """Clashes, quiet hours and budgets: what the plan lets give way, and hours that stay over their budget."""
    zones = {zone.id: zone for zone in all_zones(look.session)}
    ways: Counter[tuple[str, str, str, str]] = Counter()
    hours: Counter[tuple[str, int]] = Counter()
    for planned in look.plans:
        place = planned.place
        if place.way_code:
            ways[zones[place.zone].key, place.wish.title, place.way_code, place.way_reason] += 1
        else:
            hours[place.zone, int(place.start // 3600)] += round(place.wish.seconds)
    for (key, title, code, reason), count in sorted(ways.items()):
        told = str(count), title, code, reason
        yield Finding(False, key, f"{count} × gives way: {title}: {reason}", "gives-way", told)
    for (zone_id, hour), seconds in sorted(hours.items()):
        zone = zones[zone_id]
        if seconds > zone.budget_minutes * 60 + 1:
            clock = datetime.fromtimestamp(hour * 3600, UTC)
            start, minutes, budget = (
                f"{to_local(clock):%H:%M}",
                f"{seconds / 60:.1f}",
                f"{zone.budget_minutes:g}",
            )
            yield Finding(
                True,
                zone.key,
                f"the hour from {start} holds {minutes} minutes of operational and safety announcements; its budget "
                f"is {budget}.",
                "over-budget",
                (start, minutes, budget),
            )


def _devices(look: Look) -> Iterator[Finding]:
    for zone in all_zones(look.session):
        name = zone.sink or look.studio.settings.get(SINK) or default_sink_name()
        try:
            profile(zone.mastering)
            make_sink(name, zone.key, look.studio.settings.home).close()
        except (AudioError, OSError) as error:
            yield Finding(True, zone.key, str(error))
        if name == "speaker" and not list_devices():
            yield Finding(True, zone.key, "is to sound from a sound card, and this machine has none.")


def _settings(look: Look) -> Iterator[Finding]:
    yield from _wishes(look.studio)


def _disk(look: Look) -> Iterator[Finding]:
    free = shutil.disk_usage(look.studio.settings.home).free
    if free < LEAST_DISK:
        yield Finding(True, "disk", f"only {free / 1e6:.0f} MB are free in the station's home.")
    if not os.access(look.studio.settings.home, os.W_OK):
        yield Finding(True, "disk", "the station's home cannot be written to.")


def _clock(look: Look) -> Iterator[Finding]:
    if look.now < RELEASED:
        yield Finding(True, "clock", f"this machine thinks it is {look.now:%d/%m/%Y}; set its clock.")


def _content(look: Look) -> Iterator[Finding]:
    if not all_zones(look.session):
        yield Finding(True, "zones", "there are none yet; bring some in with `loaga import`.")


def _said(look: Look) -> Iterator[tuple[Message, Mapping[str, Any]]]:
    """Each message of the day with what fills its blanks, once, however often it is said."""
    query = select(Message).options(selectinload(Message.wordings))
    messages = {message.id: message for message in look.session.scalars(query)}
    seen = set()
    for planned in look.plans:
        id = planned.place.wish.message
        said = id, repr(sorted(planned.values.items()))
        if id in messages and said not in seen:
            seen.add(said)
            yield messages[id], planned.values


Check = Callable[[Look], Iterator[Finding]]
DAY_CHECKS: tuple[Check, ...] = (_wordings, _values, _speakable, _room)
CHECKS: tuple[Check, ...] = (
    _content,
    *DAY_CHECKS,
    _settings,
    _devices,
    _disk,
    _clock,
)


def _sound(studio: Studio) -> Iterator[Finding]:
    cards = list_devices()
    name = studio.settings.get(SINK) or default_sink_name()
    lost = name == "speaker" and not cards
    here = ", ".join(map(str, cards)) or "no sound card here"
    yield Finding(lost, "sound", f"goes to the sink “{name}”; {here}")


def _wishes(studio: Studio) -> Iterator[Finding]:
    """What the settings ask for and this machine does not have."""
    for language, wish in studio.room.wishes.items():
        if wish and wish not in {voice.info.name for voice in studio.voices.choose(language, wish)}:
            yield Finding(True, "voices", f"the voice “{wish}” set for “{language}” cannot speak it now.")
    file = studio.staff_lexicon
    if not file.exists() and studio.settings.get(LEXICON) != LEXICON.default:
        yield Finding(True, "lexicon", f"{file} does not exist.")


def machine(studio: Studio, try_voices: bool = True) -> list[Finding]:
    """``loaga doctor``: does this machine have what a station needs? Every voice that claims to speak, speaks a word."""
    found = [Finding(False, "home", str(studio.settings.home))]
    found += _sound(studio)
    found += _wishes(studio)
    for voice in studio.voices.all():
        reason = voice.why_unavailable()
        if reason or not try_voices:
            found.append(Finding(False, f"voice {voice.info.name}", reason or "ready"))
            continue
        found.append(_tried(voice.info.name, voice.info.languages, studio))
    return found


def _tried(name: str, languages: tuple[str, ...], studio: Studio) -> Finding:
    language = next((language for language in TRIAL if language in languages), "")
    if not language:
        return Finding(False, f"voice {name}", "ready, in " + ", ".join(languages[:4]))
    try:
        seconds = studio.voices.get(name).speak(TRIAL[language], language).seconds
    except LoagaError as error:
        return Finding(True, f"voice {name}", str(error))
    return Finding(False, f"voice {name}", f"spoke for {seconds:.1f} s")
