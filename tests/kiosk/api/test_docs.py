"""docs/api.md is tried out: every curl in it is sent, and every refusal it names is one of ours."""

from __future__ import annotations

import base64
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from people import person
from programs import Caller, program
from sounds import BAD, GOOD, made, tone
from sqlalchemy import select

from kiosk.api.errors import REFUSALS
from kiosk.api.openapi import document
from schedules.core.clock import utcnow
from schedules.models import Occurrence, Schedule

Site = Any

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.+?)^```", PAGE, re.M | re.S)
CALLS = [
    line for block in BLOCKS for line in block.replace("\\\n", "").splitlines() if line.startswith("curl")
]


def parsed(call: str) -> tuple[str, str, dict[str, str], str | None]:
    """Method, path, headers and body of a curl."""
    words = iter(shlex.split(call)[1:])
    method, path, headers, body = "GET", "", {}, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-o":
            next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        else:
            path = word.removeprefix("http://127.0.0.1:8080")
    return method, path, headers, body


# What the page's examples of drafts and decisions need to be there: a draft of each kind, and one that is in use.
EVERY = {"kind": "every", "minutes": 30, "from": "06:00", "to": "22:00"}
SCHEDULE = {
    "station": "ga-thu",
    "zones": ["sanh"],
    "message": "xep-hang",
    "trigger": EVERY,
}
MESSAGE = {
    "station": "ga-thu",
    "category": "service",
    "title": "Mất điện",
    "wordings": {"vi": "Nhà ga đang mất điện."},
}


REQUEST = "019346b5-3c1e-7d5a-9f00-2b4c6d8e0f2a"


def occurrence(site: Site) -> str:
    """The id of something planned."""
    now = utcnow()
    with site.database.write() as session:
        schedule = session.scalars(select(Schedule)).first()
        assert schedule
        row = Occurrence(
            schedule_id=schedule.id, zone_id=schedule.zones[0].id, message_id=schedule.turns[0].message_id,
            day=now.date(), due_at=now, planned_at=now, expires_at=now, seconds=3.0,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def marks(site: Site, operator: Caller, editor: Caller, head: Caller) -> dict[str, str]:
    """What the page's examples name that only a station knows."""

    def drafted(path: str, entry: dict[str, Any]) -> str:
        return str(editor.ask("PUT", f"{path}/draft", {"entry": entry}).json["mark"])  # type: ignore[index]

    in_force = drafted("/schedules/ga-thu-vach-vang", SCHEDULE | {"message": "vach-vang"})
    head.ask("POST", "/schedules/ga-thu-vach-vang/approve", {"seen": in_force})
    in_use = drafted("/messages/cua-hong", MESSAGE | {"title": "Cửa hỏng"})
    head.ask("POST", "/messages/cua-hong/approve", {"seen": in_use})
    days = head.ask("POST", "/stations/ga-thu/calendar", {"kind": "closed", "first": "2029-01-01"})
    sound = base64.b64encode(tone()).decode()
    asked = {"text": "Tàu đến.", "zones": ["sanh"]}
    operator.ask("PUT", f"/announcements/{REQUEST}", asked)
    return {
        "NAME-OF-A-HELD-SOUND": made(site, BAD),
        "NAME-OF-A-SOUND": made(site, GOOD, "Tàu đi."),
        "BASE64-OF-A-SOUND": sound,
        "NAME-OF-A-RECORDING": operator.ask("POST", "/recordings", {"sound": sound}).json["recording"],  # type: ignore[index]
        "ID-OF-A-REQUEST": REQUEST,
        "ID-OF-AN-OCCURRENCE": occurrence(site),
        "EDITION-OF-A-ZONE": head.get("/stations/ga-thu/zones/sanh")["edition"],
        "ID-OF-DAYS": days.json["days"][0]["id"],  # type: ignore[index]
        "MARK-OF-A-MESSAGE": drafted("/messages/het-nuoc", MESSAGE | {"title": "Hết nước"}),
        "MARK-OF-A-SCHEDULE": drafted("/schedules/ga-thu-chao-tau", SCHEDULE),
    }


@pytest.mark.parametrize("call", CALLS)
def test_what_the_page_says_to_type_works(two: Site, call: str) -> None:
    method, path, headers, body = parsed(call)
    roles = {"$TOKEN": "operator", "$EDITOR": "editor", "$HEAD": "head"}
    tokens = {name: program(two.database, role, role, "ga-thu") for name, role in roles.items()}
    tokens["$ADMIN"] = program(two.database, "quan-tri", "administrator")
    for name, token in tokens.items():
        headers["Authorization"] = headers["Authorization"].replace(name, token)
    person(two.database, "nguoi-thu", "editor", "ga-thu")
    callers = [Caller(two.app, tokens[name]) for name in ("$TOKEN", "$EDITOR", "$HEAD")]
    for name, mark in marks(two, *callers).items():
        path, body = path.replace(name, mark), body.replace(name, mark) if body else None
    answer = two.app.test_client().open(path, method=method, headers=headers, data=body)
    assert answer.status_code == 200, answer.text


def test_every_operation_is_shown() -> None:
    shown = {(parsed(call)[0].lower(), re.sub(r"\?.*", "", parsed(call)[1])) for call in CALLS}
    for path, methods in document()["paths"].items():
        for method in methods:
            pattern = re.sub(r"\{\w+\}", "[^/]+", path)
            assert any(m == method and re.fullmatch(pattern, p) for m, p in shown), path


def test_every_refusal_is_described() -> None:
    described = {(int(status), code) for status, code in re.findall(r"^\| (\d+) \| `([a-z-]+)`", PAGE, re.M)}
    assert described == {(status, code) for status, (code, _) in REFUSALS.items()} | {
        (403, "code-wrong"),
        (403, "own-draft"),
        (409, "outdated"),
        (409, "not-held"),
    }
