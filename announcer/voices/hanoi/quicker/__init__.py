"""The network's sound piece rearranged: the same numbers in about half the time. Done once, when the station is installed.

graph      an ONNX graph while it is changed
products   a convolution of integers as a product of matrices, which onnxruntime does twice as fast
norms      what stands between two convolutions in 5 passes over the sound instead of 14

Integers stay what they are; a few floating-point operations change their order. The network magnifies that: its sound then
differs as much as after a change of its inputs by a millionth, for it rounds what lies between two steps of its scales.
"""

from __future__ import annotations

from typing import Any

from announcer.voices.hanoi.quicker.graph import Graph
from announcer.voices.hanoi.quicker.norms import normalise
from announcer.voices.hanoi.quicker.products import multiply


def quicker(model: Any) -> Any:
    """``model`` (onnx.ModelProto), changed in place."""
    graph = Graph(model)
    for node in list(graph.nodes):
        if node.op_type == "ConvInteger":
            multiply(graph, node)
        elif node.op_type == "ReduceMean":
            normalise(graph, node)
    graph.finish()
    return model
