"""Takes the pictures of the pages: ``python -m docs.screenshots``, or ``make screenshots``.

A station of its own lives through yesterday and the day so far against a fast clock, then runs for real, says something, and is
photographed. Nothing sounds and nothing is left behind but ``docs/pictures/*.png``.
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
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from announcer import planning, queue
from announcer.models import Announcement, Sound
from announcer.simulation import LEAD, QuickStudio, simulated_dispatcher
from announcer.studio import Studio
from kiosk.accounts import operations, passwords, tokens
from kiosk.cases import operations as cases
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
from schedules.operations import all_zones, get_station

PICTURES = Path(__file__).parent / "pictures"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
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
BEGINNING = ["shift", *"nhaf", "space", *"veej", "space", *"sinh", "space", *"baanr", "space", *"quas"]
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


@dataclass(frozen=True)
class Shot:
    """One picture; ``waits_for`` is what must be on the page first. ``{sound}`` in a path is the key of one that was made,
    ``{code}`` and ``{case}`` belong to feedback. ``steps`` lead from that path to what is photographed.
    """

    name: str
    path: str
    waits_for: str
    width: int = 1280
    height: int = 900
    dark: bool = False
    signed_in: bool = False
    steps: Callable[[Page], None] = lambda page: None


def tap_a_face(page: Page) -> None:
    page.click(".mood.bad")
    page.wait_for_url("**/feedback/about")


def begin_to_tell(page: Page) -> None:
    tap_a_face(page)
    page.click("[name=topic][value=place]")
    for key in BEGINNING:
        page.locator(f'.key[data-key="{key}"]:visible').click()


def tell(page: Page) -> None:
    begin_to_tell(page)
    page.click("button[form=tell]")


SHOTS = (
    Shot("on-air", "/", ".zone.live"),
    Shot("plan", "/plan?station=ga-ha-noi", ".mark", signed_in=True),
    Shot("log", "/log", "tr.played", signed_in=True),
    Shot("on-air-desk", "/", ".zone.live", signed_in=True),
    Shot("request", f"/requests/{REQUEST}", ".zone.live", signed_in=True),
    Shot("speak", "/speak", "[data-hold]", signed_in=True),
    Shot("speak-message", "/speak/message/tau-cham", "form.sheet", signed_in=True),
    Shot("zones", "/stations/ga-ha-noi", "svg.hours", signed_in=True),
    Shot("zone", "/stations/ga-ha-noi/zones/ga-ha-noi-sanh-cho", "form.sheet", signed_in=True),
    Shot("calendar", "/stations/ga-ha-noi/calendar", "ol.month", height=1700, signed_in=True),
    Shot("messages", "/messages", ".choices", signed_in=True),
    Shot("message", "/messages/san-tron", ".difference", signed_in=True),
    Shot("message-editor", "/messages/san-tron/edit", "#preview .said", height=1150, signed_in=True),
    Shot("schedules", "/schedules?station=ga-ha-noi", "td.title", signed_in=True),
    Shot(
        "schedule-editor",
        "/schedules/ga-ha-noi-phuc-vu-ke/edit",
        "#preview caption",
        height=1150,
        signed_in=True,
    ),
    Shot("sound", "/sounds/{sound}", "audio", height=500, signed_in=True),
    Shot("speak-live", "/speak/live", "#start:enabled", signed_in=True),
    Shot("speak-recording", "/speak/recording", ".recorder:not([hidden])", signed_in=True),
    Shot("health", "/health", "td.result", signed_in=True),
    Shot("people", "/accounts", "td.title", signed_in=True),
    Shot("person", "/accounts/truc.loa", "h1", signed_in=True),
    Shot("tokens", "/tokens", "td.title", signed_in=True),
    Shot("account", "/account", "h1", signed_in=True),
    Shot("audit", "/audit", "td", signed_in=True),
    Shot("kiosk-waiting", "/kiosk/ga-ha-noi/", ".slide.shown", width=1080, height=1920),
    Shot("kiosk-rules", "/kiosk/ga-ha-noi/rules/cong-cong", ".card", width=1080, height=1920),
    Shot("kiosk-rule", "/kiosk/ga-ha-noi/rules/cong-cong/xep-hang", ".listen", width=390, height=844),
    Shot("kiosk-start", "/kiosk/ga-ha-noi/start", ".mood", width=1080, height=1920),
    Shot(
        "kiosk-feedback-about", "/kiosk/ga-ha-noi/start", ".choice", width=1080, height=1920, steps=tap_a_face
    ),
    Shot(
        "kiosk-feedback-tell",
        "/kiosk/ga-ha-noi/start",
        ".keyboard",
        width=1080,
        height=1920,
        steps=begin_to_tell,
    ),
    Shot("kiosk-feedback-done", "/kiosk/ga-ha-noi/start", ".qr", width=1080, height=1920, steps=tell),
    Shot("kiosk-follow", "/g/{code}", ".answered img", width=390, height=1100),
    Shot("cases", "/cases", ".case", signed_in=True),
    Shot("case", "/cases/{case}", ".canvas img", height=1300, signed_in=True),
    Shot("case-figures", "/cases/figures", "svg.chart", height=1150, signed_in=True),
    Shot("sign-in", "/sign-in", "form.sheet", width=390, height=844, dark=True),
)


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


def of_feedback(database: Database) -> dict[str, str]:
    """The code of the latest that was answered, and the id of the latest that is being dealt with."""
    latest = select(Feedback).order_by(Feedback.received_at.desc())
    with database.read() as session:
        over = session.scalars(latest.where(Feedback.state == "answered")).first()
        case = session.scalars(latest.where(Feedback.state == "accepted")).first()
        return {"code": over.code if over else "", "case": case.id if case else ""}


def a_sound(database: Database) -> str:
    """The key of one that was made, if possible of one that was listened to."""
    with database.read() as session:
        return (
            session.scalars(select(Sound.key).order_by(Sound.readback.is_(None), Sound.made_at)).first() or ""
        )


def sign_in(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", CHIEF)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    page.close()


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


def photograph(browser: Browser, address: str, shot: Shot, folder: Path) -> Path:
    size = {"width": shot.width, "height": shot.height}
    scheme = "dark" if shot.dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="vi-VN")  # type: ignore[arg-type]
    if shot.signed_in:
        sign_in(context, address)
    page = context.new_page()
    page.goto(address + shot.path)
    shot.steps(page)
    page.wait_for_selector(shot.waits_for, state="attached")
    page.evaluate("document.fonts.ready")
    path = folder / f"{shot.name}.png"
    page.screenshot(path=path)
    context.close()
    return path


def take(shots: tuple[Shot, ...], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with running_station() as (address, database), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        keys = {"sound": a_sound(database), **of_feedback(database)}
        shots = tuple(replace(shot, path=shot.path.format(**keys)) for shot in shots)
        return [photograph(browser, address, shot, folder) for shot in shots]


if __name__ == "__main__":
    for picture in take(SHOTS, PICTURES):
        sys.stdout.write(f"{picture} ({picture.stat().st_size // 1000} kB)\n")
