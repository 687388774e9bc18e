"""How likely two passages tell the same fact: a logistic model over what features.py measures.

The weights (align.json) are made by training/claims.py, which also records the data they come from and the figures they
reached with one event left out at a time.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from rashomon.compare.features import NAMES, Matrix, features
from rashomon.compare.passages import Passage


@dataclass(frozen=True, slots=True)
class Weights:
    """A standardised logistic model: one mean, scale and weight a feature, and a bias."""

    mean: Matrix
    scale: Matrix
    weight: Matrix
    bias: float

    def probability(self, measured: Matrix) -> Matrix:
        """The probability of each row of features; any leading axes are kept."""
        linear = ((measured - self.mean) / self.scale) @ self.weight + self.bias
        return (1.0 / (1.0 + np.exp(-np.clip(linear, -30, 30)))).astype(np.float32)


def from_json(text: str) -> Weights:
    """Weights as training/claims.py writes them; ValueError where they were made for other features."""
    told = json.loads(text)
    if told["features"] != list(NAMES):
        raise ValueError("align.json was trained on other features than features.py measures: run training/claims.py")
    mean, scale, weight = (np.array(told[name], dtype=np.float32) for name in ("mean", "scale", "weight"))
    return Weights(mean, scale, weight, float(told["bias"]))


@functools.cache
def weights() -> Weights:
    """The packaged weights, loaded once per process."""
    return from_json(resources.files(__package__).joinpath("align.json").read_text(encoding="utf-8"))


def align(passages: Sequence[Passage]) -> Matrix:
    """Probabilities of shape (passages, passages), symmetric; 0 where both are of one article."""
    if not passages:
        return np.zeros((0, 0), dtype=np.float32)
    scores = weights().probability(features(passages))
    told = np.array([p.told for p in passages])
    scores[told[:, None] == told[None, :]] = 0.0
    return scores
