"""Style sheets and scripts are packed for whoever takes that; nothing that is somebody's is."""

from __future__ import annotations

import gzip

import pytest
from sites import Site
from werkzeug.test import TestResponse

SHEET = "/static/traveller.css"


def get(site: Site, path: str, **headers: str) -> TestResponse:
    return site.admin.client.get(
        path, base_url="https://loaga.test", headers={"Accept-Encoding": "gzip, br"} | headers
    )


@pytest.mark.parametrize("path", [SHEET, "/static/live.js", "/static/icon.svg"])
def test_static_text_is_packed(site: Site, path: str) -> None:
    packed, plain = get(site, path), get(site, path, **{"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in plain.vary


def test_a_browser_that_refuses_gzip_gets_none(site: Site) -> None:
    assert "Content-Encoding" not in get(site, SHEET, **{"Accept-Encoding": "gzip;q=0"}).headers


def test_what_a_browser_has_already_is_not_sent_again(site: Site) -> None:
    tag = get(site, SHEET).headers["ETag"]
    assert get(site, SHEET, **{"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/account", "/kiosk/ga-thu/", "/fonts/BeVietnamPro-Regular.woff2", "/healthz"]
)
def test_pages_are_not_packed_since_tokens_stand_in_them(site: Site, path: str) -> None:
    assert "Content-Encoding" not in get(site, path).headers


def test_the_stream_of_events_is_not_packed(site: Site) -> None:
    with get(site, "/events") as answer:
        assert answer.mimetype == "text/event-stream"
        assert "Content-Encoding" not in answer.headers
