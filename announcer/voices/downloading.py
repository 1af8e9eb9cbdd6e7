"""One file from the web: a download that broke off goes on where it stopped, unless the file has changed meanwhile.

Beside the unfinished file lies a note: whence it comes, which version of it this is, and how much has reached the disk.
Proxies (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and certificates are the business of requests.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from audio.files import written_whole
from schedules.core.errors import NotFound, StationError, UserError

MEGABYTE = 1_000_000
PIECE = 65_536
KEPT_EVERY = 8 * MEGABYTE  # at most so much is fetched again after a power cut

Told = Callable[[int, int], None]  # bytes so far, bytes of the whole file or 0 where nobody says


class DownloadError(StationError):
    """The network, the proxy or the server did not give the file. What arrived is kept."""

    code = "download"


class Broken(Exception):
    """One attempt broke off; another may go on from there."""


@dataclass(frozen=True)
class Limits:
    """``tries`` counts attempts in a row that bring nothing. ``silence_seconds`` is the longest wait for the next bytes."""

    most_bytes: int = 300 * MEGABYTE
    connect_seconds: float = 10.0
    silence_seconds: float = 30.0
    whole_seconds: float = 3600.0
    tries: int = 4
    pause_seconds: float = 2.0


@dataclass(frozen=True)
class Note:
    """``validator`` is the file's strong ETag or its date; ``length`` in bytes, as known to be on the disk."""

    url: str
    validator: str
    length: int


def nobody(done: int, whole: int) -> None:
    """Told of a download, cares for nothing."""


def fetch(url: str, into: Path, limits: Limits = Limits(), told: Told = nobody) -> None:
    """Put the file at ``url`` into ``into``, going on with what an earlier call left there.

    Raises NotFound if the server has no such file, UserError for a wrong address or too large a file, and DownloadError
    for everything else; after a DownloadError, what arrived waits for the next call.
    """
    import requests

    deadline = time.monotonic() + limits.whole_seconds
    failures = 0
    with requests.Session() as session:
        while True:
            before = _length(into)
            try:
                return _attempt(session, url, into, limits, deadline, told)
            except Broken as error:
                failures = 0 if _length(into) > before else failures + 1
                if failures >= limits.tries:
                    raise DownloadError(f"{_shown(url)}: {error}.", _go_on(into)) from error
            time.sleep(limits.pause_seconds)


def _attempt(session: Any, url: str, into: Path, limits: Limits, deadline: float, told: Told) -> None:
    note = _noted(into, url)
    wanted = {"Range": f"bytes={note.length}-", "If-Range": note.validator} if note.length else {}
    with _answer(session, url, wanted, limits) as answer:
        start = _start(answer, note.length, url, into)
        left = answer.raw.length_remaining  # None where the server does not say
        whole = 0 if left is None else start + left
        if whole > limits.most_bytes:
            raise UserError(_too_large(url, limits))
        note = Note(url, _validator(answer), start)
        with into.open("r+b" if start else "wb") as file:
            file.truncate(start)
            file.seek(start)
            try:
                for piece in _pieces(answer):
                    if file.tell() + len(piece) > limits.most_bytes:
                        raise UserError(_too_large(url, limits))
                    if time.monotonic() > deadline:
                        sentence = f"{_shown(url)} was not there after {limits.whole_seconds:.0f} s."
                        raise DownloadError(sentence, _go_on(into))
                    file.write(piece)
                    told(file.tell(), whole)
                    if file.tell() - note.length >= KEPT_EVERY:
                        note = _keep(file, into, note)
            finally:
                _keep(file, into, note)
    _note_path(into).unlink()


def _answer(session: Any, url: str, wanted: dict[str, str], limits: Limits) -> Any:
    """The server's answer, its body not yet read."""
    from requests import exceptions as they

    try:
        answer = session.get(
            url,
            headers={"Accept-Encoding": "identity", **wanted},
            stream=True,
            timeout=(limits.connect_seconds, limits.silence_seconds),
        )
    except (they.MissingSchema, they.InvalidSchema, they.InvalidURL) as error:
        raise UserError(f"“{url}” is no address that files can be fetched from.") from error
    except they.SSLError as error:
        raise DownloadError(f"{_shown(url)}: its certificate cannot be trusted.") from error
    except they.ProxyError as error:
        raise Broken("the proxy did not let it through") from error
    except they.Timeout as error:
        raise Broken("the server did not answer in time") from error
    except they.TooManyRedirects as error:
        raise DownloadError(f"{_shown(url)} leads in circles.") from error
    except they.RequestException as error:
        raise Broken("the server cannot be reached") from error
    hops = [*(hop.url for hop in answer.history[1:]), answer.url]
    if url.startswith("https:") and not all(hop.startswith("https:") for hop in hops):
        raise DownloadError(f"{_shown(url)} leads to an address without https.")
    return answer


def _start(answer: Any, have: int, url: str, into: Path) -> int:
    """The place in the file at which the answer's bytes begin."""
    status = answer.status_code
    if status == 200:
        return 0
    if status == 206 and re.match(rf"bytes {have}-", answer.headers.get("Content-Range", "")):
        return have
    if status in (206, 416):  # it speaks of another part than we asked for
        _note_path(into).unlink(missing_ok=True)
        raise Broken("the server does not give the rest")
    if status in (404, 410):
        raise NotFound(f"There is no {_shown(url)}.")
    if status == 429 or status >= 500:
        raise Broken(f"the server answered with {status}")
    raise DownloadError(f"{_shown(url)}: the server answered with {status}.")


def _pieces(answer: Any) -> Iterator[bytes]:
    """As they arrive: waiting for full pieces would let a server that sends a byte now and then outlast every limit."""
    from urllib3.exceptions import HTTPError

    try:
        while piece := answer.raw.read1(PIECE):
            yield piece
    except (HTTPError, OSError) as error:
        raise Broken("the connection broke off") from error


def _validator(answer: Any) -> str:
    """What tells this version of the file from others; a weak ETag does not."""
    etag = str(answer.headers.get("ETag", ""))
    return etag if etag.startswith('"') else str(answer.headers.get("Last-Modified", ""))


def _keep(file: BinaryIO, into: Path, note: Note) -> Note:
    """Note how much has reached the disk, after it has. Without a validator nothing can go on from here."""
    file.flush()
    os.fsync(file.fileno())
    kept = Note(note.url, note.validator, file.tell() if note.validator else 0)
    with written_whole(_note_path(into)) as written:
        written.write(json.dumps(asdict(kept)).encode())
    return kept


def _noted(into: Path, url: str) -> Note:
    """What can be gone on from; a Note of length 0 if nothing can."""
    try:
        note = Note(**json.loads(_note_path(into).read_text("utf-8")))
        usable = note.url == url and into.stat().st_size >= note.length
    except (OSError, ValueError, TypeError):
        usable = False
    return note if usable else Note(url, "", 0)


def _note_path(into: Path) -> Path:
    return into.with_name(f"{into.name}.note")


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _go_on(into: Path) -> str:
    kept = _length(into) / MEGABYTE
    return f"{kept:.1f} MB are kept: the same command goes on from there." if kept else "Try again later."


def _too_large(url: str, limits: Limits) -> str:
    return f"{_shown(url)} is larger than {limits.most_bytes / MEGABYTE:g} MB."


def _shown(url: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"
