"""A message's entry in the words of the page, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.announcements.words import BLANKS
from kiosk.drafts import Entry
from kiosk.language.words import gettext, said
from kiosk.messages import words


def shown(entry: Entry, stations: Mapping[str, str]) -> dict[str, str]:
    """``stations``: key -> name."""
    told = {
        gettext("Tên"): entry["title"],
        gettext("Dùng ở"): stations.get(entry["station"], entry["station"])
        if entry.get("station")
        else said(words.EVERYWHERE),
        gettext("Loại"): words.CATEGORIES.get(entry["category"], entry["category"]),
        gettext("Chuông"): words.CHIMES.get(entry["chime"], entry["chime"]),
    }
    for key, wording in entry["wordings"].items():
        name = words.language(key)
        told[name] = wording if isinstance(wording, str) else wording["text"]
        if not isinstance(wording, str) and wording.get("spoken"):
            told[gettext("%(language)s, cách đọc riêng", language=name)] = wording["spoken"]
        if not isinstance(wording, str) and wording.get("clip"):
            told[gettext("%(language)s, tiếng ghi", language=name)] = gettext(
                "bản ghi %(name)s", name=wording["clip"][:8]
            )
    for name, kind in entry["blanks"].items():
        told[gettext("Chỗ trống %(name)s", name=name)] = BLANKS[kind].label if kind in BLANKS else kind
    return told
