"""How a view becomes a part of the API. Its annotations say what it takes and answers; nothing is written down twice.

``query`` and ``body`` are parameters with a pydantic model for a type; what fits no model never reaches the view. The
description in ``openapi`` is made from the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, get_type_hints

from flask import Blueprint, Response, abort, request
from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.accounts.guard import API, needs
from kiosk.accounts.roles import Right
from kiosk.api.errors import Refused, in_words

PREFIX = "/api/v1"

api = Blueprint(API, __name__, url_prefix=PREFIX)


class Given(BaseModel):
    """What is sent. A field that we do not know is a mistake, not something to pass over; "5" is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(BaseModel):
    """What an address asks for after its question mark, where everything is text."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Operation:
    """``answer`` is a model, or a kind of file. ``refusals``: what it may answer besides what every operation may."""

    part: str
    method: str
    rule: str
    name: str
    told: str
    right: Right
    answer: type[BaseModel] | str
    query: type[Asked] | None
    body: type[Given] | None
    refusals: frozenset[int]


OPERATIONS: list[Operation] = []
ALWAYS = frozenset({401, 403})
OF_A_QUERY = frozenset({422})
OF_A_BODY = frozenset({400, 413, 415, 422})


def operation(method: str, rule: str, right: Right, *refusals: int) -> Callable[[Any], Any]:
    def add(view: Callable[..., BaseModel | Response]) -> Callable[..., Response]:
        hints = get_type_hints(view, include_extras=True)
        query, body = hints.get("query"), hints.get("body")
        of_query = OF_A_QUERY if query else frozenset()
        of_body = OF_A_BODY if body else frozenset()
        of_cookie = frozenset({400}) if method != "GET" else frozenset()  # sent without X-CSRFToken
        OPERATIONS.append(
            Operation(
                view.__module__, method, rule, view.__name__, view.__doc__ or "", right, _answered(hints["return"]), query, body,
                ALWAYS | of_query | of_body | of_cookie | set(refusals),
            )
        )  # fmt: skip
        served = needs(right)(_served(view, query, body))
        api.add_url_rule(rule, view.__name__, served, methods=[method])
        return served

    return add


def _answered(told: Any) -> type[BaseModel] | str:
    """A view that answers with a file names its kind: ``Annotated[Response, "audio/wav"]``."""
    kind: type[BaseModel] | str = told.__metadata__[0] if hasattr(told, "__metadata__") else told
    return kind


def _served(
    view: Callable[..., BaseModel | Response], query: type[Asked] | None, body: type[Given] | None
) -> Callable[..., Response]:
    @wraps(view)
    def serve(**parts: Any) -> Response:
        if query:
            parts["query"] = _asked(query)
        if body:
            parts["body"] = _sent(body)
        told = view(**parts)
        return (
            told
            if isinstance(told, Response)
            else Response(told.model_dump_json(), mimetype="application/json")
        )

    return serve


def _asked(model: type[Asked]) -> Asked:
    given = {name: found if len(found) > 1 else found[0] for name, found in request.args.lists()}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, in_words(error.errors())) from error


def _sent(model: type[Given]) -> Given:
    if request.mimetype != "application/json":
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        mistakes = error.errors()
        if mistakes[0]["type"] == "json_invalid":
            abort(HTTPStatus.BAD_REQUEST)
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, in_words(mistakes)) from error
