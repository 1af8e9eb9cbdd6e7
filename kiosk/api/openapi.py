"""The description of the API (OpenAPI 3.1), made from the operations and their models, so that it cannot drift.

Importing this module completes the blueprint: everything that is part of the API is named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from flask import Response, json
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kiosk.accounts.guard import public
from kiosk.api import (
    ahead,
    day,
    following,
    hearing,
    history,
    log,
    people,
    places,
    setting_up,
    speaking,
    watching,
    writing,
)
from kiosk.api.errors import REFUSALS, Refusal
from kiosk.api.operation import OPERATIONS, PREFIX, Operation, api

__all__ = ["api", "document"]

Mode = Literal["validation", "serialization"]
Json = dict[str, Any]

Models = dict[tuple[Any, Mode], Json]

PARTS = (
    places, setting_up, day, ahead, log, following, speaking, hearing, writing, history, watching, people,
)  # fmt: skip
TAGS = {part.__name__: part for part in PARTS}
PLACEHOLDER = re.compile(r"<(?:(\w+):)?(\w+)>")
PATH_KINDS = {"": {"type": "string", "minLength": 1}, "uuid": {"type": "string", "format": "uuid"}}
ABOUT = """\
What staff of Hà Nội's stations see and do on the pages of loaga, for other programs. Everything is narrowed to the stations at which the
token, or whoever is signed in, has a role. With a token neither cookies nor X-CSRFToken count. Moments are written in Hà Nội's time."""


@api.get("/openapi.json")
@public
def described() -> Response:
    return Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")


@cache
def document() -> Json:
    models, schemas = models_json_schema(list(_models()), ref_template="#/components/schemas/{model}")
    paths: Json = {}
    for one in OPERATIONS:
        path = PREFIX + PLACEHOLDER.sub(r"{\2}", one.rule)
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, models)
    return {
        "openapi": "3.1.0",
        "info": {"title": "loaga", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": _tag(name), "description": part.__doc__} for name, part in TAGS.items()],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _tag(module: str) -> str:
    return module.rpartition(".")[2]


def _models() -> Iterator[tuple[type[BaseModel], Mode]]:
    yield Refusal, "serialization"
    for one in OPERATIONS:
        if not isinstance(one.answer, str):
            yield one.answer, "serialization"
        if one.body:
            yield one.body, "validation"


def _operation(one: Operation, models: Models) -> Json:
    summary, _, more = one.told.partition("\n\n")
    told: Json = {
        "tags": [_tag(one.part)],
        "operationId": one.name,
        "summary": " ".join(summary.split()),
        "description": f"{more.strip()} Needs the right “{one.right}”.".strip(),
        "parameters": [*_in_path(one), *_in_query(one)],
        "responses": {"200": _granted(one, models)},
    }
    for status in sorted(one.refusals):
        told["responses"][str(status)] = _answer(REFUSALS[status][0], models[Refusal, "serialization"])
    if one.body:
        content = {"application/json": {"schema": models[one.body, "validation"]}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _granted(one: Operation, models: Models) -> Json:
    told = "What was asked for."
    if isinstance(one.answer, str):
        return {
            "description": told,
            "content": {one.answer: {"schema": {"type": "string", "format": "binary"}}},
        }
    return _answer(told, models[one.answer, "serialization"])


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _in_path(one: Operation) -> Iterator[Json]:
    for kind, name in PLACEHOLDER.findall(one.rule):
        yield {"name": name, "in": "path", "required": True, "schema": PATH_KINDS[kind]}


def _in_query(one: Operation) -> Iterator[Json]:
    """What may be left out is null in the model; an address can only leave it out."""
    if one.query is None:
        return
    for name, schema in one.query.model_json_schema()["properties"].items():
        present = next(kind for kind in schema["anyOf"] if kind.get("type") != "null")
        yield {"name": name, "in": "query", "required": False, "schema": present}
