"""E-mail and web addresses, read out: "góp ý a còng hanoi chấm gov chấm vê en-nờ"."""

from __future__ import annotations

import re

from announcer.text.letters import spell
from announcer.text.rule import Context, chain, replacing
from announcer.text.syllables import has_no_vowel

_PIECES = re.compile(r"\d|[^\W\d_]+|[^\w\s]|_")
_TOP = "vn|com|net|org|edu|gov|info|asia|app|io|tv|me|eu|jp|kr|cn|uk"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,62})"


def _piece(piece: str, context: Context) -> str:
    if piece.isdigit():
        return context.numerals.digits(piece)
    if not piece.isalpha():
        return context.words.table("signs").get(piece, "")
    known = context.words.table("web").get(piece.lower())
    return known or (spell(piece, context) if has_no_vowel(piece) else piece.lower())


def _address(match: re.Match[str], context: Context) -> str:
    address = re.sub(r"^https?://", "", match.group(), flags=re.IGNORECASE)
    shown, stop = re.match(r"(.*?)([.,;:!?/]*)$", address, re.DOTALL).groups()  # type: ignore[union-attr]
    return " ".join(_piece(piece, context) for piece in _PIECES.findall(shown)) + stop.replace("/", "")


rule = chain(
    replacing(
        rf"(?<![\w.+-])[\w+-]{{1,64}}(?:\.[\w+-]{{1,64}}){{0,5}}@{_LABEL}(?:\.{_LABEL}){{1,5}}", _address
    ),
    replacing(r"(?<!\w)(?:https?://|www\.)[^\s<>()\"{}|]{1,500}", _address),
    replacing(
        rf"(?<![\w.@-])(?:{_LABEL}\.){{1,5}}(?:{_TOP})(?![\w-]|\.\w)(?:/[\w./?=&%#-]{{0,300}})?", _address
    ),
)
