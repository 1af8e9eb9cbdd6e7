"""What accounts refuse, each with one sentence for commands and one for pages."""

from __future__ import annotations

from kiosk.language.chosen import language
from schedules.core.errors import UserError

SENTENCES: dict[str, tuple[str, str]] = {
    "name-form": (
        "A sign-in name has 2 to 32 small letters, digits, dots or hyphens, and begins with a letter.",
        "Tên đăng nhập gồm 2 đến 32 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối, bắt đầu bằng chữ.",
    ),
    "name-taken": ("Somebody has this sign-in name already.", "Tên đăng nhập này đã có người dùng."),
    "full-name": ("The full name has 1 to 80 characters.", "Họ và tên dài từ 1 đến 80 ký tự."),
    "password-short": (
        "A password has at least 10 characters.",
        "Mật khẩu cần ít nhất 10 ký tự.",
    ),
    "password-long": ("A password has at most 200 characters.", "Mật khẩu dài nhất 200 ký tự."),
    "password-plain": (
        "This password is too easy to guess: the name, one character repeated, or a simple row.",
        "Mật khẩu này quá dễ đoán: giống tên, lặp một ký tự, hoặc là một dãy đơn giản.",
    ),
    "password-common": (
        "Many people use this password, so it is tried first; take a few words that belong to nobody else.",
        "Mật khẩu này nhiều người dùng nên dễ bị đoán. Hãy chọn vài từ của riêng mình.",
    ),
    "password-wrong": ("The present password is not right.", "Mật khẩu hiện tại chưa đúng."),
    "password-differs": (
        "The two new passwords are not the same.",
        "Hai lần nhập mật khẩu mới không giống nhau.",
    ),
    "password-same": (
        "The new password is the present one.",
        "Mật khẩu mới phải khác mật khẩu hiện tại.",
    ),
    "nobody": ("There is nobody of this sign-in name.", "Không có ai mang tên đăng nhập này."),
    "role": ("There is no such role.", "Không có vai trò này."),
    "station": ("There is no such station.", "Không có nhà ga, bến xe này."),
    "granted": ("This role is granted already.", "Vai trò này đã được giao rồi."),
    "not-granted": ("This role is not granted.", "Vai trò này chưa được giao."),
    "program": (
        "This account is a program's: it has a token and no password.",
        "Tài khoản này của chương trình: có khóa truy cập, không có mật khẩu.",
    ),
    "no-token": ("There is no token of this name.", "Không có khóa truy cập nào mang tên này."),
    "expiry": (
        "A token expires on a day from today on.",
        "Ngày hết hạn phải từ hôm nay trở đi, ví dụ 31/12/2027.",
    ),
    "last-administrator": (
        "This is the last administrator; make another first.",
        "Đây là người quản trị cuối cùng. Hãy giao quyền quản trị cho người khác trước.",
    ),
    "signed-out": (
        "The name, the password or the code is not right.",
        "Tên đăng nhập, mật khẩu hoặc mã chưa đúng.",
    ),
    "code-needed": (
        "The code of the authenticator app is needed.",
        "Tài khoản này cần thêm mã 6 số của ứng dụng xác thực.",
    ),
    "locked": (
        "There were too many failures; try again in a quarter of an hour, or ask an administrator.",
        "Đã nhập sai quá nhiều lần. Xin thử lại sau 15 phút, hoặc nhờ người quản trị mở khóa.",
    ),
    "code-wrong": (
        "The code is not right, or was used already.",
        "Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã mới.",
    ),
}


def sentence_of(code: str) -> str:
    """As the page that is being made says it."""
    english, vietnamese = SENTENCES[code]
    return english if language() == "en" else vietnamese


class Refused(UserError):
    """``code`` is a key of ``SENTENCES``; pages say ``sentence_of(code)``."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code][0])
        self.code = code
