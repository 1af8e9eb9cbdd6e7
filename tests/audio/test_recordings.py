"""Recordings are kept until they are old and nobody waits for them."""

import os

import numpy as np
import pytest

from audio.errors import DecodeError
from audio.recordings import Recordings

DAY = 86400.0


@pytest.fixture
def recordings(tmp_path):
    return Recordings(tmp_path / "recordings")


def test_what_is_put_is_got_again_under_a_name_of_its_own(recordings, speech):
    one, two = recordings.put(speech(1.0)), recordings.put(speech(1.0, seed=2))
    assert one != two
    assert np.array_equal(recordings.get(one).int16(), speech(1.0).int16())
    assert recordings.put(speech(1.0)) == one
    assert len(list(recordings.folder.iterdir())) == 2


def test_it_has_what_was_put_and_no_name_leads_elsewhere(recordings, speech):
    name = recordings.put(speech(0.5))
    assert recordings.has(name)
    for other in ("0" * 64, "", f"../recordings/{name}", name[:10]):
        assert not recordings.has(other)


def test_what_is_not_there_is_told(recordings):
    with pytest.raises(DecodeError, match="cannot be opened"):
        recordings.get("0" * 64)


def test_only_what_is_old_and_not_waited_for_goes(recordings, speech):
    old, waited, new = (recordings.put(speech(0.5, seed=seed)) for seed in (1, 2, 3))
    for name in (old, waited):
        os.utime(recordings.folder / f"{name}.wav", (0, 0))
    os.utime(recordings.folder / f"{new}.wav", (29 * DAY, 29 * DAY))
    assert recordings.tidy(30, {waited}, now=31 * DAY) == [old]
    assert recordings.get(waited)
    assert recordings.get(new)


def test_a_folder_that_was_never_used_is_tidy(recordings):
    assert recordings.tidy(30, set()) == []
