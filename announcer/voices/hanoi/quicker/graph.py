"""An ONNX graph while it is changed: who makes a value, who uses it, and new nodes in the place of old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Graph:
    """``nodes`` and ``users`` are those of the beginning; ``maker`` also knows what was added."""

    def __init__(self, model: Any) -> None:
        self._proto = model.graph
        self._weights = {value.name: value for value in model.graph.initializer}
        self._users: dict[str, list[Any]] = {}
        self.nodes = list(model.graph.node)
        self.maker = {name: node for node in self.nodes for name in node.output}
        for node in self.nodes:
            for name in node.input:
                self._users.setdefault(name, []).append(node)

    def users(self, name: str, operator: str) -> list[Any]:
        """The nodes of this operator that use a value."""
        return [node for node in self._users.get(name, []) if node.op_type == operator]

    def only_user(self, name: str, operator: str) -> Any:
        """The only node that uses a value, if it is of this operator; else None."""
        users = self._users.get(name, [])
        return users[0] if [user.op_type for user in users] == [operator] else None

    def is_weight(self, name: str) -> bool:
        return name in self._weights

    def weight(self, name: str) -> NDArray[Any]:
        from onnx.numpy_helper import to_array

        found: NDArray[Any] = to_array(self._weights[name])
        return found

    def constant(self, name: str, value: Any, kind: Any = np.int64) -> str:
        """A weight; the same name always stands for the same value."""
        from onnx.numpy_helper import from_array

        if name not in self._weights:
            self._weights[name] = from_array(np.asarray(value, kind), name)
        return name

    def add(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """A node that makes ``output``; whoever made that before makes it no longer."""
        from onnx.helper import make_node

        self.maker[output] = make_node(operator, inputs, [output], name=f"quicker {output}", **attributes)
        return output

    def finish(self) -> None:
        """Write back what the outputs need, each node after those it needs."""
        nodes = list(self._needed([output.name for output in self._proto.output]))
        used = {name for node in nodes for name in node.input}
        del self._proto.node[:], self._proto.initializer[:], self._proto.value_info[:]
        self._proto.node.extend(nodes)
        self._proto.initializer.extend(value for name, value in self._weights.items() if name in used)

    def _needed(self, names: Sequence[str]) -> Iterator[Any]:
        """Depth first, with a list of our own: the graph is deeper than Python calls."""
        done: set[str] = set()
        waiting = [(name, False) for name in names]
        while waiting:
            name, inputs_done = waiting.pop()
            node = self.maker.get(name)
            if node is None or node.output[0] in done:
                continue
            if inputs_done:
                done.add(node.output[0])
                yield node
            else:
                waiting += [(name, True), *((other, False) for other in node.input)]


def other(inputs: Sequence[str], name: str) -> str:
    """Of two inputs, the one that is not ``name``."""
    first, second = inputs
    return second if first == name else first


def attribute(node: Any, name: str, otherwise: Any) -> Any:
    from onnx.helper import get_attribute_value

    return next((get_attribute_value(one) for one in node.attribute if one.name == name), otherwise)
