import pytest

from audio.errors import SinkError
from audio.sinks import registry
from audio.sinks.registry import SINKS, default_sink_name, make_sink


def test_a_machine_with_a_card_speaks_and_one_without_writes_files(monkeypatch):
    monkeypatch.setattr(registry, "list_devices", lambda: ["USB Audio"])
    assert default_sink_name() == "speaker"
    monkeypatch.setattr(registry, "list_devices", list)
    assert default_sink_name() == "folder"


def test_files_lie_in_the_station_s_home_unless_told_otherwise(tmp_path):
    assert make_sink("folder", "ke-1", tmp_path).folder == tmp_path / "folder" / "ke-1"
    other = tmp_path / "other"
    assert make_sink("folder", "ke-1", tmp_path, {"path": str(other)}).folder == other / "ke-1"


def test_an_option_of_nought_is_not_lost(tmp_path):
    assert make_sink("folder", "ke-1", tmp_path, {"limit_mb": 0}).limit_bytes == 0


def test_a_mistyped_name_or_option_is_answered_with_the_right_one(tmp_path):
    with pytest.raises(SinkError, match="no sink 'speeker'; did you mean 'speaker'"):
        make_sink("speeker", "ke-1", tmp_path)
    with pytest.raises(SinkError, match="no option of the sink folder 'limit_gb'; did you mean 'limit_mb'"):
        make_sink("folder", "ke-1", tmp_path, {"limit_gb": 3})
    with pytest.raises(SinkError, match="there are none"):
        make_sink("silent", "ke-1", tmp_path, {"volume": 3})


def test_every_option_has_its_line_of_help_and_every_sink_too():
    for kind in SINKS.values():
        assert kind.help
        assert all(kind.options.values())
