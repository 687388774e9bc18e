"""The small models of this layer, run in numpy, made by the scripts in training/."""

from __future__ import annotations

import functools
import importlib.resources
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.extract.forest import Forest
from rashomon.extract.hearing import hear
from rashomon.extract.lexical import Matrix, Offsets

Weights = dict[str, npt.NDArray[Any]]
CLASSES = ("furniture", "body", "comment")


@functools.cache
def _weights(name: str) -> Weights:
    data = importlib.resources.files("rashomon.extract").joinpath(name).read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {key: arrays[key].astype(np.float32) for key in arrays.files if key != "data_sha256"}


def _scores(w: Weights, features: Matrix) -> Matrix:
    inputs = np.clip((features - w["mean"]) / w["scale"], -5, 5)
    hidden = np.maximum(inputs @ w["first"] + w["first_bias"], 0)
    scores: Matrix = hidden @ w["second"] + w["second_bias"]
    return scores


def probabilities(features: Matrix, weights: Weights | None = None) -> Matrix:
    """What lines are: one row a line, one column a class of CLASSES; rows sum to 1. Made by training/lines.py.

    `weights` stand in for the packaged ones; training measures with them.
    """
    scores = _scores(weights or _weights("lines.npz"), features)
    scores -= scores.max(axis=1, keepdims=True)
    likely: Matrix = np.exp(scores)
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


def commenting(features: Matrix) -> Matrix:
    """The log odds that lines are spoken by commenters rather than told by an article. Made by training/comments.py."""
    odds: Matrix = _scores(_weights("voices.npz"), features)[:, 0]
    return odds


def page_chances(features: Matrix, groups: Sequence[Offsets], weights: Weights | None = None) -> Matrix:
    """What lines of a page are: columns for furniture and the article's own; by training/pages.py.

    The mean log odds of a network that hears the lines around and in the same groups, and of boosted trees. `features`
    are those of `measure_page`, `groups` those of `together`.
    """
    w = weights or _weights("pages.npz")
    odds = hear(features, groups, w) + Forest.of(w).odds(features)
    own = 1 / (1 + np.exp(-np.clip(odds / 2, -30, 30)))
    return np.stack((1 - own, own), axis=1).astype(np.float32)
