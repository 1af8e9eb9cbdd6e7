"""Number words: what 2.005, 21 or 12,5 are called in Hà Nội, or in the South."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
LONGEST = 27  # digits; beyond that nobody follows "tỷ tỷ tỷ", and the digits are said one by one

NUMBER = r"\d+(?:[.,]\d+)*"  # as written; `Numerals.written` knows which dots group and which comma divides
_GROUPED_BY_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?")


@dataclass(frozen=True)
class Numerals:
    """Where North and South differ: 105 (linh, lẻ), 1.000 (nghìn, ngàn), 24 (tư, bốn)."""

    zero_tens: str = "linh"
    thousand: str = "nghìn"
    four_after_tens: str = "tư"

    def cardinal(self, number: int) -> str:
        return " ".join(self._words(number))

    def whole(self, digits: str) -> str:
        """A run of digits as one number, however long it is."""
        return self.cardinal(int(digits)) if len(digits) <= LONGEST else self.digits(digits)

    def digits(self, digits: str) -> str:
        """One by one; whatever stands between the digits is not said."""
        return " ".join(DIGITS[int(digit)] for digit in digits if digit in "0123456789")

    def code(self, digits: str) -> str:
        """As part of a name: 19 is a number, 01 and 103 are digits."""
        return self.digits(digits) if len(digits) >= 3 or digits[0] == "0" else self.whole(digits)

    def written(self, number: str, point: str = "phẩy") -> str:
        """``1.250.000``, ``12,5``, ``1,000,000.5``; a dot that does not group is read as ``point``."""
        if _GROUPED_BY_DOTS.fullmatch(number):
            return self._decimal(number.replace(".", ""), "phẩy")
        if _GROUPED_BY_COMMAS.fullmatch(number):
            return self._decimal(number.replace(",", "").replace(".", ","), "phẩy")
        if number.count(",") == 1:
            return self._decimal(number, "phẩy")
        if "," in number:
            return " ".join(self.written(part, point) for part in number.split(","))
        return self._decimal(number, point)

    def _decimal(self, number: str, point: str) -> str:
        first, *rest = re.split(r"[.,]", number)
        return f" {point} ".join([self.whole(first), *(self._fraction(part) for part in rest)])

    def _fraction(self, digits: str) -> str:
        """What follows the comma: 12,25 is "hai mươi lăm", 12,05 and 3,141 are digits."""
        return self.digits(digits) if digits[0] == "0" or len(digits) > 2 else self.whole(digits)

    def _words(self, number: int, leading: bool = True) -> list[str]:
        if number == 0:
            return [DIGITS[0]] if leading else []
        billions, rest = divmod(number, BILLION)
        words = [*self._words(billions), "tỷ"] if billions else []
        leading = leading and not billions
        for size, name in ((10**6, "triệu"), (10**3, self.thousand), (1, "")):
            group, rest = divmod(rest, size)
            if group:
                words += [*self._group(group, leading), *([name] if name else [])]
                leading = False
        return words

    def _group(self, number: int, leading: bool) -> list[str]:
        """Up to 999; inside a longer number the hundreds are said even if there are none."""
        hundreds, rest = divmod(number, 100)
        words = [DIGITS[hundreds], "trăm"] if hundreds or not leading else []
        if words and 0 < rest < 10:
            return [*words, self.zero_tens, self.four_after_tens if rest == 4 else DIGITS[rest]]
        return [*words, *self._below_hundred(rest)]

    def _below_hundred(self, number: int) -> list[str]:
        tens, unit = divmod(number, 10)
        if tens == 0:
            return [DIGITS[unit]] if unit else []
        ten = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
        return [*ten, *([self._unit(tens, unit)] if unit else [])]

    def _unit(self, tens: int, unit: int) -> str:
        if unit == 5:
            return "lăm"
        changed = {1: "mốt", 4: self.four_after_tens} if tens > 1 else {}
        return changed.get(unit, DIGITS[unit])


NORTHERN = Numerals()
SOUTHERN = Numerals(zero_tens="lẻ", thousand="ngàn", four_after_tens="bốn")


def ordinal(number: int, numerals: Numerals) -> str:
    """After "thứ": nhất, hai, ba, tư."""
    return {1: "nhất", 4: "tư"}.get(number) or numerals.cardinal(number)
