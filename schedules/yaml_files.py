"""YAML that people write by hand, read with suspicion.

A key given twice, aliases that grow a small file into an endless one, a nest without a bottom: each is a problem with
its line, not something to overlook or to drown in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.error import Mark

from schedules.core.errors import FileRefused

MAX_DEPTH = 30
MAX_BORROWED = 100_000  # nodes that aliases may add to a file
_NAME_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")

Step = int | str
Where = tuple[Step, ...]  # the way to a value: names and places in lists


class _Problem(yaml.MarkedYAMLError):
    def __init__(self, sentence: str, mark: Mark | None) -> None:
        super().__init__(problem=sentence, problem_mark=mark)


class _Loader(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys without a word, and follows aliases however far they lead."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._sizes: dict[int, int] = {}  # of a node with all below it, by its id
        self._borrowed = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event, borrowed = self.peek_event(), self.check_event(yaml.AliasEvent)  # type: ignore[no-untyped-call]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Problem("it is nested too deeply", event.start_mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        if borrowed:
            self._borrow(node, event.start_mark)
        else:
            self._sizes[id(node)] = 1 + sum(self._sizes[id(child)] for child in _children(node))
        return node

    def _borrow(self, node: yaml.Node | None, mark: Mark) -> None:
        if id(node) not in self._sizes:
            raise _Problem("an alias stands inside of what it names", mark)
        self._borrowed += self._sizes[id(node)]
        if self._borrowed > MAX_BORROWED:
            raise _Problem("its aliases make it grow too large", mark)

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag not in _NAME_TAGS:  # such as no, which YAML takes for false
                raise _Problem(f"“{key.value:.60}” is a name, so it needs quotes", key.start_mark)
            if key.value in seen:
                raise _Problem(f"“{key.value}” is given twice", key.start_mark)
            seen.add(key.value)
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, AttributeError) as error:  # such as the date 2026-13-45
            raise ConstructorError(
                None, None, f"“{node.value}” is no such value: {error}", node.start_mark
            ) from error


def _children(node: yaml.Node | None) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def read_yaml(path: Path) -> tuple[Any, yaml.Node | None]:
    """The values of a file, and its nodes, which know their lines. Raises FileRefused."""
    try:
        loader = _Loader(path.read_text("utf-8"))
        root = loader.get_single_node()
        return (None if root is None else loader.construct_document(root)), root
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.", "Name a YAML file.") from error
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"{path}, line {_line_in(error)}: this is not UTF-8 text.", "Save it as UTF-8 and try again."
        ) from error
    except yaml.YAMLError as error:
        raise FileRefused(
            _yaml_problem(path, error), "Look at the indentation and the quotes there."
        ) from error


def line_of(root: yaml.Node | None, where: Where) -> int:
    """The line (from 1) of the deepest entry on the way to ``where``: what is missing is told of its entry."""
    node, line = root, root.start_mark.line + 1 if root is not None else 1
    for step in where:
        node, line = _child(node, step, line)
    return line


def _child(node: yaml.Node | None, step: Step, line: int) -> tuple[yaml.Node | None, int]:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child, child.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    return None, line


def _line_in(error: UnicodeDecodeError) -> int:
    return error.object[: error.start].count(b"\n") + 1


def _yaml_problem(path: Path, error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):  # a character that may not stand in YAML at all
        return f"{path}: there is an invisible control character at position {error.position}."
    mark = getattr(error, "problem_mark", None)
    where = f"{path}, line {mark.line + 1}" if mark else str(path)
    return f"{where}: this is not valid YAML ({getattr(error, 'problem', None) or error})."
