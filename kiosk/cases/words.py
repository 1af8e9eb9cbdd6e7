"""What the staff's pages call cases."""

from __future__ import annotations

from datetime import datetime

from kiosk.cases.timing import Due
from kiosk.language.times import to_the_minute
from kiosk.language.words import Table, gettext

SHELVES = Table(
    {
        "open": "Đang xử lý",
        "new": "Chờ tiếp nhận",
        "accepted": "Đã tiếp nhận",
        "waiting": "Chờ khách trả lời",
        "escalated": "Trình trưởng ga, trưởng bến",
        "answered": "Đã trả lời",
        "unsatisfied": "Khách chưa hài lòng",
        "aside": "Để sang một bên",
    }
)
STATES = Table(
    {
        "mark": "để sang một bên",
        "open": "chờ tiếp nhận",
        "accepted": "đã tiếp nhận",
        "waiting": "chờ khách trả lời",
        "answered": "đã trả lời",
        "merged": "đã gộp",
    }
)
ACTS = Table(
    {
        "received": "Nhận góp ý",
        "accepted": "Tiếp nhận",
        "sorted": "Phân loại",
        "assigned": "Giao cho",
        "forwarded": "Chuyển đến",
        "note": "Ghi chú nội bộ",
        "asked": "Hỏi thêm",
        "replied": "Khách viết thêm",
        "answered": "Trả lời",
        "satisfied": "Khách hài lòng",
        "unsatisfied": "Khách chưa hài lòng",
        "merged": "Gộp vào góp ý khác",
        "joined": "Có góp ý khác gộp vào",
        "escalated": "Trình lên trưởng ga, trưởng bến",
        "set-aside": "Để sang một bên",
        "blacked": "Che thông tin",
        "saw-contact": "Xem cách liên hệ",
    }
)
FLAGS = Table(
    {
        "flood": "gửi dồn dập từ một nơi",
        "again": "trùng lời với góp ý khác trong ngày",
        "link": "có địa chỉ trang mạng",
    }
)
MISTAKES = Table(
    {
        "kind": "Hãy chọn loại.",
        "no-words": "Hãy viết vài lời.",
        "long": "Lời viết dài quá 4000 ký tự.",
        "no-proof": "Hãy kèm bằng chứng: ảnh chụp việc đã làm, hoặc văn bản PDF. Lời đã viết vẫn còn đây.",
        "large": "Tệp này lớn quá. Lời đã viết vẫn còn đây.",
        "broken": "Tệp này không phải ảnh hay PDF mà máy đọc được. Lời đã viết vẫn còn đây.",
        "merge": "Chỉ gộp được hai góp ý đang xử lý của cùng một nơi.",
        "over": "Góp ý này đã kết thúc, không làm việc này được nữa.",
        "not-there": "Không thấy đoạn ấy trong lời đã viết, hoặc chưa chọn phần ảnh cần che.",
        "nobody": "Không giao được cho người này.",
        "reply": "Câu mẫu cần tên (nhiều nhất 80 ký tự) và lời (nhiều nhất 2000 ký tự).",
    }
)


def due_in_words(due: Due | None, now: datetime) -> str:
    """ "tiếp nhận trước 10:30", "quá hạn trả lời từ 16:00 23/11/2026", "đang chờ khách"."""
    if due is None:
        return ""
    if due.at is None:
        return gettext("đồng hồ dừng, chờ khách trả lời")
    at = to_the_minute(due.at, now)
    if due.what == "accept":
        return (
            gettext("quá hạn tiếp nhận từ %(at)s", at=at)
            if due.late
            else gettext("tiếp nhận trước %(at)s", at=at)
        )
    return gettext("quá hạn trả lời từ %(at)s", at=at) if due.late else gettext("trả lời trước %(at)s", at=at)
