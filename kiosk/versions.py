"""Versions on a page: what differs between two of them, field by field and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from kiosk.language.words import Table

STATES = Table(
    {
        "draft": "bản nháp",
        "approved": "đang dùng",
        "retired": "đã thôi dùng",
        "discarded": "đã bỏ",
    }
)

Shown = Mapping[str, str]  # what a field is called on screen -> what it holds, in words


@dataclass(frozen=True)
class Piece:
    """Some words that are in both (``same``), only in the old one (``gone``) or only in the new one (``new``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: tuple[Piece, ...]


def changes(old: Shown, new: Shown) -> list[Change]:
    """The fields that differ, in the order of the new version."""
    labels = dict.fromkeys([*new, *old])
    return [
        Change(label, tuple(_pieces(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = old.split(), new.split()
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", " ".join(before[a:b]))
            continue
        if a < b:
            yield Piece("gone", " ".join(before[a:b]))
        if c < d:
            yield Piece("new", " ".join(after[c:d]))
