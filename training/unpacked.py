"""The weights of a network that training/crossencoder.py packaged, in full numbers again, to go on learning from."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import numpy as np
import onnx
import torch
from onnx import numpy_helper


def unpacked(path: pathlib.Path) -> dict[str, torch.Tensor]:
    """The state of the network in an ONNX file, by the names that torch gives it.

    A matrix of integers is multiplied out by its scale. What seven bits cost stays lost: each weight is off by at most
    1/126 of the largest of its column.
    """
    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {name: value for name, value in held.items() if name.endswith((".weight", ".bias"))}
    found |= dict(_matrices(graph, held))
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in found.items()}


def _matrices(graph: onnx.GraphProto, held: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in held:
            yield _named(node), _full(held, node.input[1].removesuffix("_quantized")).T
        elif node.op_type == "MatMul" and node.input[1] in held:
            yield _named(node), held[node.input[1]].T
    for name in held:
        if name.startswith("bert.embeddings.") and name.endswith("_quantized"):
            yield name.removesuffix("_quantized"), _full(held, name.removesuffix("_quantized"))


def _named(node: onnx.NodeProto) -> str:
    """The torch name of the matrix that a node multiplies by: its module's path, whatever the operator is called."""
    return ".".join(part for part in node.name.strip("/").split("/") if "MatMul" not in part) + ".weight"


def _full(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    whole, zero, scale = (held[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale"))
    return np.asarray((whole - zero) * scale, dtype=np.float32)
