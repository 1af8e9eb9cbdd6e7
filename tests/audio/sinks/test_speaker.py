from threading import Event, Thread

import numpy as np
import pytest

from audio.errors import SinkError, SinkLost
from audio.pcm import BLOCK
from audio.sinks import cards
from audio.sinks.base import Label
from audio.sinks.cards import MiniaudioCard, list_devices
from audio.sinks.speaker import SpeakerSink

LABEL = Label("1", "Tàu vào ga", "2026-03-01T07:15:00+07:00")
BLOCKS = [np.full(BLOCK, value, np.int16) for value in range(1, 11)]


class FakeCard:
    """Takes sound as fast as it comes, until it is pulled out."""

    name = "fake"

    def __init__(self, feed):
        self.feed = feed
        self.taken = bytearray()
        self.closed = Event()
        self.stuck = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self.closed.wait(0.001):
            if not self.stuck.is_set():
                self.taken += self.feed.pull(BLOCK)

    def close(self):
        self.closed.set()

    def heard(self):
        samples = np.frombuffer(bytes(self.taken), np.int16)
        return samples[samples != 0]


class Machine:
    """A computer into which cards are plugged."""

    def __init__(self):
        self.plugged = True
        self.cards = []

    def open_card(self, feed):
        if not self.plugged:
            raise SinkLost("There is no sound card.")
        self.cards.append(FakeCard(feed))
        return self.cards[-1]


@pytest.fixture
def machine():
    machine = Machine()
    yield machine
    for card in machine.cards:
        card.close()


@pytest.fixture
def sink(machine):
    return SpeakerSink(machine.open_card, stall_seconds=0.2)


def play(sink, blocks=BLOCKS, complete=True):
    sink.begin(LABEL)
    for block in blocks:
        sink.write(block)
    sink.end(complete)


@pytest.mark.parametrize("complete", [True, False])
def test_all_that_was_written_has_been_taken_when_it_ends(sink, machine, complete):
    play(sink, complete=complete)
    assert np.array_equal(machine.cards[0].heard(), np.concatenate(BLOCKS))


def test_the_card_stays_open_between_announcements(sink, machine):
    play(sink)
    play(sink)
    assert len(machine.cards) == 1
    sink.close()
    assert machine.cards[0].closed.is_set()


def test_nothing_is_opened_before_something_begins(sink, machine):
    assert machine.cards == []
    assert sink.describe() == "sound card (not open)"
    play(sink)
    assert sink.describe() == "sound card fake"


def test_a_card_that_takes_no_more_is_lost_and_closed(sink, machine):
    sink.begin(LABEL)
    machine.cards[0].stuck.set()
    with pytest.raises(SinkLost, match=r"took no sound for 0\.2 s"):
        for block in BLOCKS * 2:
            sink.write(block)
    assert machine.cards[0].closed.wait(30)
    sink.end(False)


def test_a_card_lost_while_the_last_blocks_wait_is_told_at_the_end(sink, machine):
    sink.begin(LABEL)
    machine.cards[0].stuck.set()
    sink.write(BLOCKS[0])
    with pytest.raises(SinkLost):
        sink.end(True)
    sink.end(False)


def test_a_card_that_says_it_stopped_is_opened_anew_by_the_next_announcement(sink, machine):
    play(sink)
    machine.cards[0].feed.lose("it stopped")
    play(sink)
    assert len(machine.cards) == 2
    assert np.array_equal(machine.cards[1].heard(), np.concatenate(BLOCKS))


def test_a_missing_card_is_told_and_tried_again_each_time(sink, machine):
    machine.plugged = False
    for _ in range(2):
        with pytest.raises(SinkLost, match="no sound card"):
            sink.begin(LABEL)
        sink.end(False)
    machine.plugged = True
    play(sink)
    assert len(machine.cards) == 1


def test_after_a_loss_nothing_is_written_into_the_void(sink, machine):
    sink.begin(LABEL)
    machine.cards[0].feed.lose("it was unplugged")
    with pytest.raises(SinkLost, match="unplugged"):
        sink.write(BLOCKS[0])
    with pytest.raises(SinkError, match="Nothing has begun"):
        sink.write(BLOCKS[0])


def test_closing_a_lost_sink_is_safe(sink, machine):
    sink.begin(LABEL)
    sink.write(BLOCKS[0])
    machine.cards[0].feed.lose("it was unplugged")
    sink.close()
    sink.close()


def test_miniaudio_without_a_card_takes_every_block_at_its_own_pace():
    sink = SpeakerSink(lambda feed: MiniaudioCard(feed, backend="null"))
    play(sink)
    assert "NULL" in sink.describe()
    sink.close()


def with_cards(monkeypatch, *names):
    found = [{"name": name, "id": object()} for name in names]
    monkeypatch.setattr("miniaudio.Devices.get_playbacks", lambda self: found)


def test_cards_that_only_exist_on_paper_are_not_listed(monkeypatch):
    with_cards(
        monkeypatch,
        "Discard all samples (playback) or generate zero samples (capture)",
        "USB Audio",
        "Dummy Output",
    )
    assert list_devices("null") == ["USB Audio"]


def test_a_machine_whose_sound_system_fails_has_no_cards(monkeypatch):
    import miniaudio

    def failing(backends):
        raise miniaudio.MiniaudioError("cannot init context", -1)

    monkeypatch.setattr("miniaudio.Devices", failing)
    assert list_devices() == []
    with pytest.raises(SinkLost, match="The sound card cannot be opened: cannot init context"):
        SpeakerSink().begin(LABEL)


def test_a_card_is_found_by_a_part_of_its_name_or_the_others_are_told(monkeypatch):
    with_cards(monkeypatch, "HDA Intel", "USB Audio Device")
    assert cards._find("usb", cards._backends("null"))[0] == "USB Audio Device"
    assert cards._find("", cards._backends("null")) == ("HDA Intel (default)", None)
    with pytest.raises(SinkLost, match="there are HDA Intel, USB Audio Device"):
        cards._find("hdmi", cards._backends("null"))


def test_an_unknown_sound_system_is_told():
    with pytest.raises(SinkLost, match="There is no sound system 'asla'; there are alsa"):
        SpeakerSink(lambda feed: MiniaudioCard(feed, backend="asla")).begin(LABEL)
