"""What is not in the table is denied; a role at one station ends at its gates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.accounts import words
from kiosk.accounts.roles import ROLES, Granted, Right, may

TABLE = {
    "operator": "see speak stop handle",
    "reception": "see handle",
    "editor": "see draft",
    "head": "see speak stop draft approve configure handle",
    "inspector": "see inspect",
    "city": "see review handle",
    "administrator": "see administer configure",
}
stations = st.sampled_from(["ga-mot", "ga-hai", ""])
grants = st.sets(st.builds(Granted, st.sampled_from([*ROLES, "unknown"]), stations))


def test_each_role_may_do_exactly_this() -> None:
    assert {role: {str(right) for right in rights} for role, rights in ROLES.items()} == {
        role: set(rights.split()) for role, rights in TABLE.items()
    }


def test_every_role_has_its_vietnamese_name() -> None:
    assert set(words.ROLES) == set(ROLES)


@given(st.sampled_from(Right), stations)
def test_nobody_may_do_anything_without_a_role(right: Right, station: str) -> None:
    assert not may([], right, station)
    assert not may([Granted("unknown")], right, station)


@given(grants, st.sampled_from(Right))
def test_what_concerns_every_station_needs_the_role_everywhere(granted: set[Granted], right: Right) -> None:
    everywhere = {one for one in granted if one.station == ""}
    assert may(granted, right, "") == may(everywhere, right)


@given(grants, st.sampled_from(Right))
def test_a_role_at_another_station_changes_nothing_here(granted: set[Granted], right: Right) -> None:
    here = {one for one in granted if one.station != "ga-hai"}
    assert may(granted, right, "ga-mot") == may(here, right, "ga-mot")


@given(grants, st.sampled_from([*ROLES]), st.sampled_from(Right), stations)
def test_another_role_never_takes_a_right_away(
    granted: set[Granted], role: str, right: Right, station: str
) -> None:
    assert may(granted | {Granted(role)}, right, station) >= may(granted, right, station)
