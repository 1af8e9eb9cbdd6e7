"""A convolution of integers as a product of matrices.

For each moment the moments under the kernel are laid side by side, and all are multiplied by the weights at once. That moves
more bytes than a convolution, but onnxruntime prepares a matrix that it knows beforehand for its fastest kernels, and
turns the product into floating point, bias included, on the way out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from announcer.voices.hanoi.quicker.graph import Graph, attribute, other

MIDDLE = 64  # of the weights, which lie between 0 and 127: as −64…63 no processor's products overflow 16 bits
SWAPPED = (0, 2, 1)  # (1, channels, moments) to (1, moments, channels), and back


def multiply(graph: Graph, conv: Any) -> None:
    """ConvInteger of stride 1, perhaps Add (bias), Cast, Mul (scale): the value of Mul is made another way.

    What is convolved must come from a DynamicQuantizeLinear, as everything does in a network that was quantised dynamically.
    """
    if attribute(conv, "strides", [1]) != [1]:
        return
    sound, weight, zero, weight_zero = conv.input
    sound_scale = graph.maker[sound].output[1]
    added = graph.only_user(conv.output[0], "Add")
    cast = graph.only_user((added or conv).output[0], "Cast")
    scaled = graph.only_user(cast.output[0], "Mul")
    scales = graph.maker[other(scaled.input, cast.output[0])]
    bias = [_bias(graph, other(added.input, conv.output[0]))] if added else []

    name = conv.output[0]
    filters = graph.weight(weight)
    outputs, channels, taps = filters.shape
    matrix = _centred(filters.transpose(2, 1, 0).reshape(taps * channels, outputs))
    moments = graph.add("Transpose", [sound], f"{name} moments", perm=SWAPPED)
    if taps > 1:
        moments = _side_by_side(graph, conv, moments, zero, taps * channels)
    inputs = [
        moments,
        graph.constant(f"{name} matrix", matrix, np.int8),
        sound_scale,
        other(scales.input, sound_scale),
        zero,
        graph.constant(f"{name} zero", _centred(graph.weight(weight_zero)), np.int8),
        *bias,
    ]
    product = graph.add("MatMulIntegerToFloat", inputs, f"{name} product", domain="com.microsoft")
    graph.add("Transpose", [product], scaled.output[0], perm=SWAPPED)


def _centred(values: Any) -> Any:
    return values.astype(np.int16) - MIDDLE


def _bias(graph: Graph, name: str) -> str:
    """The bias as it was before it became an integer."""
    while not graph.is_weight(name):
        name = graph.maker[name].input[0]
    return name


def _side_by_side(graph: Graph, conv: Any, moments: str, zero: str, width: int) -> str:
    """(1, moments, channels) as (1, moments, ``width``: taps × channels). ``zero`` stands before and after the sound."""
    name = conv.output[0]
    before, after = attribute(conv, "pads", [0, 0])
    taps, step = attribute(conv, "kernel_shape", [1])[0], attribute(conv, "dilations", [1])[0]
    around = graph.constant(f"around {before} {after}", [0, before, 0, 0, after, 0])
    padded = graph.add("Pad", [moments, around, zero], f"{name} padded")
    kernel = graph.constant(f"kernel {taps} {step}", [np.arange(taps) * step], np.int32)
    places = graph.add("Add", [_numbers(graph, moments, name), kernel], f"{name} places")
    gathered = graph.add("Gather", [padded, places], f"{name} gathered", axis=1)
    return graph.add(
        "Reshape", [gathered, graph.constant(f"wide {width}", [1, -1, width])], f"{name} side by side"
    )


def _numbers(graph: Graph, value: str, name: str) -> str:
    """0, 1, 2 … in a column, one for each moment of ``value``; 32 bits, for they take as much memory as what they point at."""
    from onnx import TensorProto

    shape = graph.add("Shape", [value], f"{name} shape", start=1, end=2)
    count = graph.add("Cast", [shape], f"{name} count", to=TensorProto.INT32)
    alone = graph.add("Squeeze", [count], f"{name} how many")
    zero, one = (graph.constant(f"number {number}", number, np.int32) for number in (0, 1))
    row = graph.add("Range", [zero, alone, one], f"{name} row")
    return graph.add("Unsqueeze", [row, graph.constant("last axis", [1])], f"{name} column")
