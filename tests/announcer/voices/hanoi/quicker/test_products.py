"""A convolution of integers gives the same as a product of matrices, with fewer steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from graphs import DICE, copy, heard, model, operators
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from announcer.voices.hanoi.quicker import quicker


def convolution(
    channels: int, outputs: int, taps: int, step: int, stride: int = 1, bias: bool = True, seed: int = 1
) -> Any:
    """Quantised as the network is: weights between 0 and 127, the bias an integer of the product's scale."""
    weights = DICE(seed).integers(0, 128, (outputs, channels, taps)).astype(np.uint8)
    around = (taps - 1) * step // 2
    form = {"kernel_shape": [taps], "dilations": [step], "strides": [stride], "pads": [around, around]}
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["sound"], ["bytes", "scale", "zero"]),
        helper.make_node("Mul", ["scale", "weight_scale"], ["scales"]),
        helper.make_node("ConvInteger", ["bytes", "weights", "zero", "weight_zero"], ["whole"], **form),
        helper.make_node("Cast", ["moved" if bias else "whole"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["number", "scales"], ["heard"]),
    ]
    if bias:
        nodes += [
            helper.make_node("Div", ["bias", "scales"], ["large"]),
            helper.make_node("Floor", ["large"], ["floored"]),
            helper.make_node("Cast", ["floored"], ["integer"], to=TensorProto.INT32),
            helper.make_node("Reshape", ["integer", "shape"], ["column"]),
            helper.make_node("Add", ["whole", "column"], ["moved"]),
        ]
    known = {
        "weights": weights,
        "weight_scale": np.float32(0.01),
        "weight_zero": np.uint8(70),
        "bias": DICE(seed).normal(size=outputs).astype(np.float32),
        "shape": np.array([1, -1, 1]),
    }
    return model(nodes, known, channels)


@given(
    st.integers(1, 9), st.integers(1, 9), st.sampled_from([1, 3, 7, 11]), st.sampled_from([1, 3, 5]),
    st.integers(1, 60), st.booleans(), st.integers(0, 2**16),
)  # fmt: skip
def test_a_product_gives_what_the_convolution_gives(
    channels: int, outputs: int, taps: int, step: int, moments: int, bias: bool, seed: int
) -> None:
    plain = convolution(channels, outputs, taps, step, bias=bias, seed=seed)
    sound = DICE(seed).normal(size=(1, channels, moments)).astype(np.float32)
    quick = quicker(copy(plain))
    assert "ConvInteger" not in operators(quick)
    one_step_of_the_bias = 0.01 * 16 / 255
    np.testing.assert_allclose(heard(quick, sound), heard(plain, sound), rtol=1e-5, atol=one_step_of_the_bias)


def test_a_convolution_that_skips_moments_is_left_alone() -> None:
    plain = convolution(2, 3, 3, 1, stride=2)
    assert operators(quicker(copy(plain))) == operators(plain)


def test_what_nobody_needs_any_more_is_gone() -> None:
    quick = quicker(convolution(2, 3, 3, 1))
    assert "weights" not in {value.name for value in quick.graph.initializer}
    onnx.checker.check_model(quick)
