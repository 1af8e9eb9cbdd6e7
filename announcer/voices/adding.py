"""A Piper voice is added to a station, or taken away: ``loaga voices add`` and ``remove``.

The small files come first, so that a voice without a licence or usable settings is refused before the large one is
fetched. Everything is put together in a workshop inside the voices folder, which ``discover`` passes over; one rename
then makes it a voice. An old one that is replaced stands aside as ``NAME~``, where it is still found, until the new
one is in its place: at no moment is there half a voice, or none.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from announcer.errors import VoiceError
from announcer.locking import alone
from announcer.voices.downloading import Limits, Told, fetch
from announcer.voices.piper import CARD, GIVEN_LICENCE, SUMS, PiperVoice, discover, licence, read_card
from audio.files import sync_folder
from schedules.core.errors import NotFound, UserError

WORKSHOP = ".adding"
ASIDE = "~"  # no voice's name ends so
MOST_TEXT = 1_000_000  # bytes of settings or licence
RATES = range(8_000, 48_001)  # Hz
LIMITS = Limits()
TRIAL = {"vi": "xin chào", "en": "hello"}


@dataclass(frozen=True)
class Wish:
    """What to add. ``source`` and ``licence`` are a file or an http(s) address; ``sha256`` is of the model, in hex."""

    source: str
    name: str = ""
    sha256: str = ""
    licence: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Added:
    """``voice`` as ``loaga voices`` names it; ``renamed`` are voices that had another name before (old, new)."""

    voice: PiperVoice
    sha256: str
    licence: str
    renamed: tuple[tuple[str, str], ...]


def _nobody(done: int, whole: int) -> None:
    return None


def try_to_speak(model: Path) -> None:
    """Have the voice say a word of Vietnamese or English, if it speaks one of them. Raises UserError if it cannot."""
    voice = PiperVoice(model, model.stem)
    try:
        for language in voice.info.languages:
            if language in TRIAL:
                voice.speak(TRIAL[language], language)
    except VoiceError as error:
        raise UserError(f"The voice {model.stem} cannot speak, so it was not added. {error}") from error
    finally:
        voice.close()


def add(
    wish: Wish,
    folder: Path,
    limits: Limits = LIMITS,
    told: Told = _nobody,
    trial: Callable[[Path], None] = try_to_speak,
) -> Added:
    """Make ``wish`` a voice in the voices folder. Raises UserError or StationError; then nothing has changed.

    ``told`` hears of the model's bytes; ``trial`` raises UserError for a model that does not speak.
    """
    stem = _stem(wish)
    wanted = _wanted_hash(wish)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / stem
    small = replace(limits, most_bytes=MOST_TEXT)
    with _workshop(folder, stem) as workshop:
        _refuse_taken(target, wish.replace)
        before = _names(folder)
        model = workshop / f"{stem}.onnx"
        _take_settings(wish, model, small)
        text = _take_licence(wish, model, small)
        wanted = wanted or _published_hash(wish, workshop, small)
        seen = _take_model(wish, model, wanted, limits, told)
        trial(model)
        (workshop / SUMS).write_text(f"{seen}  {model.name}\n", encoding="utf-8")
        _sync(workshop)
        _put_in_place(workshop, target)
    after = _names(folder)
    voice = next(voice for voice in discover(folder) if voice.model == target / f"{stem}.onnx")
    renamed = tuple((name, after[model]) for model, name in before.items() if after.get(model, name) != name)
    return Added(voice, seen, text, renamed)


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


# What is asked for


def _stem(wish: Wish) -> str:
    """The name of the voice's files. It becomes a folder here, so it must be a plain one."""
    last = urlsplit(wish.source).path.rsplit("/", 1)[-1] if _is_url(wish.source) else Path(wish.source).name
    stem = wish.name or unquote(last).removesuffix(".onnx")
    if not wish.name and not unquote(last).endswith(".onnx"):
        raise UserError(f"“{unquote(last)}” is no Piper model: its name ends with .onnx.", "Or give --name.")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}", stem):
        raise UserError(
            f"“{stem}” cannot be the name of a voice.",
            "Letters, digits, - _ + and . can: --name vi_VN-hoa-medium",
        )
    if stem == "joe":
        raise UserError("The name “joe” belongs to the English voice that is always there.", "Give --name.")
    return stem


def _wanted_hash(wish: Wish) -> str:
    if wish.sha256 and not re.fullmatch(r"[0-9A-Fa-f]{64}", wish.sha256):
        raise UserError(f"“{wish.sha256}” is no SHA-256, which has 64 digits from 0 to f.")
    if urlsplit(wish.source).scheme == "http" and not wish.sha256:
        raise UserError(
            "Over http anybody on the way could put another voice in this one's place.",
            "Use https, or give --sha256.",
        )
    return wish.sha256.lower()


def _refuse_taken(target: Path, may_replace: bool) -> None:
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


# What is taken into the workshop


@contextmanager
def _workshop(folder: Path, stem: str) -> Iterator[Path]:
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


def _take_settings(wish: Wish, model: Path, limits: Limits) -> None:
    settings = Path(f"{model}.json")
    try:
        _take(_beside(wish.source, ".json"), settings, limits)
    except NotFound as error:
        raise UserError(f"A Piper voice has its settings beside it. {error}") from error
    card = read_card(model)
    if card.problem:
        raise UserError(card.problem)
    if card.rate not in RATES or card.speakers < 1 or not card.language:
        raise UserError(
            f"{settings.name} is not the settings of a Piper voice: “{card.language}”, {card.rate} Hz, {card.speakers} speakers."
        )


def _take_licence(wish: Wish, model: Path, limits: Limits) -> str:
    """The licence's text, as it will lie beside the voice: the one that was given, or else the card's."""
    given, card = model.with_name(GIVEN_LICENCE), model.with_name(CARD)
    if _is_url(wish.source) or len(list(Path(wish.source).parent.glob("*.onnx"))) == 1:
        with suppress(NotFound):  # in a folder of several voices the card might be another's
            _take(_sibling(wish.source, CARD), card, limits)
    if wish.licence:
        _take(wish.licence, given, limits)
    if licence(model) == "not stated":
        raise UserError(
            "No licence comes with this voice: there is no MODEL_CARD beside it that names one.",
            "Give the text of its licence with --licence FILE or URL.",
        )
    return (given if wish.licence else card).read_text("utf-8", "replace")


def _published_hash(wish: Wish, workshop: Path, limits: Limits) -> str:
    """What a file ``….onnx.sha256`` beside the model says; empty if there is none."""
    path = workshop / "published"
    try:
        _take(_beside(wish.source, ".sha256"), path, limits)
    except NotFound:
        return ""
    found = re.match(r"\s*([0-9a-f]{64})\b", path.read_text("utf-8", "replace"), re.IGNORECASE)
    path.unlink()
    if not found:
        raise UserError("The file .onnx.sha256 beside the model holds no SHA-256.", "Give --sha256.")
    return found[1].lower()


def _take_model(wish: Wish, model: Path, wanted: str, limits: Limits, told: Told) -> str:
    """The model's SHA-256. An unfinished download stays in the yard, for the next time."""
    part = model.parent.parent / f"{model.stem}.part"
    _take(wish.source, part, limits, told)
    with part.open("rb") as file:
        seen = hashlib.file_digest(file, "sha256").hexdigest()
    if wanted and seen != wanted:
        part.unlink()
        raise UserError(f"This is another file than was meant: its SHA-256 is {seen}, not {wanted}.")
    part.rename(model)
    return seen


def _take(source: str, into: Path, limits: Limits, told: Told = _nobody) -> None:
    """Copy a file or fetch an address. Raises NotFound where there is nothing."""
    if _is_url(source):
        fetch(source, into, limits, told)
        return
    path = Path(source)
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    if path.stat().st_size > limits.most_bytes:
        raise UserError(f"{path} is larger than {limits.most_bytes / 1e6:g} MB.")
    shutil.copyfile(path, into)


def _is_url(source: str) -> bool:
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def _beside(source: str, ending: str) -> str:
    """The file of the same name with ``ending`` added; what follows a "?" in an address stays where it is."""
    if not _is_url(source):
        return source + ending
    parts = urlsplit(source)
    return urlunsplit(parts._replace(path=parts.path + ending))


def _sibling(source: str, name: str) -> str:
    if not _is_url(source):
        return str(Path(source).with_name(name))
    parts = urlsplit(source)
    return urlunsplit(parts._replace(path=f"{parts.path.rsplit('/', 1)[0]}/{name}"))


# How it becomes a voice


def _put_in_place(workshop: Path, target: Path) -> None:
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


def _sync(folder: Path) -> None:
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


def _names(folder: Path) -> dict[Path, str]:
    return {voice.model: voice.info.name for voice in discover(folder)}
