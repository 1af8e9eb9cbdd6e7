"""Codes of conduct as data: what a file of them must say, and the two that come with the programme.

A rule is an advice (``do`` or ``dont``) in our own words, with the article it rests on. ``verified`` False: nobody has held it against
the official text yet, and whoever reads it is told so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from schedules.core.errors import FileRefused
from schedules.kinds import station_kinds
from schedules.yaml_files import line_of, read_yaml

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("vi", "en")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Strict):
    """``places``: keys of the kinds of place it is about; none for every place. ``picture`` names a drawing."""

    key: Key
    advice: Literal["do", "dont"]
    article: str = Field(max_length=40)
    verified: bool
    places: tuple[str, ...] = ()
    picture: str
    title: dict[str, Line]
    words: dict[str, Text]

    @field_validator("places")
    @classmethod
    def _known_kinds(cls, places: tuple[str, ...]) -> tuple[str, ...]:
        return _all_known(places, station_kinds(), "kind of place")

    @field_validator("picture")
    @classmethod
    def _known_picture(cls, picture: str) -> str:
        return _all_known((picture,), pictures(), "picture")[0]

    @field_validator("title", "words")
    @classmethod
    def _in_every_language(cls, texts: dict[str, str]) -> dict[str, str]:
        return complete(texts)


class Code(Strict):
    """A set of rules and the act that made it. ``valid_to`` is its last day."""

    key: Key
    act: str = Field(max_length=80)
    issued: date | None = None
    valid_from: date
    valid_to: date | None = None
    name: dict[str, Line]
    who: dict[str, Line]
    rules: tuple[Rule, ...] = Field(min_length=1, max_length=200)

    @field_validator("name", "who")
    @classmethod
    def _in_every_language(cls, texts: dict[str, str]) -> dict[str, str]:
        return complete(texts)

    @model_validator(mode="after")
    def _each_key_once(self) -> Code:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.key in seen:
                raise ValueError(f"the rule “{rule.key}” is there twice")
            seen.add(rule.key)
        return self

    def rule(self, key: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.key == key), None)


class Document(Strict):
    codes: tuple[Code, ...] = Field(min_length=1)


def complete(texts: dict[str, str]) -> dict[str, str]:
    """Vietnamese and English must be there; others may be."""
    if missing := [language for language in LANGUAGES if language not in texts]:
        raise ValueError(f"the text in “{missing[0]}” is missing")
    return texts


def read_codes(file: Path) -> tuple[Code, ...]:
    """Raises FileRefused with the line and the reason."""
    data, root = read_yaml(file)
    try:
        return Document.model_validate(data).codes
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(root, tuple(first["loc"])) if root is not None else 0
        where = " → ".join(str(step) for step in first["loc"])
        raise FileRefused(f"{file.name}, line {line}: {where}: {first['msg']}") from error


@cache
def built_in() -> tuple[Code, ...]:
    return read_codes(CONTENT / "codes.yaml")


@cache
def pictures() -> dict[str, str]:
    """The line of each drawing, by its name."""
    found: dict[str, str] = yaml.safe_load((CONTENT / "pictures.yaml").read_text("utf-8"))
    return found


def _all_known(names: tuple[str, ...], known: Iterable[str], what: str) -> tuple[str, ...]:
    if unknown := [name for name in names if name not in set(known)]:
        raise ValueError(f"there is no {what} “{unknown[0]}”")
    return names
