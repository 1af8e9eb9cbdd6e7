"""Small ONNX graphs, for tests of those who change graphs."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

DICE = np.random.default_rng


def model(nodes: list[Any], known: dict[str, Any], channels: int) -> Any:
    """Nodes in any order, from "sound" (1, channels, n) to "heard"."""
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "small",
        [value("sound", TensorProto.FLOAT, [1, channels, "n"])],
        [value("heard", TensorProto.FLOAT, [1, None, None])],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in known.items()],
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=versions, ir_version=9)


def heard(made: Any, sound: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        made.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(["heard"], {"sound": sound})[0]


def operators(made: Any) -> set[str]:
    return {node.op_type for node in made.graph.node}


def copy(made: Any) -> Any:
    return onnx.load_from_string(made.SerializeToString())
