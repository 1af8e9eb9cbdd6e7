import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.files import ABANDONED_SECONDS, remove_abandoned, safe_name, slug, written_whole


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path):
    with written_whole(tmp_path / "a") as file:
        file.write(b"half")
        file.flush()
        assert not (tmp_path / "a").exists()
        file.write(b" and half")
    assert (tmp_path / "a").read_bytes() == b"half and half"


def test_an_interruption_leaves_nothing(tmp_path):
    def interrupted():
        with written_whole(tmp_path / "a") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_only_old_leftovers_are_removed(tmp_path):
    young, old, other = tmp_path / ".a.1.tmp", tmp_path / ".b.2.tmp", tmp_path / "c.tmp"
    for path, age in ((young, 1), (old, ABANDONED_SECONDS + 1), (other, ABANDONED_SECONDS + 1)):
        path.touch()
        os.utime(path, (10_000 - age, 10_000 - age))
    assert remove_abandoned(tmp_path, now=10_000) == [old]
    assert sorted(tmp_path.iterdir()) == [young, other]


def test_vietnamese_becomes_plain_letters():
    assert slug("Tàu SE1 đến ga Hà Nội, đường số 2!") == "tau-se1-den-ga-ha-noi-duong-so-2"


@given(st.text(max_size=200))
def test_any_text_becomes_one_harmless_name(text):
    name = safe_name(text)
    assert 0 < len(name) <= 80
    assert not set(name) & set("/\\. \0")


@given(st.lists(st.text(max_size=20), unique=True, max_size=30))
def test_different_keys_never_share_a_name(keys):
    assert len({safe_name(key) for key in keys}) == len(keys)
