"""How fast texts are read, and whether a text four times as long takes more than about four times as long."""

from __future__ import annotations

import time

from announcer.text import read
from benchmarks.figures import percentile, show

# Repeated many times, these tempt a careless pattern into looking at everything again and again.
HARD = ["1", "a", "1.", "1-", "1,", "1:", "1/", "{", "{a|", "A", "8h", "a.", "a@", "@a.vn", " ", "ngày ", "tuyến 1, ", "1 ",
    "UBND ", "x-", "*1", "a 1/", "thứ 2, ", "12/UBND-", "-", "\n", " -", "İ", "'", "tháng 4, ", "chương I, ", "1m",
    "http://", "½", "2 x ", "\u0301", "quý a ", "9x", "ư", "gọi ", "route 1, ", "May 1 "]  # fmt: skip
SENTENCE = (
    "Kính thưa quý khách, tàu SE1 đi Sài Gòn khởi hành lúc 19h30 ngày 24/11/2026 tại đường số 3, ke 2. Giá vé từ "
    "1.250.000đ/lượt. Mọi chi tiết xin gọi 1900 6469 hoặc 024.3942.3697. Xin cảm ơn quý khách."
)
ROUNDS = 50


def seconds(text: str, language: str) -> float:
    """The best of three, in processor time, so that a busy machine does not count."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read(text, language)
        best = min(best, time.process_time() - start)
    return best


def growth(piece: str, language: str) -> float:
    """Four times the text over once the text: about 4 where reading is linear, 16 where it is a square."""
    return seconds(piece * 8000, language) / max(seconds(piece * 2000, language), 1e-4)


def main() -> None:
    times = [seconds(SENTENCE, "vi") * 1000 for _ in range(ROUNDS)]
    grown = {(piece, language): growth(piece, language) for piece in HARD for language in ("vi", "en")}
    worst = max(grown, key=lambda key: grown[key])
    show(
        {
            "characters": len(SENTENCE),
            "read_p50_ms": round(percentile(times, 0.5), 2),
            "read_p95_ms": round(percentile(times, 0.95), 2),
            "worst_growth": round(grown[worst], 1),
            "worst_piece": f"{worst[1]}: {worst[0]!r}",
        }
    )


if __name__ == "__main__":
    main()
