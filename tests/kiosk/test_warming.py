"""What the web server has ready before the first request."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from sites import Site

from kiosk.warming import warm_up


@pytest.fixture
def as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_a_warm_server_has_its_words_and_templates_where_the_collector_does_not_look(
    site: Site, as_it_was: None
) -> None:
    app = site.app
    warm_up(app)
    assert "studio" in app.extensions
    assert len(app.jinja_env.cache) >= len(app.jinja_env.list_templates(extensions=["html"]))
    assert gc.get_freeze_count() > 0
