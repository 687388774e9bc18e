"""Small networks for rashomon.extract.model: fitted with scikit-learn, averaged, stored as arrays."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.neural_network import MLPClassifier

Arrays = dict[str, npt.NDArray[Any]]


def fit(features: Any, classes: Any, weights: Any, shape: tuple[int, int, float], seeds: Sequence[int]) -> Arrays:
    """Weights of one network a seed, averaged before the last step; `shape` is hidden units, epochs, L2 penalty.

    Networks of one hidden layer whose scores are averaged are one network with all their hidden units.
    """
    hidden, epochs, penalty = shape
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-2
    inputs = np.clip((features - mean) / scale, -5, 5)
    nets = []
    for seed in seeds:
        net = MLPClassifier((hidden,), alpha=penalty, max_iter=epochs, batch_size=256, random_state=seed)
        nets.append(net.fit(inputs, classes, sample_weight=weights / weights.mean()))
    return {
        "mean": mean.astype(np.float32),
        "scale": scale.astype(np.float32),
        "first": np.concatenate([net.coefs_[0] for net in nets], axis=1).astype(np.float16),
        "first_bias": np.concatenate([net.intercepts_[0] for net in nets]).astype(np.float32),
        "second": (np.concatenate([net.coefs_[1] for net in nets], axis=0) / len(nets)).astype(np.float16),
        "second_bias": np.mean([net.intercepts_[1] for net in nets], axis=0).astype(np.float32),
    }


def save(out: pathlib.Path, weights: Arrays, data: pathlib.Path) -> None:
    """Write the weights with the SHA-256 of the data that they were made from."""
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    np.savez_compressed(out, allow_pickle=False, data_sha256=np.array(digest), **weights)
    print(f"{out}: {out.stat().st_size} bytes, from {data.name} {digest}")


def fold(name: str, folds: int) -> int:
    """The fold that a document is in, by its id alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds
