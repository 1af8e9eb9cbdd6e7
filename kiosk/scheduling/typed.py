"""A schedule as its form holds it. Everything typed is checked here; a mistake becomes one Vietnamese sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from kiosk import typing
from kiosk.announcements.wishes import Unclear
from kiosk.announcements.words import BLANKS, blank_label
from kiosk.drafts import Entry
from kiosk.language.times import day_from
from kiosk.language.words import gettext
from kiosk.scheduling.words import PRIORITIES
from schedules.core.errors import UserError
from schedules.days.day_types import DayType
from schedules.document import ScheduleEntry
from schedules.models import Message
from schedules.triggers import Trigger, trigger_from_data
from schedules.when import LONGEST, NotUnderstood, read_when, write_when
from schedules.wording import written

MOST_TURNS = 40


@dataclass(frozen=True)
class Typed:
    """As typed. ``turns`` are (message's key, weight); ``when`` is the sentence; ``seen`` the draft that was on the page."""

    station: str = ""
    turns: Sequence[tuple[str, str]] = ()
    when: str = ""
    zones: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    priority: str = "normal"
    valid_from: str = ""
    valid_to: str = ""
    repeats: str = "1"
    expires: str = "10"
    gap: str = "0"
    seen: str = ""


def read(form: MultiDict[str, str], station: str) -> Typed:
    """The form as it was sent, not yet checked."""
    text = {name: typing.line(value[: LONGEST + 1]) for name, value in form.items()}
    turns = zip(form.getlist("message"), form.getlist("weight"), strict=False)
    plain = {
        name: text.get(name, getattr(Typed, name))
        for name in ("when", "priority", "valid_from", "valid_to", "repeats", "expires", "gap", "seen")
    }
    return Typed(
        station=station,
        turns=tuple((key, typing.line(weight[:9])) for key, weight in turns if key),
        zones=tuple(dict.fromkeys(form.getlist("zone"))),
        values={name[6:]: value for name, value in text.items() if name.startswith("value-") and value},
        **plain,
    )


def of_entry(entry: Entry, seen: str = "") -> Typed:
    turns = entry.get("rotation") or [{"message": entry["message"], "weight": 1}]
    trigger, days = trigger_from_data(entry["trigger"]), DayType.from_data(entry["days"])
    return Typed(
        station=entry["station"],
        turns=tuple((turn["message"], str(turn["weight"])) for turn in turns),
        when=write_when(trigger, days),
        zones=tuple(entry["zones"]),
        values={name: str(value) for name, value in entry["values"].items()},
        priority=entry["priority"],
        valid_from=_shown_day(entry["valid_from"]),
        valid_to=_shown_day(entry["valid_to"]),
        repeats=str(entry["repeats"]),
        expires=f"{entry['expires_minutes']:g}",
        gap=f"{entry['gap_minutes']:g}",
        seen=seen,
    )


def entry_of(typed: Typed, key: str, messages: Mapping[str, Message], zones: Sequence[str]) -> Entry:
    """As a content file has it. ``messages`` and ``zones`` are those it may name. Raises Unclear."""
    turns = _turns(typed, messages)
    trigger, days = _when(typed.when)
    _check_zones(typed, zones)
    if typed.priority not in PRIORITIES:
        raise Unclear(gettext("Hãy chọn mức ưu tiên."))
    first, last = _day(typed.valid_from, gettext("Từ ngày")), _day(typed.valid_to, gettext("Đến hết ngày"))
    if first and last and last < first:
        raise Unclear(gettext("Ngày cuối đứng trước ngày đầu."))
    single = len(turns) == 1
    entry: Entry = {
        "key": key,
        "station": typed.station,
        "zones": list(typed.zones),
        **({"message": turns[0]["message"]} if single else {"rotation": turns}),
        "trigger": trigger.to_data(),
        "days": days.to_data(),
        "values": _values(typed, [messages[turn["message"]] for turn in turns], trigger),
        "priority": typed.priority,
        "valid_from": first.isoformat() if first else None,
        "valid_to": last.isoformat() if last else None,
        "expires_minutes": float(_number(typed.expires, gettext("Chờ nhiều nhất"), 1, 24 * 60)),
        "repeats": _number(typed.repeats, gettext("Nói mấy lần"), 1, 10),
        "gap_minutes": float(_number(typed.gap, gettext("Cách nhau ít nhất"), 0, 24 * 60)),
        "enabled": True,
    }
    try:
        ScheduleEntry.model_validate(entry)
    except ValidationError as error:
        raise Unclear(gettext("Lịch này có chỗ chưa đúng. Xin xem lại từng ô.")) from error
    return entry


def blanks_of(typed: Typed, messages: Mapping[str, Message]) -> dict[str, str]:
    """Every blank of its messages, with what it takes."""
    chosen = [messages[key] for key, _ in typed.turns if key in messages]
    return {name: kind for message in chosen for name, kind in message.blanks.items()}


def _turns(typed: Typed, messages: Mapping[str, Message]) -> list[dict[str, Any]]:
    if not typed.turns:
        raise Unclear(gettext("Hãy chọn ít nhất một nội dung."))
    if len(typed.turns) > MOST_TURNS:
        raise Unclear(gettext("Một lịch luân phiên nhiều nhất %(most)s nội dung.", most=MOST_TURNS))
    turns = []
    for key, weight in typed.turns:
        if key not in messages:
            raise Unclear(
                gettext("Nội dung “%(key)s” không có hoặc không dùng được ở nhà ga này.", key=key[:60])
            )
        turns.append({"message": key, "weight": _number(weight or "1", gettext("Số lượt"), 1, 100)})
    return turns


def _when(sentence: str) -> tuple[Trigger, DayType]:
    if len(sentence) > LONGEST:
        raise Unclear(gettext("Câu lúc nào phát dài quá %(most)s ký tự.", most=LONGEST))
    try:
        return read_when(sentence)
    except NotUnderstood as error:
        if not sentence:
            raise Unclear(gettext("Hãy viết lúc nào phát, ví dụ “mỗi 20 phút, 6h–22h”.")) from error
        if not error.part:
            raise Unclear(
                gettext("Câu này chưa nói phát vào giờ nào: thêm “mỗi 20 phút, 6h–22h” hoặc “lúc 7h30”.")
            ) from error
        raise Unclear(
            gettext("Chưa hiểu “%(part)s” trong câu lúc nào phát.", part=error.part[:60])
        ) from error
    except UserError as error:
        raise Unclear(
            gettext("Giờ phát chưa đúng: khung giờ quá ngắn, quá dài, hoặc không còn ngày nào.")
        ) from error


def _check_zones(typed: Typed, zones: Sequence[str]) -> None:
    if not typed.zones:
        raise Unclear(gettext("Hãy chọn ít nhất một khu vực loa."))
    if not set(typed.zones) <= set(zones):
        raise Unclear(gettext("Có khu vực không thuộc nhà ga này."))


def _values(typed: Typed, messages: Sequence[Message], trigger: Trigger) -> dict[str, str]:
    """The blanks' values. A departure fills what it knows of; elsewhere every blank needs a value."""
    values = {}
    for message in messages:
        for name, kind in message.blanks.items():
            value = typed.values.get(name, "")
            if not value and trigger.kind != "departure":
                raise Unclear(
                    gettext(
                        "Chỗ trống “%(label)s” của “%(title)s” chưa điền: %(takes)s.",
                        label=blank_label(name),
                        title=message.title,
                        takes=BLANKS[kind].takes,
                    )
                )
            if value:
                values[name] = _fitting(name, kind, value)
    return values


def _fitting(name: str, kind: str, value: str) -> str:
    try:
        written(name, kind, value, "vi")
    except UserError as error:
        raise Unclear(
            gettext(
                "“%(value)s” không điền được vào “%(label)s”: %(takes)s.",
                value=value[:40],
                label=blank_label(name),
                takes=BLANKS[kind].takes,
            )
        ) from error
    return value


def _day(text: str, label: str) -> date | None:
    if not text:
        return None
    day = day_from(text)
    if day is None or not 2000 <= day.year <= 2100:
        raise Unclear(
            gettext(
                "Ô “%(label)s”: “%(text)s” không phải là ngày. Hãy ghi ngày/tháng/năm.",
                label=label,
                text=text[:20],
            )
        )
    return day


def _shown_day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _number(text: str, label: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
        raise Unclear(
            gettext(
                "Ô “%(label)s” nhận một số từ %(least)s đến %(most)s.", label=label, least=least, most=most
            )
        )
    return int(text)
