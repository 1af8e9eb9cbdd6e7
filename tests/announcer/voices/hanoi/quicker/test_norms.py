"""Norms with a style, and the waves after them, give the same in fewer steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from graphs import DICE, copy, heard, model, operators
from onnx import helper

from announcer.voices.hanoi.quicker import quicker

CHANNELS = 4


def norm(name: str, over: str, result: str) -> list[Any]:
    return [
        helper.make_node("Mul", [f"{name} scale", over], [f"{name} scaled"]),
        helper.make_node("Add", [f"{name} scaled", f"{name} offset"], [result]),
    ]


SHARED = [
    helper.make_node("ReduceMean", ["sound", "last"], ["mean"]),
    helper.make_node("Sub", ["sound", "mean"], ["less"]),
    helper.make_node("Mul", ["less", "less"], ["squares"]),
    helper.make_node("ReduceMean", ["squares", "last"], ["variance"]),
    helper.make_node("Add", ["variance", "little"], ["more"]),
    helper.make_node("Sqrt", ["more"], ["root"]),
    helper.make_node("Div", ["less", "root"], ["over"]),
]
WAVE = [
    helper.make_node("Mul", ["alpha", "normal"], ["bent"]),
    helper.make_node("Sin", ["bent"], ["sine"]),
    helper.make_node("Pow", ["sine", "two"], ["square"]),
    helper.make_node("Mul", ["inverse", "square"], ["divided"]),
    helper.make_node("Add", ["normal", "divided"], ["heard"]),
]
ALPHA = np.linspace(0.5, 2, CHANNELS, dtype=np.float32).reshape(1, CHANNELS, 1)
KNOWN = {
    "last": np.array([2]), "little": np.float32(1e-5), "two": np.float32(2), "alpha": ALPHA, "inverse": 1 / ALPHA,
    "a scale": DICE(1).normal(size=(1, CHANNELS, 1)).astype(np.float32),
    "a offset": DICE(2).normal(size=(1, CHANNELS, 1)).astype(np.float32),
    "b scale": DICE(3).normal(size=(1, CHANNELS, 1)).astype(np.float32),
    "b offset": DICE(4).normal(size=(1, CHANNELS, 1)).astype(np.float32),
}  # fmt: skip


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([*SHARED, *norm("a", "over", "heard")], id="a norm"),
        pytest.param([*SHARED, *norm("a", "over", "normal"), *WAVE], id="a norm and a wave"),
        pytest.param(
            [
                *SHARED,
                *norm("a", "over", "one"),
                *norm("b", "over", "two of them"),
                helper.make_node("Concat", ["one", "two of them"], ["heard"], axis=1),
            ],
            id="two norms of one mean",
        ),
    ],
)
def test_the_same_is_heard(nodes: list[Any]) -> None:
    plain = model(nodes, KNOWN, CHANNELS)
    sound = DICE(5).normal(size=(1, CHANNELS, 50)).astype(np.float32)
    quick = quicker(copy(plain))
    assert "ReduceMean" not in operators(quick)
    np.testing.assert_allclose(heard(quick, sound), heard(plain, sound), atol=1e-5)


def test_a_mean_that_is_no_norm_is_left_alone() -> None:
    plain = model([helper.make_node("ReduceMean", ["sound", "last"], ["heard"])], KNOWN, CHANNELS)
    assert operators(quicker(copy(plain))) == {"ReduceMean"}
