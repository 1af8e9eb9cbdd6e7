"""What is told about a fault, as Vietnamese sentences."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kiosk.health.models import GIVEN_UP, SENT, Alert, Fault
from kiosk.language.times import clock, when
from kiosk.language.words import gettext, said
from schedules.core.clock import iso_local

KINDS = {"begin": "Sự cố", "worse": "Sự cố nặng thêm", "end": "Đã hết sự cố", "test": "Thử báo tin"}
CHANNELS = {"mail": "thư", "webhook": "webhook"}
STATES = {"bad": "hỏng", "doubtful": "cần xem"}


def content_of(fault: Fault, kind: str) -> dict[str, Any]:
    """What is told, for machines; ``kind`` is one of KINDS."""
    return {
        "kind": kind,
        "fault": fault.id,
        "code": fault.code,
        "about": fault.about,
        "state": fault.state,
        "sentence": fault.sentence,
        "began_at": iso_local(fault.began_at),
        "ended_at": iso_local(fault.ended_at),
        "machine": socket.gethostname(),
    }


def test_content(now: datetime) -> dict[str, Any]:
    sentence = "Tin này chỉ để thử: nhà ga không có sự cố mới nào."
    fault = Fault(id="", code="test", about="Báo sự cố", state="doubtful", sentence=sentence, began_at=now)
    return content_of(fault, "test")


def subject(content: Mapping[str, Any]) -> str:
    return f"[Loa ga {content['machine']}] {KINDS[content['kind']]}: {content['about']}"


def body(content: Mapping[str, Any]) -> str:
    state = "" if content["kind"] == "test" else f" ({STATES[content['state']]})"
    lines = [
        f"{KINDS[content['kind']]}: {content['about']}{state}.",
        content["sentence"],
        "",
        f"Bắt đầu: {_moment(content['began_at'])}.",
    ]
    if content["ended_at"]:
        lines.append(f"Hết lúc: {_moment(content['ended_at'])}.")
    lines += [f"Máy: {content['machine']}.", "", "Chi tiết ở trang Sức khỏe."]
    return "\n".join(lines) + "\n"


def told(alert: Alert, now: datetime) -> str:
    """What became of a message: "Sự cố, thư: đã gửi 07:30"."""
    what = f"{said(KINDS[alert.content['kind']])}, {said(CHANNELS.get(alert.channel, alert.channel))}"
    if alert.state == SENT and alert.settled_at:
        return gettext("%(what)s: đã gửi %(when)s", what=what, when=when(alert.settled_at, now))
    if alert.state == GIVEN_UP:
        return gettext("%(what)s: không gửi được", what=what)
    if alert.tries:
        return gettext("%(what)s: chưa gửi được, đang thử lại", what=what)
    return gettext("%(what)s: đang gửi", what=what)


def _moment(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp)
    return f"{clock(moment)} ngày {moment:%d/%m/%Y}"
