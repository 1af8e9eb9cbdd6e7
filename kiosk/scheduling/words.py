"""What the pages call the parts of a schedule, and phrases to build a sentence of."""

from __future__ import annotations

from kiosk.language.words import Table

PRIORITIES = Table({"normal": "thông thường", "priority": "ưu tiên", "urgent": "khẩn cấp"})

# Each button of the editor puts one of these into the sentence.
PHRASES = (
    "mỗi 20 phút", "6h–22h", "lúc 7h30 và 17h", "thứ 2–thứ 6", "cuối tuần", "trừ ngày lễ", "trừ Tết", "chỉ dịp Tết",
    "mùng 1 và rằm âm lịch", "tháng 6–8", "trước giờ khởi hành 15 phút",
)  # fmt: skip
