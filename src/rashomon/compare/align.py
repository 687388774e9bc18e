"""How likely two passages tell the same fact: a look at what features.py measures, then one at what reread.py adds.

Each look is a logistic model and boosted trees; its probability is the mean of both. The weights (align.json,
reread.json) are made by training/claims.py, which also records the data they come from and the figures they reached
with one event left out at a time.
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

from rashomon.compare import crossencoder, reread
from rashomon.compare.candidates import Aligned
from rashomon.compare.features import NAMES as FIRST
from rashomon.compare.features import Measured, features
from rashomon.compare.overlap import Indices, Matrix
from rashomon.compare.passages import Passage
from rashomon.compare.reread import Reader
from rashomon.compare.stretches import Head, Opinions, head


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


@dataclass(frozen=True, slots=True)
class Looks:
    """What judges pairs of passages: both looks, what reads pairs between them, and the layer that reads stretches."""

    first: Weights
    second: Weights
    reader: Reader
    head: Head


def load(name: str, features: Sequence[str]) -> dict[str, Any]:
    """A packaged table of weights; ValueError where it was made for other features."""
    told: dict[str, Any] = json.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    if told["features"] != list(features):
        raise ValueError(f"{name} was trained on other features than are measured now: run training/claims.py")
    return told


@functools.cache
def looks() -> Looks:
    """The packaged looks, loaded once per process."""
    first, second = load("align.json", FIRST), load("reread.json", reread.NAMES)
    return Looks(parse(first), parse(second), crossencoder.read, head())


FAINT = (0.5, 0.3)
"""Cosine and containment below which, both at once, a pair is held to an even chance at most of what the model says: in
short articles the margins over other pairs are large by chance. It costs nothing on the development events."""


def align(passages: Sequence[Passage], by: Looks) -> Aligned:
    """Passages with the probability that each two tell the same: 0 within an article, and where not worth measuring."""
    if not passages:
        return Aligned(passages, np.zeros((0, 0), dtype=np.float32))
    measured = features(passages)
    first = by.first.probability(measured.values)
    answers = reread.read(passages, measured, first, by.reader)
    told = by.second.probability(reread.features(passages, measured, first, answers))
    opinions = Opinions(reread.by_passages(measured, answers), by.head)
    return Aligned(passages, judge(passages, measured, told), opinions)


def judge(passages: Sequence[Passage], measured: Measured, told: Matrix) -> Matrix:
    """Probabilities of the measured pairs as a symmetric table of all passages, 0 elsewhere."""
    cosine, containment = (measured.values[:, FIRST.index(name)] for name in ("cosine", "containment"))
    told = np.where((cosine < FAINT[0]) & (containment < FAINT[1]), told / 2, told)
    scores = np.zeros((len(passages), len(passages)), dtype=np.float32)
    scores[measured.rows, measured.columns] = told
    return np.maximum(scores, scores.T)
