"""Roles and what each may do. Whatever is not in this table is denied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    SEE = "see"
    SPEAK = "speak"
    STOP = "stop"
    DRAFT = "draft"
    APPROVE = "approve"
    CONFIGURE = "configure"  # zones and the calendar
    HANDLE = "handle"  # feedback: accept it, deal with it, answer
    INSPECT = "inspect"
    REVIEW = "review"
    ADMINISTER = "administer"


ROLES: dict[str, frozenset[Right]] = {
    "operator": frozenset({Right.SEE, Right.SPEAK, Right.STOP, Right.HANDLE}),
    "reception": frozenset({Right.SEE, Right.HANDLE}),
    "editor": frozenset({Right.SEE, Right.DRAFT}),
    "head": frozenset(
        {Right.SEE, Right.SPEAK, Right.STOP, Right.DRAFT, Right.APPROVE, Right.CONFIGURE, Right.HANDLE}
    ),
    "inspector": frozenset({Right.SEE, Right.INSPECT}),
    "city": frozenset({Right.SEE, Right.REVIEW, Right.HANDLE}),
    "administrator": frozenset({Right.SEE, Right.ADMINISTER, Right.CONFIGURE}),
}


@dataclass(frozen=True, order=True)
class Granted:
    """``role`` at one station, by its key, or everywhere: ``station`` is then empty."""

    role: str
    station: str = ""

    def covers(self, station: str | None) -> bool:
        """``None`` asks for any station at all."""
        return self.station in ("", station) or station is None


def may(granted: Iterable[Granted], right: Right, station: str | None = None) -> bool:
    """Whether ``right`` is granted at the station of that key; "" asks for what concerns every station."""
    return any(right in ROLES.get(one.role, ()) and one.covers(station) for one in granted)
