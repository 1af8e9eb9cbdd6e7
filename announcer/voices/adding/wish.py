"""What a Piper voice is to be added from: told before anything is fetched or written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schedules.core.errors import UserError


@dataclass(frozen=True)
class Wish:
    """What to add. ``source`` and ``licence`` are a file or an http(s) address; ``sha256`` is of the model, in hex."""

    source: str
    name: str = ""
    sha256: str = ""
    licence: str = ""
    replace: bool = False


def stem_of(wish: Wish) -> str:
    """The name of the voice's files. It becomes a folder here, so it must be a plain one."""
    last = urlsplit(wish.source).path.rsplit("/", 1)[-1] if is_url(wish.source) else Path(wish.source).name
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


def wanted_hash(wish: Wish) -> str:
    if wish.sha256 and not re.fullmatch(r"[0-9A-Fa-f]{64}", wish.sha256):
        raise UserError(f"“{wish.sha256}” is no SHA-256, which has 64 digits from 0 to f.")
    if urlsplit(wish.source).scheme == "http" and not wish.sha256:
        raise UserError(
            "Over http anybody on the way could put another voice in this one's place.",
            "Use https, or give --sha256.",
        )
    return wish.sha256.lower()


def is_url(source: str) -> bool:
    return re.match(r"https?://", source, re.IGNORECASE) is not None
