"""Text as people type and paste it into a form, before anything looks at it."""

from __future__ import annotations

import re
import unicodedata

from schedules.document import composed

INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}  # controls, zero-width and direction marks, nothing anybody sees


def line(text: str) -> str:
    """One line, NFC, single blanks, without characters that nobody sees and that come along when text is pasted."""
    return " ".join(_seen(text).split())


def lines(text: str) -> str:
    """Several lines, each as ``line`` has it; no empty ones at the ends, and never two in a row."""
    found = "\n".join(line(one) for one in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", found).strip("\n")


def _seen(text: str) -> str:
    spaced = re.sub(r"\s", " ", text)
    return composed("".join(one for one in spaced if unicodedata.category(one) not in INVISIBLE))


def folded(text: str) -> str:
    """ "doi cua" for "Đổi cửa": as people type what they look for, without marks and capitals."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")


def slug(text: str, longest: int = 50) -> str:
    """ "doi-cua-len-tau" for "Đổi cửa lên tàu"; empty where no letter is left."""
    plain = folded(text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")
