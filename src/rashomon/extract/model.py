"""The line model: features of lines to probabilities of what they are. Trained by training/lines.py, run in numpy."""

from __future__ import annotations

import functools
import importlib.resources
import io

import numpy as np
import numpy.typing as npt

from rashomon.extract.features import Matrix

CLASSES = ("furniture", "body", "comment")


@functools.cache
def _weights() -> dict[str, npt.NDArray[np.float32]]:
    data = importlib.resources.files("rashomon.extract").joinpath("lines.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files if name != "data_sha256"}


def probabilities(features: Matrix) -> Matrix:
    """One row a line, one column a class of CLASSES; rows sum to 1."""
    w = _weights()
    inputs = np.clip((features - w["mean"]) / w["scale"], -5, 5)
    hidden = np.maximum(inputs @ w["first"] + w["first_bias"], 0)
    scores = hidden @ w["second"] + w["second_bias"]
    scores -= scores.max(axis=1, keepdims=True)
    likely: Matrix = np.exp(scores)
    likely /= likely.sum(axis=1, keepdims=True)
    return likely
