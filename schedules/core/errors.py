"""Errors that carry a code for the log and a sentence for a person.

LoagaError
├── UserError           something typed or supplied was wrong; nothing was changed
│   ├── NotFound        no such station, zone, message, …
│   ├── FileRefused     an imported file is wrong: file, line and reason
│   └── SettingsError   loaga.toml or an environment variable is wrong
└── StationError        we or the machine broke; what was accepted is kept
"""

from __future__ import annotations


class LoagaError(Exception):
    """``str(error)`` is one clear sentence; ``hint`` says what to do next, or is empty."""

    code = "error"

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint


class UserError(LoagaError):
    code = "bad-input"


class NotFound(UserError):
    code = "not-found"


class FileRefused(UserError):
    code = "file-refused"


class SettingsError(UserError):
    code = "bad-setting"


class StationError(LoagaError):
    code = "station"
