"""How often rules are looked at: counted at once, written down now and then, told beside what was said and what travellers said."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

import schedules
from kiosk.rules.codes import built_in
from kiosk.rules.looked_at import Looks, looks
from schedules.core.clock import local_date, utcnow
from schedules.core.ids import new_id
from schedules.operations import all_stations

Site = Any
CONTENT = Path(schedules.__path__[0]) / "content"
RULE = "cong-cong/xep-hang"


def looked(site: Site, now: Any) -> dict[str, int]:
    with site.database.read() as session:
        [id] = [one.id for one in all_stations(session)]
        return looks(session, local_date(now), local_date(now), [id])


def test_looks_are_written_down_every_minute_and_add_up(site: Site) -> None:
    now, counted = utcnow(), Looks()
    with site.database.read() as session:
        [here] = all_stations(session)
    written = []
    for seconds in (0, 30, 61):
        counted.count(here.id, RULE, now)
        written.append(counted.write_down(site.database, now + timedelta(seconds=seconds)))
    assert written == [True, False, True]
    assert looked(site, now) == {RULE: 3}


def test_with_nothing_looked_at_nothing_is_written(site: Site) -> None:
    assert not Looks().write_down(site.database, utcnow())


def test_staff_see_what_belongs_to_a_rule(site: Site) -> None:
    traveller = site.browser()
    page = f"/kiosk/{site.station}/rules/{RULE}"
    traveller.get(page)
    traveller.post(f"/kiosk/{site.station}/feedback", page, id=new_id(), topic="rule", rule=RULE)
    text = site.signed_in("lan", "reception", site.station).get("/cases/figures").text
    row = re.search(r"Xếp hàng[^<]*</th><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>", text)
    assert row
    assert row.groups() == ("1", "0", "1")


def test_every_message_that_serves_a_rule_names_one_that_there_is() -> None:
    known = {f"{code.key}/{rule.key}" for code in built_in() for rule in code.rules}
    messages = yaml.safe_load((CONTENT / "messages.yaml").read_text("utf-8"))["messages"]
    named = {one["rule"]["key"] for one in messages if one.get("rule") and "key" in one["rule"]}
    assert len(named) > 15
    assert named <= known
