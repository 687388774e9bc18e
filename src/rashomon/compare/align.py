"""How likely two passages tell the same fact: a logistic model and boosted trees over what features.py measures.

The probability is the mean of both. The weights (align.json) are made by training/claims.py, which also records the
data they come from and the figures they reached with one event left out at a time.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.compare.features import NAMES, Indices, Matrix, Measured, features
from rashomon.compare.passages import Passage


@dataclass(frozen=True, slots=True)
class Tree:
    """A regression tree in arrays.

    `feature` is -1 at a leaf; a row of features goes left where the node's feature is at most its `threshold`.
    """

    feature: Indices
    threshold: npt.NDArray[np.float64]
    left: Indices
    right: Indices
    value: npt.NDArray[np.float64]

    def evaluate(self, measured: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The value of the leaf that each row of features reaches."""
        node = np.zeros(len(measured), dtype=np.int64)
        rows = np.arange(len(measured))
        while (inner := self.feature[node] >= 0).any():
            at = node[inner]
            small = measured[rows[inner], self.feature[at]] <= self.threshold[at]
            node[inner] = np.where(small, self.left[at], self.right[at])
        return self.value[node]


@dataclass(frozen=True, slots=True)
class Weights:
    """A standardised logistic model, and trees whose values add up to log odds over the same standardised features."""

    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    bias: float
    trees: tuple[Tree, ...]
    start: float

    def probability(self, measured: Matrix) -> Matrix:
        """The probability of each row of features."""
        standard = (measured.astype(np.float64) - self.mean) / self.scale
        boosted = self.start + sum((tree.evaluate(standard) for tree in self.trees), np.zeros(len(standard)))
        return ((_sigmoid(standard @ self.weight + self.bias) + _sigmoid(boosted)) / 2).astype(np.float32)


def _sigmoid(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float64)


def from_json(text: str) -> Weights:
    """Weights as training/claims.py writes them; ValueError where they were made for other features."""
    told = json.loads(text)
    if told["features"] != list(NAMES):
        raise ValueError("align.json was trained on other features than features.py measures: run training/claims.py")
    return parse(told)


def parse(told: dict[str, Any]) -> Weights:
    """Weights from the object that training/claims.py writes."""
    mean, scale, weight = (np.array(told[name], dtype=np.float64) for name in ("mean", "scale", "weight"))
    trees = tuple(
        Tree(
            np.array(tree["feature"], dtype=np.int64),
            np.array(tree["threshold"], dtype=np.float64),
            np.array(tree["left"], dtype=np.int64),
            np.array(tree["right"], dtype=np.int64),
            np.array(tree["value"], dtype=np.float64),
        )
        for tree in told["trees"]
    )
    return Weights(mean, scale, weight, float(told["bias"]), trees, float(told["start"]))


@functools.cache
def weights() -> Weights:
    """The packaged weights, loaded once per process."""
    return from_json(resources.files(__package__).joinpath("align.json").read_text(encoding="utf-8"))


FAINT = (0.5, 0.3)
"""Cosine and containment below which, both at once, a pair is held to an even chance at most of what the model says: in
short articles the margins over other pairs are large by chance. It costs nothing on the development events."""


def judge(passages: Sequence[Passage], measured: Measured, model: Weights) -> Matrix:
    """Probabilities of the measured pairs as a symmetric table of all passages, 0 elsewhere."""
    told = model.probability(measured.values)
    cosine, containment = (measured.values[:, NAMES.index(name)] for name in ("cosine", "containment"))
    told = np.where((cosine < FAINT[0]) & (containment < FAINT[1]), told / 2, told)
    scores = np.zeros((len(passages), len(passages)), dtype=np.float32)
    scores[measured.rows, measured.columns] = told
    return np.maximum(scores, scores.T)


def align(passages: Sequence[Passage], model: Weights) -> Matrix:
    """Probabilities by `model`, of shape (passages, passages), symmetric.

    They are 0 within an article and for pairs that are not worth judging.
    """
    if not passages:
        return np.zeros((0, 0), dtype=np.float32)
    return judge(passages, features(passages), model)
