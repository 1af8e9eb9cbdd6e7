"""What the pages call roles and the acts of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROLES = {
    "operator": ("Trực loa", "phát trực tiếp và dừng loa"),
    "editor": ("Biên tập", "soạn nội dung và lịch phát"),
    "head": ("Trưởng ga, trưởng bến", "duyệt nội dung và chịu trách nhiệm về những gì loa phát"),
    "inspector": ("Kiểm tra", "kiểm tra và ghi phát hiện"),
    "city": ("Thành phố", "xem và tổng hợp các nhà ga, bến xe"),
    "administrator": ("Quản trị", "quản lý người dùng"),
}
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
    "spoke": "cho phát",
    "stopped": "cho dừng",
    "cancelled": "hủy lượt phát",
    "muted": "tắt tiếng",
    "unmuted": "cho phát trở lại",
}

SUBJECTS = {"account": "tài khoản", "request": "lời phát", "zone": "khu vực", "occurrence": "lượt dự kiến"}


def role(name: str) -> str:
    return ROLES.get(name, (name, ""))[0]


def action(name: str) -> str:
    return ACTIONS.get(name, name)


def subject(told: str) -> str:
    """ "tài khoản lan" for "account lan"."""
    kind, _, name = told.partition(" ")
    return f"{SUBJECTS.get(kind, kind)} {name}"


def in_words(values: Mapping[str, Any]) -> str:
    """What an entry of the audit log tells of before or after."""
    return "; ".join(_in_words(name, value) for name, value in values.items())


def _in_words(name: str, value: Any) -> str:
    if name == "roles":
        return ", ".join(map(_granted, value)) or "chưa có vai trò"
    if name == "closed":
        return "đã đóng" if value else "đang dùng"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _granted(told: str) -> str:
    name, _, station = told.partition(" @ ")
    return f"{role(name)} ({'mọi nơi' if station == '*' else station})"
