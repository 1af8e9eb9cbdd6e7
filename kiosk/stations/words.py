"""What the pages of a station call things."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kiosk.language.times import day
from kiosk.language.words import Table, gettext

# Profiles of ``audio.mastering.profiles``, and what each is for.
PROFILES = Table(
    {
        "standard": "thông thường",
        "concourse": "sảnh lớn, loa trần",
        "waiting_room": "phòng chờ nhỏ, loa trần",
        "platform": "ke, sân, loa nén",
        "night": "ban đêm, nhỏ và đều hơn",
        "dry": "chỉ chỉnh độ to",
    }
)


class Kind(NamedTuple):
    """A kind of exceptional day: its name, the sign it has in the calendar, and what the schedules do on it."""

    name: str
    sign: str
    does: str


KINDS = Table(
    {
        "closed": Kind(
            "Đóng cửa", "đ", "Không lịch nào phát. Lời phát trực tiếp và lời khẩn cấp vẫn phát được."
        ),
        "holiday": Kind(
            "Ngày nghỉ",
            "n",
            "Như ngày lễ: lịch “trừ ngày lễ” im, lịch “chỉ ngày lễ” phát, lịch khác như thường.",
        ),
        "working": Kind(
            "Đi làm bù",
            "l",
            "Không còn là ngày lễ. Nếu là thứ Bảy hay Chủ Nhật thì theo lịch của ngày làm việc.",
        ),
    }
)

FIELDS = Table(
    {
        "name": "Tên tiếng Việt",
        "name_en": "Tên tiếng Anh",
        "mastering": "Kiểu xử lý âm thanh",
        "volume": "Âm lượng",
        "quiet": "Giờ yên tĩnh",
        "budget_minutes": "Quỹ phút mỗi giờ",
        "gap_seconds": "Khoảng lặng ngắn nhất",
        "from": "từ",
        "to": "đến",
        "db": "dB",
        "kind": "Loại ngày",
        "first": "Ngày đầu",
        "last": "Ngày cuối",
        "note": "Ghi chú",
    }
)


def days(first: date, last: date) -> str:
    """ "24/11/2026", or "24/11/2026 đến 26/11/2026"."""
    if first == last:
        return day(first)
    return gettext("%(first)s đến %(last)s", first=day(first), last=day(last))
