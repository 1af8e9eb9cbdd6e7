"""Whether a password is one of those that everybody thinks of first."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from string import digits

FILE = Path(__file__).with_name("common_words.toml")
D_WITH_STROKE = "\u0111"
READ_AS = str.maketrans("@0$3", "aose")  # how people write a word so that it looks safer


def is_common(password: str) -> bool:
    """Made of nothing but the words of the list, figures and signs: "MậtKhẩu@2026", "password-123", "hanoi2026hanoi"."""
    small = password.casefold()
    return any(_of_words(_letters(text)) for text in (small, small.strip(digits).translate(READ_AS)))


def _letters(text: str) -> str:
    """The bare letters, without marks, figures and signs."""
    return "".join(c for c in unicodedata.normalize("NFD", text.replace(D_WITH_STROKE, "d")) if c.isalpha())


def _of_words(letters: str) -> bool:
    reached = {0}
    for place in range(len(letters)):
        if place in reached:
            reached |= {place + len(word) for word in _words() if letters.startswith(word, place)}
    return len(letters) in reached and bool(letters)


@cache
def _words() -> frozenset[str]:
    return frozenset(tomllib.loads(FILE.read_text("utf-8"))["words"])
