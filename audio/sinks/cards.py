"""Sound cards, by way of miniaudio: the only file that knows that library."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Protocol

from audio.errors import SinkLost
from audio.pcm import BLOCK_SECONDS, RATE
from audio.sinks.feed import Feed

PERIODS = 3
PHANTOMS = (
    "discard all samples",
    "dummy output",
    "null output",
)  # "cards" that a system without any still lists


class Card(Protocol):
    """A sound card that is playing: it pulls from its feed until it is closed."""

    name: str

    def close(self) -> None: ...


class MiniaudioCard:
    """Opens and starts a card. ``wanted`` is part of its name ("" the system's default); ``backend`` e.g. "alsa".

    Raises SinkLost when there is no such card or it cannot be opened: one that is unplugged may come back.
    """

    def __init__(self, feed: Feed, wanted: str = "", backend: str = "") -> None:
        import miniaudio

        self._feed = feed
        backends = _backends(backend)
        try:
            self.name, device_id = _find(wanted, backends)
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=round(BLOCK_SECONDS * 1000),
                callback_periods=PERIODS,
                device_id=device_id,
                backends=backends,
                app_name="loaga",
            )
            self._device.stop_callback = lambda: feed.lose("it stopped")
            self._device.start(_stream(feed))
        except miniaudio.MiniaudioError as error:
            raise SinkLost(f"The sound card cannot be opened: {_reason(error)}.") from error

    def close(self) -> None:
        self._device.stop_callback = None
        self._device.close()


def list_devices(backend: str = "") -> list[str]:
    """Names of the sound cards that are there; none, without complaint, on a machine that has none."""
    import miniaudio

    try:
        return [card["name"] for card in _cards(_backends(backend))]
    except miniaudio.MiniaudioError:
        return []


def _find(wanted: str, backends: list[Any]) -> tuple[str, Any]:
    """Name and id of the card; no id means the system's default."""
    cards = _cards(backends)
    if not cards:
        raise SinkLost("There is no sound card.")
    if not wanted:
        return f"{cards[0]['name']} (default)", None
    for card in cards:
        if wanted.casefold() in card["name"].casefold():
            return str(card["name"]), card["id"]
    raise SinkLost(
        f"There is no sound card {wanted!r}; there are {', '.join(card['name'] for card in cards)}."
    )


def _cards(backends: list[Any]) -> list[dict[str, Any]]:
    import miniaudio

    cards = miniaudio.Devices(backends).get_playbacks()
    return [card for card in cards if not any(word in card["name"].casefold() for word in PHANTOMS)]


def _backends(wanted: str) -> list[Any]:
    """The backend called ``wanted``, or all real ones: miniaudio's own choice would fall back to one without a card."""
    import miniaudio

    enabled = miniaudio.get_enabled_backends()
    if wanted:
        chosen = [backend for backend in enabled if backend.name.casefold() == wanted.casefold()]
        if not chosen:
            words = ", ".join(sorted(backend.name.casefold() for backend in enabled))
            raise SinkLost(f"There is no sound system {wanted!r}; there are {words}.")
        return chosen
    unreal = (miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM)
    return sorted((one for one in enabled if one not in unreal), key=lambda one: int(one.value))


def _stream(feed: Feed) -> Generator[bytes, int, None]:
    """What miniaudio asks for samples; it wants a generator that has already been started."""

    def samples() -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield feed.pull(frames)

    started = samples()
    next(started)
    return started


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else "unknown reason"
