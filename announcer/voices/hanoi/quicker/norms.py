"""What stands between two convolutions: a norm whose scale and offset come from the style, and often x + sin²(αx)/α after it.

The norm becomes one node. The wave is reckoned as (αx + sin²(αx)) / α, and the norm gives αx, since its scale and
offset can be multiplied by α at no cost: they are short.
"""

from __future__ import annotations

from typing import Any

from announcer.voices.hanoi.quicker.graph import Graph, other

EPSILON = 1e-5  # the network's own


def normalise(graph: Graph, mean: Any) -> None:
    """ReduceMean, Sub, …, Div, Mul (scale), Add (offset): the values of Add are made another way, if that is what follows
    ``mean``. Several norms may share a mean.
    """
    for less in graph.users(mean.output[0], "Sub"):
        for over in graph.users(less.output[0], "Div"):
            for scaled in graph.users(over.output[0], "Mul"):
                if moved := graph.only_user(scaled.output[0], "Add"):
                    scale = other(scaled.input, over.output[0])
                    offset = other(moved.input, scaled.output[0])
                    _norm_and_wave(graph, mean.input[0], scale, offset, moved.output[0])


def _norm_and_wave(graph: Graph, sound: str, scale: str, offset: str, name: str) -> None:
    wave = _wave(graph, name)
    if wave is None:
        _norm(graph, sound, scale, offset, name)
        return
    alpha, inverse, result = wave
    scale = graph.add("Mul", [scale, alpha], f"{name} scale")
    offset = graph.add("Mul", [offset, alpha], f"{name} offset")
    normal = _norm(graph, sound, scale, offset, f"{name} normal")
    sine = graph.add("Sin", [normal], f"{name} sine")
    square = graph.add("Mul", [sine, sine], f"{name} square")
    both = graph.add("Add", [normal, square], f"{name} both")
    graph.add("Mul", [both, inverse], result)


def _norm(graph: Graph, sound: str, scale: str, offset: str, result: str) -> str:
    flat = graph.constant("flat", [-1])
    scales = graph.add("Reshape", [scale, flat], f"{result} scales")
    offsets = graph.add("Reshape", [offset, flat], f"{result} offsets")
    return graph.add("InstanceNormalization", [sound, scales, offsets], result, epsilon=EPSILON)


def _wave(graph: Graph, name: str) -> tuple[str, str, str] | None:
    """α, 1/α and the value x + sin²(αx)/α, if that is what is made of the value x called ``name``."""
    for bent in graph.users(name, "Mul"):
        sine = graph.only_user(bent.output[0], "Sin")
        square = sine and graph.only_user(sine.output[0], "Pow")
        divided = square and graph.only_user(square.output[0], "Mul")
        summed = divided and graph.only_user(divided.output[0], "Add")
        if summed and name in summed.input:
            return (
                other(bent.input, name),
                other(divided.input, square.output[0]),
                summed.output[0],
            )
    return None
