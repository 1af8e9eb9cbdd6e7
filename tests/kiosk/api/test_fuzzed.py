"""schemathesis asks the API what its description allows and what it does not, as programs of several roles.

No answer may be one that the description does not know, nothing that it forbids may be accepted, and nothing opens
without a token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from programs import program
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from sites import Site

from kiosk.api.openapi import document
from schedules.core.database import Database

HOLDERS = [("operator", ""), ("operator", "ga-thu"), ("administrator", "")]
EXAMPLES = 10

# What no schema tells: which sounds are sounds, whose name is taken, which passwords everybody knows.
BEYOND_SCHEMAS = ["record", "add_person", "set_password", "make_token"]


class Served:
    """The application of the moment: schemathesis wants one before there is a station."""

    app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found: Iterable[bytes] = self.app(environ, start_response)
        return found


served = Served()
description = schemathesis.openapi.from_dict(document())
description.app = served
description.config.generation.update(with_security_parameters=False)  # the tokens are ours to send
DESCRIBED = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Of the programs that ask; the station is one for all questions."""
    home = tmp_path_factory.mktemp("home")
    database = Database.of_home(home, durable=False)
    database.migrate()
    served.app = Site(database, home).app
    yield [program(database, f"may-{i}", *holder) for i, holder in enumerate(HOLDERS)]
    database.close()


@description.exclude(operation_id=BEYOND_SCHEMAS).parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_api_does_what_its_description_says(case: Case, tokens: list[str]) -> None:
    for token in tokens:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})


@description.include(operation_id=BEYOND_SCHEMAS).parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
def test_what_more_than_a_schema_judges_is_answered_as_described(case: Case, tokens: list[str]) -> None:
    for token in tokens:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=DESCRIBED)


@description.include(operation_id=["preview", "announce", "stop", "mute", "unmute"]).parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_to_a_real_zone_is_answered_as_described(case: Case, tokens: list[str]) -> None:
    if isinstance(case.body, dict):
        case.body["zones"] = ["sanh"]
    case.call_and_validate(headers={"Authorization": f"Bearer {tokens[0]}"}, checks=DESCRIBED)
