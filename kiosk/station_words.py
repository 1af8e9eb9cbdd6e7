"""The station's words on screen: what became of an announcement, and why. One table each.

The log keeps a code for machines and an English sentence for technicians. Staff read the Vietnamese sentence of the code;
what only the stored sentence knows (who stopped it, what interrupted it) is fetched from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.language.words import Table, gettext, said

# What may be said of an announcement: first while it is ahead, then how it ended.
STATES = Table(
    {
        "planned": "sắp tới",
        "giving_way": "sẽ nhường",
        "waiting": "đang chờ",
        "playing": "đang phát",
        "played": "đã phát",
        "gave_way": "nhường",
        "expired": "hết hạn",
        "missed": "lỡ",
        "failed": "lỗi",
        "cut": "bị ngắt",
    }
)
LOGGED = ("played", "gave_way", "expired", "missed", "failed", "cut")
PROBLEMS = ("failed", "missed")

PRIORITIES = Table({0: "thông thường", 1: "ưu tiên", 2: "khẩn cấp"})
SENT_ABROAD = "văn bản đã được gửi ra nước ngoài"  # of what Google spoke


def priority_name(level: int) -> str:
    return PRIORITIES[level]


@dataclass(frozen=True)
class Reason:
    """``sentence``, or ``fuller`` filled with what ``pattern`` finds in the stored English sentence."""

    sentence: str
    pattern: str = ""
    fuller: str = ""

    def words(self, detail: str) -> str:
        found = re.search(self.pattern, detail) if self.pattern else None
        return said(self.fuller).format(found[1]) if found else said(self.sentence)


REASONS = {
    "budget": Reason("Hết quỹ phút của giờ đó."),
    "quiet-hours": Reason("Rơi vào giờ yên tĩnh."),
    "departure": Reason("Đang mời khách lên tàu xe."),
    "no-room": Reason(
        "Không còn chỗ trước khi hết hạn.", "“(.+)”", "Không còn chỗ trước khi hết hạn, sau “{}”."
    ),
    "too-soon": Reason("Cùng lịch ấy vừa nói cách đó chưa lâu."),
    "muted": Reason("Khu vực đang tắt tiếng.", r"until (\d\d:\d\d)", "Khu vực đang tắt tiếng đến {}."),
    "stopped": Reason("Có người cho dừng.", "stopped by (.+)", "Dừng theo lệnh của {}."),
    "preempted": Reason("Bị việc gấp hơn ngắt lời.", "“(.+)”", "Bị “{}” ngắt lời."),
    "expired": Reason("Chờ đến lượt quá lâu, nói ra không còn đúng lúc."),
    "downtime": Reason("Bộ phát thanh không chạy."),
    "wording": Reason("Lời phát còn thiếu hoặc sai một chỗ trống."),
    "voice": Reason("Giọng đọc gặp lỗi."),
    "no-sound": Reason("Tiếng chưa kịp làm xong."),
    "unclear": Reason("Máy nghe lại thấy tiếng không rõ, chưa có người đồng ý cho phát."),
    "sink": Reason("Đường ra loa gặp lỗi."),
    "sound": Reason("Tệp tiếng bị hỏng, phải làm lại."),
    "withdrawn": Reason(
        "Lịch hoặc nội dung này đã được rút.", "recalled by (.+)", "{} đã thu hồi lịch hoặc nội dung này."
    ),
    "internal": Reason("Phần mềm gặp lỗi với lượt phát này; xem chi tiết."),
}
OTHER = Reason("Lý do khác, xem chi tiết.")


def reason(code: str, detail: str = "") -> str:
    """Why, as a Vietnamese sentence; empty where there is nothing to explain."""
    return REASONS.get(code, OTHER).words(detail) if code or detail else ""


# Where the stored sentence tells a technician more than ours tells the staff.
TECHNICAL = ("downtime", "internal", "sink", "sound", "unclear", "voice", "wording")


def further(code: str, detail: str) -> str:
    """The stored English sentence, where it says more than ``reason``."""
    return detail if code in TECHNICAL or code not in REASONS else ""


AGAIN = ("preempted", "sink", "downtime", "sound", "voice")  # it is tried again while it is worth saying


def waits(state: str, code: str, detail: str = "") -> str:
    """Why something in the queue does not sound yet."""
    if code:
        return reason(code, detail) + (" " + gettext("Sẽ phát lại nếu còn kịp.") if code in AGAIN else "")
    return {"waiting": gettext("Đang làm tiếng."), "ready": gettext("Tiếng đã sẵn, chờ đến lượt.")}.get(
        state, gettext("Chờ bộ phát thanh chạy lại.")
    )


# What may be wrong with a day ahead, by the code of the finding.
FINDINGS = {
    "no-wording": "Chưa có lời bằng {}.",
    "empty-blank": "Chỗ trống “{}” của “{}” chưa điền.",
    "unknown-blank": "Điền chỗ trống “{}” mà không nội dung nào có.",
    "wording": "Lời phát còn thiếu hoặc sai một chỗ trống.",
    "no-words": "Không có chữ nào để đọc bằng {}.",
    "no-voice": "Không có giọng nào đọc được {}.",
    "over-budget": "Giờ từ {} có {} phút lời điều hành và an toàn, quỹ là {} phút.",
}
LANGUAGES = {"vi": "tiếng Việt", "en": "tiếng Anh"}


def finding(code: str, values: tuple[str, ...]) -> str:
    """A finding about a day ahead, in Vietnamese."""
    if code == "gives-way":
        count, title, way, detail = values
        return gettext(
            "%(count)s lượt “%(title)s” nhường: %(reason)s",
            count=count,
            title=title,
            reason=reason(way, detail),
        )
    return said(FINDINGS[code]).format(
        *(said(LANGUAGES[value]) if value in LANGUAGES else value for value in values)
    )


# Where the sound goes, as sinks describe themselves.
SINKS = (
    (r"WAV files in (.+)", "tệp WAV trong {}"),
    (r"sound card \(not open\)", "cạc âm thanh của máy"),
    (r"sound card (.+)", "cạc âm thanh {}"),
    (r"unusable: (.+)", "không ra được loa: {}"),
    (r"nowhere.*", "không ra loa nào, tiếng bị bỏ đi"),
)


def sink(description: str) -> str:
    for pattern, sentence in SINKS:
        if found := re.fullmatch(pattern, description):
            return said(sentence).format(*found.groups())
    return description


def together(titles: Sequence[str]) -> str:
    """ "Xếp hàng và 12 nội dung khác" """
    first, *rest = titles
    return gettext("%(title)s và %(count)s nội dung khác", title=first, count=len(rest)) if rest else first
