"""The station that is photographed: it lives through yesterday and the day so far against a fast clock, then runs for real and says something.

Nothing sounds, and its home is gone afterwards.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from announcer import planning, queue
from announcer.models import Announcement, Sound
from announcer.simulation import LEAD, QuickStudio, simulated_dispatcher
from announcer.studio import Studio
from kiosk.accounts import operations, passwords, tokens
from kiosk.cases import operations as cases
from kiosk.commendations import operations as commendations
from kiosk.commendations.models import GoodExample
from kiosk.feedback import operations as travellers
from kiosk.feedback.models import Feedback, File
from kiosk.feedback.operations import Beginning
from kiosk.feedback.photos import MIME
from kiosk.feedback.words import PURPOSES
from schedules import publishing, versions
from schedules.core.clock import day_bounds, local_date, utcnow
from schedules.core.database import Database
from schedules.core.ids import new_id
from schedules.core.settings import Settings
from schedules.home import seed
from schedules.models import Occurrence
from schedules.operations import all_zones, get_station

PATIENCE = 60.0
CHIEF, PASSWORD = "chi-huy", "chỉ để chụp ảnh"
REQUEST = "01939f00-0000-7000-8000-000000000001"
ZONE = "ga-ha-noi-sanh-cho"
NEW_WORDS = "Quý khách chú ý, trời mưa nên sàn và bậc thang rất trơn. Xin đi chậm, bám tay vịn và cụp ô từ ngoài cửa. Xin cảm ơn quý khách."
WORDS = (
    "Quý khách chú ý, quầy vé số 3 tạm nghỉ đến 14h30. Mời quý khách sang quầy số 4. Xin cảm ơn quý khách."
)
OLD, MENDED = "#6b6a4a", "#1f6b3a"  # the colour of a bench
BENCH = "Ghế dài ở sảnh chờ số 2 gãy một chân. Cháu bé ngồi xuống thì ghế nghiêng."
PUBLIC = "https://gopy.example.vn"
# What was said how many days ago: face, topic, kind, words, the answer, and whether that was one.
SAID = (
    (20, "good", "deed", "", "", "", None),
    (19, "bad", "place", "report", "Vòi nước ở nhà vệ sinh tầng một bị rò.", "Thợ nước đã thay vòi lúc 14h cùng ngày.", True),
    (17, "fair", "service", "", "", "", None),
    (16, "bad", "service", "suggestion", "Bảng giờ tàu ở cửa phụ nhỏ quá, người già khó đọc.", "Đã in lại bảng giờ tàu với chữ cao 4 cm.", True),
    (13, "good", "official", "praise", "Chú bảo vệ đã dắt mẹ tôi ra tận tàu. Cảm ơn chú.", "Cảm ơn quý khách. Lời khen đã được đọc ở buổi giao ca.", True),
    (12, "bad", "rule", "", "", "", None),
    (9, "good", "place", "", "", "", None),
    (7, "fair", "service", "", "", "", None),
    (6, "bad", "place", "report", "Ghế dài ở sảnh chờ gãy một thanh, suýt ngã.", "Đã thay thanh ghế gãy lúc 13h30, ảnh kèm theo.", None),
    (4, "good", "service", "", "", "", None),
    (3, "bad", "service", "report", "Loa ở ke 2 nhỏ, không nghe rõ tàu nào sắp đến.", "", None),
    (2, "fair", "place", "suggestion", "Nên có thêm ghế gần cửa ra tàu cho người già.", "", None),
    (1, "bad", "place", "report", "Đèn ở lối xuống hầm tắt từ tối qua.", "", None),
    (0, "good", "official", "praise", "Cô bán vé ở quầy 2 kiên nhẫn với khách lớn tuổi.", "", None),
)  # fmt: skip

EXAMPLES = (
    (12, {
        "person": "Chị Trần Thị Mẫu, nhân viên soát vé", "title": "Dắt cụ bà qua cầu vượt trong mưa", "form": "praise", "issuer": "",
        "story": "Trời mưa lớn, cầu vượt trơn. Chị Mẫu che ô, dắt cụ bà từ ke 3 sang sảnh, rồi quay lại xách giúp túi gạo. Cụ không biết tên chị; một hành khách kể lại.",
    }),
    (33, {
        "person": "Anh Lê Văn Thí, bảo vệ", "title": "Tìm chủ chiếc ví rơi ở sảnh chờ", "form": "letter", "issuer": "Ban quản lý ga",
        "story": "Anh Thí nhặt được ví có tiền và giấy tờ, nhờ loa gọi, rồi chờ hết ca để trao tận tay.",
    }),
)  # fmt: skip


def live_through(database: Database, home: Path, start: datetime, end: datetime) -> None:
    """The station's days from ``start`` to ``end`` with loudspeakers that take no time."""
    studio = QuickStudio(Settings(home))
    intake, dispatcher = queue.Intake(studio, LEAD), simulated_dispatcher(database)
    planning.plan(database, start)
    now = start
    while now < end:
        until = min(now + LEAD, end)
        with database.write() as session:
            intake.step(session, now)
        dispatcher.step(now)
        while (moment := dispatcher.wake_at()) and moment <= until:
            now = max(now, moment)
            dispatcher.step(now)
        now = until


def people(database: Database) -> None:
    """Two who are invented: one for the pages of the staff, and one to be seen on them."""
    now = utcnow()
    hashed = passwords.hashed(PASSWORD)
    with database.write() as session:
        chief = operations.create_account(session, "console:demo", CHIEF, "Nguyễn Thị Thử", hashed, now)
        for role in ("administrator", "head"):
            operations.grant(session, "console:demo", chief, role, None, now)
        other = operations.create_account(session, "console:demo", "truc.loa", "Trần Văn Thử", hashed, now)
        here = get_station(session, "ga-ha-noi")
        operations.grant(session, "console:demo", other, "operator", here, now)
        roles = [("operator", here)]
        tokens.create(session, CHIEF, "bang-dien-tu", "Bảng điện tử sảnh chờ", roles, None, now)


def drafts(database: Database) -> None:
    """What an editor would like to have said otherwise, and when."""
    with database.write() as session:
        message = publishing.current(session, "message", "san-tron") or {}
        message["wordings"] |= {"vi": NEW_WORDS}
        schedule = publishing.current(session, "schedule", "ga-ha-noi-phuc-vu-ke") or {}
        schedule |= {"trigger": {"kind": "every", "minutes": 90, "from": "06:20", "to": "20:20"}}
        for kind, entry in (("message", message), ("schedule", schedule)):
            versions.save_draft(session, kind, entry, "bien.tap", utcnow())


def feedback(database: Database, home: Path) -> None:
    """What travellers might say in three weeks, and what became of it."""
    now = utcnow()
    with database.write() as session:
        for days, mood, topic, kind, words, answer, satisfied in SAID:
            morning = day_bounds(local_date(now) - timedelta(days=days))[0]
            at = min(morning + timedelta(hours=9, minutes=7 * days), now)
            row = said(session, mood, topic, kind, words, at, a_photo(OLD) if answer else b"")
            if answer:
                answered(session, row, answer, satisfied, at)
        bench = said(session, "bad", "place", "report", BENCH, now, a_photo(OLD))
        agreed = {"answer": PURPOSES["answer"]}
        travellers.leave_contact(session, home, bench, {"phone": "0900 000 000"}, agreed, now)
        cases.accept(session, bench, CHIEF, now)
        cases.note(session, bench, "Đã báo tổ mộc, hẹn sửa trong buổi sáng.", CHIEF, now)


def good_examples(database: Database) -> None:
    now = utcnow()
    with database.write() as session:
        here = get_station(session, "ga-ha-noi")
        for days, typed in EXAMPLES:
            on = {"honoured_on": f"{local_date(now) - timedelta(days=days):%d/%m/%Y}", "agreed": "on"}
            row = commendations.write(session, None, here, typed | on, CHIEF, now)
            commendations.publish(session, row, CHIEF, now)


def said(
    session: Session, mood: str, topic: str, kind: str, words: str, at: datetime, photo: bytes
) -> Feedback:
    here = get_station(session, "ga-ha-noi")
    tap = Beginning(new_id(), "kiosk", "vi", f"{at:%d}", mood=mood, topic=topic)
    row = travellers.begin(session, here, tap, at)
    if words:
        travellers.tell(session, row, kind, words, photo, at)
    return row


def answered(session: Session, row: Feedback, words: str, satisfied: bool | None, at: datetime) -> None:
    cases.accept(session, row, CHIEF, at + timedelta(hours=1))
    cases.answer(session, row, words, File(mime=MIME, data=a_photo(MENDED)), CHIEF, at + timedelta(hours=5))
    if satisfied is not None:
        travellers.rate(session, row, satisfied, at + timedelta(hours=8))


def a_photo(colour: str) -> bytes:
    """A bench in a hall, drawn."""
    picture = Image.new("RGB", (640, 420), "#ddd6c6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 300, 640, 420), fill="#b9b19c")
    for box in ((120, 150, 520, 190), (120, 230, 520, 265), (150, 265, 170, 360), (470, 265, 490, 360)):
        draw.rectangle(box, fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def things(database: Database) -> dict[str, str]:
    """What pages about one thing are asked of: a sound that was made, if possible one that was listened to; the code of the latest
    feedback that was answered; a case that is being dealt with; an occurrence that gave way; a good example.
    """
    latest = Feedback.received_at.desc()
    wanted: dict[str, Select[tuple[str]]] = {
        "sound": select(Sound.key).order_by(Sound.readback.is_(None), Sound.made_at),
        "code": select(Feedback.code).where(Feedback.state == "answered").order_by(latest),
        "case": select(Feedback.id).where(Feedback.state == "accepted").order_by(latest),
        "occurrence": select(Occurrence.id).order_by(Occurrence.way_code == "", Occurrence.planned_at.desc()),
        "example": select(GoodExample.id).order_by(GoodExample.honoured_on.desc()),
    }
    with database.read() as session:
        return {name: session.scalars(query.limit(1)).one() for name, query in wanted.items()}


def say_something(database: Database, settings: Settings) -> None:
    studio = Studio(settings)
    with database.write() as session:
        zone = [zone for zone in all_zones(session) if zone.key == ZONE]
        script = studio.script_of_text(WORDS, "vi")
        request = queue.Request(
            script, "Quầy vé số 3 tạm nghỉ", zone, "priority", requested_by=CHIEF, id=REQUEST
        )
        queue.submit(session, studio, request, utcnow())
    studio.close()


@contextlib.contextmanager
def running_station() -> Iterator[tuple[str, Database]]:
    """A station in a temporary home; gives the address of its pages."""
    with tempfile.TemporaryDirectory(prefix="loaga-pictures-") as folder:
        home = Path(folder)
        database = Database.of_home(home)
        database.migrate()
        start = day_bounds(local_date(utcnow()) - timedelta(days=1))[0]
        seed(database, start)
        people(database)
        drafts(database)
        feedback(database, home)
        good_examples(database)
        live_through(database, home, start, utcnow())
        port = free_port()
        environment = {
            **os.environ,
            "LOAGA_WEB_PORT": str(port),
            "LOAGA_AUDIO_SINK": "silent",
            "LOAGA_WEB_PUBLIC_URL": PUBLIC,
        }
        process = subprocess.Popen([sys.executable, "-m", "kiosk.supervisor", folder], env=environment)
        try:
            wait_until(lambda: _alive(database))
            say_something(database, Settings(home))
            wait_until(lambda: _playing(database))
            yield f"http://127.0.0.1:{port}", database
        finally:
            process.terminate()
            process.wait()
            database.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError("The station did not get there.")
        time.sleep(0.1)


def _alive(database: Database) -> bool:
    with database.read() as session:
        return planning.is_alive(session, utcnow())


def _playing(database: Database) -> bool:
    live = (Announcement.state == "playing") & Announcement.request_id.is_not(None)
    with database.read() as session:
        return bool(session.scalar(select(func.count()).where(live)))
