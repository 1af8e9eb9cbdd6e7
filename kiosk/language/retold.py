"""Sentences that were kept in Vietnamese, such as those of faults, in the language of the page: found again in the catalogue by their
shape, with what fills their places. One that is not found is shown as it was kept.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kiosk.language.catalogue import sentences_of, translations
from kiosk.language.chosen import DEFAULT, language

PLACE = re.compile(r"%\((\w+)\)s")
BETWEEN = re.compile(r"(?<=\.) ")  # two sentences


def retold(kept: str) -> str:
    return _in(language(), kept)


@lru_cache(maxsize=500)
def _in(code: str, kept: str) -> str:
    if code == DEFAULT or not kept:
        return kept
    return _found(code, kept) or " ".join(_found(code, one) or one for one in BETWEEN.split(kept))


def _found(code: str, kept: str) -> str:
    told: str = translations(code).gettext(kept)
    if told != kept:
        return told
    for sentence, shape in _shapes(code):
        if match := shape.fullmatch(kept):
            return str(translations(code).gettext(sentence)) % match.groupdict()
    return ""


@cache
def _shapes(code: str) -> list[tuple[str, re.Pattern[str]]]:
    """Of the sentences with places, those first that say most by themselves."""
    known = [one for one in sentences_of(code) if PLACE.search(one)]
    known.sort(key=lambda one: len(PLACE.sub("", one)), reverse=True)
    return [(one, _shape(one)) for one in known if len(PLACE.sub("", one)) > 8 and _once(one)]


def _shape(sentence: str) -> re.Pattern[str]:
    """Places are the odd pieces of what is between them."""
    pieces = PLACE.split(sentence)
    return re.compile("".join(f"(?P<{p}>.+)" if i % 2 else re.escape(p) for i, p in enumerate(pieces)))


def _once(sentence: str) -> bool:
    places = PLACE.findall(sentence)
    return len(places) == len(set(places))
