"""Boosted regression trees evaluated in numpy: the arrays are made by training/network.py.

A tree is not walked: every node whose condition fails for a row strikes out the leaves below its left side, and the
first leaf left is the row's (QuickScorer, Lucchese et al., SIGIR 2015); so all rows and nodes are compared at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]
_ROWS = 32  # that are compared at once, so that what is compared stays in the processor's memory
_BITS = ((16, np.uint16), (32, np.uint32), (64, np.uint64))


@dataclass(frozen=True, slots=True)
class Forest:
    """The inner nodes of all trees, tree by tree, and the values of their leaves from left to right."""

    starts: NDArray[np.int64]  # (trees,): the first node of each tree
    feature: Numbers  # (nodes,)
    threshold: Floats  # (nodes,): a value up to and including it goes left
    left: NDArray[Any]  # (nodes,): bits of the leaves that are left where the value is above it
    value: Floats  # (trees, leaves)
    baseline: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
        """From the arrays `tree_*` of a weights file. ValueError for trees of more than 64 leaves."""
        nodes = [_inner(arrays, int(root)) for root in arrays["tree_roots"]]
        most = max(len(leaves) for _, leaves in nodes)
        bits, kind = next((pair for pair in _BITS if most <= pair[0]), (0, np.uint64))
        if not bits:
            raise ValueError(f"A tree has {most} leaves; at most 64 can be evaluated.")
        value = np.zeros((len(nodes), most), np.float32)
        for row, (_, leaves) in zip(value, nodes, strict=True):
            row[: len(leaves)] = arrays["tree_value"][leaves]
        which = np.array([node for inner, _ in nodes for node, _ in inner], dtype=np.int64)
        full = (1 << bits) - 1
        return cls(
            starts=np.cumsum([0, *(len(inner) for inner, _ in nodes[:-1])]),
            feature=arrays["tree_feature"][which].astype(np.int32),
            threshold=arrays["tree_threshold"][which].astype(np.float32),
            left=np.array([full ^ struck for inner, _ in nodes for _, struck in inner], dtype=kind),
            value=value,
            baseline=float(arrays["tree_shape"].astype(float)[0]),
        )

    def odds(self, rows: Floats) -> Floats:
        """Rows (n, features) to log odds (n,)."""
        if not len(rows):
            return np.zeros(0, np.float32)
        trees = np.arange(len(self.starts))[:, None]
        every = np.bitwise_not(np.zeros(1, self.left.dtype))[0]
        found = []
        for at in range(0, len(rows), _ROWS):
            values = np.ascontiguousarray(rows[at : at + _ROWS].T)[self.feature]
            struck = np.where(values > self.threshold[:, None], self.left[:, None], every)
            left = np.bitwise_and.reduceat(struck, self.starts, axis=0)
            first = np.frexp((left & (~left + 1)).astype(np.float32))[1] - 1
            found.append(self.value[trees, first].sum(axis=0) + np.float32(self.baseline))
        total: Floats = np.concatenate(found)
        return total

    def probability(self, rows: Floats) -> Floats:
        """Rows (n, features) to probabilities (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.odds(rows))), np.float32)


def _inner(arrays: Mapping[str, NDArray[Any]], root: int) -> tuple[list[tuple[int, int]], list[int]]:
    """The inner nodes of a tree, each with the bits of the leaves below its left side, and its leaves in order.

    A tree of one leaf has its root as a node that strikes out nothing.
    """
    inner: list[tuple[int, int]] = []
    leaves: list[int] = []

    def below(node: int) -> int:
        left = int(arrays["tree_left"][node])
        if left == node:
            leaves.append(node)
            return 1 << (len(leaves) - 1)
        at = len(inner)
        inner.append((node, 0))
        struck = below(left)
        inner[at] = (node, struck)
        return struck | below(int(arrays["tree_right"][node]))

    below(root)
    return inner or [(root, 0)], leaves
