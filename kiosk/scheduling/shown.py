"""A schedule's entry in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.announcements.words import blank_label
from kiosk.drafts import Entry
from kiosk.language.chosen import language
from kiosk.language.words import gettext
from kiosk.scheduling.typed import of_entry
from kiosk.scheduling.words import PRIORITIES
from kiosk.station_words import together
from schedules.days.day_types import DayType
from schedules.triggers import describe, trigger_from_data

Names = Mapping[str, str]  # key -> what it is called


def when(entry: Entry) -> str:
    """ "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết" """
    return describe(trigger_from_data(entry["trigger"]), DayType.from_data(entry["days"]), language())


def title(entry: Entry, messages: Names) -> str:
    return together([messages.get(key, key) for key, _ in of_entry(entry).turns])


def shown(entry: Entry, messages: Names, zones: Names) -> dict[str, str]:
    typed = of_entry(entry)
    several = len(typed.turns) > 1
    told = {
        gettext("Nội dung"): ", ".join(
            messages.get(key, key) + (" " + gettext("(%(count)s lượt)", count=weight) if several else "")
            for key, weight in typed.turns
        ),
        gettext("Lúc nào"): when(entry),
        gettext("Ở đâu"): ", ".join(zones.get(key, key) for key in typed.zones),
        gettext("Mức ưu tiên"): PRIORITIES[typed.priority],
        gettext("Nói mấy lần"): typed.repeats,
        gettext("Chờ nhiều nhất"): gettext("%(minutes)s phút", minutes=typed.expires),
    }
    if typed.gap != "0":
        told[gettext("Cách nhau ít nhất")] = gettext("%(minutes)s phút", minutes=typed.gap)
    if typed.valid_from:
        told[gettext("Từ ngày")] = typed.valid_from
    if typed.valid_to:
        told[gettext("Đến hết ngày")] = typed.valid_to
    return told | {
        gettext("Chỗ trống “%(name)s”", name=blank_label(name)): value for name, value in typed.values.items()
    }
