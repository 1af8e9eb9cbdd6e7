"""Google's voice through gTTS: pleasant, but the text leaves the country, the service may change any day, and no
contract covers it. So it is off unless switched on, asks seldom, keeps what it got, and gives up quickly.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from announcer.errors import VoiceError, VoiceTimeout, VoiceUnavailable
from announcer.voices.base import Voice, VoiceInfo
from announcer.voices.breaker import Breaker, State
from announcer.voices.speech import checked, clean, require_language
from audio.errors import DecodeError
from audio.files import written_whole
from audio.pcm import Pcm

DAY_SECONDS = 86_400.0
LANGUAGES = {"vi": "vi", "en": "en", "fr": "fr", "zh": "zh-CN", "ja": "ja", "ko": "ko"}
OFF = "It is switched off: with it, the text of announcements would leave the country."
KEPT_FILES = 1000

Fetch = Callable[["Request"], bytes]


@dataclass(frozen=True)
class Request:
    """All that decides what comes back; ``language`` in Google's spelling. Its hash names the kept file."""

    text: str
    language: str
    tld: str
    slow: bool

    @property
    def key(self) -> str:
        fields = json.dumps([self.text, self.language, self.tld, self.slow], ensure_ascii=False)
        return hashlib.sha256(fields.encode()).hexdigest()


@dataclass(frozen=True)
class Limits:
    """How much we ask of a service that owes us nothing. The daily count starts again with the process."""

    interval_seconds: float = 2.0
    daily: int = 300
    answer_seconds: float = 15.0
    failures: int = 3
    cool_down_seconds: float = 600.0


@dataclass(frozen=True)
class Time:
    """The clock, for tests to replace: seconds now, and waiting."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


class GoogleVoice(Voice):
    """``fetch`` turns a Request into MP3 bytes; whatever it raises counts as a failure of the service."""

    def __init__(
        self,
        cache_folder: Path,
        enabled: bool = False,
        tld: str = "com",
        slow: bool = False,
        limits: Limits = Limits(),
        fetch: Fetch | None = None,
        clock: Time = Time(),
    ) -> None:
        self._folder = cache_folder
        self._enabled = enabled
        self._tld, self._slow = tld, slow
        self._limits = limits
        self._fetch = fetch or fetch_with_gtts
        self._clock = clock
        self._asked: deque[float] = deque()
        self._lock = Lock()
        self.breaker = Breaker(clock.now, limits.failures, limits.cool_down_seconds)

    @property
    def info(self) -> VoiceInfo:
        return VoiceInfo(
            name="google",
            engine="gTTS",
            version=_version(),
            languages=tuple(LANGUAGES),
            licence="gTTS MIT; the service has no licence for this use",
            offline=False,
            options={"tld": self._tld, "slow": int(self._slow)},
        )

    def why_unavailable(self) -> str:
        if not self._enabled:
            return OFF
        if self._fetch is fetch_with_gtts and not find_spec("gtts"):
            return "The Python package gTTS is not installed."
        if self.breaker.state is State.OPEN:
            return (
                f"It failed {self._limits.failures} times; tried again in {self.breaker.seconds_left:.0f} s."
            )
        return ""

    def speak(self, spoken: str, language: str, pace: float = 1.0) -> Pcm:
        text = clean(spoken)
        if not self._enabled:
            raise VoiceUnavailable(OFF)
        require_language(self.info, language)
        request = Request(text, LANGUAGES[language], self._tld, self._slow)
        with self._lock:
            return self._kept(request, language) or self._asked_for(request, language)

    def _kept(self, request: Request, language: str) -> Pcm | None:
        """The sound of an earlier answer. A file that cannot be decoded any more counts as none."""
        path = self._folder / f"{request.key}.mp3"
        try:
            pcm = _decoded(path.read_bytes(), request.text, language)
            os.utime(path)  # the longest unused goes first
        except (OSError, VoiceError):
            return None
        return pcm

    def _asked_for(self, request: Request, language: str) -> Pcm:
        if reason := self.why_unavailable():
            raise VoiceUnavailable(reason)
        self._take_turn()
        try:
            mp3 = within(self._limits.answer_seconds, lambda: self._fetch(request))
            pcm = _decoded(mp3, request.text, language)
        except VoiceError:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        self._keep(request, mp3)
        return pcm

    def _take_turn(self) -> None:
        """Wait until the interval is over. Raises VoiceUnavailable when the day's requests are used up."""
        now = self._clock.now()
        while self._asked and self._asked[0] <= now - DAY_SECONDS:
            self._asked.popleft()
        if len(self._asked) >= self._limits.daily:
            raise VoiceUnavailable(f"Its {self._limits.daily} requests of a day are used up.")
        if self._asked and (left := self._asked[-1] + self._limits.interval_seconds - now) > 0:
            self._clock.wait(left)
        self._asked.append(self._clock.now())

    def _keep(self, request: Request, mp3: bytes) -> None:
        """Write the answer down and drop the longest unused. A full disk costs us the copy, not the announcement."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with written_whole(self._folder / f"{request.key}.mp3") as file:
                file.write(mp3)
            by_age = sorted(self._folder.glob("*.mp3"), key=lambda path: path.stat().st_mtime)
            for path in by_age[:-KEPT_FILES]:
                path.unlink(missing_ok=True)
        except OSError:
            return


def within(seconds: float, call: Callable[[], bytes]) -> bytes:
    """``call``'s answer. Raises VoiceTimeout after ``seconds``, VoiceError for whatever it raises.

    A thread does it, since a server that sends a byte now and then would outlast any timeout of the HTTP library. A
    thread cannot be killed; one that hangs is left behind, and the breaker keeps them few.
    """
    answers: SimpleQueue[bytes | Exception] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(call())
        except Exception as error:  # the other thread turns it into ours
            answers.put(error)

    Thread(target=work, name="google-voice", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise VoiceTimeout(f"Google did not answer within {seconds:g} s.") from None
    if isinstance(answer, Exception):
        raise VoiceError(f"Google did not answer: {answer}") from answer
    return answer


def fetch_with_gtts(request: Request) -> bytes:
    """The MP3 that Google returns. Raises gTTS's errors."""
    from announcer.voices.gtts_verified import gtts

    speech = gtts()(
        text=request.text,
        lang=request.language,
        tld=request.tld,
        slow=request.slow,
        lang_check=False,
        timeout=(5, 10),
    )
    file = io.BytesIO()
    speech.write_to_fp(file)
    return file.getvalue()


def _decoded(mp3: bytes, text: str, language: str) -> Pcm:
    from audio.clips import decode

    try:
        return checked(decode(mp3), text, language, "Google")
    except DecodeError as error:
        raise VoiceError(f"Google returned no sound: {error}") from error


@cache
def _version() -> str:
    try:
        return version("gTTS")
    except PackageNotFoundError:
        return "not installed"
