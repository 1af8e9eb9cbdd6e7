"""The documentation cannot drift: every setting, command, option, result and reason is described, and every link leads
somewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from page_routes import NO_PAGES, all_pages, endpoints

from docs.screenshots.shots import PICTURES, SHOTS
from kiosk.app import create_app
from kiosk.cli import COMMANDS, loaga
from kiosk.station_words import REASONS
from schedules.core.database import Database
from schedules.core.settings import DECLARED, Setting, Settings
from schedules.models import RESULTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
OURS = ("kiosk", "announcer", "audio", "schedules")


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def limits(setting: Setting[Any]) -> str:
    if setting.choices:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    least = f"at least {setting.minimum:g}" if setting.minimum is not None else ""
    most = f"at most {setting.maximum:g}" if setting.maximum is not None else ""
    return ", ".join(filter(None, (least, most)))


def row(setting: Setting[Any]) -> str:
    """A setting's line in docs/settings.md; paste it there when this test asks for it."""
    default = {True: "true", False: "false"}.get(setting.default, setting.default)
    shown = f'"{default}"' if setting.kind is str else default
    return f"| `{setting.name}` | `{setting.variable}` | `{shown}` | {limits(setting)} | {setting.help} |"


@pytest.mark.parametrize("setting", DECLARED.values(), ids=list(DECLARED))
def test_every_setting_is_described_as_it_is(setting: Setting[Any]) -> None:
    assert row(setting) in text("docs/settings.md").splitlines()


def test_no_setting_is_described_that_is_gone() -> None:
    assert set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", text("docs/settings.md"), re.M)) == set(DECLARED)


def section(command: str) -> str:
    found = re.search(rf"^## loaga {command}$(.*?)(?=^## |\Z)", text("docs/commands.md"), re.M | re.S)
    assert found, f"docs/commands.md has no section “## loaga {command}”"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_is_described(command: click.Command) -> None:
    described = section(command.name or "")
    for parameter in command.params:
        name = parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[0]
        assert f"`{name}" in described, f"{name} is not described"
    told = set(re.findall(r"^\| `(--[a-z-]+)", described, re.M))
    known = {opt for parameter in command.params for opt in parameter.opts}
    assert told <= known


def test_no_command_is_described_that_is_gone() -> None:
    names = re.findall(r"^## loaga (\w+)$", text("docs/commands.md"), re.M)
    assert sorted(names) == sorted(command.name or "" for command in COMMANDS)


def test_the_options_of_all_commands_are_described() -> None:
    for parameter in loaga.params:
        assert f"`{parameter.opts[0]}" in text("docs/commands.md")


def test_the_readme_names_every_command() -> None:
    cells = [line.split(" | ")[0] for line in text("README.md").splitlines() if line.startswith("| `loaga")]
    named = {name for cell in cells for name in re.findall(r"`loaga (\w+)", cell)}
    assert named == {command.name for command in COMMANDS}


# Results and reasons, as the code gives them


def sources() -> Iterator[ast.AST]:
    for package in OURS:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def constant(nodes: list[ast.expr], index: int) -> str:
    node = nodes[index] if index < len(nodes) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def codes_in_use() -> set[str]:
    """The second of every ``End(result, code, …)``, the fourth of every ``Place(…)``, the first of what ``_refusal``
    returns, and the codes that preparation leaves for an end.
    """
    found = {"voice", "sink"}
    for node in sources():
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            found |= (
                {constant(node.args, {"End": 1, "Place": 3}[name])} if name in ("End", "Place") else set()
            )
        if isinstance(node, ast.FunctionDef) and node.name == "_refusal":
            returned = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return)]
            found |= {constant(value.elts, 0) for value in returned if isinstance(value, ast.Tuple)}
    return found - {""}


def test_every_reason_is_described_and_has_its_vietnamese_sentence() -> None:
    used = codes_in_use()
    assert {"budget", "quiet-hours", "no-room", "muted", "wording"} <= used
    assert set(REASONS) == used
    for code in used:
        assert f"| `{code}` |" in text("docs/glossary.md"), f"{code} is not described"


@pytest.mark.parametrize("result", [*RESULTS, "cut"])
def test_every_result_is_described(result: str) -> None:
    assert f"| `{result}` |" in text("docs/glossary.md")


# Links

PAGES = sorted(path for path in [ROOT / "README.md", *DOCS.rglob("*.md"), *(ROOT / "deploy").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)", prose):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_are_there(page: Path) -> None:
    """Paths in backticks that begin with one of our folders."""
    named = re.findall(
        r"`((?:kiosk|announcer|audio|schedules|benchmarks|deploy|tests)/[\w./-]*\w)`", page.read_text("utf-8")
    )
    for path in named:
        assert (ROOT / path).exists() or "<" in path, f"{page.name} names {path}"


def test_every_page_that_is_photographed_has_its_picture() -> None:
    assert {f"{shot.name}.png" for shot in SHOTS} == {path.name for path in PICTURES.glob("*.png")}


def test_every_page_is_photographed(tmp_path: Path, database: Database) -> None:
    app = create_app(Settings(tmp_path), database)
    given = {"sound": "k", "code": "GY-2222-2222", "case": "c", "occurrence": "o", "example": "e"}
    shown = [(shot.arrives or shot.path).format(**given) for shot in SHOTS]
    assert all_pages(app) - endpoints(app, shown) == set()
    assert set(app.view_functions) > NO_PAGES
