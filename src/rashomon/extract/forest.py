"""Boosted regression trees evaluated in numpy: the arrays are made by training/network.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as one table of nodes; a leaf is its own left and right child, so that every row may walk `depth` steps."""

    roots: Numbers  # (trees,)
    feature: Numbers  # (nodes,)
    threshold: Floats  # (nodes,): a value up to and including it goes left
    left: Numbers
    right: Numbers
    value: Floats
    baseline: float
    depth: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
        """From the arrays `tree_*` of a weights file."""
        baseline, depth = arrays["tree_shape"].astype(float)
        return cls(
            roots=arrays["tree_roots"].astype(np.int32),
            feature=arrays["tree_feature"].astype(np.int32),
            threshold=arrays["tree_threshold"].astype(np.float32),
            left=arrays["tree_left"].astype(np.int32),
            right=arrays["tree_right"].astype(np.int32),
            value=arrays["tree_value"].astype(np.float32),
            baseline=float(baseline),
            depth=int(depth),
        )

    def odds(self, rows: Floats) -> Floats:
        """Rows (n, features) to log odds (n,)."""
        if not len(rows):
            return np.zeros(0, np.float32)
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        lines = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[lines, self.feature[at]] <= self.threshold[at]
            at = np.where(goes_left, self.left[at], self.right[at])
        total: Floats = self.value[at].sum(axis=1) + np.float32(self.baseline)
        return total

    def probability(self, rows: Floats) -> Floats:
        """Rows (n, features) to probabilities (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.odds(rows))), np.float32)
