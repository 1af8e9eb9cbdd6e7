"""What a technician sets, in the file and in the environment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schedules.core import settings as module
from schedules.core.errors import SettingsError
from schedules.core.settings import Setting, Settings, declare, load


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Setting[Any]]]:
    """A house with six settings, whatever else has been imported."""
    found: dict[str, Setting[Any]] = {}
    monkeypatch.setattr(module, "DECLARED", found)
    declare("web.host", "127.0.0.1", "Address to listen on.")
    declare("web.port", 8080, "Port of the pages.", minimum=1, maximum=65535)
    declare("audio.gain", 1.5, "Gain in dB.", minimum=-40, maximum=6)
    declare("audio.sink", "", "Where sound goes.", choices=("", "folder", "speaker"))
    declare("voices.google.online", True, "Whether to ask the network.")
    declare("playout.limit", 0.0, "No limit but a number.")
    yield found


def written(home: Path, text: str) -> Path:
    (home / "loaga.toml").write_text(text, "utf-8")
    return home


def value(home: Path, name: str, environment: dict[str, str] | None = None) -> Any:
    return load(home, environment or {}, whole=True).get(module.DECLARED[name])


def refusal(home: Path, environment: dict[str, str] | None = None) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(home, environment or {}, whole=True)
    return caught.value


def test_without_a_file_everything_is_as_declared(tmp_path: Path) -> None:
    assert value(tmp_path, "web.port") == 8080


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert value(written(tmp_path, ""), "web.port") == 8080


def test_the_file_says_otherwise(tmp_path: Path) -> None:
    assert value(written(tmp_path, "[web]\nport = 9000"), "web.port") == 9000


def test_the_environment_wins(tmp_path: Path) -> None:
    written(tmp_path, "[web]\nport = 9000")
    assert value(tmp_path, "web.port", {"LOAGA_WEB_PORT": "9001"}) == 9001


def test_the_environment_of_the_process_is_asked_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOAGA_WEB_PORT", "9002")
    assert load(tmp_path).get(module.DECLARED["web.port"]) == 9002


def test_tables_may_stand_in_tables(tmp_path: Path) -> None:
    written(tmp_path, "[voices.google]\nonline = false")
    assert value(tmp_path, "voices.google.online") is False


def test_a_dotted_key_is_the_same_as_a_table(tmp_path: Path) -> None:
    assert value(written(tmp_path, "web.port = 1"), "web.port") == 1


def test_a_setting_knows_its_variable() -> None:
    assert module.DECLARED["voices.google.online"].variable == "LOAGA_VOICES_GOOGLE_ONLINE"


FALSE_ONES = {
    "false in the file": ("voices.google.online = false", {}, "voices.google.online", False),
    "nought in the file": ("audio.gain = 0", {}, "audio.gain", 0.0),
    "nothing in the file": ('web.host = ""', {}, "web.host", ""),
    "false in the environment": ("", {"LOAGA_VOICES_GOOGLE_ONLINE": "0"}, "voices.google.online", False),
    "nought in the environment": ("", {"LOAGA_AUDIO_GAIN": "0"}, "audio.gain", 0.0),
    "nothing in the environment": ('audio.sink = "folder"', {"LOAGA_AUDIO_SINK": ""}, "audio.sink", ""),
}


@pytest.mark.parametrize(("text", "environment", "name", "expected"), FALSE_ONES.values(), ids=FALSE_ONES)
def test_false_and_nought_are_not_lost(
    tmp_path: Path, text: str, environment: dict[str, str], name: str, expected: Any
) -> None:
    found = value(written(tmp_path, text), name, environment)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("1", True), ("true", True), ("YES", True), ("0", False), ("False", False), ("no", False)],
)
def test_yes_and_no_may_be_written_as_people_do_in_the_environment(
    tmp_path: Path, word: str, expected: bool
) -> None:
    assert value(tmp_path, "voices.google.online", {"LOAGA_VOICES_GOOGLE_ONLINE": word}) is expected


def test_a_whole_number_will_do_for_a_number(tmp_path: Path) -> None:
    found = value(written(tmp_path, "audio.gain = -3"), "audio.gain")
    assert (found, type(found)) == (-3.0, float)


BAD = {
    "text for a number": ('web.port = "80"', {}, "web.port = '80', but it takes a whole number", "Port of the"),
    "a fraction for a whole number": ("web.port = 80.5", {}, "it takes a whole number", "Port"),
    "true for a number": ("web.port = true", {}, "it takes a whole number", "Port"),
    "a number for yes or no": ("voices.google.online = 1", {}, "it takes true or false", "Whether"),
    "a number for text": ("web.host = 127", {}, "it takes text", "Address"),
    "a list for text": ('web.host = ["a"]', {}, "it takes text", "Address"),
    "too small": ("web.port = 0", {}, "it must be at least 1", "Port"),
    "too large": ("web.port = 65536", {}, "it must be at most 65535", "Port"),
    "too loud": ("audio.gain = 6.1", {}, "it must be at most 6", "Gain"),
    "no such choice": ('audio.sink = "spekaer"', {}, "it takes one of nothing, folder, speaker", "Where"),
    "a number without end": ("playout.limit = inf", {}, "a number that ends somewhere", "No limit"),
    "not a number at all": ("audio.gain = nan", {}, "a number that ends somewhere", "Gain"),
    "not a number in the environment": ("", {"LOAGA_AUDIO_GAIN": "nan"}, "a number that ends", "Gain"),
    "a word for a number in the environment": ("", {"LOAGA_WEB_PORT": "http"}, "LOAGA_WEB_PORT: web.port", "Port"),
    "nothing for a number in the environment": ("", {"LOAGA_WEB_PORT": ""}, "it takes a whole number", "Port"),
    "maybe in the environment": ("", {"LOAGA_VOICES_GOOGLE_ONLINE": "maybe"}, "it takes true or false", "Whether"),
    "a misspelt key": ("web.prot = 1", {}, "there is no setting “web.prot”", "Did you mean “web.port”?"),
    "a misspelt table": ("[wbe]\nport = 1", {}, "there is no setting “wbe.port”", "Did you mean “web.port”?"),
    "a key like no other": ("zzzzzz = 1", {}, "there is no setting “zzzzzz”", "docs/settings.md"),
    "a table for a value": ("[web.port]\nnumber = 1", {}, "there is no setting “web.port.number”", "“web.port”"),
    "a misspelt variable": ("", {"LOAGA_WEB_PROT": "1"}, "has LOAGA_WEB_PROT", "Did you mean “LOAGA_WEB_PORT”?"),
    "broken TOML": ("[web\nport = 1", {}, "at line 1", "Correct it"),
    "a key given twice": ("web.port = 1\nweb.port = 2", {}, "Cannot overwrite a value", "Correct it"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "environment", "sentence", "hint"), BAD.values(), ids=BAD)
def test_a_problem_is_told_with_a_hint(
    tmp_path: Path, text: str, environment: dict[str, str], sentence: str, hint: str
) -> None:
    error = refusal(written(tmp_path, text), environment)
    assert sentence in str(error)
    assert hint in error.hint


def test_a_problem_names_the_file(tmp_path: Path) -> None:
    assert str(refusal(written(tmp_path, "web.port = 0"))).startswith(f"{tmp_path / 'loaga.toml'}: ")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loaga.toml").write_bytes(b"\xff\xfe")
    assert "cannot be read" in str(refusal(tmp_path))


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loaga.toml").mkdir()
    assert "Is a directory" in str(refusal(tmp_path))


def test_a_home_that_is_not_there_yet_has_no_settings(tmp_path: Path) -> None:
    assert value(tmp_path / "none" / "yet", "web.port") == 8080


@pytest.mark.parametrize("name", ["LOAGA_HOME", "LOAGA_NO_SKIP", "WEB_PROT", "PATH"])
def test_other_variables_are_left_alone(tmp_path: Path, name: str) -> None:
    assert value(tmp_path, "web.port", {name: "x"}) == 8080


# ------------------------------------------------------------------- a process that knows only a part of the house


def test_a_process_leaves_tables_alone_that_it_knows_nothing_of(tmp_path: Path) -> None:
    """The announcer must not die of the port of the pages."""
    written(tmp_path, "[web]\nport = 9000\n[kiosk]\ntheme = 5")
    assert load(tmp_path, {}).get(module.DECLARED["web.port"]) == 9000


def test_a_process_still_finds_the_misspelt_in_its_own_tables(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no setting “web\.prot”"):
        load(written(tmp_path, "web.prot = 1"), {})


def test_a_process_still_checks_its_own_values(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="at most 65535"):
        load(written(tmp_path, "[kiosk]\ntheme = 5\n[web]\nport = 99999"), {})


def test_values_may_be_given_by_hand(tmp_path: Path) -> None:
    port = module.DECLARED["web.port"]
    assert (Settings(tmp_path).get(port), Settings(tmp_path, {"web.port": 1}).get(port)) == (8080, 1)
