"""Programs that a test runs and that are no Python package."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(program: str) -> str:
    """The path of a program, or a skipped test that names it; a failed one where nothing may be skipped."""
    if found := shutil.which(program):
        return found
    sentence = f"{program} is missing on this machine"
    if os.environ.get("LOAGA_NO_SKIP") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)
