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
_CHUNK = 10_000  # lines: longer pages are weighed piece by piece, so that memory stays bounded


@functools.cache
def _weights(name: str) -> Weights:
    data = importlib.resources.files("rashomon.extract").joinpath(name).read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {key: arrays[key].astype(np.float32) for key in arrays.files if key != "data_sha256"}


@functools.cache
def _forest(name: str) -> Forest | None:
    weights = _weights(name)
    return Forest.of(weights) if "tree_roots" in weights else None


def _scores(w: Weights, features: Matrix) -> Matrix:
    inputs = np.clip((features - w["mean"]) / w["scale"], -5, 5)
    hidden = np.maximum(inputs @ w["first"] + w["first_bias"], 0)
    scores: Matrix = hidden @ w["second"] + w["second_bias"]
    return scores


def commenting(features: Matrix) -> Matrix:
    """The log odds that lines are spoken by commenters rather than told by an article. Made by training/comments.py."""
    odds: Matrix = _scores(_weights("voices.npz"), features)[:, 0]
    return odds


def chances(model: str, features: Matrix, groups: Sequence[Offsets], weights: Weights | None = None) -> Matrix:
    """What the lines of a text are: columns for furniture and the article's own, rows that sum to 1.

    The mean log odds of networks that hear the lines around and in the same groups, and of boosted trees where the
    model has some. For `lines`, made by training/lines.py, `features` and `groups` are those of `measure_lines`; for
    `pages`, made by training/pages.py, those of `measure_page` and of `together` in templates.py.

    `weights` stand in for the packaged ones; training measures with them.
    """
    name = f"{model}.npz"
    w = weights or _weights(name)
    trees = _forest(name) if weights is None else Forest.of(weights) if "tree_roots" in weights else None
    odds = []
    for at in range(0, len(features), _CHUNK):
        piece = features[at : at + _CHUNK]
        heard = hear(piece, [which[at : at + _CHUNK] for which in groups], w)
        odds.append(heard if trees is None else (heard + trees.odds(piece)) / 2)
    own = 1 / (1 + np.exp(-np.clip(np.concatenate(odds), -30, 30)))
    return np.stack((1 - own, own), axis=1).astype(np.float32)
