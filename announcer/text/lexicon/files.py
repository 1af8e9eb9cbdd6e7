"""Lexicon files: TOML, one table per section, one line per word. A mistake is answered with file, line and reason."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from announcer.text.lexicon.words import WORD, When
from schedules.core.errors import FileRefused

LANGUAGES = ("vi", "en")
HERE = Path(__file__).parent
_LINE = re.compile(r"at line (\d+)")
_SPOKEN = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")

Tables = dict[str, dict[str, str]]


@cache
def built_in() -> dict[str, Tables]:
    """The files beside this one, as one."""
    return merged(sorted(HERE.glob("*.toml")), staff=False)


def merged(paths: Iterable[Path], staff: bool = True) -> dict[str, Tables]:
    """Language -> section -> written -> spoken; what comes later wins."""
    languages: dict[str, Tables] = {language: {} for language in LANGUAGES}
    for path in paths:
        for language, tables in read_file(path, staff).items():
            for section, words in tables.items():
                languages[language].setdefault(section, {}).update(words)
    return languages


def read_file(path: Path, staff: bool = True) -> dict[str, Tables]:
    """One file, checked. Staff files have the sections of :class:`When`; ours also tables that only a rule asks for."""
    file = _File(path, _source(path), staff)
    try:
        data = tomllib.loads(file.source)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise FileRefused(f"{path}{f', line {line.group(1)}' if line else ''}: {error}.") from error
    return {"en": file.tables(data.pop("en", {})), "vi": file.tables(data)}


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path}: is not UTF-8 text.", "Save the file as UTF-8.") from error


@dataclass(frozen=True)
class _File:
    path: Path
    source: str
    staff: bool

    def tables(self, data: Any) -> Tables:
        if not isinstance(data, dict):
            raise self.refusal("en", "[en] must hold sections like [en.exact].")
        return {section: self.words(section, words) for section, words in data.items()}

    def words(self, section: str, words: Any) -> dict[str, str]:
        if self.staff and section not in list(When):
            raise self.refusal(
                section, f"there is no section “{section}”.", f"Sections are {', '.join(When)}."
            )
        if not isinstance(words, dict):
            raise self.refusal(section, f"“{section}” must be a section like [{section}].")
        return {nfc(written): self.spoken(section, written, said) for written, said in words.items()}

    def spoken(self, section: str, written: str, said: Any) -> str:
        if section in list(When) and not WORD.match(written):
            raise self.refusal(written, f"“{written}” must start with a letter or a digit.")
        plain = nfc(said).lower() if isinstance(said, str) else ""
        if not _SPOKEN.fullmatch(plain):
            hint = "Write it as it is said: letters and single spaces, numbers as words."
            raise self.refusal(written, f"“{written}” has no spoken form a voice can say ({said!r}).", hint)
        return plain

    def refusal(self, key: str, reason: str, hint: str = "") -> FileRefused:
        """TOML keeps no line numbers, so the first line that opens with the key is named."""
        opening = re.search(
            rf"^[\s\[]*(?:en\.)?[\"']?{re.escape(key)}[\"']?\s*[\]=]", self.source, re.MULTILINE
        )
        line = f", line {self.source.count(chr(10), 0, opening.end()) + 1}" if opening else ""
        return FileRefused(f"{self.path}{line}: {reason}", hint)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
