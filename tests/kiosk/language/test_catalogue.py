"""The catalogue is whole: each sentence of the interface in English, and nothing that no page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sentences
from babel.messages.pofile import read_po

from kiosk.language.catalogue import FOLDER

PLACES = re.compile(r"%\(\w+\)s|\{[\w:]*\}|</?\w+>")


def catalogue() -> dict[str, str]:
    with (FOLDER / "en/LC_MESSAGES/messages.po").open("rb") as file:
        return {
            str(one.id): str(one.string) for one in read_po(file, locale="en") if one.id and not one.fuzzy
        }


def test_every_sentence_is_there_in_english() -> None:
    known = catalogue()
    assert sorted(one for one in sentences.all_of_them() if not known.get(one)) == []


def test_nothing_is_translated_that_no_page_says() -> None:
    assert sorted(set(catalogue()) - sentences.all_of_them()) == []


def test_a_translation_has_the_places_of_its_sentence() -> None:
    """One that names another place would fail the page; one that lacks a place may be meant, but has not been so far."""
    wrong = [
        one
        for one, told in catalogue().items()
        if sorted(PLACES.findall(one)) != sorted(PLACES.findall(told))
    ]
    assert wrong == ["<strong>%(day)s</strong>: bây giờ"] or wrong == []


@pytest.mark.parametrize(
    "path",
    [*sentences.templates(), *sentences.modules(), *sentences.scripts()],
    ids=lambda path: path.name,
)
def test_no_vietnamese_sentence_stands_bare(path: Path) -> None:
    """In a template it goes into ``_()``, in code into ``gettext()`` or a ``Table``, with places for what changes; a script
    finds it in the page.
    """
    assert sentences.bare_in(path) == []
