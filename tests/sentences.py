"""Every sentence of the interface, found in templates and code; and those that stand there bare, which nobody could translate."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from announcer.voice_settings import ABROAD

KIOSK = Path(__file__).parent.parent / "kiosk"
VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")  # a letter that English lacks
SAYS = {"_", "gettext", "said", "Table"}  # what is handed to these is read in the language of the page

# Not read on a page of ours, or there in English beside it.
OTHERS = ("api/", "accounts/refusals.py", "language/chosen.py", "typing.py")
# What is stored, sent by mail, said by a loudspeaker, or typed by staff, who write the times of a schedule in Vietnamese.
KEPT = {
    "announcements/paging.py": ("Lời nói trực tiếp của",),
    "announcements/recording.py": ("Lời ghi âm của",),
    "cases/likeness.py": ("là và có",),
    "health/metrics.py": ("How announcements ended",),
    "health/wording.py": ("Tin này chỉ để thử: ", "Báo sự cố", "Bắt đầu: ", "Hết lúc: ", "Máy: ", "Chi tiết ở trang ", " ngày "),
    "messages/editor.py": ("Chưa có tên",),
    "rules/aloud.py": ("Nên", "Không nên"),
    "scheduling/words.py": ("mỗi 20 phút", "6h–22h", "lúc ", "thứ ", "cuối tuần", "trừ ", "chỉ ", "mùng ", "tháng ", "trước "),
    "scheduling/templates/scheduling/edit.html": ("mỗi 20 phút, 6h–22h, thứ 2–thứ 7, trừ Tết",),
    "static/vietnamese.js": ('["',),  # the rows of its table of rhymes
    "stations/trial.py": ("Đây là tiếng thử.", "Thử loa"),
}  # fmt: skip


def templates() -> list[Path]:
    return sorted(KIOSK.rglob("*.html"))


def scripts() -> list[Path]:
    return sorted(KIOSK.rglob("*.js"))


def modules() -> list[Path]:
    return [path for path in sorted(KIOSK.rglob("*.py")) if not _name(path).startswith(OTHERS)]


def all_of_them() -> set[str]:
    called = {one for path in templates() for one in _called(path, babel_extract)}
    in_code = {one for path in modules() for one in _called(path, "python")}
    in_tables = {one for path in modules() for one in _in_tables(path)}
    return called | in_code | in_tables | {ABROAD}


def _called(path: Path, method: object) -> Iterator[str]:
    with path.open("rb") as file:
        for _, found, _, _ in extract(method, file, keywords=dict.fromkeys(("_", "gettext", "said"))):  # type: ignore[arg-type]
            yield str(found)


def _in_tables(path: Path) -> Iterator[str]:
    """The values of tables, and whatever Vietnamese a module holds: tables that code looks up and says."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(call := node) == "Table"
    ):
        for table in (node for node in ast.walk(call) if isinstance(node, ast.Dict)):
            yield from (text for value in table.values for text in _texts(value))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for node in _said_texts(tree):
        if id(node) not in inside and VIETNAMESE.search(node.value) and not _is_kept(path, node.value):
            yield node.value


def bare_in(path: Path) -> list[str]:
    """The Vietnamese of a file that is always Vietnamese, whatever the language of the page."""
    found = {".html": _bare_text, ".js": _bare_script}.get(path.suffix, _bare_code)(path)
    return [text for text in found if not _is_kept(path, text)]


def _bare_text(path: Path) -> Iterator[str]:
    """What is left of a template without its comments and its ``_()``; ``_()`` of a variable would trust it as HTML."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"\b_\('[^']*'", "", text)
    yield from re.findall(r"\b_\([^)]*", text)
    yield from (found.strip() for found in re.findall(r"[^<>\"'{}]+", text) if VIETNAMESE.search(found))


def _bare_script(path: Path) -> Iterator[str]:
    """Lines beside the comments: a script's sentences come from the page, in ``data-`` attributes."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code = line.partition("//")[0].strip()
        if VIETNAMESE.search(code):
            yield code


def _bare_code(path: Path) -> Iterator[str]:
    """Strings of functions that are handed to nothing that translates."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _named(node) in SAYS]
    translated = {id(node) for call in calls for argument in call.args for node in ast.walk(argument)}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)):
        for node in _said_texts(function):
            if id(node) not in translated and VIETNAMESE.search(node.value):
                yield node.value


def _said_texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every string but docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def _texts(value: ast.AST) -> Iterator[str]:
    yield from (node.value for node in _said_texts(value) if re.search(r"[^\W\d_]", node.value))


def _named(call: ast.Call) -> str:
    return getattr(call.func, "id", "")


def _is_kept(path: Path, text: str) -> bool:
    return text.startswith(KEPT.get(_name(path), ("\0",)))


def _name(path: Path) -> str:
    return path.relative_to(KIOSK).as_posix()
