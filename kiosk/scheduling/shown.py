"""A schedule's entry in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.drafts import Entry
from kiosk.scheduling.typed import of_entry
from kiosk.scheduling.words import PRIORITIES
from schedules.calendars import DayType
from schedules.triggers import describe, trigger_from_data

Names = Mapping[str, str]  # key -> what it is called


def when(entry: Entry) -> str:
    """ "mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết" """
    return describe(trigger_from_data(entry["trigger"]), DayType.from_data(entry["days"]), "vi")


def title(entry: Entry, messages: Names) -> str:
    """ "Xếp hàng và 12 nội dung khác" """
    first, *rest = (key for key, _ in of_entry(entry).turns)
    return messages.get(first, first) + (f" và {len(rest)} nội dung khác" if rest else "")


def shown(entry: Entry, messages: Names, zones: Names) -> dict[str, str]:
    typed = of_entry(entry)
    several = len(typed.turns) > 1
    told = {
        "Nội dung": ", ".join(
            messages.get(key, key) + (f" ({weight} lượt)" if several else "") for key, weight in typed.turns
        ),
        "Lúc nào": when(entry),
        "Ở đâu": ", ".join(zones.get(key, key) for key in typed.zones),
        "Mức ưu tiên": PRIORITIES[typed.priority],
        "Nói mấy lần": typed.repeats,
        "Chờ nhiều nhất": f"{typed.expires} phút",
    }
    if typed.gap != "0":
        told["Cách nhau ít nhất"] = f"{typed.gap} phút"
    if typed.valid_from:
        told["Từ ngày"] = typed.valid_from
    if typed.valid_to:
        told["Đến hết ngày"] = typed.valid_to
    return told | {f"Chỗ trống {name}": value for name, value in typed.values.items()}
