import json
import subprocess
import sys
from collections import namedtuple
from datetime import datetime, timedelta

import numpy as np
import pytest

from audio.errors import SinkError
from audio.pcm import BLOCK, RATE
from audio.sinks.base import Label
from audio.sinks.folder import FolderSink, make_room
from audio.sinks.recording import HANOI
from audio.wav import header, open_blocks

BLOCKS = [np.full(BLOCK, value, np.int16) for value in range(1, 26)]
LABEL = Label(id="0190a", title="Tàu SE1 sắp vào ga", due="2026-03-01T07:15:00+07:00")
NAME = "2026-03-01T07-15-02_tau-se1-sap-vao-ga_0190a"


class Clock:
    def __init__(self):
        self.now = datetime(2026, 3, 1, 7, 15, 2, tzinfo=HANOI)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def reopen(tmp_path, clock):
    """reopen() -> the sink as it stands after the process began anew"""
    return lambda: FolderSink(tmp_path, "ke-1", clock=clock)


def play(sink, label=LABEL, blocks=BLOCKS, complete=True):
    sink.begin(label)
    for block in blocks:
        sink.write(block)
    sink.end(complete)


def names(sink):
    return sorted(path.name for path in sink.folder.iterdir())


def entry(sink):
    (only,) = sink.index.entries()
    return only


def test_a_complete_announcement_is_a_wav_named_by_time_title_and_id(reopen):
    sink = reopen()
    play(sink)
    assert names(sink) == [f"{NAME}.wav", "index.jsonl"]
    assert np.array_equal(open_blocks(sink.folder / f"{NAME}.wav"), np.concatenate(BLOCKS))


def test_while_it_goes_on_nobody_takes_it_for_finished(reopen):
    sink = reopen()
    sink.begin(LABEL)
    sink.write(BLOCKS[0])
    assert names(sink) == [f"{NAME}.json", f"{NAME}.part"]
    assert not sink.finished("0190a")


def test_the_index_tells_what_was_played_when_and_how_long(reopen, clock):
    sink = reopen()
    sink.begin(LABEL)
    for block in BLOCKS:
        sink.write(block)
    clock.now += timedelta(seconds=0.5)
    sink.end(True)
    (line,) = (sink.folder / "index.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "id": "0190a",
        "title": "Tàu SE1 sắp vào ga",
        "due": "2026-03-01T07:15:00+07:00",
        "started_at": "2026-03-01T07:15:02+07:00",
        "ended_at": "2026-03-01T07:15:02.500+07:00",
        "seconds": 0.5,
        "result": "complete",
        "file": f"{NAME}.wav",
    }


def test_what_was_cut_short_is_kept_and_marked(reopen):
    sink = reopen()
    play(sink, blocks=BLOCKS[:3], complete=False)
    assert len(open_blocks(sink.folder / f"{NAME}.cut.wav")) == 3 * BLOCK
    assert (entry(sink).result, entry(sink).seconds) == ("cut", 0.06)
    assert not sink.finished("0190a")


def test_one_asks_whether_an_announcement_was_finished_also_after_a_restart(reopen):
    sink = reopen()
    play(sink, complete=False)
    assert not sink.finished("0190a")
    play(sink)
    assert sink.finished("0190a")
    assert reopen().finished("0190a")
    assert not reopen().finished("another")


def test_the_same_announcement_twice_in_a_second_makes_two_files(reopen):
    sink = reopen()
    for _ in range(3):
        play(sink)
    assert names(sink) == [f"{NAME}-2.wav", f"{NAME}-3.wav", f"{NAME}.wav", "index.jsonl"]


def test_zones_with_like_names_have_folders_of_their_own(tmp_path):
    assert FolderSink(tmp_path, "Kệ 1").folder != FolderSink(tmp_path, "Ke 1").folder


# What a crash leaves


def killed(tmp_path, doing):
    """Run ``doing`` in a process of its own that is then killed as a power cut would."""
    code = f"""
import os, signal
from datetime import datetime
from pathlib import Path
import numpy as np
from audio.sinks.base import Label
from audio.sinks.folder import FolderSink
from audio.sinks import folder, recording
sink = FolderSink(Path({str(tmp_path)!r}), "ke-1", clock=lambda: datetime(2026, 3, 1, 7, 15, 2, tzinfo=recording.HANOI))
sink.begin(Label("0190a", "Tàu SE1 sắp vào ga", "2026-03-01T07:15:00+07:00"))
for value in range(1, 101):
    sink.write(np.full(960, value, np.int16))
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
{doing}
die()
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9


def test_a_crash_in_the_middle_leaves_a_cut_file_with_what_reached_the_disk(tmp_path, reopen):
    killed(tmp_path, "")
    sink = reopen()
    assert names(sink) == [f"{NAME}.cut.wav", "index.jsonl"]
    samples = open_blocks(sink.folder / f"{NAME}.cut.wav")
    assert len(samples) > 30 * BLOCK
    assert np.array_equal(samples, np.repeat(np.arange(1, 101), BLOCK)[: len(samples)])
    assert (entry(sink).id, entry(sink).title, entry(sink).result) == ("0190a", LABEL.title, "cut")
    assert entry(sink).seconds == pytest.approx(len(samples) / RATE, abs=1e-3)
    assert not sink.finished("0190a")


def test_a_crash_after_the_rename_still_counts_as_finished(tmp_path, reopen):
    killed(tmp_path, "sink.index.add = die; sink.end(True)")
    sink = reopen()
    assert names(sink) == [f"{NAME}.wav", "index.jsonl"]
    assert sink.finished("0190a")
    assert entry(sink).seconds == 2.0


def test_a_crash_after_the_index_does_not_count_twice(tmp_path, reopen):
    killed(tmp_path, "folder.settle = die; sink.end(True)")
    sink = reopen()
    assert names(sink) == [f"{NAME}.wav", "index.jsonl"]
    assert entry(sink).result == "complete"


def test_repairing_twice_changes_nothing(tmp_path, reopen):
    killed(tmp_path, "")
    before = names(reopen()), entry(reopen())
    assert (names(reopen()), entry(reopen())) == before


def test_a_file_that_is_still_being_written_by_another_process_is_left_alone(reopen):
    running = reopen()
    running.begin(LABEL)
    running.write(BLOCKS[0])
    other = reopen()
    assert f"{NAME}.part" in names(other)
    running.end(True)
    assert reopen().finished("0190a")


@pytest.mark.parametrize("left", [b"", b"RIF", header(0), header(0) + b"\1\0\2\0\3"])
def test_any_beginning_of_a_file_becomes_a_sound_one_can_open(reopen, left):
    folder = reopen().folder
    (folder / "x.part").write_bytes(left)
    (folder / "x.json").write_text('{"id": "torn')
    sink = reopen()
    assert open_blocks(folder / "x.cut.wav").tolist() == ([1, 2] if len(left) > 44 else [])
    assert entry(sink).id == "x"
    assert names(sink) == ["index.jsonl", "x.cut.wav"]


def test_a_label_without_any_sound_is_dropped(reopen):
    folder = reopen().folder
    (folder / "x.json").write_text("{}")
    assert names(reopen()) == []


def test_a_torn_line_in_the_index_spoils_no_other(reopen):
    sink = reopen()
    play(sink)
    with (sink.folder / "index.jsonl").open("a") as file:
        file.write('{"id": "torn", "ti')
    sink = reopen()
    play(sink, Label("b", "B", ""))
    assert [one.id for one in reopen().index.entries()] == ["0190a", "b"]


# The disk


def test_the_oldest_files_of_all_zones_go_first(tmp_path, clock):
    sinks = [FolderSink(tmp_path, zone, limit_bytes=130_000, clock=clock) for zone in ("a", "b")]
    for number in range(4):
        play(sinks[number % 2], Label(str(number), "T", ""))
    kept = sorted(path.name[-5] for path in tmp_path.glob("*/*.wav"))
    assert kept == ["2", "3"]
    assert sinks[0].finished("0")  # the file is gone, the memory of it is not


def test_the_newest_stays_even_over_the_limit(tmp_path, clock):
    play(FolderSink(tmp_path, "a", limit_bytes=0, clock=clock))
    assert len(list(tmp_path.glob("*/*.wav"))) == 1


def test_on_a_full_disk_records_go_before_anything_else_fails(tmp_path, reopen, monkeypatch):
    sink = reopen()
    for number in range(3):
        play(sink, Label(str(number), "T", ""))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**9, 10**9, 1000))
    assert len(make_room(tmp_path, 10**12)) == 2


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "ke-1").write_text("a file stands where the folder should be")
    with pytest.raises(SinkError, match="cannot be written"):
        FolderSink(tmp_path, "ke-1")


def test_a_disk_that_takes_no_more_is_told_and_the_sink_can_begin_anew(reopen, monkeypatch):
    sink = reopen()
    sink.begin(LABEL)

    def full(self, block):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(SinkError, match="No space left on device"):
        patch.setattr("audio.sinks.recording.Recording.write", full)
        sink.write(BLOCKS[0])
    sink.end(False)
    play(sink)
    assert sink.finished("0190a")


def test_the_index_forgets_its_older_half_instead_of_growing_for_ever(reopen, monkeypatch):
    monkeypatch.setattr("audio.sinks.index.LONGEST", 10)
    sink = reopen()
    for number in range(11):
        play(sink, Label(f"n{number}", "T", ""))
    assert [one.id for one in sink.index.entries()] == ["n6", "n7", "n8", "n9", "n10"]
    assert sink.finished("n10")


def test_an_announcement_that_never_sounded_leaves_no_file(reopen):
    sink = reopen()
    sink.begin(Label("a", "T", ""))
    sink.end(False)
    assert list(sink.folder.glob("*.wav")) == []
    assert list(sink.index.entries()) == []
