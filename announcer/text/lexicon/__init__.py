"""Words that must be known to be said: abbreviations, foreign names, units, issuers of documents.

The tables stand beside this file as TOML; staff may add files of the same form, and what they say wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from announcer.text.lexicon import files
from announcer.text.lexicon.words import Entry, When, Words

__all__ = ["Entry", "Lexicon", "When", "Words", "default_lexicon"]


@dataclass(frozen=True)
class Lexicon:
    """The words of both languages."""

    vi: Words
    en: Words

    @staticmethod
    def load(extra: Iterable[Path] = ()) -> Lexicon:
        """The built-in words and those of staff files, of which the later win. Raises FileRefused."""
        tables, staff = files.built_in(), files.merged(extra)
        return Lexicon(*(Words.of(tables[language], staff[language]) for language in files.LANGUAGES))


@cache
def default_lexicon() -> Lexicon:
    return Lexicon.load()
