"""The lexicon in memory, and how its words are found in a text.

What is looked up is the first word only (a dictionary), then the few entries that start with it, the longest first: a
thousand entries cost no more than ten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"([^\W\d_]{1,5})\d")
_GLUED = re.compile(r"(?<=\d)[^\W\d_]{2,}|(?<![^\W_])[^\W\d_]{2,}(?=\d)")
_NUMBER_FOLLOWS = re.compile(r"[.:]?\s?(?=(?:số\s?:?\s?)?\d)", re.IGNORECASE)
_NAME_FOLLOWS = re.compile(r"\.?\s?(?=[^\W\d_])")


class When(StrEnum):
    """A section of a lexicon file: when its words count. The narrower ones are tried first."""

    PREFIX = "prefix"  # exactly so, right before a digit: QL1A
    BEFORE_NUMBER = "before_number"  # exactly so, and a number or "số" follows: TT 39
    BEFORE_NAME = "before_name"  # exactly so, and a capital letter follows: P. Cửa Nam
    EXACT = "exact"  # written exactly so
    ANY_CASE = "any_case"  # in capitals or not


@dataclass(frozen=True)
class Entry:
    written: str
    spoken: str
    when: When

    def end(self, text: str, start: int) -> int:
        """Where this entry ends in ``text`` if it stands at ``start``, else -1."""
        end = start + len(self.written)
        piece = text[start:end]
        if piece != self.written and (
            self.when is not When.ANY_CASE or piece.lower() != self.written.lower()
        ):
            return -1
        return self._followed(text, end)

    def _followed(self, text: str, end: int) -> int:
        following = text[end : end + 1]
        if self.when is When.PREFIX:
            return end if following.isdigit() else -1
        if following.isalnum():
            return -1
        if self.when is When.BEFORE_NUMBER:
            match = _NUMBER_FOLLOWS.match(text, end)
        elif self.when is When.BEFORE_NAME:
            match = _NAME_FOLLOWS.match(text, end)
            match = match if match and text[match.end()].isupper() else None
        else:
            return end
        return match.end() if match else -1


Tables = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Words:
    """The words of one language. ``tables`` are the sections of its files, also those that only a rule asks for."""

    tables: Tables
    index: Mapping[str, tuple[Entry, ...]] = field(repr=False)
    hyphenated: frozenset[str] = field(repr=False)  # spoken words that keep their hyphen: ki-lô-mét

    @staticmethod
    def of(built_in: Tables, staff: Tables | None = None) -> Words:
        """Longer entries are tried first; of the same length, those of the staff."""
        layers = [staff or {}, built_in]
        entries = [
            Entry(*pair, when) for layer in layers for when in When for pair in layer.get(when, {}).items()
        ]
        index: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda each: len(each.written), reverse=True):
            first = WORD.match(entry.written)
            index.setdefault(first.group().lower() if first else "", []).append(entry)
        said = (said for layer in layers for table in layer.values() for said in table.values())
        hyphenated = frozenset(word for words in said for word in words.split() if "-" in word)
        return Words(built_in, {first: tuple(found) for first, found in index.items()}, hyphenated)

    def table(self, name: str) -> Mapping[str, str]:
        return self.tables.get(name, {})

    def apart(self, text: str) -> str:
        """``text`` with a space where a word of any case is glued to a digit: what is known counts there too."""
        return _GLUED.sub(
            lambda match: f" {match.group()} " if self._any_case(match.group()) else match.group(), text
        )

    def _any_case(self, word: str) -> bool:
        found = self.index.get(word.lower(), ())
        return any(each.when is When.ANY_CASE and len(each.written) == len(word) for each in found)

    def say(self, text: str) -> str:
        """``text`` with every known word replaced by its spoken form."""
        pieces, done = [], 0
        for word in WORD.finditer(text):
            start = word.start()
            if start < done:
                continue
            for entry in self._candidates(word.group()):
                if (end := entry.end(text, start)) >= 0:
                    pieces += [text[done:start], " ", entry.spoken, " "]
                    done = end
                    break
        return "".join([*pieces, text[done:]])

    def _candidates(self, word: str) -> tuple[Entry, ...]:
        """For QL1A also what starts with QL."""
        found = self.index.get(word.lower(), ())
        letters = _LETTERS.match(word)
        return found if letters is None else found + self.index.get(letters[1].lower(), ())
