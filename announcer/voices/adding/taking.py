"""A voice's files come into the workshop and are checked: settings, licence, hash, and last the large model."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from announcer.voices.adding.wish import Wish, is_url
from announcer.voices.downloading import Limits, Told, fetch, nobody
from announcer.voices.piper import CARD, GIVEN_LICENCE, licence, read_card
from schedules.core.errors import NotFound, UserError

RATES = range(8_000, 48_001)  # Hz


def take_settings(wish: Wish, model: Path, limits: Limits) -> None:
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


def take_licence(wish: Wish, model: Path, limits: Limits) -> str:
    """The licence's text, as it will lie beside the voice: the one that was given, or else the card's."""
    given, card = model.with_name(GIVEN_LICENCE), model.with_name(CARD)
    if is_url(wish.source) or len(list(Path(wish.source).parent.glob("*.onnx"))) == 1:
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


def published_hash(wish: Wish, workshop: Path, limits: Limits) -> str:
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


def take_model(wish: Wish, model: Path, wanted: str, limits: Limits, told: Told) -> str:
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


def _take(source: str, into: Path, limits: Limits, told: Told = nobody) -> None:
    """Copy a file or fetch an address. Raises NotFound where there is nothing."""
    if is_url(source):
        fetch(source, into, limits, told)
        return
    path = Path(source)
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    if path.stat().st_size > limits.most_bytes:
        raise UserError(f"{path} is larger than {limits.most_bytes / 1e6:g} MB.")
    shutil.copyfile(path, into)


def _beside(source: str, ending: str) -> str:
    """The file of the same name with ``ending`` added; what follows a "?" in an address stays where it is."""
    if not is_url(source):
        return source + ending
    parts = urlsplit(source)
    return urlunsplit(parts._replace(path=parts.path + ending))


def _sibling(source: str, name: str) -> str:
    if not is_url(source):
        return str(Path(source).with_name(name))
    parts = urlsplit(source)
    return urlunsplit(parts._replace(path=f"{parts.path.rsplit('/', 1)[0]}/{name}"))
