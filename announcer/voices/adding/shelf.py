"""The voices folder: a finished workshop becomes a voice by one rename, and a voice goes away whole.

An old one that is replaced stands aside as ``NAME~``, where it is still found, until the new one is in its place: at no
moment is there half a voice, or none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from announcer.locking import alone
from announcer.voices.piper import CARD, GIVEN_LICENCE, SUMS, PiperVoice, discover
from audio.files import sync_folder
from schedules.core.errors import NotFound, UserError

WORKSHOP = ".adding"
ASIDE = "~"  # no voice's name ends so


@contextmanager
def workshop_for(folder: Path, stem: str) -> Iterator[Path]:
    """An empty folder to work in, gone afterwards. Nobody else adds a voice meanwhile."""
    yard = folder / WORKSHOP
    yard.mkdir(exist_ok=True)
    with alone(yard, "adding"):
        workshop = yard / stem
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir()
        try:
            yield workshop
        finally:
            shutil.rmtree(workshop, ignore_errors=True)


def refuse_taken(target: Path, may_replace: bool) -> None:
    """A voice of this name is replaced only if that was asked for, and only where ``add`` had put it."""
    model = f"{target.name}.onnx"
    for voice in discover(target.parent):
        if voice.model.name == model and voice.model.parent not in (target, _aside(target)):
            raise UserError(f"{voice.model} was put there by hand.", "Move it away first, or give --name.")
    if not target.exists() and not _aside(target).exists():
        return
    if not may_replace:
        raise UserError(f"There is a voice {target.name} already.", "To put this one in its place: --replace")
    if target.exists() and not _holds_only(target, model):
        raise UserError(f"{target} holds other files, too.", "Move them away first, or give --name.")


def put_in_place(workshop: Path, target: Path) -> None:
    if target.exists():
        _discard(_aside(target))
        target.rename(_aside(target))
    workshop.rename(target)
    sync_folder(target.parent)
    _discard(_aside(target))


def _discard(folder: Path) -> None:
    """The model goes first: without it the rest is no voice."""
    if folder.exists():
        for model in folder.glob("*.onnx"):
            model.unlink()
        sync_folder(folder)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def _aside(target: Path) -> Path:
    return target.with_name(target.name.removesuffix(ASIDE) + ASIDE)


def sync(folder: Path) -> None:
    """Everything in ``folder`` has reached the disk."""
    for path in folder.iterdir():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_folder(folder)


def _holds_only(folder: Path, model: str) -> bool:
    """Nothing lies in ``folder`` but what belongs to the voice, so that it may go as a whole."""
    ours = {model, f"{model}.json", CARD, GIVEN_LICENCE, SUMS}
    return {path.name for path in folder.iterdir()} <= ours


def names_in(folder: Path) -> dict[Path, str]:
    return {voice.model: voice.info.name for voice in discover(folder)}


def remove(name: str, folder: Path) -> PiperVoice:
    """Take the voice ``name`` ("piper:vais1000" or "vais1000") out of the voices folder. Raises NotFound."""
    found = {voice.info.name: voice for voice in discover(folder)}
    voice = found.get(name) or found.get(f"piper:{name}")
    if voice is None:
        here = f"There are: {', '.join(found)}." if found else "There is none."
        raise NotFound(f"No voice “{name}” was added to this station.", here)
    home = voice.model.parent
    if home == folder or not _holds_only(home, voice.model.name):  # put there by hand, beside other things
        voice.model.unlink()
        Path(f"{voice.model}.json").unlink(missing_ok=True)
        sync_folder(home)
    else:
        _discard(_aside(home))
        _discard(home)
    return voice
