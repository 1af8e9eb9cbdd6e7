"""Any text as syllables: Vietnamese words as they are written, others as Vietnamese would say them, never silence.

The reading rules and the lexicon come first and write out what they know. What is left here is a name nobody entered:
"Winmart" is said "uyn mát", "brt" by the names of its letters, "東京" by words that say what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from announcer.phonology.syllables import NotASyllable, Syllable, analyse

UNREADABLE = "từ nước ngoài"
DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
LETTERS = {
    "a": "a", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "f": "ép", "g": "giê", "h": "hát", "i": "i",
    "j": "gi", "k": "ca", "l": "eo", "m": "em", "n": "en", "o": "o", "p": "pê", "q": "quy", "r": "e rờ", "s": "ét",
    "t": "tê", "u": "u", "v": "vê", "w": "vê kép", "x": "ích", "y": "i", "z": "dét", "ă": "á", "â": "ớ", "ê": "ê",
    "ô": "ô", "ơ": "ơ", "ư": "ư",
}  # fmt: skip

# Foreign spelling to ours, in this order, before a word is cut into syllables.
RESPELT = (
    (r"sch|sh", "s"), (r"tch|cz", "ch"), (r"ck|cc|kk|q(?!u)", "k"), (r"ff|f", "ph"), (r"w(?=[aeo])", "o"), (r"w", "u"),
    (r"j", "gi"), (r"zz|z", "d"), (r"x$", "c"), (r"(?<=[aeiouy])r(?=[^aeiouyăâêôơư]|$)", ""),
    (r"([bdglmnprstv])\1", r"\1"), (r"([aeu])\1", r"\1"), (r"ee|ea", "i"), (r"ou", "u"), (r"(?<=[^aeiouy]{1})e$", ""),
    (r"[gk](?=[ns])", ""), (r"d$", "t"), (r"b$", "p"), (r"g$", "c"), (r"v$", "p"), (r"l$", "n"), (r"ph$", "p"),
    (r"c(?=[eiyê])", "x"), (r"k(?=[aăâoôơuư])", "c"),
)  # fmt: skip
PIECE = re.compile(
    r"""(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?
        (?:iê|yê|ươ|uô|oa|oe|uy|[aăâeêioôơuưy])
        (?:[iyuo](?![aăâeêioôơuưy]))?
        (?:(?:ng|nh|ch|[mnptc])(?![aăâeêioôơuưy]))?""",
    re.VERBOSE,
)
PAUSES = {",": "comma", ";": "comma", ":": "comma", ".": "stop", "!": "stop", "?": "stop", "…": "stop"}


@dataclass(frozen=True)
class Unit:
    """One syllable to be said; ``pause`` is what stands after it: "", "comma" or "stop". ``word``: where it comes from."""

    syllable: Syllable
    word: str
    pause: str = ""


def utterance(text: str) -> list[Unit]:
    """The syllables of ``text`` with its pauses. Empty only if there is no letter and no digit in it."""
    units: list[Unit] = []
    for token in re.findall(r"[^\W_]+|[,;:.!?…]", unicodedata.normalize("NFC", text)):
        if token in PAUSES:
            units[-1:] = [Unit(unit.syllable, unit.word, PAUSES[token]) for unit in units[-1:]]
        else:
            units += [Unit(syllable, token) for syllable in syllables_of(token)]
    return units


def syllables_of(word: str) -> list[Syllable]:
    """At least one syllable for any word with a letter or digit in it."""
    try:
        return [analyse(word)]
    except NotASyllable:
        return [analyse(piece) for piece in _pieces(word.lower())]


def _pieces(word: str) -> Iterator[str]:
    """Written syllables that say ``word``: digits by name, letters that make no word by name, the rest as it sounds."""
    parts = re.findall(r"\d|[^\W\d_]+", word)
    if not any(part.isdecimal() or _latin(part) for part in parts):
        yield from UNREADABLE.split()
        return
    for part in parts:
        if part.isdecimal():
            yield DIGITS[unicodedata.decimal(part)]
        else:
            yield from _foreign(_latin(part))


def _latin(word: str) -> str:
    """``word`` in the letters of quốc ngữ and a–z; others lose their marks or fall away."""
    letters = []
    for letter in unicodedata.normalize("NFC", word.lower()):
        plain = letter if letter in LETTERS else unicodedata.normalize("NFKD", letter)[0]
        letters += [plain] if plain in LETTERS or plain in _TONED else []
    return "".join(letters)


def _foreign(word: str) -> Iterator[str]:
    if not re.search(r"[aăâeêioôơuưy]", _toneless(word)) or len(word) == 1:
        yield from " ".join(LETTERS[letter] for letter in _toneless(word)).split()
        return
    spelt = _toneless(word)
    for pattern, ours in RESPELT:
        spelt = re.sub(pattern, ours, spelt)
    at = 0
    while at < len(spelt):
        piece, at = _next_piece(spelt, at)
        yield piece


def _next_piece(spelt: str, at: int) -> tuple[str, int]:
    """The longest sayable syllable at ``at`` and where it ends; a consonant that begins none is said with ơ."""
    found = PIECE.match(spelt, at)
    end = found.end() if found else at
    while end > at:
        try:
            analyse(spelt[at:end])
        except NotASyllable:
            end -= 1
        else:
            return spelt[at:end], end
    consonant = re.compile(r"ngh|ng|nh|gh|kh|ph|th|tr|ch|.").match(spelt, at)
    assert consonant is not None  # noqa: S101 - ``at`` lies inside
    sound = {"q": "c", "gh": "g", "ngh": "ng"}.get(consonant[0], consonant[0])
    return sound + "ờ", consonant.end()


def _toneless(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize(
        "NFC", "".join(c for c in decomposed if c not in "\u0300\u0301\u0309\u0303\u0323")
    )


_TONED = frozenset(
    unicodedata.normalize("NFC", vowel + mark)
    for vowel in "aăâeêioôơuưy"
    for mark in "\u0300\u0301\u0309\u0303\u0323"
)
