"""Operators of ONNX in torch: those that the sound piece of ``hanoi`` and viet-asr's network use, and only as they use them.

Each takes the node's attributes and its inputs. Quantisation is left out: integers become floats, scales stay, so that a
gradient can pass. Meaning and names after the ONNX operator reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812  (its usual name)
from torch import Tensor

Attributes = Mapping[str, Any]
Operator = Callable[..., Tensor | tuple[Tensor, ...]]

FLOAT, INT32, INT64, BOOL = 1, 6, 7, 9
# Large filters: exact enough for a gradient, and half the time where the processor knows such numbers (six times it elsewhere).
ROUGH = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32
ROUGH_FROM = 4096
TYPES = {FLOAT: torch.float32, INT32: torch.int32, INT64: torch.int64, BOOL: torch.bool}


def plain(function: Callable[..., Tensor]) -> Operator:
    """An operator that needs no attributes."""
    return lambda _, *inputs: function(*inputs)


def divide(_: Attributes, x: Tensor, y: Tensor) -> Tensor:
    if not x.is_floating_point():
        return torch.div(x, y, rounding_mode="trunc")
    return x / torch.where(
        y == 0, torch.full_like(y, 1e-9), y
    )  # 0 / 0 in a branch not taken would spoil the gradient


def convolve(
    a: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None, zero: Tensor | None = None
) -> Tensor:
    size = weight.dim() - 2
    pads = list(a.get("pads", [0] * 2 * size))
    around = [pad for axis in reversed(range(size)) for pad in (pads[axis], pads[size + axis])]
    run = F.conv1d if size == 1 else F.conv2d
    strides, dilations = list(a.get("strides", [1] * size)), list(a.get("dilations", [1] * size))
    kind = ROUGH if size == 1 and weight.numel() >= ROUGH_FROM else torch.float32
    filters = (filter_of(weight, zero, kind), None if bias is None else bias.to(kind))
    return run(F.pad(x, around).to(kind), *filters, strides, 0, dilations, a.get("group", 1)).float()


@cache
def filter_of(weight: Tensor, zero: Tensor | None, kind: torch.dtype) -> Tensor:
    """``zero`` is one number, or one for each output channel. Weights do not change: each is made once."""
    if zero is not None and zero.numel() > 1:
        zero = zero.reshape(-1, *[1] * (weight.dim() - 1))
    return (weight.float() - (0.0 if zero is None else zero)).to(kind)


def power(_: Attributes, x: Tensor, exponent: Tensor) -> Tensor:
    """Squares are most of them, and the general power takes ten times as long."""
    return x.square() if exponent.numel() == 1 and exponent.item() == 2 else torch.pow(x, exponent)


def convolve_integers(
    a: Attributes, x: Tensor, weight: Tensor, _: Tensor | None = None, zero: Tensor | None = None
) -> Tensor:
    return convolve(a, x, weight, zero=zero)


def multiply_integers(
    _: Attributes, x: Tensor, weight: Tensor, __: Tensor | None = None, zero: Tensor | None = None
) -> Tensor:
    return x @ (weight.float() - (0.0 if zero is None else zero))


def normalise(a: Attributes, x: Tensor, scale: Tensor, offset: Tensor) -> Tensor:
    return F.instance_norm(x, weight=scale, bias=offset, eps=a["epsilon"])


def convolve_back(a: Attributes, x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    before, after = a.get("pads", [0, 0])
    more = a.get("output_padding", [0])[0]
    whole = F.conv_transpose1d(x, weight, bias, list(a["strides"]), 0, 0, a.get("group", 1))
    return F.pad(whole, (0, more))[..., before : whole.shape[-1] + more - after]


def quantise(_: Attributes, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Not at all: the value itself, a scale of 1, a zero of 0."""
    return x, torch.tensor(1.0), torch.tensor(0.0)


def dequantise(a: Attributes, x: Tensor, scale: Tensor, zero: Tensor | None = None) -> Tensor:
    shape = [1] * x.dim()
    if scale.numel() > 1:
        shape[a.get("axis", 1)] = -1
    offset = zero.float().reshape(shape) if zero is not None else 0.0
    return (x.float() - offset) * scale.reshape(shape)


def slice_(
    _: Attributes,
    x: Tensor,
    starts: Tensor,
    ends: Tensor,
    axes: Tensor | None = None,
    steps: Tensor | None = None,
) -> Tensor:
    along = axes.tolist() if axes is not None else range(len(starts))
    by = steps.tolist() if steps is not None else [1] * len(starts)
    for axis, start, end, step in zip(along, starts.tolist(), ends.tolist(), by, strict=True):
        places = (
            torch.arange(x.shape[axis])[slice(start, end)]
            if step > 0
            else _backwards(x.shape[axis], start, end)
        )
        x = x.index_select(axis, places[:: abs(step)])
    return x


def _backwards(size: int, start: int, end: int) -> Tensor:
    first = min(start if start >= 0 else size + start, size - 1)
    last = -1 if end < -size else end if end >= 0 else size + end
    return torch.arange(first, last, -1)


def reshape(_: Attributes, x: Tensor, shape: Tensor) -> Tensor:
    return x.reshape([x.shape[axis] if size == 0 else size for axis, size in enumerate(shape.tolist())])


def gather(a: Attributes, x: Tensor, indices: Tensor) -> Tensor:
    axis = a.get("axis", 0) % x.dim()
    places = torch.where(indices < 0, indices + x.shape[axis], indices).long()
    found = x.index_select(axis, places.reshape(-1))
    return found.reshape([*x.shape[:axis], *indices.shape, *x.shape[axis + 1 :]])


def unsqueeze(_: Attributes, x: Tensor, axes: Tensor) -> Tensor:
    size = x.dim() + len(axes)
    for axis in sorted(axis % size for axis in axes.tolist()):
        x = x.unsqueeze(axis)
    return x


def squeeze(_: Attributes, x: Tensor, axes: Tensor | None = None) -> Tensor:
    return x.squeeze(tuple(axes.tolist())) if axes is not None else x.squeeze()


def mean(a: Attributes, x: Tensor, axes: Tensor | None = None) -> Tensor:
    along = axes.tolist() if axes is not None else list(a.get("axes", range(x.dim())))
    return x.mean(along, keepdim=bool(a.get("keepdims", 1)))


def split(a: Attributes, x: Tensor, sizes: Tensor | None = None) -> tuple[Tensor, ...]:
    axis = a.get("axis", 0)
    parts = sizes.tolist() if sizes is not None else -(-x.shape[axis] // a["num_outputs"])
    return tuple(x.split(parts, axis))


def resize(
    a: Attributes,
    x: Tensor,
    _: Tensor | None = None,
    scales: Tensor | None = None,
    sizes: Tensor | None = None,
) -> Tensor:
    """Along the last axis: ``nearest`` (rounding down) or ``linear``."""
    length = x.shape[-1]
    if sizes is not None and sizes.numel():
        size = int(sizes[-1])
        scale = size / length
    else:
        assert scales is not None
        scale = float(scales[-1])
        size = int(length * scale)
    asymmetric = a.get("coordinate_transformation_mode") == b"asymmetric"
    places = torch.arange(size, dtype=torch.float64)
    places = places / scale if asymmetric else (places + 0.5) / scale - 0.5
    if a["mode"] == b"nearest":
        return x.index_select(-1, places.floor().long().clamp(0, length - 1))
    places = places.clamp(0, length - 1)
    low = places.floor().long()
    share = (places - low).to(x.dtype)
    return x.index_select(-1, low) * (1 - share) + x.index_select(-1, (low + 1).clamp(max=length - 1)) * share


def pad(a: Attributes, x: Tensor, pads: Tensor) -> Tensor:
    """Reflecting, along the last axis."""
    flat = pads.tolist()
    return F.pad(x, (flat[x.dim() - 1], flat[-1]), mode=a["mode"].decode())


def spectrum(_: Attributes, x: Tensor, step: Tensor, window: Tensor, length: Tensor | None = None) -> Tensor:
    """The lowest and the highest bin are real. What follows asks whether their imaginary part is above zero, which rounding
    decides: in onnxruntime it mostly is in the lowest, and mostly is not in the highest.
    """
    frames = x.squeeze(-1).unfold(-1, window.numel(), int(step)) * window
    tilt = torch.zeros(window.numel() // 2 + 1, 2)
    tilt[0, 1], tilt[-1, 1] = 1e-20, -1e-20
    return torch.view_as_real(torch.fft.rfft(frames)) + tilt


def scatter(_: Attributes, x: Tensor, indices: Tensor, updates: Tensor) -> Tensor:
    changed = x.clone()
    changed[tuple(indices[..., axis].long() for axis in range(indices.shape[-1]))] = updates
    return changed


def expand(_: Attributes, x: Tensor, shape: Tensor) -> Tensor:
    return x.expand(torch.broadcast_shapes(x.shape, tuple(shape.tolist())))


OPERATORS: dict[str, Operator] = {
    "Add": plain(torch.add), "Sub": plain(torch.sub), "Mul": plain(torch.mul), "Div": divide, "Pow": power,
    "MatMul": plain(torch.matmul), "Less": plain(torch.lt), "Greater": plain(torch.gt), "Equal": plain(torch.eq),
    "Sqrt": plain(torch.sqrt), "Reciprocal": plain(torch.reciprocal), "Sigmoid": plain(torch.sigmoid),
    "Relu": plain(torch.relu), "Floor": plain(torch.floor), "Sin": plain(torch.sin), "Cos": plain(torch.cos),
    "Exp": plain(torch.exp), "Tanh": plain(torch.tanh), "Atan": plain(torch.atan),
    "Where": plain(lambda condition, x, y: torch.where(condition.bool(), x, y)),
    "CumSum": plain(lambda x, axis: x.cumsum(int(axis))),
    "NonZero": plain(lambda x: torch.nonzero(x).T),
    "Range": plain(lambda start, end, step: torch.arange(start.item(), end.item(), step.item(), dtype=start.dtype)),
    "GlobalAveragePool": plain(lambda x: x.mean(tuple(range(2, x.dim())), keepdim=True)),
    "ThresholdedRelu": lambda a, x: torch.where(x > a["alpha"], x, torch.zeros_like(x)),
    "LeakyRelu": lambda a, x: F.leaky_relu(x, a.get("alpha", 0.01)),
    "Softmax": lambda a, x: x.softmax(a.get("axis", -1)),
    "LogSoftmax": lambda a, x: x.log_softmax(a.get("axis", -1)),
    "Cast": lambda a, x: x.to(TYPES[a["to"]]),
    "Transpose": lambda a, x: x.permute(a["perm"]),
    "Concat": lambda a, *inputs: torch.cat(inputs, a["axis"]),
    "Shape": lambda a, x: torch.tensor(x.shape),
    "Conv": convolve, "ConvInteger": convolve_integers, "MatMulInteger": multiply_integers,
    "ConvTranspose": convolve_back, "InstanceNormalization": normalise, "DynamicQuantizeLinear": quantise, "DequantizeLinear": dequantise,
    "Slice": slice_, "Reshape": reshape, "Gather": gather, "Unsqueeze": unsqueeze, "Squeeze": squeeze,
    "ReduceMean": mean, "Split": split, "Resize": resize, "Pad": pad, "STFT": spectrum, "ScatterND": scatter,
    "Expand": expand,
}  # fmt: skip
