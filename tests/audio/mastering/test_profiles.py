import pytest

from audio.errors import AudioError
from audio.mastering.profiles import PROFILES, profile


def test_the_night_is_quieter_and_evener_than_the_day():
    day, night = profile("standard"), profile("night")
    assert night.lufs < day.lufs - 5
    assert night.ceiling_db < day.ceiling_db
    assert night.ratio > day.ratio


def test_every_profile_is_found_by_its_own_name():
    assert all(profile(name).name == name for name in PROFILES)


def test_an_unknown_profile_is_told_with_the_known_ones():
    with pytest.raises(AudioError, match="there are standard, night, dry"):
        profile("loud")
