"""Refusals in JSON: a code for programs and a sentence for people, ``{"error": {"code": …, "message": …}}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

PATH = "/api/"
UNCHANGED = "Chưa có gì thay đổi."

# Status: code, and the sentence where nothing better is known.
REFUSALS = {
    400: ("bad-request", f"Thiếu X-CSRFToken, hoặc nội dung không phải JSON. {UNCHANGED}"),
    401: ("unauthenticated", "Khóa truy cập sai, hết hạn, đã thu hồi, hoặc chưa gửi kèm."),
    403: ("forbidden", f"Không có quyền làm việc này ở đó, hoặc không có nơi ấy. {UNCHANGED}"),
    404: ("not-found", "Không có gì như vậy ở những nơi được phép xem."),
    405: ("method-not-allowed", f"Địa chỉ này không nhận yêu cầu kiểu đó. {UNCHANGED}"),
    409: ("conflict", f"Mã (UUID) này đã dùng cho một lời khác. {UNCHANGED}"),
    413: ("too-large", f"Nội dung gửi lên quá lớn. {UNCHANGED}"),
    415: ("not-json", f"Nội dung phải là application/json. {UNCHANGED}"),
    422: ("invalid", f"Nội dung gửi lên chưa đúng. {UNCHANGED}"),
    429: ("locked", f"Đã nhập sai mã xác thực quá nhiều lần. Xin thử lại sau 15 phút. {UNCHANGED}"),
    500: ("internal", "Máy chủ gặp lỗi. Loa vẫn phát theo lịch. Xin thử lại sau ít phút."),
}

# Kinds of mistakes, as pydantic names them; anything else is of the wrong type or out of bounds.
MISTAKES = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có trong API này",
    "string_too_short": "để trống hoặc ngắn quá",
}
OTHERWISE = "không đúng kiểu hoặc ngoài giới hạn"


class Error(BaseModel):
    """``code`` stays the same for programs; ``message`` is a Vietnamese sentence for people."""

    code: str
    message: str


class Refusal(BaseModel):
    error: Error


class Refused(HTTPException):
    """A refusal with its own sentence, and perhaps its own code."""

    def __init__(self, status: int, sentence: str, code: str = "") -> None:
        super().__init__()
        self.code, self.sentence, self.word = status, sentence, code


def answer(error: HTTPException) -> Response:
    """Whatever Flask or a view refused, with the headers that belong to it."""
    status = error.code or 500
    word, sentence = REFUSALS.get(status, REFUSALS[500])
    code, message = getattr(error, "word", "") or word, getattr(error, "sentence", sentence)
    told = Refusal(error=Error(code=code, message=message)).model_dump_json()
    response = Response(told, status, mimetype="application/json")
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def in_words(mistakes: Sequence[Any]) -> str:
    """One sentence about the first of pydantic's mistakes."""
    first = mistakes[0]
    field = ".".join(map(str, first["loc"]))[:80]
    about = f"“{field}” {MISTAKES.get(first['type'], OTHERWISE)}" if field else OTHERWISE.capitalize()
    return f"{about}. {UNCHANGED}"
