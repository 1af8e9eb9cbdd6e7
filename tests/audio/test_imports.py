import subprocess
import sys

import pytest

PLAYOUT = "audio.sinks.registry, audio.wav, audio.cache, audio.mixing, audio.chimes, audio.mastering.profiles"


@pytest.mark.parametrize("heavy", ["scipy", "pyloudnorm", "imageio_ffmpeg", "sqlalchemy", "flask"])
def test_the_process_that_plays_does_not_carry_what_it_does_not_need(heavy):
    code = f"import {PLAYOUT}; import sys; assert {heavy!r} not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
