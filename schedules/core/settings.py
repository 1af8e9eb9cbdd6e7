"""Settings: what a technician sets, in ``HOME/loaga.toml`` or the environment.

Each one is declared beside the code that uses it, with its type, default and one line of help::

    PORT = declare("web.port", 8080, "Port of the web pages.", minimum=1, maximum=65535)
    ...
    settings.get(PORT)

``web.port`` is the key ``port`` in the table ``[web]`` of the file, and ``LOAGA_WEB_PORT`` in the environment, which
wins. All problems are found before anything starts. What staff adjust lives in the database instead.
"""

from __future__ import annotations

import difflib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from schedules.core.errors import SettingsError

PREFIX = "LOAGA_"
T = TypeVar("T", str, int, float, bool)


@dataclass(frozen=True)
class Setting(Generic[T]):
    name: str
    default: T
    help: str
    choices: tuple[T, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    @property
    def kind(self) -> type[T]:
        return type(self.default)

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper().replace(".", "_")


DECLARED: dict[str, Setting[Any]] = {}


def declare(
    name: str,
    default: T,
    help: str,
    *,
    choices: tuple[T, ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
) -> Setting[T]:
    setting = Setting(name, default, help, choices, minimum, maximum)
    DECLARED[name] = setting
    return setting


class Settings:
    """The values in force for one home folder."""

    def __init__(self, home: Path, values: Mapping[str, Any] | None = None) -> None:
        self.home = home
        self._values = dict(values or {})

    def get(self, setting: Setting[T]) -> T:
        return cast(T, self._values.get(setting.name, setting.default))


def load(home: Path, environment: Mapping[str, str] | None = None, *, whole: bool = False) -> Settings:
    """Read and check the settings of ``home``. Raises SettingsError for the first problem found.

    ``whole``: the caller has loaded every part of the house, so that a name nobody declared is a mistake. Otherwise
    tables and variables that this process knows nothing of are somebody else's: the announcer leaves [web] alone.
    """
    environment = os.environ if environment is None else environment
    given = {
        name: _checked(name, value, str(home / "loaga.toml"))
        for name, value in _from_file(home).items()
        if whole or _table(name) in map(_table, DECLARED)
    }
    if whole:
        _refuse_misspelt(environment)
    for setting in DECLARED.values():
        if setting.variable in environment:
            raw = _parsed(setting, environment[setting.variable])
            given[setting.name] = _checked(setting.name, raw, setting.variable)
    return Settings(home, given)


def _table(name: str) -> str:
    return name.partition(".")[0]


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    """LOAGA_WEB_PROT would be overlooked without a word; LOAGA_HOME and the like are not settings, nor near one."""
    variables = {setting.variable.removeprefix(PREFIX): setting for setting in DECLARED.values()}
    for name in environment:
        wrong = name.removeprefix(PREFIX)
        near = difflib.get_close_matches(wrong, variables, n=1, cutoff=0.8)
        if name.startswith(PREFIX) and wrong not in variables and near:
            raise SettingsError(
                f"The environment has {name}, which is no setting.", f"Did you mean “{PREFIX}{near[0]}”?"
            )


def _from_file(home: Path) -> dict[str, Any]:
    path = home / "loaga.toml"
    try:
        if not path.exists():
            return {}
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.", "Correct it, or move it away.") from error
    return _flat(tables)


def _flat(tables: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tables.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return flat


def _parsed(setting: Setting[Any], text: str) -> Any:
    if setting.kind is bool:
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
            text.lower(), text
        )
    try:
        return setting.kind(text)
    except ValueError:
        return text


def _checked(name: str, value: Any, where: str) -> Any:
    setting = DECLARED.get(name)
    if setting is None:
        near = difflib.get_close_matches(name, DECLARED, n=1)
        raise SettingsError(
            f"{where}: there is no setting “{name}”.",
            f"Did you mean “{near[0]}”?" if near else "docs/settings.md lists them all.",
        )
    if setting.kind is float and type(value) is int:
        value = float(value)
    problem = _problem(setting, value)
    if problem:
        raise SettingsError(f"{where}: {name} = {value!r}, but {problem}.", setting.help)
    return value


def _problem(setting: Setting[Any], value: Any) -> str:
    if type(value) is not setting.kind:
        return f"it takes {_KINDS[setting.kind]}"
    if isinstance(value, float) and not math.isfinite(value):
        return "it must be a number that ends somewhere"
    if setting.choices and value not in setting.choices:
        return "it takes one of " + ", ".join(str(choice) or "nothing" for choice in setting.choices)
    if setting.minimum is not None and value < setting.minimum:
        return f"it must be at least {setting.minimum:g}"
    if setting.maximum is not None and value > setting.maximum:
        return f"it must be at most {setting.maximum:g}"
    return ""


_KINDS: dict[type, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
