"""The seed content, held against the manners of a Hà Nội station."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from schedules.days.calendars import Calendar
from schedules.days.day_types import DayType
from schedules.document import read_document
from schedules.exchange import CONTENT, DEMO
from schedules.policies import clock_windows
from schedules.triggers import moments_on, trigger_from_data


def load(name: str) -> Any:
    return yaml.safe_load((CONTENT / name).read_text("utf-8"))


KINDS = load("kinds.yaml")
PLACES = load("places.yaml")
MESSAGES = {message["key"]: message for message in load("messages.yaml")["messages"]}
STATION_FILES = [yaml.safe_load(path.read_text("utf-8")) for path in DEMO[1:]]
STATIONS = [station for file in STATION_FILES for station in file["stations"]]
ZONES = {zone["key"]: zone for station in STATIONS for zone in station["zones"]}
SCHEDULES = [schedule for file in STATION_FILES for schedule in file["schedules"]]
FILES = sorted(CONTENT.rglob("*.yaml"))

each_message = pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
CONDUCT = {key: message for key, message in MESSAGES.items() if message["category"] == "conduct"}
each_conduct_message = pytest.mark.parametrize("message", CONDUCT.values(), ids=CONDUCT)
each_schedule = pytest.mark.parametrize(
    "schedule", SCHEDULES, ids=[schedule["key"] for schedule in SCHEDULES]
)
each_zone = pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
each_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BLANK = re.compile(r"\{(\w+)\}")
# What the timetable can fill in, see ``Departure.values``.
FROM_TIMETABLE = {"service", "place", "time", "timetabled", "platform", "gate", "delay"}
# Syllables a blank takes when it is spoken: "mười chín giờ ba mươi phút" is six.
BLANK_SYLLABLES = {
    "time": 6,
    "date": 9,
    "number": 2,
    "money": 5,
    "platform": 1,
    "service": 4,
    "place": 2,
    "text": 4,
}

TOPICS = {
    "conduct": {
        *(
            "queue",
            "litter",
            "smoking",
            "spitting",
            "seats",
            "soft-voice",
            "headphones",
            "polite-words",
            "dress",
        ),
        *("graffiti", "landscape", "animals", "helping", "good-examples"),
    },
    "safety": {
        *("yellow-line", "gap", "doors", "luggage", "pickpockets", "children", "escalators", "banned-goods"),
        *("unattended-bag", "slippery-floor", "storm", "touts"),
    },
    "operational": {
        *(
            "arrival",
            "boarding",
            "gate",
            "delay",
            "cancellation",
            "platform-change",
            "first-service",
            "last-service",
        ),
    },
    "service": {
        *(
            "lost-property",
            "lost-child",
            "disabled-help",
            "suggestion-box",
            "ticket-check",
            "opening",
            "closing",
        ),
    },
    "emergency": {"fire", "evacuation", "no-lifts", "medical", "security"},
    "campaign": {"good-people", "code-of-conduct", "tet"},
}


def wording(message: dict[str, Any], language: str, form: str = "text") -> str:
    found = message["wordings"][language]
    return found if isinstance(found, str) else found.get(form, found["text"])


def all_words(message: dict[str, Any]) -> list[str]:
    return [
        wording(message, language, form) for language in message["wordings"] for form in ("text", "spoken")
    ]


def syllables(message: dict[str, Any]) -> int:
    """Vietnamese is written one syllable a word; digits are read one by one."""
    text = wording(message, "vi")
    spoken = sum(BLANK_SYLLABLES[message["blanks"][name]] for name in BLANK.findall(text))
    plain = BLANK.sub(" ", text)
    return spoken + len(re.findall(r"[^\W\d_]+|\d", plain))


def seconds(message: dict[str, Any]) -> float:
    english = wording(message, "en", "spoken")
    return 2 + syllables(message) / 4 + len(english.split()) / 2.7


def turns(schedule: dict[str, Any]) -> list[str]:
    return [turn["message"] for turn in schedule.get("rotation", ())] or [schedule["message"]]


def moments(schedule: dict[str, Any], day: date) -> list[Any]:
    return moments_on(trigger_from_data(schedule["trigger"]), day_type(schedule["key"]), Calendar(), day)


@cache
def day_type(key: str) -> DayType:
    return DayType.from_data(next(s for s in SCHEDULES if s["key"] == key).get("days"))


# ------------------------------------------------------------------------------------------------ the files


@pytest.mark.parametrize("path", DEMO, ids=[path.name for path in DEMO])
def test_the_importer_accepts_every_file(path: Path) -> None:
    document = read_document(path)
    assert document.messages or document.stations


@each_file
def test_files_are_composed_unicode_with_the_vietnamese_letter_d(path: Path) -> None:
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\u00d0" not in text, "Ð (U+00D0) stands where Đ (U+0110) is meant"
    assert not re.search(r"[\u200b-\u200f\ufeff\u00a0]", text), "an invisible character"


@pytest.mark.parametrize("section", ["messages", "stations", "zones", "schedules"])
def test_keys_are_unique_slugs(section: str) -> None:
    keys = {
        "messages": [message["key"] for message in load("messages.yaml")["messages"]],
        "stations": [station["key"] for station in STATIONS],
        "zones": [zone["key"] for station in STATIONS for zone in station["zones"]],
        "schedules": [schedule["key"] for schedule in SCHEDULES],
    }[section]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not SLUG.fullmatch(key)] == []


# --------------------------------------------------------------------------------------------- the messages


def test_every_topic_that_a_station_speaks_about_is_covered() -> None:
    covered = defaultdict(set)
    for message in MESSAGES.values():
        covered[message["category"]].add(message["topic"])
    missing = {topic for category, topics in TOPICS.items() for topic in topics - covered[category]}
    assert missing == set()


def test_there_are_plenty_of_messages_with_titles_that_differ() -> None:
    assert len(MESSAGES) >= 48
    assert len({message["title"] for message in MESSAGES.values()}) == len(MESSAGES)


@each_message
def test_it_is_said_in_vietnamese_first_and_in_english(message: dict[str, Any]) -> None:
    assert list(message["wordings"]) == ["vi", "en"]


@each_message
def test_its_blanks_are_declared_and_used_in_every_language(message: dict[str, Any]) -> None:
    declared = set(message.get("blanks", {}))
    for words in all_words(message):
        assert set(BLANK.findall(words)) == declared


@each_message
def test_it_can_be_followed_by_ear(message: dict[str, Any]) -> None:
    for words in all_words(message):
        plain = BLANK.sub("", words)
        assert re.sub(r"[^\W_]|[ ,.:'-]", "", plain) == "", "symbols that nobody can hear"
        assert words.endswith(".")
        assert "  " not in words
        assert words == words.strip()


@each_message
def test_it_is_neither_a_scrap_nor_a_speech(message: dict[str, Any]) -> None:
    assert 15 <= syllables(message) <= (45 if message.get("chime") == "urgent" else 75)
    assert len(wording(message, "en").split()) <= 40


@each_message
def test_it_speaks_to_the_quy_khach_and_never_to_a_ban(message: dict[str, Any]) -> None:
    words = wording(message, "vi").lower()
    assert "quý khách" in words
    assert not re.search(r"\bbạn\b", words)
    opening = ("Kính thưa quý khách", "Kính chào quý khách", "Quý khách chú ý")
    assert wording(message, "vi").startswith(opening)


@each_message
def test_it_counts_as_the_north_does(message: dict[str, Any]) -> None:
    assert not re.search(r"\b(lẻ|ngàn)\b", wording(message, "vi").lower())


@each_conduct_message
def test_conduct_asks_and_thanks_and_does_not_forbid(message: dict[str, Any]) -> None:
    words = wording(message, "vi")
    assert not re.search(r"\b(cấm|phải|phạt|vi phạm)\b", words.lower())
    assert re.search(r"\b(xin|nên|mời)\b", words.lower())
    assert re.search(r"Xin cảm ơn[^.]*\.$", words)
    assert wording(message, "en").endswith("Thank you.")


@each_conduct_message
def test_conduct_names_its_rule_and_says_whether_it_was_verified(message: dict[str, Any]) -> None:
    rule = message["rule"]
    assert set(rule) - {"key"} == {"act", "article", "verified", "summary"}
    assert rule["summary"].endswith(".")
    # Articles read in an official text; all others wait for somebody to look them up.
    assert rule["verified"] is ((rule["act"], rule["article"]) in VERIFIED)
    assert rule["act"] in {source["act"] for source in KINDS["sources"]}


VERIFIED = {("1665/QĐ-UBND", "Điều 3"), ("1665/QĐ-UBND", "Điều 13")}


@each_message
def test_only_urgent_emergencies_have_the_urgent_chime(message: dict[str, Any]) -> None:
    if message.get("chime") == "urgent":
        assert message["category"] == "emergency"
    elif message["category"] == "emergency":
        assert message["topic"] == "all-clear"


@each_message
def test_numbers_to_call_are_known_and_read_digit_by_digit_in_english(message: dict[str, Any]) -> None:
    known = {line["number"] for line in KINDS["hotlines"]}
    assert set(re.findall(r"\d+", BLANK.sub("", wording(message, "vi")))) <= known
    assert set(re.findall(r"\d+", wording(message, "en"))) <= known
    assert not re.search(r"\d", wording(message, "en", "spoken"))


def test_no_names_are_given_of_children_who_are_lost() -> None:
    lost = [message for message in MESSAGES.values() if message["topic"] == "lost-child"]
    assert {name for message in lost for name in message.get("blanks", {})} <= {"place"}


# ----------------------------------------------------------------------------------------- names and places


def known_places() -> set[str]:
    stations = [name for kind in KINDS["kinds"] for group in kind["places"] for name in group["names"]]
    return {*stations, *PLACES["phuong"], *PLACES["xa"], "Hà Nội"}


# Capitalised words that name no place: the city itself, the New Year, the Kitchen Gods.
NO_PLACES = {"Thành", "Tết", "Tết Nguyên", "Công", "Táo"}


def names_in(text: str) -> list[str]:
    """Runs of capitalised words, leaving out the first word of each sentence."""
    names: list[list[str]] = [[]]
    for sentence in re.split(r"(?<=\.) ", text):
        for word in re.findall(r"\w+|[,.{]", sentence)[1:]:
            if word[0].isupper():
                names[-1].append(word)
            elif names[-1]:
                names.append([])
        names.append([])
    return [" ".join(name) for name in names if name]


def test_names_are_found_in_a_sentence() -> None:
    assert names_in("Tàu đi Đống Đa, Láng. Ga Hà Nội xin chào.") == ["Đống Đa", "Láng", "Hà Nội"]


@each_message
def test_places_in_the_words_are_known_ones(message: dict[str, Any]) -> None:
    assert set(names_in(wording(message, "vi"))) <= known_places() | NO_PLACES


@pytest.mark.parametrize("station", STATIONS, ids=[station["key"] for station in STATIONS])
def test_a_station_is_a_known_place_of_its_kind(station: dict[str, Any]) -> None:
    kind = next(kind for kind in KINDS["kinds"] if kind["key"] == station["kind"])
    names = {f"{kind['prefix']} {name}" for group in kind["places"] for name in group["names"]}
    assert station["name"] in names
    assert station["name_en"]


def test_places_in_the_schedules_are_known_ones() -> None:
    named = {schedule["values"]["place"] for schedule in SCHEDULES if "place" in schedule.get("values", {})}
    assert named <= known_places()


def test_the_city_has_51_wards_and_75_communes() -> None:
    assert (len(PLACES["phuong"]), len(PLACES["xa"])) == (51, 75)
    assert len({*PLACES["phuong"], *PLACES["xa"]}) == 126


def test_every_kind_tells_its_names_and_rules() -> None:
    for kind in KINDS["kinds"]:
        assert kind["name"]
        assert kind["name_en"]
        assert all(isinstance(rule["verified"], bool) for rule in kind["rules"])


def test_1665_is_not_cited_for_schools() -> None:
    school = next(kind for kind in KINDS["kinds"] if kind["key"] == "school")
    assert "1665/QĐ-UBND" not in {rule["act"] for rule in school["rules"]}


def test_hotlines_are_those_of_the_city() -> None:
    assert {line["number"] for line in KINDS["hotlines"]} == {"113", "114", "115", "111", "112", "1022"}


# -------------------------------------------------------------------------------------------- the schedules


@each_schedule
def test_a_schedule_refers_to_messages_and_zones_that_exist(schedule: dict[str, Any]) -> None:
    station = next(station for station in STATIONS if station["key"] == schedule["station"])
    assert set(schedule["zones"]) <= {zone["key"] for zone in station["zones"]}
    assert set(turns(schedule)) <= set(MESSAGES)
    assert schedule["key"].startswith(station["key"])


@each_schedule
def test_a_schedule_fills_every_blank(schedule: dict[str, Any]) -> None:
    given = set(schedule.get("values", {}))
    offered = given | (FROM_TIMETABLE if schedule["trigger"]["kind"] == "departure" else set())
    asked = {name for key in turns(schedule) for name in MESSAGES[key].get("blanks", {})}
    assert asked <= offered
    assert given <= asked


@each_schedule
def test_what_is_said_of_one_kind_of_station_fits_there(schedule: dict[str, Any]) -> None:
    kind = next(station["kind"] for station in STATIONS if station["key"] == schedule["station"])
    strange = {
        "bus": {
            "vach-vang",
            "khe-ho",
            "cua-tau",
            "khong-xuong-duong-ray",
            "tau-vao-ga",
            "len-tau",
            "soat-ve",
        },
        "metro": {"len-tau", "xe-ra-cua", "san-do-xe", "day-an-toan", "soat-ve-len-xe"},
        "rail": {"xe-ra-cua", "san-do-xe", "day-an-toan", "soat-ve-len-xe", "tau-vao-ga"},
    }[kind]
    assert set(turns(schedule)) & strange == set()


DAYS = {
    "an ordinary Wednesday": date(2026, 12, 2),
    "a Friday": date(2026, 12, 4),
    "a Sunday": date(2026, 12, 6),
    "a day of the full moon": date(2026, 11, 23),
    "10 October": date(2026, 10, 10),
    "National Day": date(2026, 9, 2),
    "23 tháng Chạp": date(2027, 1, 30),
    "mùng một Tết": date(2027, 2, 6),
}
each_day = pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)


def said_in(zone: dict[str, Any], day: date) -> list[tuple[Any, dict[str, Any]]]:
    """(moment, schedule) for all that the schedules ask of a zone, without the timetable."""
    mine = [schedule for schedule in SCHEDULES if zone["key"] in schedule["zones"]]
    return [(moment.at, schedule) for schedule in mine for moment in moments(schedule, day)]


def longest(schedule: dict[str, Any]) -> float:
    return max(seconds(MESSAGES[key]) for key in turns(schedule)) * int(schedule.get("repeats", 1))


@each_zone
@each_day
def test_every_hour_keeps_well_within_its_budget(zone: dict[str, Any], day: date) -> None:
    """Even if each rotation had its longest turn; and the timetable must find room beside it."""
    spent: dict[int, float] = defaultdict(float)
    for at, schedule in said_in(zone, day):
        spent[at.hour] += longest(schedule) / 60
    assert max(spent.values()) <= zone["budget_minutes"] - 1


@each_zone
@each_day
def test_a_day_is_neither_silent_nor_chatty(zone: dict[str, Any], day: date) -> None:
    assert 60 <= len(said_in(zone, day)) <= 120


@each_zone
@each_day
def test_nights_are_quiet(zone: dict[str, Any], day: date) -> None:
    for at, schedule in said_in(zone, day):
        starts, ends = at.timestamp(), at.timestamp() + longest(schedule)
        for first, last in clock_windows(zone["quiet"], day):
            assert not (first < ends and starts < last), schedule["key"]


@each_zone
def test_quiet_hours_and_lower_volume_cover_the_night(zone: dict[str, Any]) -> None:
    assert zone["quiet"]
    assert all(window["db"] < 0 for window in zone["volume"])


def test_special_days_sound_different() -> None:
    def keys(day: date) -> set[str]:
        return {schedule["key"] for schedule in SCHEDULES if moments(schedule, day)}

    ordinary = keys(DAYS["an ordinary Wednesday"])
    assert {"ga-ha-noi-ngay-le-chua", "ga-cat-linh-ngay-le-chua"} <= keys(
        DAYS["a day of the full moon"]
    ) - ordinary
    assert "ga-ha-noi-nguoi-tot-viec-tot" in keys(DAYS["10 October"]) - ordinary
    assert "ga-ha-noi-nghi-le" in keys(DAYS["National Day"]) - ordinary
    assert "ga-ha-noi-ong-cong-ong-tao" in keys(DAYS["23 tháng Chạp"]) - ordinary
    assert {"ga-ha-noi-chuc-tet", "ga-ha-noi-ung-xu-sanh-tet"} <= keys(DAYS["mùng một Tết"]) - ordinary
    assert "ga-ha-noi-ung-xu-sanh" not in keys(DAYS["mùng một Tết"])


def test_every_kind_of_trigger_has_an_example() -> None:
    assert {schedule["trigger"]["kind"] for schedule in SCHEDULES} == {"every", "times", "rrule", "departure"}


@each_schedule
def test_conduct_never_outranks_a_departure(schedule: dict[str, Any]) -> None:
    category = MESSAGES[turns(schedule)[0]]["category"]
    if category in ("conduct", "campaign", "service"):
        assert schedule.get("priority", "normal") == "normal"
    if schedule["trigger"]["kind"] == "departure":
        assert schedule["priority"] == "priority"
        assert schedule["expires_minutes"] <= 6
