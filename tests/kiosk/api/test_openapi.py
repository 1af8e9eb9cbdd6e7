"""The description is the API: every route is in it, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.api.errors import REFUSALS
from kiosk.api.openapi import document
from kiosk.api.operation import PREFIX

Site = Any

OPERATIONS = [
    (method, path, told) for path, methods in document()["paths"].items() for method, told in methods.items()
]


def test_every_route_is_described_and_nothing_else(site: Site) -> None:
    routes = {
        (method.lower(), rule.rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}"))
        for rule in site.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.endpoint != "api.described"
    }
    assert routes == {(method, path) for method, path, _ in OPERATIONS}


@pytest.mark.parametrize("method, path, told", OPERATIONS)
def test_an_operation_says_what_it_does_and_how_it_refuses(method: str, path: str, told: Any) -> None:
    assert path.startswith(f"{PREFIX}/")
    assert told["summary"].endswith(".")
    assert "Needs the right" in told["description"]
    assert {"200", "401", "403"} <= set(told["responses"])
    if "requestBody" in told:
        assert {"400", "413", "415", "422"} <= set(told["responses"])
    assert {int(status) for status in told["responses"]} - {200} <= set(REFUSALS)


def test_the_description_is_given_to_anybody_as_json(site: Site) -> None:
    answer = site.browser().get(f"{PREFIX}/openapi.json")
    assert answer.mimetype == "application/json"
    assert answer.json["openapi"] == "3.1.0"
    assert answer.json == document()


def test_every_schema_that_is_named_is_there() -> None:
    def named(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if "$ref" in part else set()
            return own.union(*map(named, part.values()))
        return set().union(*map(named, part)) if isinstance(part, list) else set()

    known = {f"#/components/schemas/{name}" for name in document()["components"]["schemas"]}
    assert named(document()) <= known
