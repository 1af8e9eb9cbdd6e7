"""What the pages call messages' categories and blanks, and what a blank takes."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.language.words import Table

CATEGORIES = Table(
    {
        "emergency": "Khẩn cấp",
        "live": "Phát trực tiếp",
        "operational": "Điều hành",
        "safety": "An toàn",
        "conduct": "Ứng xử",
        "service": "Dịch vụ",
        "campaign": "Vận động",
    }
)
PRIORITIES = Table(
    {
        "normal": ("Thông thường", "chờ đến lượt"),
        "priority": ("Ưu tiên", "phát trước lời thông thường"),
        "urgent": ("Khẩn cấp", "ngắt lời đang phát"),
    }
)
REFUSED = Table(
    {  # of audio.uploads, filled with the longest that is taken
        "large": "Tệp này quá lớn. Máy chưa nhận.",
        "unknown": "Tệp này không phải âm thanh mà máy đọc được: WAV, MP3, OGG, FLAC, M4A hoặc WebM. Máy chưa nhận.",
        "broken": "Tệp âm thanh này bị hỏng. Máy chưa nhận.",
        "long": "Lời ghi âm dài quá {} giây. Hãy nói ngắn hơn. Máy chưa nhận.",
        "silent": "Không nghe thấy tiếng nói nào trong lời ghi âm. Hãy xem lại micro. Máy chưa nhận.",
    }
)
LANGUAGES = Table({"vi": "Tiếng Việt", "en": "English"})


class Blank(NamedTuple):
    label: str
    takes: str


BLANKS = Table(
    {
        "time": Blank("Giờ", "giờ phút, ví dụ 19:30"),
        "date": Blank("Ngày", "ngày, ví dụ 04/12/2026"),
        "number": Blank("Số", "một số, không có dấu chấm ngăn hàng nghìn, ví dụ 1500"),
        "money": Blank("Số tiền", "số tiền bằng đồng, ví dụ 15000"),
        "platform": Blank("Đường, ke, cửa hoặc quầy số", "số hoặc mã ngắn, ví dụ 2 hoặc A1"),
        "service": Blank("Số hiệu tàu, xe", "số hiệu, ví dụ SE1"),
        "place": Blank("Nơi", "tên một nơi, dài nhất 200 ký tự"),
        "text": Blank("Nội dung", "vài lời, dài nhất 200 ký tự, không có dấu ngoặc nhọn"),
    }
)
