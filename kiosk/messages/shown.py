"""A message's entry in the words of the page, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.announcements.words import BLANKS, blank_label
from kiosk.drafts import Entry
from kiosk.language.words import gettext, said
from kiosk.messages import words

Shown = dict[str, str]  # what a field is called -> what it holds


def shown(entry: Entry, stations: Mapping[str, str]) -> Shown:
    """All of it. ``stations``: key -> name."""
    return {gettext("Tên"): entry["title"]} | _wordings(entry) | facts(entry, stations)


def facts(entry: Entry, stations: Mapping[str, str]) -> Shown:
    """What is no wording: where it is used, what it is about, and what its blanks take."""
    own = entry.get("station")
    told = {
        gettext("Dùng ở"): stations.get(own, own) if own else said(words.EVERYWHERE),
        gettext("Loại"): words.CATEGORIES.get(entry["category"], entry["category"]),
        gettext("Chuông"): words.CHIMES.get(entry["chime"], entry["chime"]),
    }
    return told | {
        gettext("Chỗ trống “%(name)s”", name=blank_label(name)): BLANKS[kind].label
        if kind in BLANKS
        else kind
        for name, kind in entry["blanks"].items()
    }


def _wordings(entry: Entry) -> Shown:
    told: Shown = {}
    for key, wording in entry["wordings"].items():
        name = words.language(key)
        told[name] = wording if isinstance(wording, str) else wording["text"]
        if not isinstance(wording, str) and wording.get("spoken"):
            told[gettext("%(language)s, cách đọc riêng", language=name)] = wording["spoken"]
        if not isinstance(wording, str) and wording.get("clip"):
            told[gettext("%(language)s, tiếng ghi", language=name)] = gettext(
                "bản ghi %(name)s", name=wording["clip"][:8]
            )
    return told
