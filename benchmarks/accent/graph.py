"""An ONNX file as a function in torch, so that a gradient finds its way back through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from benchmarks.accent.operators import OPERATORS

LOW_PRECISION = (torch.uint8, torch.int8, torch.float16)
LEFT_TO_RUN = ("DynamicQuantizeLinear", "Split", "Shape")  # their outputs depend on more than values


@dataclass(frozen=True)
class Node:
    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: dict[str, Any]


class Graph:
    """The graph of an ONNX file; what depends on its weights alone is worked out once."""

    def __init__(self, file: Path | bytes) -> None:
        model = onnx.load_from_string(file) if isinstance(file, bytes) else onnx.load(str(file))
        self._values = {value.name: _tensor(value) for value in model.graph.initializer}
        self._nodes = [node for node in map(_node, model.graph.node) if not self._folded(node)]
        self._outputs = [output.name for output in model.graph.output]
        self._last = {name: at for at, node in enumerate(self._nodes) for name in node.inputs}

    def __call__(self, **values: Tensor) -> list[Tensor]:
        return self.run(values)

    def run(self, values: Mapping[str, Tensor]) -> list[Tensor]:
        """The outputs in the file's order, from inputs by name. A value is let go as soon as nobody needs it any more."""
        live = dict(values)
        for at, node in enumerate(self._nodes):
            inputs = [self._look_up(live, name) for name in node.inputs]
            live.update(zip(node.outputs, _results(node, inputs), strict=False))
            for name in node.inputs:
                if self._last.get(name) == at and name not in self._outputs:
                    live.pop(name, None)
        return [live[name] for name in self._outputs]

    def _look_up(self, live: Mapping[str, Tensor], name: str) -> Tensor | None:
        return None if not name else live[name] if name in live else self._values[name]

    def _folded(self, node: Node) -> bool:
        known = all(not name or name in self._values for name in node.inputs)
        if not node.inputs or not known or node.operator in LEFT_TO_RUN:
            return False
        with torch.no_grad():
            inputs = [self._values[name] if name else None for name in node.inputs]
            self._values.update(zip(node.outputs, _results(node, inputs), strict=False))
        return True


def _results(node: Node, inputs: Sequence[Tensor | None]) -> tuple[Tensor, ...]:
    found = OPERATORS[node.operator](node.attributes, *inputs)
    return found if isinstance(found, tuple) else (found,)


def _node(node: Any) -> Node:
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if node.op_type == "Split":
        attributes.setdefault("num_outputs", len(node.output))
    return Node(node.op_type, tuple(node.input), tuple(node.output), attributes)


def _tensor(value: Any) -> Tensor:
    tensor = torch.from_numpy(np.array(numpy_helper.to_array(value)))
    return tensor.float() if tensor.dtype in LOW_PRECISION else tensor
