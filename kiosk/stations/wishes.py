"""What the forms ask for. ``schedules.document`` checks them; its problems become one Vietnamese sentence that names the
field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from audio.mastering.profiles import PROFILES
from kiosk.announcements.wishes import Unclear
from kiosk.language.times import day_from
from kiosk.language.words import gettext, said
from kiosk.stations.words import FIELDS
from schedules.core.clock import at_local, local_date, to_local
from schedules.core.errors import UserError
from schedules.document import ExceptionEntry, Problem, ZoneEntry
from schedules.models import Zone
from schedules.policies import clock_time

MOST_WINDOWS = 12
LONGEST_FIELD = 2000  # what is longer is refused all the same, and need not be shown again
LONGEST_DAYS = timedelta(days=366)
INTO_TOMORROW = timedelta(hours=12)  # a time of day further ahead than this is rather a slip than tomorrow's
FURTHEST = timedelta(days=5 * 366)

Typed = dict[str, str]

_NUMBER = re.compile(r"[+−-]?[0-9]{1,9}([.,][0-9]{1,9})?")
_CLOCK = re.compile(r"([0-9]{1,2}) ?(?:[:hg.] ?([0-9]{2})?)?")
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True)
class ZoneWish:
    """The form of a zone as typed. ``seen`` names the settings that were on the page when it was opened."""

    plain: Typed
    volume: Sequence[Typed]
    quiet: Sequence[Typed]
    seen: str = ""


PLAIN = ("name", "name_en", "mastering", "budget_minutes", "gap_seconds")
WINDOW = ("from", "to")
VOLUME = (*WINDOW, "db")
DAYS = ("kind", "first", "last", "note")


def read_zone(form: MultiDict[str, str]) -> ZoneWish:
    return ZoneWish(
        {name: form.get(name, "")[:LONGEST_FIELD] for name in PLAIN},
        _rows(form, "volume", VOLUME),
        _rows(form, "quiet", WINDOW),
        form.get("seen", ""),
    )


def read_days(form: MultiDict[str, str]) -> Typed:
    return {name: form.get(name, "")[:LONGEST_FIELD] for name in DAYS}


def _rows(form: MultiDict[str, str], table: str, columns: Sequence[str]) -> list[Typed]:
    """The rows of a table in a form, without those left empty: so a row is taken out by emptying it."""
    cells = [form.getlist(f"{table}-{name}") for name in columns]
    rows = [
        {name: cell[:LONGEST_FIELD].strip() for name, cell in zip(columns, row, strict=True)}
        for row in zip(*cells, strict=False)
    ]
    return [row for row in rows if any(row.values())]


def zone_entry(wish: ZoneWish, zone: Zone) -> ZoneEntry:
    """The settings a zone is to have. Raises Unclear."""
    for name in ("name", "name_en"):
        _require_visible(name, wish.plain[name])
    if wish.plain["mastering"] not in PROFILES:
        raise Unclear(gettext("%(field)s: hãy chọn một kiểu trong danh sách.", field=FIELDS["mastering"]))
    for name, rows in (("volume", wish.volume), ("quiet", wish.quiet)):
        if len(rows) > MOST_WINDOWS:
            raise Unclear(
                gettext(
                    "%(field)s: nhiều nhất %(most)s khung giờ.",
                    field=FIELDS[name],
                    most=MOST_WINDOWS,
                )
            )
    given: dict[str, Any] = {
        **wish.plain,
        "key": zone.key,
        "sink": zone.sink,
        "budget_minutes": _number(wish.plain["budget_minutes"]),
        "gap_seconds": _number(wish.plain["gap_seconds"]),
        "volume": [_window(row) | {"db": _number(row["db"])} for row in wish.volume],
        "quiet": [_window(row) for row in wish.quiet],
    }
    try:
        return ZoneEntry.model_validate(given)
    except ValidationError as error:
        raise Unclear(sentence(error)) from error


def days_entry(wish: Typed, today: date) -> ExceptionEntry:
    """The days to be added; one day where only the first is typed. Raises Unclear."""
    _require_visible("note", wish["note"])
    typed = {"first": wish["first"], "last": wish["last"].strip() or wish["first"]}
    given = wish | {name: day_from(text) or "" for name, text in typed.items()}
    try:
        entry = ExceptionEntry.model_validate(given)
    except ValidationError as error:
        raise Unclear(sentence(error)) from error
    if entry.last < today:
        raise Unclear(gettext("Những ngày này đã qua, ghi vào không thay đổi được gì."))
    if entry.last - entry.first > LONGEST_DAYS or entry.last - today > FURTHEST:
        raise Unclear(gettext("Khoảng ngày dài quá một năm hoặc xa quá năm năm. Xin xem lại năm đã gõ."))
    return entry


def mute_until(form: MultiDict[str, str], now: datetime) -> datetime:
    """In so many minutes, or at a time of day: today's, or tomorrow's where today's has passed. Raises Unclear."""
    minutes = form.get("minutes", "")
    if minutes in ("15", "30", "60"):
        return now + timedelta(minutes=int(minutes))
    today = local_date(now)
    try:
        time = clock_time(_clock(form.get("until", "").strip()))
    except UserError as error:
        raise Unclear(gettext("Tắt tiếng đến lúc nào: ghi giờ và phút, ví dụ 14:30.")) from error
    until, tomorrow = at_local(today, time), at_local(today + timedelta(days=1), time)
    if until > now:
        return until
    if tomorrow - now > INTO_TOMORROW:
        raise Unclear(
            gettext(
                "Hôm nay đã qua %(until)s rồi. Sang ngày mai chỉ tắt tiếng được đến giờ cách lúc này nhiều nhất %(most)s giờ.",
                until=f"{to_local(until):%H:%M}",
                most=INTO_TOMORROW // timedelta(hours=1),
            )
        )
    return tomorrow


def _require_visible(name: str, text: str) -> None:
    """What cannot be seen (marks that turn the writing round, spaces without width) can hide what a name says."""
    if any(unicodedata.category(letter) in _INVISIBLE for letter in text):
        raise Unclear(
            gettext("%(field)s: có ký tự ẩn không nhìn thấy được. Xin xóa đi rồi gõ lại.", field=FIELDS[name])
        )


def _number(text: str) -> str:
    """As Python reads it, with a point; empty for whatever is no plain number."""
    text = text.strip()
    return text.replace("−", "-").replace(",", ".") if _NUMBER.fullmatch(text) else ""


def _window(row: Typed) -> Typed:
    return {name: _clock(row[name]) for name in WINDOW}


def _clock(text: str) -> str:
    """ "06:00" for "6:00", "6h" and "6"; "00:00" for "24:00"; anything else as it is."""
    found = _CLOCK.fullmatch(text.lower())
    clock = f"{int(found[1]):02}:{found[2] or '00'}" if found else text
    return "00:00" if clock == "24:00" else clock


def sentence(error: ValidationError) -> str:
    """ "Âm lượng, khung 2, từ: ghi giờ và phút, ví dụ 22:30." for the first thing that is wrong."""
    problem = error.errors()[0]
    cause = problem.get("ctx", {}).get("error")
    where = problem["loc"] + (cause.where if isinstance(cause, Problem) else ())
    named = [
        FIELDS[step] if isinstance(step, str) else gettext("khung %(number)s", number=step + 1)
        for step in where
    ]
    return f"{', '.join(named)}: {_what(problem, where)}."


def _what(problem: Mapping[str, Any], where: Sequence[str | int]) -> str:
    if problem["type"] == "value_error":
        return said(_VALUES.get(where[-1], "có ký tự lạ, xin gõ lại"))
    return said(_SENTENCES.get(problem["type"], "chưa đúng")).format(**problem.get("ctx", {}))


_TIME = "ghi giờ và phút, ví dụ 22:30"
_VALUES: dict[str | int, str] = {"from": _TIME, "to": _TIME, "last": "ngày cuối đứng trước ngày đầu"}
_DAY = "ghi ngày, tháng, năm, ví dụ 30/04/2027"
_SENTENCES = {
    "string_too_short": "chưa điền",
    "string_too_long": "dài nhất {max_length} ký tự",
    "float_parsing": "cần một con số, ví dụ 6 hoặc 6,5",
    "greater_than_equal": "nhỏ nhất là {ge:g}",
    "less_than_equal": "lớn nhất là {le:g}",
    "literal_error": "hãy chọn một loại trong danh sách",
    "date_from_datetime_parsing": _DAY,
}
