"""The contract of ``audio/sinks/base.py``, held against every sink in the registry."""

import numpy as np
import pytest

from audio.errors import SinkError
from audio.pcm import BLOCK
from audio.sinks.base import Label
from audio.sinks.registry import SINKS, make_sink

# The speaker plays on miniaudio's null backend: a real device with a real thread and clock, only unheard.
OPTIONS = {"speaker": {"backend": "null"}, "folder": {}, "silent": {}}

TONE = (8000 * np.sin(np.arange(BLOCK) / 10)).astype(np.int16)


def label(number=1):
    return Label(id=f"0190-{number}", title="Tàu SE1 sắp vào ga", due="2026-03-01T07:15:00+07:00")


@pytest.fixture(params=sorted(SINKS))
def sink(request, tmp_path):
    sink = make_sink(request.param, "ke-1", tmp_path, OPTIONS[request.param])
    yield sink
    sink.close()


def play(sink, number=1, blocks=5, complete=True):
    sink.begin(label(number))
    for _ in range(blocks):
        sink.write(TONE)
    sink.end(complete)


def test_it_is_called_by_its_name_in_the_registry(sink, request):
    assert sink.name == request.node.callspec.params["sink"]


def test_it_says_in_a_phrase_where_the_sound_goes(sink):
    before = sink.describe()
    play(sink)
    assert before
    assert sink.describe()
    assert not sink.describe().endswith(".")


def test_one_announcement_follows_another(sink):
    for number in range(3):
        play(sink, number)


def test_after_one_was_cut_short_the_next_can_begin(sink):
    play(sink, 1, complete=False)
    play(sink, 2)


def test_an_announcement_without_a_block_is_no_fault(sink):
    play(sink, blocks=0)
    play(sink, blocks=0, complete=False)


def test_an_end_without_a_beginning_is_no_fault(sink):
    sink.end(False)
    sink.end(True)
    play(sink)
    sink.end(False)


def test_beginning_anew_without_an_end_cuts_the_first_short(sink):
    sink.begin(label(1))
    sink.write(TONE)
    play(sink, 2)


def test_writing_before_the_beginning_or_after_the_end_is_refused(sink):
    with pytest.raises(SinkError):
        sink.write(TONE)
    play(sink)
    with pytest.raises(SinkError):
        sink.write(TONE)


@pytest.mark.parametrize(
    "wrong", [TONE[:-1], np.repeat(TONE, 2), TONE.astype(np.float32), TONE.reshape(2, -1)]
)
def test_what_is_not_a_block_is_refused_and_the_next_block_is_taken(sink, wrong):
    sink.begin(label())
    with pytest.raises(SinkError, match="960 samples of 16 bit"):
        sink.write(wrong)
    sink.write(TONE)
    sink.end(True)


def test_the_caller_may_use_its_block_again(sink):
    own = TONE.copy()
    sink.begin(label())
    sink.write(own)
    own[:] = 0
    sink.write(own)
    sink.end(True)


def test_a_view_of_a_read_only_sound_is_taken(sink):
    sound = np.repeat(TONE, 3)
    sound.flags.writeable = False
    sink.begin(label())
    sink.write(sound[5 : 5 + BLOCK])
    sink.end(True)


def test_closing_twice_is_safe_even_in_the_middle(sink):
    sink.begin(label())
    sink.write(TONE)
    sink.close()
    sink.close()
    with pytest.raises(SinkError):
        sink.write(TONE)


def test_a_closed_sink_that_never_began_is_no_fault(sink):
    sink.close()


def test_a_title_and_id_of_any_text_are_taken(sink):
    sink.begin(Label(id="../../a b/ÿ", title="/../" + "Đường rất dài " * 40, due=""))
    sink.write(TONE)
    sink.end(True)
