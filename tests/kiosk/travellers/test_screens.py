"""Screens say that they live, and whoever looks after one may ask."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sites import Site

from kiosk.travellers.screens import MOST, SILENT_SECONDS, Beats


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_screen_lives_as_long_as_it_says_so(clock: Clock) -> None:
    beats = Beats(clock)
    assert not beats.lives("one")
    for _ in range(5):
        assert beats.hear("one")
        clock.now += SILENT_SECONDS - 1
        assert beats.lives("one")
    clock.now += 1
    assert not beats.lives("one")


def test_one_screen_does_not_speak_for_another(clock: Clock) -> None:
    beats = Beats(clock)
    beats.hear("one")
    assert not beats.lives("two")


def test_whoever_invents_screens_fills_no_memory_and_silences_none_that_lives(clock: Clock) -> None:
    beats = Beats(clock)
    beats.hear("ours")
    assert [beats.hear(f"invented-{number}") for number in range(MOST)].count(True) == MOST - 1
    assert beats.hear("ours")
    clock.now += SILENT_SECONDS
    assert beats.hear("new")
    assert not beats.full


def test_the_watchdog_is_told_in_a_word(site: Site) -> None:
    browser, name = site.browser(), uuid4()
    assert browser.get(f"/screens/{name}").text == "silent"
    assert browser.get(f"/screens/{name}/beat").status_code == 204
    assert browser.get(f"/screens/{name}").text == "alive"


def test_where_there_are_too_many_no_screen_is_called_silent(site: Site) -> None:
    beats = site.app.extensions["beats"] = Beats()
    for number in range(MOST):
        beats.hear(str(number))
    browser, name = site.browser(), uuid4()
    assert browser.get(f"/screens/{name}/beat").status_code == 503
    assert browser.get(f"/screens/{name}").status_code == 503


@pytest.mark.parametrize("path", ["x", "x/beat", "..", "%00", "019346b5-3c1e-7d5a-9f00-2b4c6d8e0f1ax"])
def test_what_is_no_screen_is_not_found(site: Site, path: str) -> None:
    assert site.browser().get(f"/screens/{path}").status_code == 404


def test_a_beat_sets_no_cookie(site: Site) -> None:
    assert "Set-Cookie" not in site.browser().get(f"/screens/{uuid4()}/beat").headers
