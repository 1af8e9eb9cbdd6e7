from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from announcer.script import Part, Script
from announcer.studio import Chosen, Studio
from audio.mastering.profiles import PROFILES
from schedules.core.errors import FileRefused
from schedules.core.settings import Settings
from schedules.models import Message, Wording


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(Settings(tmp_path))
    yield studio
    studio.close()


def test_a_message_becomes_vietnamese_first_then_english_as_spoken(studio: Studio) -> None:
    message = Message(
        key="tau", category="operational", title="Tàu", chime="standard", blanks={"time": "time"}
    )
    message.wordings = [
        Wording(language="en", text="At {time}.", position=0, spoken=""),
        Wording(language="vi", text="Lúc {time}.", position=1, spoken=""),
    ]
    script = studio.script_of(message, {"time": "19:30"}, 1)
    assert [part.language for part in script.parts] == ["vi", "en"]
    assert script.parts[0].spoken == "lúc mười chín giờ ba mươi phút"


def test_staffs_own_reading_is_what_is_spoken_and_the_words_are_what_is_shown(studio: Studio) -> None:
    message = Message(key="wc", category="service", title="WC", chime="none", blanks={})
    message.wordings = [
        Wording(language="vi", text="WC ở tầng 2.", position=0, spoken="Nhà vệ sinh ở tầng hai.")
    ]
    [part] = studio.script_of(message, {}, 1).parts
    assert (part.text, part.spoken) == ("WC ở tầng 2.", "nhà vệ sinh ở tầng hai")


def test_a_reading_of_ones_own_is_spoken_and_not_shown(studio: Studio) -> None:
    [part] = studio.script_of_text("Tàu {SE1|sờ e một} vào ga.", "vi").parts
    assert (part.text, part.spoken) == ("Tàu SE1 vào ga.", "tàu sờ e một vào ga")


def test_a_southern_station_reads_the_southern_way(tmp_path: Path) -> None:
    southern = Studio(Settings(tmp_path, {"reading.southern": True}))
    assert southern.script_of_text("1.005", "vi").spoken == "một ngàn không trăm lẻ năm"
    southern.close()


def test_a_script_survives_the_database(studio: Studio) -> None:
    script = studio.script_of_text("Xin chào, quý khách.", "vi")
    assert Script.from_data(script.to_data()) == script


@pytest.mark.parametrize(
    "change",
    [{"chime": "none"}, {"repeats": 2}, {"mastering": "night"}, {"voice": "silent"}],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_can_be_heard_makes_another_sound(studio: Studio, change: dict[str, object]) -> None:
    script = studio.script_of_text("xin chào", "vi")
    assert studio.key(replace(script, **change)) != studio.key(script)  # type: ignore[arg-type]


def test_another_number_in_its_profile_makes_another_sound(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = studio.script_of_text("xin chào", "vi")
    before = studio.key(script)
    monkeypatch.setitem(PROFILES, "standard", replace(PROFILES["standard"], pace=0.99))
    assert studio.key(script) != before


def test_a_profile_that_is_not_there_has_a_key_all_the_same(studio: Studio) -> None:
    script = studio.script_of_text("xin chào", "vi")
    assert studio.key(replace(script, mastering="outdoor")) != studio.key(script)


def test_what_cannot_be_heard_does_not(studio: Studio) -> None:
    assert studio.key(studio.script_of_text("Xin chào!", "vi")) == studio.key(
        studio.script_of_text("xin  chào", "vi")
    )


def test_the_staffs_words_are_read_as_soon_as_they_are_written(tmp_path: Path, studio: Studio) -> None:
    before = studio.script_of_text("Bến XYZ", "vi")
    (tmp_path / "lexicon.toml").write_text('[exact]\n"XYZ" = "xuân yên"\n', "utf-8")
    assert studio.refresh()
    after = studio.script_of_text("Bến XYZ", "vi")
    assert after.spoken == "bến xuân yên"
    assert studio.key(after) != studio.key(before)
    assert not studio.refresh()


def test_a_mistake_in_the_staffs_words_is_told_and_silences_no_station(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_text("[exatc]\n", "utf-8")
    with pytest.raises(FileRefused):
        Studio(Settings(tmp_path))
    forgiving = Studio(Settings(tmp_path), forgiving=True)
    assert forgiving.script_of_text("8h30", "vi").spoken == "tám giờ ba mươi phút"
    forgiving.close()


def test_a_recording_names_the_sound_and_not_the_voices(studio: Studio) -> None:
    words = studio.script_of_text("Xin chào", "vi")
    one, two = (Script((Part("vi", "Lời ghi âm", (), clip),)) for clip in ("a", "b"))
    assert len({studio.key(script) for script in (words, one, two)}) == 3
    assert studio.key(one) == studio.key(replace(one, parts=(replace(one.parts[0], text="Khác"),)))
    assert studio.key(one) == studio.key(replace(one, voice="silent"))


def test_a_script_comes_back_from_the_database_as_it_was_also_an_older_one(studio: Studio) -> None:
    script = Script((Part("vi", "Lời ghi âm", (), "a"), Part("en", "Hello", ("hello",))))
    data = script.to_data()
    assert Script.from_data(data) == script
    del data["parts"][1]["clip"]
    assert Script.from_data(data) == script


def test_sounds_that_are_named_together_have_the_names_they_have_alone(tmp_path: Path) -> None:
    studio, chosen = Studio(Settings(tmp_path)), Chosen()
    scripts = [
        studio.script_of_text(text, language) for text in ("Một.", "One.") for language in ("vi", "en")
    ]
    assert [studio.key(one, chosen) for one in scripts] == [studio.key(one) for one in scripts]
    assert len(chosen) == 2


def test_the_voice_that_the_settings_wish_for_is_asked_first(tmp_path: Path) -> None:
    studio = Studio(Settings(tmp_path, {"voices.vi": "formant"}))
    assert studio.speakers("vi")[0] == "formant"
    studio.close()
