"""Message + values -> the sentences to say, one per language; names a missing blank, never speaks half a sentence."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from schedules.core.errors import UserError
from schedules.models.messages import Message

BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
OVERRIDE = re.compile(r"\{[^{}|]+\|[^{}|]+\}")  # {SE1|ét e một}: written, then how it is to be read
MAX_TEXT = 1200  # characters of one wording; about two minutes of speech
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """What is to be said in one language. ``spoken`` is staff's own reading, ``clip`` a recording of it; or empty."""

    language: str
    text: str
    spoken: str = ""
    clip: str = ""


def render(message: Message, values: Values) -> list[Sentence]:
    """The message's wordings with every blank filled, Vietnamese first.

    Raises UserError naming the blank that is missing, unknown or of the wrong type.
    """
    if not message.wordings:
        raise UserError(f"Message “{message.key}” has no wording.", "Write at least the Vietnamese wording.")
    unknown = sorted(set(values) - set(message.blanks))
    if unknown:
        raise UserError(f"Message “{message.key}” has no blank “{unknown[0]}”.", _blanks_hint(message))
    wordings = sorted(message.wordings, key=lambda wording: (wording.language != "vi", wording.position))
    return [
        Sentence(
            w.language,
            _fill(message, w.text, values, w.language),
            _fill(message, w.spoken, values, w.language),
            w.clip or "",
        )
        for w in wordings
    ]


# How long words take, before there is a sound to measure: calibrated on the offline voices at their usual pace.
CHIME_SECONDS = 2.0
PAUSE_SECONDS = 1.0
WORD_SECONDS = {"vi": 0.29, "en": 0.38}


def estimate_seconds(message: Message, values: Values, repeats: int = 1) -> float:
    """About how long the announcement will sound, in seconds; a pure guess from the words, for planning."""
    chime = 0.0 if message.chime == "none" else CHIME_SECONDS
    speech = sum(
        _word_count(wording.text, values) * WORD_SECONDS.get(wording.language, 0.35)
        for wording in message.wordings
    )
    pauses = PAUSE_SECONDS * (len(message.wordings) * repeats)
    return round(chime + speech * repeats + pauses, 1)


def _word_count(text: str, values: Values) -> int:
    """Words, where every digit of a value or number counts as one more."""
    filled = BLANK.sub(lambda match: str(values.get(match[1], "xxx")), text)
    return len(filled.split()) + sum(character.isdigit() for character in filled)


def blanks_of(text: str) -> list[str]:
    return list(dict.fromkeys(BLANK.findall(text)))


def _fill(message: Message, text: str, values: Values, language: str) -> str:
    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if values.get(name) in (None, ""):
            raise UserError(f"Message “{message.key}” needs a value for “{name}”.", _blanks_hint(message))
        return written(name, message.blanks.get(name, "text"), values[name], language)

    return unicodedata.normalize("NFC", BLANK.sub(value_of, text))


def _blanks_hint(message: Message) -> str:
    blanks = ", ".join(f"{name} ({kind})" for name, kind in message.blanks.items())
    return f"Its blanks: {blanks}." if blanks else "It has no blanks."


def written(name: str, kind: str, value: Any, language: str) -> str:
    """A blank's value as it is written in a sentence of that language, or UserError if it is not of that type."""
    check, write = _BLANKS[kind]
    try:
        parsed = check(value)
    except (ValueError, InvalidOperation, TypeError) as error:
        raise UserError(
            f"“{value}” does not fit the blank “{name}”.", f"It takes {_EXAMPLES[kind]}."
        ) from error
    return write(parsed, language)


def _time(value: Any) -> time:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"(\d{1,2})\s*(?::\s*(\d{2})|[hH]\s*(\d{2})?)", str(value).strip())
    if not match:
        raise ValueError(value)
    return time(int(match[1]), int(match[2] or match[3] or 0))


def _write_time(value: time, language: str) -> str:
    if language == "vi":
        return f"{value.hour}h{value.minute:02d}" if value.minute else f"{value.hour}h"
    return f"{value.hour}:{value.minute:02d}"


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)


_MONTHS = (
    calendar.month_name
)  # the index is the month; English unless somebody sets a locale, and nobody here does


def _write_date(value: date, language: str) -> str:
    if language == "vi":
        return f"ngày {value.day:02d}/{value.month:02d}/{value.year}"
    return f"{value.day} {_MONTHS[value.month]} {value.year}"


# 15.000 is fifteen thousand to a Vietnamese reader and fifteen to a computer.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,]\d{3})+")
DECIMALS = 6


def _number(value: Any) -> Decimal:
    text = _said(value).replace(" ", "")
    if isinstance(value, str) and _GROUPED.fullmatch(text):
        raise ValueError(value)
    number = Decimal(text) + 0  # + 0: there is no minus nought
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or number != round(number, DECIMALS):
        raise ValueError(value)
    return number


def _money(value: Any) -> Decimal:
    """Whole đồng. There being no smaller coin, dots and commas can only stand between thousands."""
    text = _said(value).replace(" ", "")
    if isinstance(value, str):
        text = re.sub("[.,]", "", text) if _GROUPED.fullmatch(text) else text
        if not text.isdigit():
            raise ValueError(value)
    number = _number(Decimal(text))
    if number < 0 or number != number.to_integral_value():
        raise ValueError(value)
    return number.to_integral_value()


def _said(value: Any) -> str:
    """A value as text. What is no text and no number has nothing to be said: True, a list, …"""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise TypeError(value)
    return unicodedata.normalize("NFC", str(value)).strip()


def _write_number(value: Decimal, language: str) -> str:
    english = f"{value:,f}"
    return english.translate(str.maketrans(",.", ".,")) if language == "vi" else english


def _write_money(value: Decimal, language: str) -> str:
    return f"{_write_number(value, language)} {'đồng' if language == 'vi' else 'VND'}"


def _code(value: Any) -> str:
    """A platform, bay, service or seat: a short code of letters and digits."""
    text = _said(value)
    if not re.fullmatch(r"[\w][\w .\-/]{0,19}", text):
        raise ValueError(value)
    return text


def _words(value: Any) -> str:
    text = " ".join(_said(value).split())
    if not any(map(str.isalnum, text)) or len(text) > 200 or "{" in text or "}" in text:
        raise ValueError(value)
    return text


def _as_is(value: str, language: str) -> str:
    return value


_BLANKS: dict[str, tuple[Callable[[Any], Any], Callable[[Any, str], str]]] = {
    "time": (_time, _write_time),
    "date": (_date, _write_date),
    "number": (_number, _write_number),
    "money": (_money, _write_money),
    "platform": (_code, _as_is),
    "service": (_code, _as_is),
    "place": (_words, _as_is),
    "text": (_words, _as_is),
}

_EXAMPLES = {
    "time": "a time such as 19:30",
    "date": "a date such as 2026-12-04 or 04/12/2026",
    "number": "a number such as 12, 12.5 or 1500, without dots between thousands",
    "money": "an amount in đồng such as 15000",
    "platform": "a platform or bay such as 2 or A1",
    "service": "a train or bus code such as SE1",
    "place": "the name of a place, at most 200 characters",
    "text": "words, at most 200 characters, without braces",
}
