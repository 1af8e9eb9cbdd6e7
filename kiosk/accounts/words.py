"""What the pages call roles and the acts of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.language.words import Table, gettext, said

ROLES = Table(
    {
        "operator": ("Trực loa", "phát trực tiếp, dừng loa và trả lời góp ý"),
        "reception": ("Tiếp nhận góp ý", "tiếp nhận, xử lý và trả lời góp ý"),
        "editor": ("Biên tập", "soạn nội dung và lịch phát"),
        "head": (
            "Trưởng ga, trưởng bến",
            "duyệt nội dung, sửa khu vực loa và ngày nghỉ, trả lời góp ý, chịu trách nhiệm về những gì loa phát",
        ),
        "inspector": ("Kiểm tra", "kiểm tra và ghi phát hiện"),
        "city": ("Thành phố", "xem và tổng hợp các nhà ga, bến xe; tiếp nhận khiếu nại, tố cáo"),
        "administrator": ("Quản trị", "quản lý người dùng, khu vực loa và ngày nghỉ"),
    }
)
ACTIONS = {
    "signed in": "đăng nhập",
    "signed out": "đăng xuất",
    "locked out": "bị khóa vì nhập sai nhiều lần",
    "account created": "tạo người dùng",
    "role granted": "giao vai trò",
    "role withdrawn": "thu hồi vai trò",
    "password set": "đặt mật khẩu",
    "account closed": "đóng tài khoản",
    "account opened again": "mở lại tài khoản",
    "lock lifted": "mở khóa",
    "second step on": "bật mã xác thực",
    "second step off": "tắt mã xác thực",
    "token created": "tạo khóa truy cập",
    "token withdrawn": "thu hồi khóa truy cập",
    "spoke": "cho phát",
    "stopped": "cho dừng",
    "cancelled": "hủy lượt phát",
    "muted": "tắt tiếng",
    "unmuted": "cho phát trở lại",
    "drafted": "lưu bản nháp",
    "approved": "duyệt",
    "approved alone": "tự duyệt bản mình viết, vì không ai khác có quyền duyệt",
    "discarded": "bỏ bản nháp",
    "recalled": "thu hồi",
    "loaded": "nạp bộ quy tắc",
    "accepted feedback": "tiếp nhận góp ý",
    "sorted feedback": "phân loại góp ý",
    "assigned feedback": "giao góp ý",
    "forwarded feedback": "chuyển góp ý",
    "noted on feedback": "ghi chú về góp ý",
    "asked about feedback": "hỏi thêm về góp ý",
    "answered feedback": "trả lời góp ý",
    "merged feedback": "gộp góp ý",
    "escalated feedback": "trình góp ý lên trưởng ga, trưởng bến",
    "set feedback aside": "để góp ý sang một bên",
    "blacked out in feedback": "che thông tin trong góp ý",
    "erased feedback": "xóa hẳn góp ý đã hết thời hạn giữ",
    "wrote a good example": "viết gương tốt",
    "published a good example": "đăng gương tốt",
    "took a good example back": "thôi đăng gương tốt",
    "saw a contact": "xem cách liên hệ của người góp ý",
    "wrote a reply template": "soạn câu trả lời mẫu",
    "removed a reply template": "bỏ câu trả lời mẫu",
    "consented": "đồng ý cho phát tiếng chưa rõ",
    "zone changed": "sửa khu vực",
    "days added": "ghi ngày đặc biệt",
    "days removed": "bỏ ngày đặc biệt",
}

SUBJECTS = {
    "account": "tài khoản",
    "request": "lời phát",
    "zone": "khu vực",
    "message": "nội dung",
    "schedule": "lịch",
    "sound": "tiếng",
    "station": "nhà ga, bến xe",
    "occurrence": "lượt dự kiến",
    "code": "bộ quy tắc",
    "feedback": "góp ý",
    "template": "câu trả lời mẫu",
    "example": "gương tốt",
}

FIELDS = {
    "until": "đến",
    "name": "tên",
    "name_en": "tên tiếng Anh",
    "mastering": "xử lý âm thanh",
    "volume": "âm lượng",
    "quiet": "giờ yên tĩnh",
    "budget_minutes": "quỹ phút mỗi giờ",
    "gap_seconds": "khoảng lặng, giây",
    "kind": "loại ngày",
    "first": "ngày đầu",
    "last": "ngày cuối",
    "note": "ghi chú",
    "source": "tệp",
    "edition": "bản",
    "rules": "số điều",
}
KINDS_OF_DAY = {"closed": "đóng cửa", "holiday": "ngày nghỉ", "working": "đi làm bù"}


def role(name: str) -> str:
    return ROLES.get(name, (name, ""))[0]


def action(name: str) -> str:
    return said(ACTIONS[name]) if name in ACTIONS else name


def subject(told: str) -> str:
    """ "tài khoản lan" for "account lan"."""
    kind, _, name = told.partition(" ")
    return f"{said(SUBJECTS.get(kind, kind))} {name}"


def in_words(values: Mapping[str, Any]) -> str:
    """What an entry of the audit log tells of before or after."""
    return "; ".join(_in_words(name, value) for name, value in values.items())


def _in_words(name: str, value: Any) -> str:
    if name == "roles":
        return ", ".join(map(_granted, value)) or gettext("chưa có vai trò")
    if name == "closed":
        return gettext("đã đóng") if value else gettext("đang dùng")
    if name == "last_day":
        return gettext("dùng đến hết ngày %(day)s", day=value)
    told = ", ".join(map(_plain, value)) if isinstance(value, list) else _plain(value)
    return f"{said(FIELDS[name])}: {told or gettext('không có')}" if name in FIELDS else told


def _plain(value: Any) -> str:
    """A window of the day is "21:00–06:00 (-6 dB)"."""
    if isinstance(value, dict) and {"from", "to"} <= value.keys():
        return f"{value['from']}–{value['to']}" + (f" ({value['db']:g} dB)" if "db" in value else "")
    if isinstance(value, str):
        return said(KINDS_OF_DAY[value]) if value in KINDS_OF_DAY else value
    return f"{value:g}" if isinstance(value, float) else str(value)


def _granted(told: str) -> str:
    name, _, station = told.partition(" @ ")
    return f"{role(name)} ({gettext('mọi nơi') if station == '*' else station})"
