"""What a form asks to be said. Everything typed is checked here; a mistake becomes one Vietnamese sentence."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from announcer import queue
from announcer.script import Script
from announcer.studio import EMERGENCY_REPEATS, Studio
from announcer.voices.estimate import estimate_seconds
from audio.mixing import PAUSES
from kiosk import typing
from kiosk.announcements.words import BLANKS, LANGUAGES, PRIORITIES, blank_label
from kiosk.language.words import gettext
from schedules.core.errors import UserError
from schedules.core.ids import new_id
from schedules.models import Message, Zone
from schedules.wording import CHIME_SECONDS, MAX_TEXT, written

MOST_REPEATS = 5
TITLE_LENGTH = 60
LONGEST_TYPED = 400  # in a blank, which takes at most half of it


class Unclear(UserError):
    """What is wrong with a wish, in Vietnamese, as the page shows it."""


@dataclass(frozen=True)
class Wish:
    """As typed. ``stations`` are those ticked as a whole; ``id`` makes a second tap on the same page add nothing; ``held``: the button was,
    or a box was ticked instead.
    """

    text: str = ""
    language: str = "vi"
    values: Mapping[str, str] = field(default_factory=dict)
    zones: Sequence[str] = ()
    stations: Sequence[str] = ()
    priority: str = "normal"
    repeats: str = "1"
    code: str = ""
    held: bool = False
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Preview:
    """What would be said. ``prepared``: its sound is there already and nobody has to wait for a voice."""

    script: Script
    seconds: float
    prepared: bool


def first_wish(message: Message | None, zones: Sequence[Zone]) -> Wish:
    """What the empty form shows: an emergency goes everywhere; the only zone is chosen."""
    everywhere = is_emergency(message) or len(zones) == 1
    keys = tuple(zone.key for zone in zones) if everywhere else ()
    return Wish(zones=keys, priority=priority_of(message, "normal"), repeats=str(usual_repeats(message)))


def is_emergency(message: Message | None) -> bool:
    return message is not None and message.category == "emergency"


def priority_of(message: Message | None, wished: str) -> str:
    """An emergency is urgent, whatever was wished."""
    return "urgent" if is_emergency(message) else wished


def usual_repeats(message: Message | None) -> int:
    return EMERGENCY_REPEATS if is_emergency(message) else 1


def read(form: MultiDict[str, str], message: Message | None) -> Wish:
    """The form as it was sent, not yet checked."""
    blanks = message.blanks if message else {}
    return Wish(
        text=form.get("text", ""),
        language=form.get("language", "vi"),
        values={name: form.get(f"blank-{name}", "")[:LONGEST_TYPED].strip() for name in blanks},
        zones=tuple(dict.fromkeys(form.getlist("zone"))),
        stations=tuple(form.getlist("station")),
        priority=priority_of(message, form.get("priority", "normal")),
        repeats=form.get("repeats", "1"),
        code=form.get("code", ""),
        held="held" in form,
        id=form.get("id", ""),
    )


def check(wish: Wish) -> None:
    """What every wish has. Raises Unclear."""
    if wish.priority not in PRIORITIES:
        raise Unclear(gettext("Hãy chọn mức ưu tiên."))
    if wish.repeats not in map(str, range(1, MOST_REPEATS + 1)):
        raise Unclear(gettext("Số lần nói là từ 1 đến %(most)s.", most=MOST_REPEATS))


def script_of(studio: Studio, wish: Wish, message: Message | None) -> Script:
    """What will be said. Raises Unclear."""
    check(wish)
    if message:
        values = {name: typing.line(value) for name, value in wish.values.items()}
        return studio.script_of(message, _checked(message, values), int(wish.repeats))
    if wish.language not in LANGUAGES:
        raise Unclear(gettext("Hãy chọn ngôn ngữ."))
    if len(wish.text) > MAX_TEXT:
        raise Unclear(
            gettext(
                "Lời phát dài %(length)s ký tự; mỗi lần nói được nhiều nhất %(most)s.",
                length=len(wish.text),
                most=MAX_TEXT,
            )
        )
    chime = "urgent" if wish.priority == "urgent" else "standard"
    script = studio.script_of_text(typing.line(wish.text), wish.language, chime)
    if not any(letter.isalnum() for letter in script.spoken):
        raise Unclear(gettext("Hãy gõ lời cần phát."))
    return replace(script, repeats=int(wish.repeats))


def id_of(wish: Wish) -> str:
    """Raises Unclear for an id that is none of ours."""
    try:
        return str(uuid.UUID(wish.id))
    except ValueError as error:
        raise Unclear(gettext("Trang này đã cũ. Xin mở lại trang rồi làm lại.")) from error


def title_of(script: Script, message: Message | None) -> str:
    return message.title if message else script.text[:TITLE_LENGTH]


def about_seconds(script: Script) -> float:
    """How long it will sound, before there is a sound to measure."""
    once = sum(estimate_seconds(part.spoken, part.language) for part in script.parts)
    between = PAUSES.between_languages * (len(script.parts) - 1)
    chime = 0.0 if script.chime == "none" else CHIME_SECONDS + PAUSES.after_chime
    return chime + (once + between) * script.repeats + PAUSES.between_repeats * (script.repeats - 1)


def preview_of(session: Session, studio: Studio, script: Script, zones: Sequence[Zone]) -> Preview:
    """How long it lasts is measured where a zone's sound is there, and else reckoned from the words."""
    mastered = (replace(script, mastering=name) for name in {zone.mastering for zone in zones})
    found = [studio.sound(session, studio.key(one)) for one in mastered]
    lengths = [sound[0].seconds for sound in found if sound]
    return Preview(script, max(lengths, default=about_seconds(script)), bool(found) and all(found))


def request_of(
    wish: Wish, script: Script, zones: Sequence[Zone], message: Message | None, by: str, expires: float
) -> queue.Request:
    """What goes into the queue; it ``expires`` after so many minutes. Raises Unclear."""
    if not zones:
        raise Unclear(gettext("Hãy chọn ít nhất một khu vực loa."))
    return queue.Request(
        script=script,
        title=title_of(script, message),
        zones=zones,
        priority=wish.priority,
        requested_by=by,
        expires_minutes=expires,
        id=id_of(wish),
        message_id=message.id if message else None,
    )


def _checked(message: Message, values: Mapping[str, str]) -> Mapping[str, str]:
    if unknown := sorted(set(values) - set(message.blanks)):
        raise Unclear(gettext("Nội dung này không có chỗ trống “%(name)s”.", name=unknown[0][:40]))
    for name, kind in message.blanks.items():
        label, takes = blank_label(name), BLANKS[kind].takes
        if not values.get(name):
            raise Unclear(
                gettext(
                    "Chỗ trống “%(label)s” chưa điền: %(takes)s.",
                    label=label,
                    takes=takes,
                )
            )
        try:
            written(name, kind, values[name], "vi")
        except UserError as error:
            raise Unclear(
                gettext(
                    "“%(value)s” không điền được vào “%(label)s”: %(takes)s.",
                    value=values[name][:40],
                    label=label,
                    takes=takes,
                )
            ) from error
    return values
