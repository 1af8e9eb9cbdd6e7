"""The shape of a content file: stations, messages and schedules as YAML, checked before anything is touched.

Every problem is told with file, line and reason. Staff edit these files by hand, so an unknown or misspelt key is a
problem, not something to overlook.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

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

from schedules.calendars import DayType
from schedules.core.errors import FileRefused, LoagaError
from schedules.models import BLANK_TYPES
from schedules.policies import clock_time
from schedules.triggers import trigger_from_data
from schedules.wording import MAX_TEXT, blanks_of

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


Keyed = tuple[tuple[int | str, ...], str]  # where in the file, and the key there


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _nfc(cls, value: Any) -> Any:
        return (
            unicodedata.normalize("NFC", value).replace("\u00d0", "\u0110")
            if isinstance(value, str)
            else value
        )


class Window(Strict):
    from_: str = Field(alias="from")
    to: str

    @field_validator("from_", "to")
    @classmethod
    def _clock(cls, value: str) -> str:
        clock_time(value)
        return value


class Volume(Window):
    db: float = Field(ge=-40, le=6)


class ZoneEntry(Strict):
    key: Slug
    name: Line
    name_en: str = ""
    sink: str = ""
    mastering: str = "standard"
    volume: list[Volume] = []
    quiet: list[Window] = []
    budget_minutes: float = Field(6.0, ge=0, le=60)
    gap_seconds: float = Field(10.0, ge=0, le=3600)


class ExceptionEntry(Strict):
    first: date
    last: date
    kind: Literal["closed", "holiday", "working"]
    note: str = ""

    @model_validator(mode="after")
    def _order(self) -> ExceptionEntry:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")
        return self


class StationEntry(Strict):
    key: Slug
    kind: Slug
    name: Line
    name_en: str = ""
    zones: list[ZoneEntry] = []
    calendar: list[ExceptionEntry] = []


class WordingEntry(Strict):
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
    spoken: str = Field("", max_length=MAX_TEXT)


class MessageEntry(Strict):
    key: Slug
    category: Literal["emergency", "operational", "safety", "conduct", "service", "campaign"]
    topic: str = ""
    title: Line
    chime: Literal["standard", "urgent", "none"] = "standard"
    rule: dict[str, Any] | None = None
    blanks: dict[str, str] = {}
    wordings: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], WordingEntry] = Field(
        min_length=1
    )
    retired: bool = False

    @field_validator("wordings", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {language: {"text": w} if isinstance(w, str) else w for language, w in value.items()}

    @field_validator("blanks")
    @classmethod
    def _known_types(cls, value: dict[str, str]) -> dict[str, str]:
        for name, kind in value.items():
            if kind not in BLANK_TYPES:
                raise ValueError(
                    f"the blank “{name}” has the unknown type “{kind}”; it takes {', '.join(BLANK_TYPES)}"
                )
        return value

    @model_validator(mode="after")
    def _blanks_declared(self) -> MessageEntry:
        for language, wording in self.wordings.items():
            for name in blanks_of(wording.text) + blanks_of(wording.spoken):
                if name not in self.blanks:
                    raise ValueError(
                        f"the wording “{language}” uses the blank “{name}”, which is not declared"
                    )
        return self


class TurnEntry(Strict):
    message: Slug
    weight: int = Field(1, ge=1, le=100)


class ScheduleEntry(Strict):
    key: Slug
    station: Slug
    zones: list[Slug] = Field(min_length=1)
    message: Slug | None = None
    rotation: list[TurnEntry] = []
    trigger: dict[str, Any]
    days: dict[str, Any] = {}
    values: dict[str, Any] = {}
    priority: Literal["normal", "priority", "urgent"] = "normal"
    valid_from: date | None = None
    valid_to: date | None = None
    expires_minutes: float = Field(10.0, gt=0, le=24 * 60)
    repeats: int = Field(1, ge=1, le=10)
    gap_minutes: float = Field(0.0, ge=0, le=24 * 60)
    enabled: bool = True

    @field_validator("trigger")
    @classmethod
    def _trigger(cls, value: dict[str, Any]) -> dict[str, Any]:
        return trigger_from_data(value).to_data()

    @field_validator("days")
    @classmethod
    def _days(cls, value: dict[str, Any]) -> dict[str, Any]:
        return DayType.from_data(value).to_data()

    @model_validator(mode="after")
    def _one_message_or_turns(self) -> ScheduleEntry:
        if bool(self.message) == bool(self.rotation):
            raise ValueError("a schedule names either one “message” or a “rotation”")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        if len(set(self.zones)) != len(self.zones):
            raise ValueError("a zone is named twice")
        return self

    @property
    def turns(self) -> list[TurnEntry]:
        return self.rotation or [TurnEntry(message=self.message or "", weight=1)]


class Document(Strict):
    stations: list[StationEntry] = []
    messages: list[MessageEntry] = []
    schedules: list[ScheduleEntry] = []


def read_document(path: Path) -> Document:
    """Parse and check a file. Raises FileRefused with file, line and reason for the first problem."""
    try:
        text = path.read_text("utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise FileRefused(
            _yaml_problem(path, error), "Look at the indentation and the quotes there."
        ) from error
    try:
        document = Document.model_validate(data or {})
    except ValidationError as error:
        raise _refusal(path, root, error) from error
    _check_unique(path, root, document)
    return document


def line_of(root: yaml.Node | None, where: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest node on the way to ``where``."""
    node, line = root, 1
    for step in where:
        line = (node.start_mark.line + 1) if node is not None else line
        node, line = _child(node, step, line)
        if node is None:
            break
    return line


def _child(node: yaml.Node | None, step: int | str, line: int) -> tuple[yaml.Node | None, int]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    return None, line


def _yaml_problem(path: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}, line {mark.line + 1}" if mark else str(path)
    return f"{where}: this is not valid YAML ({getattr(error, 'problem', None) or error})."


def _refusal(path: Path, root: yaml.Node | None, error: ValidationError) -> FileRefused:
    problem = error.errors()[0]
    where = tuple(problem["loc"])
    cause = problem.get("ctx", {}).get("error")
    hint = cause.hint if isinstance(cause, LoagaError) else _hint(problem)
    return FileRefused(f"{path}, line {line_of(root, where)}: {_place(where)}{_sentence(problem)}", hint)


def _place(where: tuple[int | str, ...]) -> str:
    words = [f"{step}" if isinstance(step, str) else f"no. {step + 1}" for step in where if step != "[key]"]
    return " → ".join(words) + ": " if words else ""


_SENTENCES = {
    "extra_forbidden": "there is no such key here.",
    "missing": "this is missing.",
    "string_pattern_mismatch": "“{input}” is not a key: use small letters, digits and hyphens.",
    "literal_error": "“{input}” is not one of {expected}.",
    "string_type": "“{input}” is not text; put it in quotes.",
}


def _sentence(problem: Mapping[str, Any]) -> str:
    form = _SENTENCES.get(problem["type"])
    if form:
        return form.format(input=problem.get("input"), **problem.get("ctx", {}))
    text = str(problem["msg"]).removeprefix("Value error, ")
    return text if text.endswith(".") else text + "."


def _hint(problem: Mapping[str, Any]) -> str:
    if problem["type"] != "extra_forbidden":
        return ""
    wrong, section = str(problem["loc"][-1]), problem["loc"][0]
    known = {name for model in _KEYS.get(section, (Document,)) for name in _names(model)}
    near = difflib.get_close_matches(wrong, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else ""


_KEYS: dict[Any, tuple[type[Strict], ...]] = {
    "stations": (StationEntry, ZoneEntry, ExceptionEntry, Volume),
    "messages": (MessageEntry, WordingEntry),
    "schedules": (ScheduleEntry, TurnEntry),
}


def _names(model: type[Strict]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _check_unique(path: Path, root: yaml.Node | None, document: Document) -> None:
    zones: list[Keyed] = [
        (("stations", i, "zones", j, "key"), z.key)
        for i, s in enumerate(document.stations)
        for j, z in enumerate(s.zones)
    ]
    for section in ("stations", "messages", "schedules"):
        entries: list[Keyed] = [
            ((section, i, "key"), e.key) for i, e in enumerate(getattr(document, section))
        ]
        _refuse_twins(path, root, entries)
    _refuse_twins(path, root, zones)


def _refuse_twins(
    path: Path, root: yaml.Node | None, entries: list[tuple[tuple[int | str, ...], str]]
) -> None:
    seen: set[str] = set()
    for where, key in entries:
        if key in seen:
            raise FileRefused(
                f"{path}, line {line_of(root, where)}: the key “{key}” is used twice.", "Rename one."
            )
        seen.add(key)
