from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.errors import SinkLost
from audio.pcm import BLOCK
from audio.sinks.feed import BLOCKS_IN_LINE, Feed


def block(value):
    return np.full(BLOCK, value, np.int16)


@given(st.lists(st.integers(1, 2500), min_size=1, max_size=12))
def test_whatever_amounts_the_card_asks_for_the_sound_is_the_same(amounts):
    feed = Feed()
    for value in range(1, BLOCKS_IN_LINE + 1):
        feed.put(block(value), 1.0)
    taken = np.frombuffer(b"".join(feed.pull(amount) for amount in amounts), np.int16)
    assert len(taken) == sum(amounts)
    expected = np.repeat(np.arange(1, BLOCKS_IN_LINE + 1), BLOCK)
    length = min(len(taken), len(expected))
    assert np.array_equal(taken[:length], expected[:length])
    assert not taken[length:].any()


def test_the_line_is_short_and_a_card_that_takes_nothing_is_lost():
    feed = Feed()
    for value in range(BLOCKS_IN_LINE):
        feed.put(block(value), 0.01)
    with pytest.raises(SinkLost, match=r"it took no sound for 0\.01 s"):
        feed.put(block(9), 0.01)


def test_room_in_the_line_wakes_who_waits():
    feed = Feed()
    for value in range(BLOCKS_IN_LINE):
        feed.put(block(value), 1.0)
    writer = Thread(target=feed.put, args=(block(9), 30.0))
    writer.start()
    feed.pull(BLOCK)
    writer.join(30)
    assert not writer.is_alive()


def test_who_waits_learns_at_once_that_the_card_is_gone():
    feed = Feed()
    feed.put(block(1), 1.0)
    heard = []

    def wait():
        try:
            feed.drain(30.0)
        except SinkLost as error:
            heard.append(str(error))

    waiter = Thread(target=wait)
    waiter.start()
    feed.lose("it was unplugged")
    feed.lose("it stopped")
    waiter.join(30)
    assert heard == ["The sound card is lost: it was unplugged."]


def test_running_dry_counts_only_in_the_middle_of_an_announcement():
    feed = Feed()
    feed.pull(BLOCK)
    assert feed.underruns == 0
    feed.put(block(1), 1.0)
    feed.pull(2 * BLOCK)
    assert feed.underruns == 1
    feed.drain(1.0)
    feed.pull(BLOCK)
    assert feed.underruns == 1
