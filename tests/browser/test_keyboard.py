"""The keyboard on a kiosk's screen: what its keys make of a word, in Telex and in VNI, and the keys themselves under a finger."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template_string
from playwright.sync_api import Browser, Page, Route, expect
from screens import SCREENS as ALL_SCREENS
from screens import tap

import kiosk
from announcer.phonology.inventory import syllables
from announcer.phonology.syllables import TONE_MARKS, split_tone
from kiosk.accounts.guard import public
from kiosk.app import create_app
from schedules.core.clock import utcnow
from schedules.core.database import Database
from schedules.core.settings import Settings

ENGINE = Path(kiosk.__file__).parent / "static" / "vietnamese.js"
TYPE = (
    "([all, mode]) => all.map(keys => [...keys].reduce((word, key) => Vietnamese.typed(word, key, mode), ''))"
)


# The words


@pytest.fixture(scope="module")
def typed(browser: Browser) -> Iterator[Callable[[list[str], str], list[str]]]:
    """What becomes of each of many sequences of keys."""
    page = browser.new_page()
    page.add_script_tag(path=ENGINE)
    yield lambda all, mode: page.evaluate(TYPE, [all, mode])
    page.close()


TABLES = {
    "telex": """
        a a  as á  af à  ar ả  ax ã  aj ạ  az az  asz a  aa â  aas ấ  aaf ầ  aar ẩ  aax ẫ  aaj ậ  aw ă  aws ắ  awf ằ  awr ẳ  awx ẵ  awj ặ
        ees ế  eef ề  eer ể  eex ễ  eej ệ  is í  if ì  ir ỉ  ix ĩ  ij ị  oos ố  oof ồ  oor ổ  oox ỗ  ooj ộ  ow ơ  ows ớ  owf ờ  owr ở  owx ỡ  owj ợ
        us ú  uj ụ  uw ư  w ư  uws ứ  uwf ừ  uwr ử  uwx ữ  uwj ự  ys ý  yf ỳ  yr ỷ  yx ỹ  yj ỵ  dd đ  DD Đ  dD đ
        uow ươ  uwow ươ  uowng ương  dduowcj được  dduwowcj được  dduocwj được  ngwowif người  nguoiwf người  thuowr thuở  thuowngf thường  huouw hươu  luuw lưu
        tieengs tiếng  tienges tiếng  tiengse tiếng  tieesng tiếng  TIEENGS TIẾNG  Tieengs Tiếng  nhaf nhà  veje vệ  Nhaf Nhà  nghieengx nghiễng  duongdfw đường
        hoaf hòa  hoafn hoàn  hoanf hoàn  hofa hòa  thuys thúy  thuyeenf thuyền  khoer khỏe  quys quý  qusy quý  giaf già  gifa già  giuwx giữ  gif gì
        giengs giéng  gieengs giếng  quaans quấn  quoocs quốc  khuyur khuỷu  khuyas khuýa  ngoafi ngoài  muaf mùa  muaw mưa  muwaf mừa  mias mía  xooong xoong
        ass as  asss ass  aaa aa  aaaa aaa  ddd dd  ww w  www ww  wwifi wifi  tww tw  aww aw  oww ow  uoww uow  tieengss tiêngs  tieengse tiénge  tesst test  did đi
        catf catf  cats cát  catj cạt  zalo zalo  flash flash  ddawks đắk  quaw quă  hoawcj hoặc  xuana xuân  uowo uô  uoow ươ  s s  gh gh
    """,
    "vni": """
        a1 á  a2 à  a3 ả  a4 ã  a5 ạ  a0 a0  a10 a  a6 â  a61 ấ  a16 ấ  a8 ă  a85 ặ  e63 ể  i4 ĩ  o62 ồ  o7 ơ  o75 ợ  u7 ư  u74 ữ  y3 ỷ  d9 đ  D9 Đ
        a68 ă  o67 ơ  u7o7ng ương  uo7ng ương  d9u7o7c5 được  duoc975 được  tie6ng1 tiếng  tieng61 tiếng  tie61ng tiếng  ngu7o7i2 người  nguoi72 người  thuo73 thuở
        hoa2 hòa  hoa2n hoàn  thuy1 thúy  khoe3 khỏe  quy1 quý  gia2 già  giu74 giữ  khuyu3 khuỷu  nghieng61 nghiếng  xoong xoong
        a11 a1  a66 a6  o77 o7  d99 d9  5 5  12 12  B52 B52  b5 b5  cat2 cat2  as as  dd dd  w w  A1 Á
    """,
    "english": "as as  aa aa  w w  dd dd  a1 a1  tieengs tieengs",
}


@pytest.mark.parametrize("mode", TABLES)
def test_a_word_becomes_what_its_keys_mean(typed: Callable[[list[str], str], list[str]], mode: str) -> None:
    cells = TABLES[mode].split()
    keys, words = cells[::2], cells[1::2]
    assert dict(zip(keys, typed(keys, mode), strict=True)) == dict(zip(keys, words, strict=True))


@pytest.mark.parametrize(
    ("keys", "mode"), [("Nhaf veej sinh baanr quas", "telex"), ("Nha2 ve65 sinh ba6n3 qua1", "vni")]
)
def test_a_sentence_is_its_words(typed: Callable[[list[str], str], list[str]], keys: str, mode: str) -> None:
    assert typed(keys.split(), mode) == ["Nhà", "vệ", "sinh", "bẩn", "quá"]


# The law: every syllable of Vietnamese can be typed

SIGNS = {
    "telex": {"\u0306": "w", "\u031b": "w", "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"},
    "vni": {"\u0302": "6", "\u031b": "7", "\u0306": "8", "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"},
}  # fmt: skip
CROSS = {"telex": "d", "vni": "9"}


def pieces(syllable: str, mode: str) -> list[tuple[str, str, str]]:
    """Each letter as the plain one, the keys of its marks and the key of its tone."""
    found = []
    for letter in syllable:
        plain, *signs = list(unicodedata.normalize("NFD", letter.replace("đ", "d")))
        marks = [SIGNS[mode].get(sign, plain) for sign in signs if sign not in TONE_MARKS]
        tones = [SIGNS[mode][sign] for sign in signs if sign in TONE_MARKS]
        found.append((plain, CROSS[mode] if letter == "đ" else "".join(marks), "".join(tones)))
    return found


def tone_at_the_end(letters: list[tuple[str, str, str]]) -> str:
    return "".join(plain + mark for plain, mark, _ in letters) + "".join(tone for _, _, tone in letters)


def tone_at_its_vowel(letters: list[tuple[str, str, str]]) -> str:
    return "".join(plain + mark + tone for plain, mark, tone in letters)


def all_at_the_end(letters: list[tuple[str, str, str]]) -> str:
    """A mark that two letters share is typed once: "duongdwf"."""
    marks = dict.fromkeys(mark for _, mark, _ in letters if mark)
    return "".join([*(plain for plain, _, _ in letters), *marks, *(tone for _, _, tone in letters)])


def can_be_typed(syllable: str) -> bool:
    """No word has a long ô, nor an open uơ but "huơ", "khuơ", "quơ" and "thuở"; the voices can say them, nobody types them."""
    word, _ = split_tone(syllable)
    return "ôô" not in word and (not word.endswith("uơ") or word in ("huơ", "khuơ", "thuơ", "quơ"))


@pytest.mark.parametrize("mode", SIGNS)
@pytest.mark.parametrize("order", [tone_at_the_end, tone_at_its_vowel, all_at_the_end])
def test_every_syllable_can_be_typed(
    typed: Callable[[list[str], str], list[str]],
    mode: str,
    order: Callable[[list[tuple[str, str, str]]], str],
) -> None:
    """In Telex, "xoong" is typed with one o more; the table has it."""
    twice = "oo" if mode == "telex" else "ôô"
    all = [one for one in syllables() if can_be_typed(one) and twice not in split_tone(one)[0]]
    words = typed([order(pieces(one, mode)) for one in all], mode)
    assert [(one, word) for one, word in zip(all, words, strict=True) if one != word] == []
    assert len(all) > 14_000


# The keys

SCREENS = {name: size for name, size in ALL_SCREENS.items() if name != "phone"}
PAGE = """
    {% extends "travellers/frame.html" %}
    {% block main %}
    <h1>Một trang</h1>
    <label for="words">Lời</label><textarea id="words" rows="5" maxlength="60" data-keyboard="open"></textarea>
    <label for="name">Tên</label><input id="name" data-keyboard>
    <label for="tel">Số</label><input id="tel" type="tel" data-keyboard data-keyboard-kind="tel">
    <label for="mail">Thư</label><input id="mail" type="email" data-keyboard data-keyboard-kind="email">
    <footer class="ways"><a class="way on" href="/">Tiếp</a></footer>
    {% include "travellers/keyboard.html" %}
    {% endblock %}
"""
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, database: Database, tmp_path: Path) -> Iterator[Open]:
    """A page of the real app, with its policy. Afterwards the browser must have had nothing to complain about."""
    app = create_app(Settings(tmp_path), database)
    app.add_url_rule("/page", view_func=public(lambda: render_template_string(PAGE, now=utcnow())))
    contexts, complaints = [], []

    def open_page(size: tuple[int, int] = SCREENS["standing"], locale: str = "vi-VN") -> Page:
        def serve(route: Route) -> None:
            path = route.request.url.removeprefix("http://localhost")
            answer = app.test_client().get(path, headers={"Accept-Language": locale})
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.data)

        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=True, locale=locale
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", serve)
        page.goto("http://localhost/page")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def named(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


@pytest.mark.parametrize("size", SCREENS.values(), ids=list(SCREENS))
def test_a_sentence_is_tapped(opened: Open, size: tuple[int, int]) -> None:
    page = opened(size)
    tap(page, "⇧Nhaf veej sinh baanr quas")
    expect(page.locator("#words")).to_have_value("Nhà vệ sinh bẩn quá")
    expect(page.locator("#words")).to_be_focused()


SHOWN = "[...document.querySelectorAll('.key')].filter(one => one.offsetParent)"
SIZES = f"{SHOWN}.map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
SPILT = f"{SHOWN}.filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight).map(one => one.dataset.key)"
TIGHT = f"{SHOWN}.filter(one => parseFloat(getComputedStyle(one).lineHeight) < 1.39 * parseFloat(getComputedStyle(one).fontSize)).length"
NEAREST = f"""
    () => {{
        const boxes = {SHOWN}.map(one => one.getBoundingClientRect());
        const apart = (one, other) => Math.max(other.left - one.right, one.left - other.right, other.top - one.bottom, one.top - other.bottom);
        return Math.min(...boxes.flatMap((one, at) => boxes.slice(at + 1).map(other => apart(one, other))));
    }}
"""
COMFORT = ["", "large", "contrast", "low", "large contrast low"]


@pytest.mark.parametrize("size", SCREENS.values(), ids=list(SCREENS))
@pytest.mark.parametrize("field", ["words", "name", "tel", "mail"])
def test_keys_are_large_and_lie_apart(opened: Open, size: tuple[int, int], field: str) -> None:
    page = opened(size)
    page.locator(f"#{field}").focus()
    for comfort in COMFORT:
        page.evaluate("name => { document.documentElement.className = name; }", comfort)
        assert min(page.evaluate(SIZES)) >= 64
        assert page.evaluate(NEAREST) >= 8
        assert (page.evaluate(SPILT), page.evaluate(TIGHT)) == ([], 0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [*SCREENS.values(), (1024, 600), (768, 1024)], ids=str)
@pytest.mark.parametrize("comfort", ["", "large", "low"])
def test_the_field_stands_above_the_keyboard(opened: Open, size: tuple[int, int], comfort: str) -> None:
    page = opened(size)
    page.evaluate(
        "name => { document.documentElement.className = name; dispatchEvent(new Event('resize')); }", comfort
    )
    for field in ("words", "mail", "name", "tel"):
        page.locator(f"#{field}").focus()
        box = page.locator(f"#{field}").bounding_box()
        keyboard = page.locator(".keyboard").bounding_box()
        assert box is not None
        assert keyboard is not None
        assert 0 <= box["y"] < box["y"] + box["height"] <= keyboard["y"]
        assert keyboard["y"] + keyboard["height"] == size[1]
        assert min(page.evaluate(SIZES)) >= 44


def test_a_phone_has_its_own_keyboard(opened: Open) -> None:
    page = opened((390, 844))
    page.locator("#words").tap()
    assert page.locator(".keyboard").count() == 0
    assert page.locator("#words").get_attribute("inputmode") is None


def test_xong_puts_the_keyboard_away_until_the_field_is_touched_again(opened: Open) -> None:
    page = opened()
    expect(page.locator("#words")).to_have_attribute("inputmode", "none")
    expect(page.locator("body")).to_have_class("typing")
    named(page, "Xong")
    expect(page.locator(".keyboard")).to_be_hidden()
    expect(page.locator("body")).not_to_have_class("typing")
    page.locator("#words").tap()
    expect(page.locator(".keyboard")).to_be_visible()


def test_the_keyboard_goes_when_something_else_is_touched(opened: Open) -> None:
    page = opened()
    page.get_by_role("heading").tap()
    expect(page.locator(".keyboard")).to_be_hidden()


def test_one_shift_is_one_capital_two_are_a_lock(opened: Open) -> None:
    page = opened()
    tap(page, "⇧Ga⇧⇧GA")
    named(page, "Khóa hoa")
    tap(page, "y")
    expect(page.locator("#words")).to_have_value("GaGAy")


def test_a_held_backspace_repeats(opened: Open) -> None:
    page = opened()
    tap(page, "tauf⌫")
    expect(page.locator("#words")).to_have_value("tà")
    page.locator("#words").fill("một hai ba bốn")
    box = page.get_by_role("button", name="Xóa", exact=True).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    expect(page.locator("#words")).to_have_value("")
    page.mouse.up()
    expect(page.locator("#words")).to_be_focused()
    tap(page, "a")
    page.wait_for_timeout(700)
    expect(page.locator("#words")).to_have_value("a")


def test_the_ways_of_typing_are_switched(opened: Open) -> None:
    page = opened()
    expect(page.get_by_role("button", name="Telex", pressed=True)).to_be_visible()
    named(page, "VNI")
    tap(page, "nha2 ve65 ")
    named(page, "Tiếng Anh")
    tap(page, "wifi as ")
    expect(page.get_by_role("button", name="Tiếng Anh", pressed=True)).to_be_visible()
    named(page, "Telex")
    tap(page, "sachj")
    expect(page.locator("#words")).to_have_value("nhà vệ wifi as sạch")


def test_an_english_page_begins_in_english(opened: Open) -> None:
    page = opened(locale="en-GB")
    expect(page.get_by_role("button", name="English", pressed=True)).to_be_visible()
    tap(page, "was")
    named(page, "Done")
    expect(page.locator("#words")).to_have_value("was")


def test_signs_and_lines(opened: Open) -> None:
    page = opened()
    tap(page, "ga 2,")
    named(page, "Dấu câu và ký hiệu")
    tap(page, "!(5%)…⌫↵")
    named(page, "Chữ cái")
    tap(page, "oke?")
    expect(page.locator("#words")).to_have_value("ga 2,!(5%)\noke?")


def test_a_figure_among_the_signs_is_a_figure(opened: Open) -> None:
    page = opened()
    named(page, "VNI")
    tap(page, "ga2 ga")
    named(page, "Dấu câu và ký hiệu")
    tap(page, "2")
    expect(page.locator("#words")).to_have_value("gà ga2")


def test_the_caret_moves_and_words_are_mended_where_it_is(opened: Open) -> None:
    page = opened()
    tap(page, "nha ga←←←f→→→")
    tap(page, "s")
    expect(page.locator("#words")).to_have_value("nhà gá")
    page.evaluate("document.querySelector('#words').setSelectionRange(0, 4)")
    tap(page, "⌫")
    expect(page.locator("#words")).to_have_value("gá")


def test_no_more_is_written_than_the_field_takes(opened: Open) -> None:
    page = opened()
    page.locator("#words").fill("a " * 29 + "ba")
    tap(page, "bfs")
    expect(page.locator("#words")).to_have_value("a " * 29 + "bá")


def test_other_scripts_notice_each_press(opened: Open) -> None:
    page = opened()
    page.evaluate(
        "window.told = []; document.addEventListener('input', event => told.push([event.target.value, event.inputType]))"
    )
    tap(page, "as⌫")
    assert page.evaluate("told") == [["a", "insertText"], ["á", "insertText"], ["", "deleteContentBackward"]]


def test_a_keyboard_that_is_plugged_in_works_as_ever(opened: Open) -> None:
    page = opened()
    page.keyboard.type("as")
    tap(page, " as")
    expect(page.locator("#words")).to_have_value("as á")
    page.keyboard.press("Tab")
    expect(page.locator("#name")).to_be_focused()


def test_a_reader_of_screens_presses_a_key_without_touching_it(opened: Open) -> None:
    page = opened()
    page.get_by_role("button", name="a", exact=True).dispatch_event("click")
    page.evaluate("document.querySelector('[data-key=s]').click()")
    expect(page.locator("#words")).to_have_value("á")


def test_one_line_has_no_key_for_another(opened: Open) -> None:
    page = opened()
    page.locator("#name").tap()
    expect(page.get_by_role("button", name="Xuống dòng")).to_be_hidden()
    tap(page, "⇧Hoaf")
    expect(page.locator("#name")).to_have_value("Hòa")


def test_a_number_has_a_pad_of_numbers(opened: Open) -> None:
    page = opened()
    page.locator("#tel").tap()
    expect(page.get_by_role("button", name="Telex")).to_be_hidden()
    expect(page.get_by_role("button", name="a", exact=True)).to_be_hidden()
    tap(page, "+8490⌫1")
    expect(page.locator("#tel")).to_have_value("+8491")


def test_an_address_for_mail_has_no_marks(opened: Open) -> None:
    page = opened()
    page.locator("#mail").tap()
    expect(page.get_by_role("button", name="Sang trái")).to_be_hidden()
    tap(page, "hoas_aa-1@ga.vnn⌫")
    expect(page.locator("#mail")).to_have_value("hoas_aa-1@ga.vn")


@pytest.mark.parametrize("size", SCREENS.values(), ids=list(SCREENS))
def test_axe_finds_nothing(opened: Open, size: tuple[int, int]) -> None:
    page = opened(size)
    for comfort in COMFORT[:3]:
        page.evaluate("name => { document.documentElement.className = name; }", comfort)
        found = Axe().run(page, context=".keyboard").response["violations"]
        assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []
