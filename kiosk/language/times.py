"""Days and times in the language of the page, and days as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from babel.dates import format_date

from kiosk.language.chosen import language
from kiosk.language.words import gettext, said
from schedules.core.clock import local_date, to_local

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def day(moment: date) -> str:
    """ "24/11/2026"; in English "24 Nov 2026", which nobody takes for another day."""
    return format_date(moment, "d MMM y", locale="en") if language() == "en" else f"{moment:%d/%m/%Y}"


def short_day(moment: date) -> str:
    return format_date(moment, "d MMM", locale="en") if language() == "en" else f"{moment:%d/%m}"


def day_in_words(moment: date) -> str:
    """ "Thứ Ba, 24/11/2026" """
    return f"{said(WEEKDAYS[moment.weekday()])}, {day(moment)}"


def day_from(text: str) -> date | None:
    """A typed day, ``24/11/2026`` or ``2026-11-24``; None for anything else.

    The field is plain text: a browser's own date field shows month before day where its language is English.
    """
    try:
        if found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text.strip()):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def clock(moment: datetime | None) -> str:
    """07:30:05, in Hà Nội."""
    return "" if moment is None else f"{to_local(moment):%H:%M:%S}"


def short_clock(moment: datetime | None) -> str:
    """07:30, with seconds only where there are some: staff read minutes."""
    return clock(moment).removesuffix(":00")


def to_the_minute(moment: datetime, now: datetime) -> str:
    """As ``when``, for those who do not count seconds."""
    return when(moment.replace(second=0, microsecond=0), now)


def when(moment: datetime, now: datetime) -> str:
    """The clock time, and the day where it is not today."""
    its, today = local_date(moment), local_date(now)
    if its == today:
        return short_clock(moment)
    name = gettext("ngày mai") if its == today + timedelta(days=1) else day(its)
    return f"{short_clock(moment)} {name}"
