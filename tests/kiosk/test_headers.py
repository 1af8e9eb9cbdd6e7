"""What every answer carries, and that no page holds a script or a style of its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from sites import Browser, Site

from kiosk.accounts import operations
from schedules.core.clock import utcnow

NAMED = {
    "<name>": "admin", "<key>": "xep-hang", "<station>": "ga-thu", "<zone>": "sanh", "<int:number>": "1", "<language>": "vi",
    "<id>": "019346b5-0000-7000-8000-000000000000", "<path:filename>": "console.js",
}  # fmt: skip
NO_PAGES = ("/api/", "/events", "/log.")  # a program's, one that never ends, and files
BREAKING = (
    ("GET", "/nowhere", 404),
    ("GET", "/stations/x", 404),
    ("DELETE", "/", 405),
    ("POST", "/sign-out", 400),
)


@pytest.fixture
def all_rights(site: Site) -> Browser:
    """Somebody who sees every page, at a station that has all of them."""
    with site.database.write() as session:
        admin = operations.get_account(session, "admin")
        operations.grant(session, "console:test", admin, "head", None, utcnow())
    return site.admin


CALL = re.compile(r"tel:\d{3}")  # a telephone calls the police; it fetches nothing


class Inline(HTMLParser):
    """Collects what a strict policy would stop, or what would be fetched elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            leads = (
                name in ("src", "href", "action", "data", "formaction") and ":" in (value or "").split("/")[0]
            )
            outside = leads and not (tag == "a" and CALL.fullmatch(value or ""))
            if name == "style" or name.startswith("on") or outside or (value or "").startswith("//"):
                self.found.append(f"{tag} {name}={value}")


def inline(html: str) -> Inline:
    parser = Inline()
    parser.feed(html)
    return parser


WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "script-src 'self'",
)


def faults(answer: Any) -> list[str]:
    """What is wrong with an answer's headers, and with its page."""
    policy = answer.headers.get("Content-Security-Policy", "").split("; ")
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in WANTED.items()
        if answer.headers.get(name) != value
    ]
    found += [f"the policy lacks {one}" for one in POLICY if one not in policy]
    found += [
        f"the policy has {one}"
        for one in policy
        if any(word in one for word in ("unsafe", "*", "http", "data:"))
    ]
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("the camera may be used")
    return found + (inline(answer.text).found if answer.mimetype == "text/html" else [])


def pages(site: Site) -> list[str]:
    """The addresses of all that a browser may open; that the guard's table has them all, its own test says."""
    rules = {rule.rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    found = [rule for rule in sorted(rules) if not rule.startswith(NO_PAGES)]
    for blank, value in NAMED.items():
        found = [rule.replace(blank, value) for rule in found]
    return found


def test_every_page_has_a_strict_policy_and_nothing_inline(site: Site, all_rights: Browser) -> None:
    seen = 0
    for address in pages(site):
        answer = all_rights.get(address)
        assert answer.status_code != 500, address
        assert faults(answer) == [], address
        seen += answer.status_code == 200 and answer.mimetype == "text/html"
    assert seen > 20


@pytest.mark.parametrize(
    "rule",
    ["/messages/new", "/schedules/new", "/speak/text", "/speak/recording", "/stations/ga-thu/calendar"],
)
def test_a_form_that_comes_back_has_them_too(all_rights: Browser, rule: str) -> None:
    answer = all_rights.post(rule, station="ga-thu", act="save", title="<b>x</b>")
    assert answer.status_code == 400
    assert faults(answer) == []


@pytest.mark.parametrize("method, address, status", BREAKING)
def test_an_answer_that_is_an_error_has_them_too(site: Site, method: str, address: str, status: int) -> None:
    answer = site.admin.client.open(address, method=method, base_url="https://loaga.test")
    assert answer.status_code in (status, 403)
    assert faults(answer) == []
    assert inline(answer.text).scripts == 1


def test_what_a_policy_would_stop_is_found() -> None:
    assert inline('<p style="color:red">').found and inline("<script>1</script>").found
    assert inline('<a href="javascript:x">').found and inline('<img src="//evil.test/x">').found
    assert inline('<img src="tel:113">').found and inline('<a href="tel:113@evil.test">').found
    assert inline('<script src="/static/x.js"></script><a href="/log?q=a:b"><a href="tel:113">').found == []
