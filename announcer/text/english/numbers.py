"""English number words, the British way: one hundred and five."""

from __future__ import annotations

import re
from dataclasses import dataclass

from announcer.text.numbers import Numerals

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SIZES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?")


@dataclass(frozen=True)
class English(Numerals):
    def digits(self, digits: str) -> str:
        return " ".join(_SMALL[int(digit)] for digit in digits if digit in "0123456789")

    def written(self, number: str, point: str = "point") -> str:
        """``15,000`` and ``1.500.000`` are grouped, ``12.5`` and ``12,5`` are decimals."""
        if _GROUPED.fullmatch(number):
            number = number.replace("," if re.match(r"\d+,", number) else ".", "")
        first, *rest = re.split(r"[.,]", number)
        return " point ".join([self.whole(first), *map(self.digits, rest)])

    def year(self, year: int) -> str:
        """twenty twenty six, nineteen oh five, two thousand and five"""
        century, rest = divmod(year, 100)
        if not 11 <= century <= 99 or (century == 20 and rest < 10):
            return self.cardinal(year)
        if rest == 0:
            return f"{self.cardinal(century)} hundred"
        return f"{self.cardinal(century)} {'oh ' if rest < 10 else ''}{self.cardinal(rest)}"

    def ordinal(self, number: int) -> str:
        *words, last = self.cardinal(number).split()
        return " ".join([*words, _ORDINALS.get(last) or re.sub("y$", "ie", last) + "th"])

    def _words(self, number: int, leading: bool = True) -> list[str]:
        words: list[str] = []
        for size, name in _SIZES:
            group, number = divmod(number, size)
            if group:
                words += [*self._words(group), name]
        if number or not words:
            words += [*(["and"] if words and number < 100 else []), *_below_thousand(number)]
        return words


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_SMALL[hundreds], "hundred", *(["and"] if rest else [])] if hundreds else []
    if rest >= 20:
        return [*words, _TENS[rest // 10], *([_SMALL[rest % 10]] if rest % 10 else [])]
    return [*words, _SMALL[rest]] if rest or not words else words


ENGLISH = English()
