"""A message as its form holds it. Everything typed is checked here; a mistake becomes one Vietnamese sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from announcer.review import SAMPLES
from kiosk import typing
from kiosk.announcements.wishes import Unclear
from kiosk.announcements.words import BLANKS, blank_stem
from kiosk.drafts import Entry
from kiosk.language.words import gettext
from kiosk.messages import words
from schedules.document import MARKUP, MessageEntry
from schedules.models import Message, Wording
from schedules.wording import BLANK, MAX_TEXT, OVERRIDE, blanks_of

LONGEST_TITLE = 200
MOST_BLANKS = 12
TYPED_AT_MOST = 4 * MAX_TEXT  # characters that are looked at at all


@dataclass(frozen=True)
class Typed:
    """``texts``, ``spoken`` and ``clips`` (recordings) per language; ``kinds`` what each blank takes; ``seen`` the draft that
    was on the page.
    """

    title: str = ""
    station: str = ""
    category: str = "conduct"
    chime: str = "standard"
    texts: Mapping[str, str] = field(default_factory=lambda: {"vi": "", "en": ""})
    spoken: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    clips: Mapping[str, str] = field(default_factory=dict)
    seen: str = ""

    @property
    def blanks(self) -> dict[str, str]:
        """Every blank that stands in a text, in the order of their first use, with what it takes."""
        together = " ".join([*self.texts.values(), *self.spoken.values()])
        return {name: self.kinds.get(name) or guessed(name) for name in blanks_of(together)}

    @property
    def doubts(self) -> list[str]:
        """What may be meant and is often a slip: a blank that not every language has."""
        having = {
            key: blanks_of(f"{text} {self.spoken.get(key, '')}") for key, text in self.texts.items() if text
        }
        found = {name: [key for key, names in having.items() if name in names] for name in self.blanks}
        return [
            gettext(
                "Chỗ trống {%(name)s} chỉ có trong %(wordings)s.", name=name, wordings=words.wordings(keys)
            )
            for name, keys in found.items()
            if 0 < len(keys) < len(having)
        ]


def guessed(name: str) -> str:
    """ "time" for {time} and {time2}: a blank that is named after what it takes needs nobody to say so."""
    stem = blank_stem(name)
    return stem if stem in BLANKS else "text"


def read(form: MultiDict[str, str], before: Entry | None = None) -> Typed:
    """The form as it was sent, not yet checked. Languages that the page does not show stay as they were ``before``."""
    known = of_entry(before) if before else Typed()
    languages = dict.fromkeys(["vi", "en", *known.texts])
    cut = {name: text[: TYPED_AT_MOST + 1] for name, text in form.items()}
    return Typed(
        title=typing.line(cut.get("title", "")),
        station=cut.get("station", ""),
        category=cut.get("category", ""),
        chime=cut.get("chime", ""),
        texts={key: typing.line(cut.get(f"text-{key}", known.texts.get(key, ""))) for key in languages},
        spoken={key: typing.line(cut.get(f"spoken-{key}", known.spoken.get(key, ""))) for key in languages},
        kinds={**known.kinds} | {name[5:]: kind for name, kind in cut.items() if name.startswith("kind-")},
        clips=_kept_clips(known, cut),
        seen=cut.get("seen", ""),
    )


def _kept_clips(known: Typed, form: Mapping[str, str]) -> dict[str, str]:
    """A recording is of its words: with other words, or where the voice is wanted back, it is not used any more."""
    return {
        key: clip
        for key, clip in known.clips.items()
        if f"voice-{key}" not in form
        and typing.line(form.get(f"text-{key}", known.texts[key])) == known.texts[key]
    }


def lost_recordings(typed: Typed, before: Entry | None) -> list[str]:
    """What to tell whoever saved words whose recording is not used any more; nothing where all are kept."""
    lost = [key for key in (of_entry(before).clips if before else ()) if key not in typed.clips]
    if not lost:
        return []
    return [
        gettext(
            "Bản ghi tiếng người đọc của %(wordings)s đã bỏ: loa đọc bằng giọng máy cho đến khi ghi lại.",
            wordings=words.wordings(lost),
        )
    ]


def of_entry(entry: Entry, seen: str = "") -> Typed:
    wordings = {key: {"text": one} if isinstance(one, str) else one for key, one in entry["wordings"].items()}
    return Typed(
        title=entry["title"],
        station=entry.get("station") or "",
        category=entry["category"],
        chime=entry["chime"],
        texts={"vi": "", "en": ""} | {key: one["text"] for key, one in wordings.items()},
        spoken={key: one.get("spoken", "") for key, one in wordings.items()},
        kinds=dict(entry["blanks"]),
        clips={key: one["clip"] for key, one in wordings.items() if one.get("clip")},
        seen=seen,
    )


def entry_of(typed: Typed, key: str, before: Entry | None = None) -> Entry:
    """As a content file has it; what the page does not show (topic, rule) stays as it was. Raises Unclear."""
    _check(typed)
    wordings = {key: _wording(typed, key) for key, text in typed.texts.items() if text}
    kept = {name: (before or {}).get(name, usual) for name, usual in (("topic", ""), ("rule", None))}
    own = {"station": typed.station} if typed.station else {}
    entry = (
        {"key": key}
        | own
        | {"category": typed.category, "title": typed.title, "chime": typed.chime, "blanks": typed.blanks}
        | kept
        | {"wordings": wordings, "retired": False}
    )
    try:
        MessageEntry.model_validate(entry)
    except ValidationError as error:
        raise Unclear(gettext("Nội dung này có chỗ chưa đúng. Xin xem lại từng ô.")) from error
    return entry


def _wording(typed: Typed, key: str) -> str | dict[str, str]:
    """The text alone where there is nothing else."""
    given = {"spoken": typed.spoken.get(key), "clip": typed.clips.get(key)}
    more = {name: value for name, value in given.items() if value}
    return {"text": typed.texts[key]} | more if more else typed.texts[key]


def as_message(entry: Entry) -> Message:
    """The message it would be, in no table: for its spoken form and its length."""
    checked = MessageEntry.model_validate(entry)
    return Message(
        key=checked.key,
        category=checked.category,
        title=checked.title,
        chime=checked.chime,
        blanks=checked.blanks,
        wordings=[
            Wording(language=language, position=i, text=one.text, spoken=one.spoken, clip=one.clip)
            for i, (language, one) in enumerate(checked.wordings.items())
        ],
    )


def samples(blanks: Mapping[str, str]) -> dict[str, str]:
    """Something to say in each blank, so that the message can be heard before anybody fills it."""
    return {name: SAMPLES[kind] for name, kind in blanks.items()}


def _check(typed: Typed) -> None:
    for table, value, sentence in (
        (words.CATEGORIES, typed.category, gettext("Hãy chọn loại nội dung.")),
        (words.CHIMES, typed.chime, gettext("Hãy chọn tiếng chuông.")),
    ):
        if value not in table:
            raise Unclear(sentence)
    if not any(map(str.isalnum, typed.title)):
        raise Unclear(gettext("Hãy đặt tên cho nội dung này."))
    if len(typed.title) > LONGEST_TITLE:
        raise Unclear(
            gettext(
                "Tên dài %(length)s ký tự; nhiều nhất %(most)s.",
                length=len(typed.title),
                most=LONGEST_TITLE,
            )
        )
    if not typed.texts.get("vi"):
        raise Unclear(gettext("Hãy viết lời tiếng Việt."))
    for key, text in typed.texts.items():
        _check_words(text, words.language(key))
        _check_words(
            typed.spoken.get(key, ""), gettext("%(language)s, cách đọc riêng", language=words.language(key))
        )
        if typed.clips.get(key) and blanks_of(text):
            raise Unclear(
                gettext(
                    "Ô “%(where)s” đã có tiếng ghi nên không có chỗ trống được.", where=words.language(key)
                )
            )
        if typed.spoken.get(key) and not text:
            raise Unclear(
                gettext("Ô “%(where)s” có cách đọc riêng mà chưa có lời.", where=words.language(key))
            )
    _check_blanks(typed.blanks)


def _check_words(text: str, where: str) -> None:
    if not text:
        return
    if len(text) > MAX_TEXT:
        long = (
            gettext("hơn %(length)s", length=TYPED_AT_MOST) if len(text) > TYPED_AT_MOST else str(len(text))
        )
        raise Unclear(
            gettext(
                "Ô “%(where)s” dài %(length)s ký tự; loa nói nhiều nhất %(most)s ký tự một lần.",
                where=where,
                length=long,
                most=MAX_TEXT,
            )
        )
    if found := MARKUP.search(text):
        raise Unclear(
            gettext(
                "Ô “%(where)s” có “%(found)s” là mã trang, không nói ra được. Hãy viết chữ thường.",
                where=where,
                found=f"{found[0]:.40}",
            )
        )
    if re.search(r"[{}]", OVERRIDE.sub("", BLANK.sub("", text))):
        raise Unclear(
            gettext(
                "Ô “%(where)s” có dấu ngoặc nhọn đặt sai. Chỗ trống viết như {time}; hãy dùng các nút thêm chỗ trống.",
                where=where,
            )
        )
    if not any(map(str.isalnum, text)):
        raise Unclear(gettext("Ô “%(where)s” không có chữ nào để đọc.", where=where))


def _check_blanks(blanks: Mapping[str, str]) -> None:
    if len(blanks) > MOST_BLANKS:
        raise Unclear(
            gettext(
                "Có %(count)s chỗ trống; một lời phát có nhiều nhất %(most)s.",
                count=len(blanks),
                most=MOST_BLANKS,
            )
        )
    for name, kind in blanks.items():
        if kind not in BLANKS:
            raise Unclear(gettext("Hãy chọn chỗ trống “%(name)s” nhận gì.", name=name))
