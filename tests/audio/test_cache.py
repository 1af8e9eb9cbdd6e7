import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audio.cache import SoundCache, key, sound_hash
from audio.errors import AudioError
from audio.pcm import Pcm, silence
from audio.wav import open_blocks, read_wav

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
INPUTS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4)


def same(one, other):
    """Equal in type too: in Python 0 == False == 0.0, in a cache key they differ."""
    return repr(sorted_deeply(one)) == repr(sorted_deeply(other))


def sorted_deeply(value):
    if isinstance(value, dict):
        return {name: sorted_deeply(value[name]) for name in sorted(value)}
    return [sorted_deeply(inner) for inner in value] if isinstance(value, list) else value


@given(INPUTS, INPUTS)
def test_different_inputs_have_different_keys(one, other):
    assert (key(one) == key(other)) == same(one, other)


@given(INPUTS, st.text(max_size=3), VALUES, VALUES)
def test_changing_any_one_input_changes_the_key(inputs, name, one, other):
    assume(not same(one, other))
    assert key({**inputs, name: one}) != key({**inputs, name: other})


@given(INPUTS)
def test_the_order_of_inputs_does_not_matter(inputs):
    assert key(dict(reversed(inputs.items()))) == key(inputs)


def test_zero_false_nothing_empty_and_missing_are_five_things():
    rest = {"voice": "hanoi"}
    keys = {key(rest), *(key(rest | {"speed": value}) for value in (0, False, None, "", 0.0))}
    assert len(keys) == 6


@pytest.mark.parametrize(
    "inputs", [{"a": {1: 2}}, {"a": float("nan")}, {"a": b"x"}, {1: "a"}, {"a": [{True: 1}]}]
)
def test_what_json_would_bend_is_refused(inputs):
    with pytest.raises((TypeError, ValueError)):
        key(inputs)


@pytest.fixture
def cache(tmp_path):
    return SoundCache(tmp_path / "sounds")


def use_at(cache, name, second):
    os.utime(cache.folder / f"{name}.wav", (second, second))


def filled(folder, names, limit_seconds):
    """A cache holding one second of sound per name, used one after the other long ago."""
    one = 96_044
    cache = SoundCache(folder, limit_bytes=round(limit_seconds * one))
    for order, name in enumerate(names):
        cache.put(name, silence(1.0), {})
        use_at(cache, name, 1000 + order)
    return cache


def names(cache):
    return sorted(path.stem for path in cache.folder.glob("*.wav"))


def test_a_sound_is_found_again_with_what_was_told_about_it(cache, speech):
    sound = speech(1.0)
    path = cache.put("k", sound, {"text": "Kính thưa quý khách", "speed": 0})
    assert cache.get("k") == path
    assert np.array_equal(read_wav(path).int16(), sound.int16())
    assert cache.meta("k")["text"] == "Kính thưa quý khách"
    assert cache.meta("k")["speed"] == 0
    assert cache.meta("k")["seconds"] == 1.0


def test_what_is_not_there_is_none(cache):
    assert cache.get("k") is None
    assert cache.meta("k") is None
    assert not cache.verify("k")


def test_the_log_can_record_what_was_heard(cache, speech):
    path = cache.put("k", speech(0.5), {})
    assert cache.meta("k")["sha256"] == sound_hash(open_blocks(path)) == sound_hash(speech(0.5).int16())
    assert cache.verify("k")


def test_a_sound_that_changed_on_disk_is_noticed(cache, speech):
    path = cache.put("k", speech(0.5), {})
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    assert not cache.verify("k")
    path.write_bytes(data[:500])
    assert not cache.verify("k")


def test_only_sound_at_the_house_rate_is_kept(cache):
    with pytest.raises(AudioError, match="48000 Hz"):
        cache.put("k", Pcm(np.zeros(10, np.float32), 22_050), {})


def test_the_description_is_on_disk_before_the_sound(cache, monkeypatch):
    def no_power(path, pcm):
        raise OSError

    monkeypatch.setattr("audio.cache.write_wav", no_power)
    with pytest.raises(OSError):
        cache.put("k", silence(0.1), {})
    assert cache.get("k") is None
    assert cache.meta("k") is not None
    assert SoundCache(cache.folder).meta("k") is None  # opened again, it clears what has no sound


def test_leftovers_of_a_crash_are_cleared_when_opened(cache):
    leftover = cache.folder / ".k.wav.0badcafe.tmp"
    leftover.touch()
    os.utime(leftover, (0, 0))
    SoundCache(cache.folder)
    assert not leftover.exists()


def test_the_least_recently_used_goes_first(tmp_path):
    cache = filled(tmp_path, "abc", limit_seconds=10)
    cache.get("a")
    cache.limit_bytes = 100_000
    assert cache.evict() == ["b", "c"]
    assert names(cache) == ["a"]
    assert cache.meta("b") is None


def test_putting_makes_room_by_itself(tmp_path):
    cache = filled(tmp_path, "abcde", limit_seconds=3)
    assert names(cache) == ["c", "d", "e"]


def test_what_must_be_kept_is_kept_even_over_the_limit(tmp_path):
    cache = filled(tmp_path, "abc", limit_seconds=3)
    cache.limit_bytes = 0
    assert cache.evict(keep={"a", "c"}) == ["b"]
    cache.put("d", silence(1.0), {}, keep={"a", "c"})
    assert names(cache) == ["a", "c", "d"]


@given(
    st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")), st.integers(0, 6)
)
def test_eviction_keeps_the_limit_or_only_what_must_be_kept(tmp_path_factory, present, keep, limit):
    cache = filled(tmp_path_factory.mktemp("cache"), present, limit_seconds=10)
    cache.limit_bytes = limit * 96_044
    cache.evict(keep)
    left = set(names(cache))
    assert keep & set(present) <= left
    assert len(left) <= limit or left <= keep
    assert {path.stem for path in cache.folder.glob("*.json")} == left


def test_removing_twice_is_no_fault(cache):
    cache.put("k", silence(0.1), {})
    cache.remove("k")
    cache.remove("k")
    assert cache.get("k") is None


def test_two_processes_may_write_and_evict_at_once(tmp_path):
    code = (
        "import sys; from pathlib import Path; from audio.cache import SoundCache; from audio.pcm import silence\n"
        "cache = SoundCache(Path(sys.argv[1]), limit_bytes=40_000)\n"
        "for turn in range(40): cache.put(f'k{turn % 7}', silence(0.1), {'who': sys.argv[2]})\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), who]) for who in ("one", "two")]
    assert [writer.wait() for writer in writers] == [0, 0]
    sounds = {path.stem for path in tmp_path.glob("*.wav")}
    assert sounds
    assert sounds == {path.stem for path in tmp_path.glob("*.json")}
    assert all(json.loads((tmp_path / f"{name}.json").read_text())["key"] == name for name in sounds)
    assert not list(tmp_path.glob(".*.tmp"))
