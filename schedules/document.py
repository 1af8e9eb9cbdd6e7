"""The shape of a content file: stations, messages and schedules as YAML, checked before anything is touched.

Every problem is told with file, line and reason. Staff edit these files by hand, so an unknown or misspelt key is a
problem, not something to overlook.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from schedules.core.errors import FileRefused, UserError
from schedules.days.day_types import DayType
from schedules.kinds import station_kinds
from schedules.models import BLANK_TYPES
from schedules.policies import clock_time
from schedules.triggers import trigger_from_data
from schedules.wording import BLANK, MAX_TEXT, OVERRIDE, blanks_of
from schedules.yaml_files import Step, Where, line_of, read_yaml

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#?\w+);")


class Problem(ValueError):
    """A problem on its way through pydantic, which lets a ValueError keep its place in the file; ``where`` goes on
    from there.
    """

    def __init__(self, sentence: str, hint: str = "", where: Where = ()) -> None:
        super().__init__(sentence)
        self.hint, self.where = hint, where


@contextmanager
def _in_place() -> Iterator[None]:
    try:
        yield
    except UserError as error:
        raise Problem(str(error), error.hint) from error


def composed(text: str) -> str:
    """NFC, with the Vietnamese letter Đ where its Icelandic look-alike was typed."""
    if CONTROL.search(text):
        raise Problem("there is an invisible control character in this text.", "Type it anew.")
    return unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110")


def plain(value: Any) -> Any:
    """As the database keeps it: text, numbers, lists and names with values. YAML's dates become text."""
    if isinstance(value, str):
        return composed(value)
    if isinstance(value, Mapping):
        return {composed(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise Problem(f"“{value!r:.60}” is neither text nor a number.", "Put it in quotes.")


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
MaybeLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Data = Annotated[dict[str, Any], BeforeValidator(plain)]

Keyed = tuple[Where, str]  # where in the file, and the key there


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _nfc(cls, value: Any) -> Any:
        return composed(value) if isinstance(value, str) else value


class Window(Strict):
    from_: str = Field(alias="from")
    to: str

    @field_validator("from_", "to")
    @classmethod
    def _clock(cls, value: str) -> str:
        with _in_place():
            clock_time(value)
        return value


class Volume(Window):
    db: float = Field(ge=-40, le=6)


class ZoneEntry(Strict):
    key: Slug
    name: Line
    name_en: MaybeLine = ""
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
    note: MaybeLine = ""

    @model_validator(mode="after")
    def _order(self) -> ExceptionEntry:
        if self.last < self.first:
            raise Problem("the last day lies before the first", where=("last",))
        return self


class StationEntry(Strict):
    key: Slug
    kind: Slug
    name: Line
    name_en: MaybeLine = ""
    zones: list[ZoneEntry] = []
    calendar: list[ExceptionEntry] = []

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in (kinds := station_kinds()):
            hint = nearest(value, kinds) or f"It takes {', '.join(kinds)}."
            raise Problem(f"there is no kind of station “{value}”", hint)
        return value


class WordingEntry(Strict):
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)]
    spoken: str = Field("", max_length=MAX_TEXT)
    clip: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""

    @model_validator(mode="after")
    def _whole(self) -> WordingEntry:
        if self.clip and blanks_of(self.text):
            raise Problem("a recording cannot fill the blanks of its words", where=("clip",))
        return self

    @field_validator("text", "spoken")
    @classmethod
    def _sayable(cls, value: str) -> str:
        if found := MARKUP.search(value):
            raise Problem(f"“{found[0]:.60}” is markup, which nobody can hear", "Write plain words.")
        if re.search(r"[{}]", OVERRIDE.sub("", BLANK.sub("", value))):
            raise Problem(
                "a brace here belongs to no blank",
                "Write a blank as {time}, in small letters, and a reading of your own as {SE1|ét e một}.",
            )
        return value


class MessageEntry(Strict):
    key: Slug
    station: Slug | None = None
    category: Literal["emergency", "operational", "safety", "conduct", "service", "campaign"]
    topic: str = ""
    title: Line
    chime: Literal["standard", "urgent", "none"] = "standard"
    rule: Data | None = None
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
            if not BLANK.fullmatch(f"{{{name}}}"):
                raise Problem(f"“{name}” cannot name a blank", "Use small letters, digits and _.", (name,))
            if kind not in BLANK_TYPES:
                raise Problem(
                    f"the blank “{name}” has the unknown type “{kind}”",
                    nearest(kind, BLANK_TYPES) or f"It takes {', '.join(BLANK_TYPES)}.",
                    (name,),
                )
        return value

    @field_validator("wordings")
    @classmethod
    def _blanks_declared(
        cls, value: dict[str, WordingEntry], info: ValidationInfo
    ) -> dict[str, WordingEntry]:
        """A blank that is declared and not used does no harm: another language, or tomorrow's wording, may use it."""
        declared = info.data.get("blanks", {})
        for language, wording in value.items():
            for name in blanks_of(wording.text) + blanks_of(wording.spoken):
                if name not in declared:
                    sentence = f"the wording “{language}” uses the blank “{name}”, which is not declared"
                    raise Problem(sentence, nearest(name, declared), (language,))
        return value


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
    values: Data = {}
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
        with _in_place():
            return trigger_from_data(value).to_data()

    @field_validator("days")
    @classmethod
    def _days(cls, value: dict[str, Any]) -> dict[str, Any]:
        with _in_place():
            return DayType.from_data(value).to_data()

    @model_validator(mode="after")
    def _one_message_or_turns(self) -> ScheduleEntry:
        if bool(self.message) == bool(self.rotation):
            raise Problem("a schedule names either one “message” or a “rotation”")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Problem("valid_to lies before valid_from", where=("valid_to",))
        if len(set(self.zones)) != len(self.zones):
            raise Problem("a zone is named twice", where=("zones",))
        return self

    @property
    def turns(self) -> list[TurnEntry]:
        return self.rotation or [TurnEntry(message=self.message or "", weight=1)]


class Document(Strict):
    stations: list[StationEntry] = []
    messages: list[MessageEntry] = []
    schedules: list[ScheduleEntry] = []
    _root: yaml.Node | None = PrivateAttr(None)  # where it was read from a file

    def place(self, path: Path, *where: Step) -> str:
        """ "content.yaml, line 12" """
        return f"{path}, line {line_of(self._root, where)}" if self._root is not None else str(path)


def read_document(path: Path) -> Document:
    """Parse and check a file. Raises FileRefused with file, line and reason for the first problem."""
    data, root = read_yaml(path)
    if data is None:
        raise FileRefused(f"{path}, line 1: there is nothing in this file.", "Look whether it was saved.")
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        raise _refusal(path, root, error) from error
    document._root = root
    _check_unique(path, document)
    return document


def _refusal(path: Path, root: yaml.Node | None, error: ValidationError) -> FileRefused:
    # A misspelt key is also a missing one; the first of the two says what to do.
    problem = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    where, hint = tuple(problem["loc"]), ""
    cause = problem.get("ctx", {}).get("error")
    if isinstance(cause, Problem):
        where, hint = where + cause.where, cause.hint
    sentence = f"{path}, line {line_of(root, where)}: {_place(where)}{_sentence(problem)}"
    return FileRefused(sentence, hint or _hint(problem))


def _place(where: Where) -> str:
    words = [f"{step}" if isinstance(step, str) else f"no. {step + 1}" for step in where if step != "[key]"]
    return " → ".join(words) + ": " if words else ""


_SENTENCES = {
    "extra_forbidden": "there is no such key here.",
    "missing": "this is missing.",
    "string_pattern_mismatch": "“{input}” is not a key: use small letters, digits and hyphens.",
    "literal_error": "“{input}” is not one of {expected}.",
    "string_type": "“{input}” is not text; put it in quotes.",
    "model_type": "here belong names with values, such as “key: …”.",
    "dict_type": "here belong names with values, such as “key: …”.",
    "list_type": "here belongs a list, each line beginning with “- ”.",
    "date_from_datetime_parsing": "“{input}” is not a date; write it as 2026-12-31.",
    "date_from_datetime_inexact": "“{input}” is not a date; write it as 2026-12-31.",
}


def _sentence(problem: Mapping[str, Any]) -> str:
    form = _SENTENCES.get(problem["type"])
    if form:
        return form.format(input=str(problem.get("input"))[:60], **problem.get("ctx", {}))
    text = str(problem["msg"]).removeprefix("Value error, ")
    return text if text.endswith(".") else text + "."


def nearest(word: object, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(word), list(known), n=1)
    return f"Did you mean “{near[0]}”?" if near else ""


def _hint(problem: Mapping[str, Any]) -> str:
    if problem["type"] == "literal_error":
        return nearest(problem["input"], re.findall(r"'([^']+)'", problem["ctx"]["expected"]))
    if problem["type"] != "extra_forbidden":
        return ""
    models = _KEYS.get(problem["loc"][0], (Document,)) if len(problem["loc"]) > 1 else (Document,)
    return nearest(problem["loc"][-1], {name for model in models for name in _names(model)})


_KEYS: dict[Any, tuple[type[Strict], ...]] = {
    "stations": (StationEntry, ZoneEntry, ExceptionEntry, Volume),
    "messages": (MessageEntry, WordingEntry),
    "schedules": (ScheduleEntry, TurnEntry),
}


def _names(model: type[Strict]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _check_unique(path: Path, document: Document) -> None:
    zones: list[Keyed] = [
        (("stations", i, "zones", j, "key"), z.key)
        for i, s in enumerate(document.stations)
        for j, z in enumerate(s.zones)
    ]
    for section in ("stations", "messages", "schedules"):
        entries: list[Keyed] = [
            ((section, i, "key"), e.key) for i, e in enumerate(getattr(document, section))
        ]
        _refuse_twins(path, document, entries)
    _refuse_twins(path, document, zones)


def _refuse_twins(path: Path, document: Document, entries: list[Keyed]) -> None:
    seen: set[str] = set()
    for where, key in entries:
        if key in seen:
            raise FileRefused(
                f"{document.place(path, *where)}: the key “{key}” is used twice.", "Rename one."
            )
        seen.add(key)
