"""Every recogniser there is, and which one is asked for a language.

To add a recogniser: a class on the contract in ``base.py`` and a line in ``ENGINES``, at the place it deserves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from announcer.recognisers.base import Recogniser, RecogniserError
from announcer.recognisers.viet_asr import VietAsr
from announcer.recognisers.whisper import Whisper
from schedules.core.errors import NotFound

# From the best ear to the last resort.
ENGINES: dict[str, Callable[[], Recogniser]] = {"viet-asr": VietAsr, "whisper": Whisper}
EVERYDAY = ("viet-asr",)  # those whose verdicts on announcements were calibrated: a station uses no other


class Recognisers:
    """The recognisers of one process; nothing is loaded before it is asked. ``close`` ends all helper processes."""

    def __init__(self, names: Sequence[str] = tuple(ENGINES)) -> None:
        self._recognisers = {name: ENGINES[name]() for name in names}

    def all(self) -> list[Recogniser]:
        """Every recogniser, those that cannot listen now too."""
        return list(self._recognisers.values())

    def get(self, name: str) -> Recogniser:
        """Raises NotFound."""
        if name not in self._recognisers:
            raise NotFound(f"There is no recogniser “{name}”.", f"There are: {', '.join(self._recognisers)}.")
        return self._recognisers[name]

    def find(self, language: str) -> Recogniser | None:
        """The first that can listen to ``language`` ("vi") now."""
        able = (one for one in self.all() if language in one.info.languages and not one.why_unavailable())
        return next(able, None)

    def require(self, language: str) -> Recogniser:
        """As ``find``. Raises RecogniserError with every recogniser's reason."""
        if found := self.find(language):
            return found
        reasons = [one.why_unavailable() for one in self.all() if language in one.info.languages]
        raise RecogniserError(f"No recogniser listens to “{language}” now. {' '.join(reasons)}".rstrip())

    def close(self) -> None:
        for recogniser in self._recognisers.values():
            recogniser.close()
