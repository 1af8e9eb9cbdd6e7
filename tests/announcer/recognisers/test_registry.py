"""Which recogniser listens to what."""

from __future__ import annotations

from contextlib import closing

import pytest

from announcer.recognisers.base import Recogniser, RecogniserError
from announcer.recognisers.registry import EVERYDAY, Recognisers
from announcer.recognisers.whisper import Whisper
from schedules.core.errors import NotFound


def test_vietnamese_goes_to_the_recogniser_that_was_calibrated() -> None:
    with closing(Recognisers(EVERYDAY)) as recognisers:
        found = recognisers.find("vi")
    assert found is not None
    assert found.info.name == "viet-asr"


def test_nobody_listens_to_what_no_recogniser_knows() -> None:
    with closing(Recognisers()) as recognisers:
        assert recognisers.find("lo") is None
        with pytest.raises(RecogniserError, match="No recogniser listens to “lo”"):
            recognisers.require("lo")


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("announcer.recognisers.whisper.find_spec", lambda name: None)
    assert "faster-whisper is not installed" in Whisper().why_unavailable()
    with (
        closing(Recognisers(("whisper",))) as recognisers,
        pytest.raises(RecogniserError, match="faster-whisper"),
    ):
        recognisers.require("en")


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with closing(Recognisers()) as recognisers, pytest.raises(NotFound) as error:
        recognisers.get("kaldi")
    assert "viet-asr, whisper" in error.value.hint


def test_every_recogniser_describes_itself() -> None:
    with closing(Recognisers()) as recognisers:
        one: Recogniser
        for one in recognisers.all():
            assert one.info.version != "not installed"
            assert one.info.languages
            assert one.info.licence
            assert one.why_unavailable() == ""
