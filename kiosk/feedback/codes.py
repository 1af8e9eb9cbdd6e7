"""The code a traveller follows feedback by: GY-7K3M-29QF.

Eight characters out of 31 that are not taken for one another, the last of them for checking. The sum of their places in the
alphabet, each times its own factor, is a multiple of 31. As 31 is a prime and the factors differ, one wrong character and any
two that changed places are always noticed.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L
PREFIX = "GY"  # góp ý
LENGTH = 8
FACTORS = range(1, LENGTH + 1)
_PRIME = len(ALPHABET)


def new() -> str:
    """A code that nobody can guess: there are 27 thousand million."""
    chosen = [secrets.randbelow(_PRIME) for _ in range(LENGTH - 1)]
    partial = sum(factor * place for factor, place in zip(FACTORS, chosen, strict=False))
    check = -partial * pow(LENGTH, -1, _PRIME) % _PRIME
    return "".join(ALPHABET[place] for place in (*chosen, check))


def written(code: str) -> str:
    """As people read it: "GY-7K3M-29QF"."""
    return f"{PREFIX}-{code[:4]}-{code[4:]}"


def read(typed: str) -> str | None:
    """The code that was typed, however it was spaced and capitalised; None where it cannot be right."""
    plain = re.sub(r"[\W_]", "", typed[:40]).upper()
    code = plain.removeprefix(PREFIX) if len(plain) > LENGTH else plain
    return code if _is_right(code) else None


def _is_right(code: str) -> bool:
    if len(code) != LENGTH or any(one not in ALPHABET for one in code):
        return False
    return sum(factor * ALPHABET.index(one) for factor, one in zip(FACTORS, code, strict=True)) % _PRIME == 0
