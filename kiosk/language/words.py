"""Tables of words, and numbers, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar, overload

from markupsafe import Markup

from kiosk.language.catalogue import translations
from kiosk.language.chosen import language

Key = TypeVar("Key")
Value = TypeVar("Value")


def gettext(sentence: str, **values: object) -> str:
    """A Vietnamese sentence of ours in the language of the page, with its ``%(places)s`` filled."""
    if not sentence:
        return ""  # nothing names the catalogue's head
    written: str = translations(language()).gettext(sentence)
    return written % values if values else written


def marked_up(sentence: str, **values: object) -> Markup:
    """The same for templates, whose sentences may hold markup of ours; what is filled in is escaped.

    A page asks for hundreds of them, so this is short: Jinja's own way looks the function up, and formats, at each call.
    """
    written = Markup(gettext(sentence))  # noqa: S704  (written by us)
    return written % values if values else written


class Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def named(place: Named) -> str:
    """A zone or a station, by its English name on English pages if it has one."""
    return (place.name_en if language() == "en" else "") or place.name


class Table(Mapping[Key, Value]):
    """Words by their keys, written in Vietnamese, read in the language of the page.

    A word may be a tuple of words.
    """

    def __init__(self, words: Mapping[Key, Value]) -> None:
        self._words = words

    def __getitem__(self, key: Key) -> Value:
        return said(self._words[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


@overload
def said(words: str) -> str: ...


@overload
def said(words: Value) -> Value: ...


def said(words: Any) -> Any:
    """What a table holds, a sentence or a tuple of them, in the language of the page."""
    if isinstance(words, tuple):
        return getattr(words, "_make", tuple)(map(said, words))
    return gettext(words)


def decimal(number: float, form: str = "g") -> str:
    """ "−6,5" for -6.5; in English "−6.5"."""
    written = format(number, form).replace("-", "−")
    return written if language() == "en" else written.replace(".", ",")


def tenths(number: float) -> str:
    return decimal(number, ".1f")
