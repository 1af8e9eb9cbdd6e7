"""The translations, straight from ``messages.po``: no compiled file that could be older than it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale

FOLDER = Path(__file__).parent.parent / "translations"


class Pages(Babel):  # type: ignore[misc]
    """Flask-Babel, with our way of finding translations."""

    @property
    def domain_instance(self) -> Domain:
        return PoFiles()


class PoFiles(Domain):  # type: ignore[misc]
    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return translations(locale.language) if locale else NullTranslations()


def sentences_of(language: str) -> list[str]:
    """All that are translated, as they are written in Vietnamese."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [str(one.id) for one in read_po(file, locale=language) if one.id]


@cache
def translations(language: str) -> NullTranslations:
    """Empty for Vietnamese, in which the sentences are written."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
