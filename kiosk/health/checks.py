"""Whether the station is well: one finding for each thing that can be wrong, with what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from announcer import planning
from announcer.models import Announcement, Heartbeat, Playout, Sound, ZoneStatus
from kiosk.cases.calls import CALLS
from kiosk.feedback.models import Feedback
from kiosk.health.backup import LAST_BACKUP
from kiosk.health.clock import largest_error
from kiosk.home.figures import counts_of
from kiosk.home.log import last_sounds
from kiosk.language.times import when
from kiosk.language.words import gettext, named, tenths
from schedules.core.clock import local_date
from schedules.models import Occurrence, Zone
from schedules.operations import all_zones

GOOD, DOUBTFUL, BAD = "good", "doubtful", "bad"

WATCH = "watch"  # the name of its heartbeat
LONG_WAIT = timedelta(minutes=1)
SILENT_FOR = timedelta(seconds=20)
OVERDUE = timedelta(minutes=5)
QUIET_DAY = timedelta(hours=24)
LITTLE_SPACE, NO_SPACE = 5e9, 1e9  # bytes
OLD_BACKUP = timedelta(days=7)
WRONG_CLOCK_SECONDS = 1.0


@dataclass(frozen=True)
class Finding:
    """``state`` is one of GOOD, DOUBTFUL, BAD; ``sentence`` says what was found and, if not good, what to do.

    ``station``: the key of the one station it is about, or empty for the whole machine. ``code`` is the check's name, with the zone's key where it looks at each zone: "disk", "zones:ga-ha-noi-sanh-cho".
    """

    about: str
    state: str
    sentence: str
    code: str = ""
    station: str = ""


@dataclass(frozen=True)
class Look:
    """What a check may look at. ``voices``: who would speak Vietnamese, in order."""

    session: Session
    home: Path
    now: datetime
    voices: Sequence[str]

    @cached_property
    def zones(self) -> Sequence[Zone]:
        return all_zones(self.session)


def announcer(look: Look) -> Iterator[Finding]:
    if planning.is_alive(look.session, look.now):
        yield Finding(gettext("Bộ phát thanh"), GOOD, gettext("Đang chạy."))
    else:
        yield Finding(gettext("Bộ phát thanh"), BAD, gettext("Không trả lời. Mở lại bằng lệnh loaga up."))


def queue(look: Look) -> Iterator[Finding]:
    late = look.now - LONG_WAIT
    query = select(func.min(Announcement.not_before)).where(
        Announcement.state.in_(("waiting", "ready")), Announcement.not_before < late
    )
    oldest = look.session.scalar(query)
    if oldest is None:
        yield Finding(gettext("Hàng chờ"), GOOD, gettext("Không có lời nào chờ quá một phút."))
    else:
        minutes = round((look.now - oldest).total_seconds() / 60)
        yield Finding(
            gettext("Hàng chờ"),
            DOUBTFUL,
            gettext("Có lời đã chờ %(minutes)s phút. Xem mục Đang phát.", minutes=minutes),
        )


def overdue(look: Look) -> Iterator[Finding]:
    """What was planned, is past, and nobody knows what became of it: silence that nobody noticed."""
    query = select(func.count()).where(
        Occurrence.result.is_(None), Occurrence.way_code == "", Occurrence.planned_at < look.now - OVERDUE,
        ~Occurrence.queued,
    )  # fmt: skip
    count = look.session.scalar(query) or 0
    if count:
        yield Finding(
            gettext("Lịch phát"),
            BAD,
            gettext("%(count)s lượt đã quá giờ mà chưa phát. Kiểm tra bộ phát thanh.", count=count),
        )
    else:
        yield Finding(gettext("Lịch phát"), GOOD, gettext("Không có lượt nào quá giờ."))


def today(look: Look) -> Iterator[Finding]:
    counts = counts_of(look.session, local_date(look.now))
    if wrong := counts["failed"] + counts["missed"]:
        yield Finding(
            gettext("Hôm nay"), DOUBTFUL, gettext("%(count)s lượt lỗi hoặc lỡ. Xem mục Nhật ký.", count=wrong)
        )
    else:
        yield Finding(
            gettext("Hôm nay"),
            GOOD,
            gettext("%(count)s lượt đã phát, không có lượt lỗi hay lỡ.", count=counts["played"]),
        )


def zones(look: Look) -> Iterator[Finding]:
    status = {row.zone_id: row for row in look.session.scalars(select(ZoneStatus))}
    last = last_sounds(look.session, look.now - QUIET_DAY)
    for zone in look.zones:
        found = _zone(zone, status.get(zone.id), last.get(zone.key), look.now)
        yield replace(found, station=zone.station.key)


def _zone(zone: Zone, status: ZoneStatus | None, last: datetime | None, now: datetime) -> Finding:
    about = f"{named(zone)} ({named(zone.station)})"
    if status and status.fault:
        since = when(status.changed_at, now)
        return Finding(
            about,
            BAD,
            gettext("Đường ra loa gặp lỗi từ %(since)s. Xem dây, nguồn và âm-li.", since=since),
            zone.key,
        )
    if last is None:
        return Finding(about, DOUBTFUL, gettext("Một ngày qua chưa phát gì. Kiểm tra lịch phát."), zone.key)
    return Finding(about, GOOD, gettext("Lần phát gần nhất: %(when)s.", when=when(last, now)), zone.key)


def silence(look: Look) -> Iterator[Finding]:
    """Zones in which something is due, nothing sounds, and nobody wanted it so."""
    waiting = _waiting(look)
    silent = [named(zone) for zone in look.zones if _is_silent(look, zone, waiting.get(zone.id))]
    if silent:
        names = ", ".join(silent)
        yield Finding(
            gettext("Im lặng"),
            BAD,
            gettext(
                "Có lời đến giờ mà loa không nói: %(names)s. Nghe tại chỗ, xem mục Đang phát.", names=names
            ),
        )
    else:
        yield Finding(gettext("Im lặng"), GOOD, gettext("Không khu vực nào im lặng lúc phải nói."))


def _waiting(look: Look) -> dict[str, datetime]:
    """By zone, since when something there is due: only where nothing sounds."""
    query = select(Announcement.zone_id, Announcement.state, Announcement.not_before)
    query = query.where(Announcement.state.in_(("waiting", "ready", "playing")))
    rows = look.session.execute(query).all()
    speaking = {zone for zone, state, _ in rows if state == "playing"}
    due: dict[str, datetime] = {}
    for zone, _, at in rows:
        if zone not in speaking and at <= look.now:
            due[zone] = min(at, due.get(zone, at))
    return due


def _is_silent(look: Look, zone: Zone, due: datetime | None) -> bool:
    if due is None:
        return False
    spoken = look.session.scalar(select(func.max(Playout.logged_at)).where(Playout.zone == zone.key))
    since = max((due, *(at for at in (spoken, zone.muted_until) if at)))
    return look.now - since > SILENT_FOR + timedelta(seconds=zone.gap_seconds)


def calls(look: Look) -> Iterator[Finding]:
    """Travellers who called for help and whom nobody has answered: one finding each, so that each is told."""
    rows = look.session.scalars(CALLS.options(joinedload(Feedback.station))).all()
    if not rows:
        yield Finding(gettext("Gọi giúp khẩn cấp"), GOOD, gettext("Không có ai đang chờ giúp."))
    for row in rows:
        where, at = named(row.station), when(row.received_at.replace(microsecond=0), look.now)
        told = gettext(
            "%(where)s có người gọi giúp lúc %(at)s, chưa ai tiếp nhận. Mở mục Góp ý.", where=where, at=at
        )
        yield Finding(gettext("Gọi giúp khẩn cấp"), BAD, told, row.id, row.station.key)


def clarity(look: Look) -> Iterator[Finding]:
    rows = look.session.scalars(select(Sound).where(Sound.approved_at.is_(None)))
    held = sum(row.held for row in rows)
    if held:
        yield Finding(
            gettext("Nghe lại"),
            DOUBTFUL,
            gettext("%(count)s tiếng nghe không rõ, đang chờ đồng ý: loaga sound list.", count=held),
        )
    else:
        yield Finding(gettext("Nghe lại"), GOOD, gettext("Không có tiếng nào chờ đồng ý."))


def voice(look: Look) -> Iterator[Finding]:
    if not look.voices:
        yield Finding(
            gettext("Giọng đọc"),
            BAD,
            gettext("Không có giọng tiếng Việt nào. Gõ loaga voices để biết vì sao."),
        )
    elif look.voices[0] in ("formant", "espeak"):
        sentence = gettext(
            "Chỉ còn giọng dự phòng %(voice)s. Gõ loaga voices để biết vì sao.", voice=look.voices[0]
        )
        yield Finding(gettext("Giọng đọc"), DOUBTFUL, sentence)
    else:
        yield Finding(gettext("Giọng đọc"), GOOD, gettext("%(voice)s đọc tiếng Việt.", voice=look.voices[0]))


def disk(look: Look) -> Iterator[Finding]:
    free = shutil.disk_usage(look.home).free
    state = BAD if free < NO_SPACE else DOUBTFUL if free < LITTLE_SPACE else GOOD
    left = gettext("Còn trống %(size)s GB.", size=tenths(free / 1e9))
    more = "" if state == GOOD else " " + gettext("Dọn bớt, hoặc giảm audio.cache_mb.")
    yield Finding(gettext("Đĩa"), state, left + more)


def backups(look: Look) -> Iterator[Finding]:
    last = look.home / LAST_BACKUP
    if not last.exists():
        yield Finding(gettext("Sao lưu"), DOUBTFUL, gettext("Chưa sao lưu lần nào. Gõ loaga backup."))
        return
    newest = datetime.fromtimestamp(last.stat().st_mtime, look.now.tzinfo)
    state = GOOD if look.now - newest < OLD_BACKUP else DOUBTFUL
    latest = gettext("Bản gần nhất: %(when)s.", when=when(newest, look.now))
    yield Finding(
        gettext("Sao lưu"), state, latest if state == GOOD else f"{latest} {gettext('Gõ loaga backup.')}"
    )


def clock(look: Look) -> Iterator[Finding]:
    error = largest_error()
    if error is None:
        yield Finding(
            gettext("Đồng hồ"), DOUBTFUL, gettext("Không được chỉnh giờ tự động. Bật NTP trên máy này.")
        )
    elif error > WRONG_CLOCK_SECONDS:
        yield Finding(
            gettext("Đồng hồ"),
            DOUBTFUL,
            gettext("Có thể lệch %(seconds)s giây. Xem máy chủ giờ.", seconds=f"{error:.0f}"),
        )
    else:
        yield Finding(gettext("Đồng hồ"), GOOD, gettext("Đang được chỉnh giờ tự động."))


def watch(look: Look) -> Iterator[Finding]:
    """Whoever records faults and sends them."""
    beat_at = look.session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == WATCH))
    if beat_at and look.now - beat_at < LONG_WAIT:
        yield Finding(gettext("Báo sự cố"), GOOD, gettext("Đang canh chừng nhà ga."))
    else:
        yield Finding(
            gettext("Báo sự cố"),
            BAD,
            gettext("Không ai canh chừng, sự cố không được báo. Mở lại bằng lệnh loaga up."),
        )


CHECKS: tuple[Callable[[Look], Iterator[Finding]], ...] = (
    announcer, calls, queue, silence, overdue, today, zones, clarity, voice, disk, backups, clock, watch,
)  # fmt: skip


def findings(look: Look) -> list[Finding]:
    """All of them, the worst first."""
    found = [
        replace(finding, code=":".join(filter(None, (check.__name__, finding.code))))
        for check in CHECKS
        for finding in check(look)
    ]
    return sorted(found, key=lambda one: (BAD, DOUBTFUL, GOOD).index(one.state))
