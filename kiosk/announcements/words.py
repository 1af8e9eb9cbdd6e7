"""What the pages call messages' categories and blanks, and what a blank takes."""

from __future__ import annotations

import re
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
BLANK_NAMES = Table(
    {  # what a blank is about, by its own name: those of the stations' messages, and those that the editor's buttons put in
        "date": "ngày",
        "delay": "số phút chậm",
        "gate": "cửa số",
        "item": "đồ vật",
        "minutes": "số phút",
        "money": "số tiền",
        "number": "số",
        "place": "nơi",
        "platform": "ke hoặc quầy số",
        "price": "giá vé",
        "service": "số hiệu tàu, xe",
        "text": "vài lời",
        "time": "giờ",
        "timetabled": "giờ theo bảng giờ tàu, xe",
    }
)


def blank_stem(name: str) -> str:
    """ "time" for {time}, {time2} and {time_2}."""
    return re.sub(r"_?\d+$", "", name)


def blank_name(name: str) -> str:
    """ "số phút chậm" for {delay}, "giờ 2" for {time2}; a name that nobody put into words, as it is typed."""
    stem = blank_stem(name)
    number = name.removeprefix(stem).removeprefix("_")
    return f"{BLANK_NAMES[stem]} {number}".rstrip() if stem in BLANK_NAMES else name


def blank_label(name: str) -> str:
    """The same at the head of a field."""
    found = blank_name(name)
    return found if found == name else found[:1].upper() + found[1:]
