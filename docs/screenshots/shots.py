"""Which pages are photographed, at which size, and what is tapped on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docs.screenshots.life import REQUEST

PICTURES = Path(__file__).parent.parent / "pictures"
DESK, KIOSK, PHONE = (1280, 900), (1080, 1920), (390, 844)
KEYS = ["shift", *"nhaf", "space", *"veej", "space", *"sinh", "space", *"baanr", "space", *"quas"]
TYPED = tuple(f'.key[data-key="{key}"]:visible' for key in KEYS)
BAD, PLACE, RULE, SEND = (
    ".mood.bad",
    "[name=topic][value=place]",
    "[name=topic][value=rule]",
    "button[form=tell]",
)


@dataclass(frozen=True)
class Shot:
    """One picture; ``waits_for`` is what must be on the page first, after all ``taps``. ``arrives`` is the path of the page that is photographed
    where taps have led away from ``path``.

    In a path ``{sound}`` is the key of one that was made, ``{code}`` and ``{case}`` belong to feedback, ``{occurrence}`` and ``{example}`` are ids.
    """

    name: str
    path: str
    waits_for: str
    size: tuple[int, int]
    signed_in: bool = False
    dark: bool = False
    language: str = "vi-VN"
    taps: tuple[str, ...] = ()
    arrives: str = ""


def desk(
    name: str, path: str, waits_for: str, height: int = DESK[1], dark: bool = False, language: str = "vi-VN"
) -> Shot:
    """Of staff who are signed in."""
    return Shot(name, path, waits_for, (DESK[0], height), True, dark, language)


def kiosk(
    name: str, path: str, waits_for: str, *taps: str, arrives: str = "", language: str = "vi-VN"
) -> Shot:
    """Of a traveller at a screen that stands upright."""
    shown = f"/kiosk/ga-ha-noi{arrives}" if arrives else ""
    return Shot(name, f"/kiosk/ga-ha-noi{path}", waits_for, KIOSK, False, False, language, taps, shown)


def phone(
    name: str, path: str, waits_for: str, *taps: str, height: int = PHONE[1], arrives: str = ""
) -> Shot:
    """Of a traveller at a telephone."""
    return Shot(name, path, waits_for, (PHONE[0], height), taps=taps, arrives=arrives)


SHOTS = (
    # What sounds now first: it is over soon.
    Shot("on-air", "/", ".zone.live", DESK),
    desk("on-air-desk", "/", ".zone.live"),
    desk("request", f"/requests/{REQUEST}", ".zone.live"),
    desk("on-air-english", "/", ".zone.live", dark=True, language="en-GB"),
    desk("plan", "/plan?station=ga-ha-noi", ".mark"),
    desk("plan-week", "/plan/week?station=ga-ha-noi", "h1"),
    desk("plan-check", "/plan/check?station=ga-ha-noi", "section"),
    desk("log", "/log", "tr.played"),
    desk("occurrence", "/occurrences/{occurrence}", "h1"),
    desk("speak", "/speak", "[data-hold]"),
    desk("speak-message", "/speak/message/tau-cham", "form.sheet"),
    desk("speak-text", "/speak/text", "form.sheet"),
    desk("speak-live", "/speak/live", "#start:enabled"),
    desk("speak-recording", "/speak/recording", ".recorder:not([hidden])"),
    desk("messages", "/messages", ".choices"),
    desk("message", "/messages/san-tron", ".difference"),
    desk("message-version", "/messages/san-tron/versions/1", "h1"),
    desk("message-editor", "/messages/san-tron/edit", "#preview .said", height=1150),
    desk("message-new", "/messages/new", "form.sheet", height=1150),
    desk("message-recording", "/messages/san-tron/recording/vi", ".recorder:not([hidden])"),
    desk("sound", "/sounds/{sound}", "audio", height=500),
    desk("schedules", "/schedules?station=ga-ha-noi", "td.title"),
    desk("schedule", "/schedules/ga-ha-noi-phuc-vu-ke", ".difference", height=1150),
    desk("schedule-version", "/schedules/ga-ha-noi-phuc-vu-ke/versions/1", "h1"),
    desk("schedule-editor", "/schedules/ga-ha-noi-phuc-vu-ke/edit", "#preview caption", height=1150),
    desk("schedule-new", "/schedules/new?station=ga-ha-noi", "form.sheet", height=1150),
    desk("zones", "/stations/ga-ha-noi", "svg.hours"),
    desk("zone", "/stations/ga-ha-noi/zones/ga-ha-noi-sanh-cho", "form.sheet"),
    desk("calendar", "/stations/ga-ha-noi/calendar", "ol.month", height=1700),
    desk("cases", "/cases", ".case"),
    desk("case", "/cases/{case}", ".canvas img", height=1300),
    desk("case-replies", "/cases/replies", "form"),
    desk("case-figures", "/cases/figures", "svg.chart", height=1150),
    desk("good-examples", "/good-examples", "h1"),
    desk("good-example", "/good-examples/{example}", "form.sheet", height=1150),
    desk("good-example-new", "/good-examples/new", "form.sheet", height=1150),
    desk("health", "/health", "td.result"),
    desk("people", "/accounts", "td.title"),
    desk("person", "/accounts/truc.loa", "h1"),
    desk("tokens", "/tokens", "td.title"),
    desk("audit", "/audit", "td"),
    desk("account", "/account", "h1"),
    Shot("sign-in", "/sign-in", "form.sheet", PHONE, dark=True),
    Shot("kiosk-stations", "/kiosk/", "h1", KIOSK),
    kiosk("kiosk-waiting", "/", ".slide.shown"),
    kiosk("kiosk-said", "/said", "h1"),
    kiosk("kiosk-rules", "/rules/cong-cong", ".card"),
    phone("kiosk-rule", "/kiosk/ga-ha-noi/rules/cong-cong/xep-hang", ".listen"),
    kiosk("kiosk-good-examples", "/good-examples", "h1"),
    phone("kiosk-good-example", "/kiosk/ga-ha-noi/good-examples/{example}", "h1"),
    kiosk("kiosk-start", "/start", ".mood"),
    kiosk("kiosk-start-english", "/start", ".mood", language="en-GB"),
    kiosk("kiosk-feedback-about", "/start", ".choice", BAD, arrives="/feedback/about"),
    kiosk("kiosk-feedback-rule", "/start", "[name=rule]", BAD, RULE, arrives="/feedback/rule"),
    kiosk("kiosk-feedback-tell", "/start", ".keyboard", BAD, PLACE, *TYPED, arrives="/feedback/tell"),
    kiosk("kiosk-feedback-done", "/start", ".qr", BAD, PLACE, *TYPED, SEND, arrives="/feedback/done"),
    phone(
        "kiosk-feedback-lawful", "/kiosk/ga-ha-noi/start", "h1", BAD, PLACE, "a[href$='/feedback/lawful']",
        arrives="/kiosk/ga-ha-noi/feedback/lawful",
    ),
    phone(
        "kiosk-feedback-contact", "/kiosk/ga-ha-noi/start", "form", BAD, "a.way.on", "a[href$='/contact']", height=1300,
        arrives="/kiosk/ga-ha-noi/feedback/contact",
    ),
    kiosk("kiosk-feedback-help", "/feedback/help", "h1"),
    kiosk("kiosk-follow-ask", "/follow", "form"),
    phone("kiosk-follow", "/g/{code}", ".answered img", height=1100, arrives="/kiosk/ga-ha-noi/follow/one"),
    phone("kiosk-follow-data", "/g/{code}", "form", "a[href$='/follow/data']", height=1100, arrives="/kiosk/ga-ha-noi/follow/data"),
    kiosk("kiosk-follow-deleted", "/follow/deleted", "h1"),
)  # fmt: skip
