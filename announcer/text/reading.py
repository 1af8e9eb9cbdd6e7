"""Written text -> spoken form.

``RULES`` is the whole of the reading, in order. A rule may rely on what those before it did: what they turned into words
is out of the way, and what they left untouched was none of theirs.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from announcer.text import (
    abbreviations,
    codes,
    dates,
    documents,
    figures,
    fractions,
    letters,
    money,
    names,
    overrides,
    percent,
    phones,
    plates,
    ranges,
    rates,
    roman,
    symbols,
    times,
    units,
    web,
    weekdays,
)
from announcer.text.cleaning import clean
from announcer.text.english.numbers import ENGLISH
from announcer.text.english.reading import RULES as ENGLISH_RULES
from announcer.text.lexicon import Lexicon, default_lexicon
from announcer.text.numbers import NORTHERN, SOUTHERN
from announcer.text.phrases import phrases
from announcer.text.rule import Context, Rule

RULES: tuple[Rule, ...] = (
    overrides.rule,  # what the writer decided comes before all rules
    web.rule,  # dots, strokes and dashes of addresses
    documents.rule,  # strokes and dashes of papers, before dates and ranges see them
    plates.rule,
    roman.rule,  # before acronyms could spell III
    weekdays.rule,  # T2-T6, before T1 is a code
    codes.joined,  # SE 1, VN 255, before VN is Việt Nam
    abbreviations.rule,  # after these, only lower case is sure to be words
    phones.rule,  # before dots group and dashes join
    fractions.always_open,  # 24/7 is no date
    dates.dashes,
    ranges.rule,  # only the dash; the numbers are read below
    ranges.negatives,
    codes.routes,  # tuyến 01, 103, before these are numbers
    symbols.with_numbers,  # while they still are numbers
    times.rule,
    dates.rule,
    rates.rule,  # đ/lượt, before the amount is words
    money.rule,
    percent.rule,
    symbols.by,  # 2m x 3m
    units.rule,
    fractions.rule,  # what dates left
    codes.rule,  # any letters with digits that are left
    symbols.rule,
    figures.rule,  # all numbers that are left
    letters.acronyms,
    names.rule,
    units.alone,
    letters.lone_consonants,
)


def version_of(folder: Path) -> str:
    """A hash of the rules and their words: cached sound is not reused when either has changed."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".toml"):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


READING_VERSION = version_of(Path(__file__).parent)


def read_phrases(
    text: str, language: str = "vi", *, lexicon: Lexicon | None = None, southern: bool = False
) -> list[str]:
    """The phrases of the spoken form, between which a voice pauses."""
    lexicon = lexicon or default_lexicon()
    vietnamese = language.lower().split("-")[0] == "vi"
    numerals = (SOUTHERN if southern else NORTHERN) if vietnamese else ENGLISH
    context = Context(lexicon.vi if vietnamese else lexicon.en, numerals)
    text = clean(text)
    for rule in RULES if vietnamese else ENGLISH_RULES:
        text = rule(text, context)
    return phrases(text)


def read(text: str, language: str = "vi", *, lexicon: Lexicon | None = None, southern: bool = False) -> str:
    """The spoken form: small letters, single spaces, no digit, no sign. Never raises."""
    return " ".join(read_phrases(text, language, lexicon=lexicon, southern=southern))
