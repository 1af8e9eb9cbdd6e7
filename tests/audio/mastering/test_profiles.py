from dataclasses import replace

import pytest

from audio.errors import AudioError
from audio.mastering.profiles import PROFILES, identity, profile


def test_the_night_is_quieter_and_evener_than_the_day():
    day, night = profile("standard"), profile("night")
    assert night.lufs < day.lufs - 5
    assert night.ceiling_db < day.ceiling_db
    assert night.ratio > day.ratio


def test_every_profile_is_found_by_its_own_name():
    assert all(profile(name).name == name for name in PROFILES)


def test_an_unknown_profile_is_told_with_the_known_ones():
    with pytest.raises(AudioError, match="there are standard, concourse, "):
        profile("loud")


@pytest.mark.parametrize("name", ["concourse", "waiting_room", "platform"])
def test_where_the_echo_is_long_or_the_street_near_the_voice_speaks_slower(name):
    assert profile(name).pace < profile("standard").pace == 1


@pytest.mark.parametrize("change", [{"pace": 0.99}, {"lufs": -17.0}, {"bands": ()}])
def test_the_identity_of_a_profile_changes_with_each_of_its_numbers(monkeypatch, change):
    before = identity("standard")
    monkeypatch.setitem(PROFILES, "standard", replace(profile("standard"), **change))
    assert identity("standard") != before


def test_names_not_in_the_table_are_told_apart():
    assert identity("loud") != identity("standard")
    assert identity("loud") != identity("outdoor")


def test_profiles_of_the_same_numbers_make_the_same_sound():
    assert identity("waiting_room") == identity("concourse") != identity("platform")
