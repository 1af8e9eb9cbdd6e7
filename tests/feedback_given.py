"""What travellers send, for tests."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from kiosk.cases import operations as cases
from kiosk.cases.documents import proof
from kiosk.feedback import operations
from kiosk.feedback.kinds import URGENT
from kiosk.feedback.models import Feedback
from kiosk.feedback.operations import Beginning
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.operations import all_stations

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Hà Nội
REACH = {"name": "Hoa Thử", "phone": "0912345678"}
AGREED = {"answer": "Gọi hoặc viết cho tôi để trả lời góp ý này."}


def picture(width: int = 40, height: int = 30, kind: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, kind, **more)
    return out.getvalue()


def say(session: Session, words: str, now: datetime, photo: bytes = b"", kind: str = "report") -> Feedback:
    """At the first station there is."""
    tap = Beginning(new_id(), "kiosk", "vi", "d", mood="bad", topic="place")
    row = operations.begin(session, all_stations(session)[0], tap, now)
    operations.tell(session, row, kind, words, photo, now)
    return row


def call_for_help(session: Session, now: datetime) -> Feedback:
    tap = Beginning(new_id(), "kiosk", "vi", "d", kind=URGENT)
    return operations.begin(session, all_stations(session)[0], tap, now)


def some_of_each(database: Database, home: Any, by: str = "lan") -> dict[str, Feedback]:
    """With a photo and a way to be reached, answered, urgent and late, and merged into another; by what is special about them."""
    now = utcnow()
    with database.write() as session:
        photo = say(session, "Ghế ke 1 gãy, suýt ngã.", now, picture())
        operations.leave_contact(session, home, photo, REACH, AGREED, now)
        cases.accept(session, photo, by, now)
        cases.note(session, photo, "Đã báo tổ mộc.", by, now)
        answered = say(session, "Nhà vệ sinh bẩn quá.", now - timedelta(days=2))
        cases.answer(session, answered, "Đã dọn lúc 9h.", proof(picture(), "dọn.jpg"), by, now)
        urgent = call_for_help(session, now - timedelta(days=7))
        into, merged = (say(session, words, now) for words in ("Đèn ke 2 tắt.", "Đèn ở ke 2 không sáng."))
        cases.merge(session, merged, into, by, now)
    return {"photo": photo, "answered": answered, "urgent": urgent, "merged": merged, "into": into}
