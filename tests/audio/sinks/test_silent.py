import numpy as np

from audio.pcm import BLOCK
from audio.sinks import silent
from audio.sinks.base import Label
from audio.sinks.silent import SilentSink


def test_it_remembers_what_would_have_sounded():
    sink = SilentSink()
    for id, blocks, complete in (("a", 3, True), ("b", 1, False)):
        sink.begin(Label(id, id, ""))
        for _ in range(blocks):
            sink.write(np.zeros(BLOCK, np.int16))
        assert sink.heard[-1].complete is None
        sink.end(complete)
    assert [(one.label.id, one.blocks, one.complete) for one in sink.heard] == [
        ("a", 3, True),
        ("b", 1, False),
    ]
    assert sink.blocks == 4


def test_it_does_not_remember_for_ever(monkeypatch):
    monkeypatch.setattr(silent, "REMEMBERED", 5)
    sink = SilentSink()
    for number in range(9):
        sink.begin(Label(str(number), "", ""))
        sink.end(True)
    assert [one.label.id for one in sink.heard] == ["4", "5", "6", "7", "8"]
