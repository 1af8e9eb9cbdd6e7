"""The forms of honouring somebody (facts.md §5), and what may be wrong with a good example."""

from __future__ import annotations

from kiosk.language.words import Table

# Biểu dương and thư khen are no statutory forms; giấy khen and bằng khen are, and each names who issued it.
FORMS = Table(
    {
        "praise": "Biểu dương",
        "letter": "Thư khen",
        "certificate": "Giấy khen",
        "diploma": "Bằng khen",
    }
)
STATUTORY = ("certificate", "diploma")
MISTAKES = Table(
    {
        "person": "Hãy ghi người được biểu dương, nhiều nhất 80 ký tự.",
        "title": "Hãy ghi việc tốt trong một câu, nhiều nhất 80 ký tự.",
        "story": "Hãy kể chuyện, nhiều nhất 1500 ký tự.",
        "form": "Hãy chọn hình thức.",
        "issuer": "Giấy khen, bằng khen cần ghi ai khen.",
        "date": "Ngày chưa đúng, ví dụ 24/11/2026; không thể là ngày chưa tới.",
        "agreed": "Chỉ nêu tên khi người ấy đồng ý. Hãy hỏi, rồi đánh dấu vào ô đồng ý.",
    }
)
