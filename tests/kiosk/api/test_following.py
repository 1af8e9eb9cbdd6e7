"""What became of something, and cancelling it, in JSON: as far as one's own stations go."""

from __future__ import annotations

from typing import Any

from programs import Caller
from sqlalchemy import select, update

from announcer.models import Announcement, ZoneCommand
from schedules.core.ids import new_id

Site = Any


def said(caller: Caller, *zones: str) -> str:
    id = new_id()
    body = {"text": "Tàu SE1 chậm.", "zones": list(zones)}
    assert caller.ask("PUT", f"/announcements/{id}", body).status_code == 200
    return id


def states(caller: Caller, id: str) -> dict[str, str]:
    return {one["where"]["zone"]: one["state"] for one in caller.get(f"/requests/{id}")["zones"]}


def test_a_request_tells_its_story_zone_by_zone(operator: Caller) -> None:
    story = operator.get(f"/requests/{said(operator, 'sanh', 'ke-1')}")
    assert (story["title"], story["open"], len(story["zones"])) == ("Tàu SE1 chậm.", True, 2)
    (first,) = story["zones"][0]["moments"]
    assert (story["zones"][0]["state"], first["what"]) == ("waiting", "Đã nhận")


def cancelled(site: Site) -> list[str]:
    """The ids of the announcements that the announcer is told to end."""
    with site.database.read() as session:
        return [str(row.announcement_id) for row in session.scalars(select(ZoneCommand))]


def test_one_zone_is_cancelled_and_the_other_goes_on(two: Site, operator: Caller) -> None:
    first = operator.get(f"/requests/{said(operator, 'sanh', 'ke-1')}")["zones"][0]["cancel"]
    answer = operator.ask("DELETE", f"/announcements/{first}")
    assert answer.json == {"title": "Tàu SE1 chậm.", "ended": 1}
    assert cancelled(two) == [first]


def test_a_request_is_cancelled_in_every_zone(two: Site, operator: Caller) -> None:
    id = said(operator, "sanh", "ke-1")
    assert operator.ask("DELETE", f"/announcements/{id}").json["ended"] == 2  # type: ignore[index]
    assert set(cancelled(two)) == {one["cancel"] for one in operator.get(f"/requests/{id}")["zones"]}


def test_what_has_ended_is_not_cancelled(two: Site, operator: Caller) -> None:
    id = said(operator, "sanh")
    with two.database.write() as session:
        session.execute(update(Announcement).values(state="ended", result="played"))
    assert operator.ask("DELETE", f"/announcements/{id}").json["ended"] == 0  # type: ignore[index]
    assert cancelled(two) == []


def test_of_another_station_nothing_is_told_and_nothing_cancelled(
    operator: Caller, everywhere: Caller
) -> None:
    both, theirs = said(everywhere, "sanh", "cho-khac"), said(everywhere, "cho-khac")
    assert list(states(operator, both)) == ["sanh"]
    assert operator.ask("GET", f"/requests/{theirs}").status_code == 404
    assert operator.ask("DELETE", f"/announcements/{theirs}").status_code == 404
    assert operator.ask("DELETE", f"/announcements/{both}").json["ended"] == 1  # type: ignore[index]


def test_an_occurrence_that_is_not_there_is_not_found(operator: Caller) -> None:
    assert operator.ask("GET", f"/occurrences/{new_id()}").status_code == 404


def test_a_zone_says_a_test_once_however_often_it_is_sent(operator: Caller) -> None:
    path = f"/stations/ga-thu/zones/sanh/tests/{new_id()}"
    answers = [operator.ask("PUT", path).json for _ in range(2)]
    assert [one["added"] for one in answers] == [True, False]  # type: ignore[index]
    assert answers[0]["title"] == "Thử loa"  # type: ignore[index]
    elsewhere = f"/stations/ga-khac/zones/cho-khac/tests/{new_id()}"
    assert operator.ask("PUT", elsewhere).status_code == 403
