"""A form whose sender was signed in no longer, or whose page was too old: what was typed goes through the sign-in, inside the pages
themselves, and one press sends it on.

Only a page of ours may hand its form over: else another site could plant one for somebody to send on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kiosk.accounts.guard import API, PUBLIC, who_may
from kiosk.returning import adapter, own_page

View = TypeVar("View", bound=Callable[..., Any])

MARK = "__sent_on_with__"
SIGN_IN = "accounts.sign_in_now"
FIELD = "kept"  # of the form that signs in
SECRET = frozenset("csrf_token password present new again code".split())
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_BYTES = 400_000  # Flask reads 500,000 of a form's fields
LARGEST = 12_100_000  # bytes of a form with its file, which is left out: anybody may send as much with a traveller's photo


@dataclass(frozen=True)
class Kept:
    """Where the form goes, and its fields in their order, without secrets and files."""

    address: str
    fields: tuple[tuple[str, str], ...]
    had_file: bool = False

    def written(self) -> str:
        return json.dumps([self.address, self.fields, self.had_file], ensure_ascii=False)

    def to_send(self) -> list[tuple[str, str]]:
        """The fields as they are sent on: where the view wants it, so that its page only comes back filled in."""
        instead = self._instead() or {}
        return [(name, instead.get(name, value)) for name, value in self.fields]

    def looked_at_first(self) -> bool:
        return bool(self._instead())

    def may_be_sent_on(self) -> bool:
        return self._instead() is not None and len(self.written().encode("utf-8", "replace")) <= MOST_BYTES

    def _instead(self) -> dict[str, str] | None:
        """What its view wants other than it was; None if it is no form of staff, or one that is never kept."""
        if own_page(self.address) != self.address:
            return None
        try:
            endpoint = adapter().match(urlsplit(self.address).path, method="POST")[0]
        except HTTPException:
            return None
        view = current_app.view_functions[endpoint]
        if who_may(view) in (None, PUBLIC) or endpoint.partition(".")[0] == API:
            return None
        instead: dict[str, str] | None = getattr(view, MARK, {})
        return instead


def never_kept(view: View) -> View:
    """For forms that hold a password, and for what only makes sense at the moment it is sent."""
    setattr(view, MARK, None)
    return view


def sent_on_with(**fields: str) -> Callable[[View], View]:
    """Other values for what is sent on, where the form as it was would act before anybody has looked at it again."""

    def mark(view: View) -> View:
        setattr(view, MARK, fields)
        return view

    return mark


def from_request() -> Kept | None:
    """The form that was sent just now, or the one that the form of the sign-in carries."""
    if not _from_our_page() or request.mimetype not in FORMS:
        return None
    if request.endpoint == SIGN_IN:
        return carried()
    request.max_content_length = LARGEST
    try:
        fields, files = request.form.items(multi=True), request.files.values()
    except RequestEntityTooLarge:
        return None
    typed = tuple((name, value) for name, value in fields if name not in SECRET)
    found = Kept(request.full_path.rstrip("?"), typed, any(file.filename for file in files))
    return found if found.may_be_sent_on() else None


def carried() -> Kept | None:
    """What the form of the sign-in carries. It went through a browser, so it is checked anew."""
    try:
        address, fields, had_file = json.loads(request.form.get(FIELD, ""))
        typed = tuple((str(name), str(value)) for name, value in fields if name not in SECRET)
        found = Kept(str(address), typed, bool(had_file))
    except (ValueError, TypeError, RecursionError):
        return None
    return found if found.may_be_sent_on() else None


def _from_our_page() -> bool:
    """Whether a page of ours sent this, as a form and not by a script. Over plain HTTP browsers tell it by the address alone."""
    told = request.headers
    if site := told.get("Sec-Fetch-Site"):
        return site == "same-origin" and told.get("Sec-Fetch-Mode", "navigate") == "navigate"
    origin = told.get("Origin", "null")
    source = told.get("Referer", "") if origin == "null" else origin
    try:
        return urlsplit(source).netloc == request.host
    except ValueError:
        return False
