"""Small networks and trees for rashomon.extract.model: fitted with scikit-learn, stored as arrays."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
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


def exported(trees: HistGradientBoostingClassifier) -> Arrays:
    """The trees as the arrays that rashomon/extract/forest.py walks."""
    tables = [t[0].nodes for t in trees._predictors]
    offsets = np.cumsum([0] + [len(t) for t in tables])
    nodes = np.concatenate(tables)
    base = np.concatenate([np.full(len(t), o) for t, o in zip(tables, offsets, strict=False)])
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    shape = [float(trees._baseline_prediction.ravel()[0]), float(max(t["depth"].max() for t in tables))]
    return {
        "tree_roots": offsets[:-1].astype(np.uint16),
        "tree_feature": nodes["feature_idx"].astype(np.uint16),
        "tree_threshold": nodes["num_threshold"].astype(np.float32),
        "tree_left": np.where(leaf, own, nodes["left"] + base).astype(np.uint16),
        "tree_right": np.where(leaf, own, nodes["right"] + base).astype(np.uint16),
        "tree_value": np.where(leaf, nodes["value"], 0).astype(np.float32),
        "tree_shape": np.array(shape),
    }


def save(out: pathlib.Path, weights: Arrays, data: pathlib.Path) -> None:
    """Write the weights with the SHA-256 of the data that they were made from."""
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    np.savez_compressed(out, allow_pickle=False, data_sha256=np.array(digest), **weights)
    print(f"{out}: {out.stat().st_size} bytes, from {data.name} {digest}")


def fold(name: str, folds: int) -> int:
    """The fold that a document is in, by its id alone."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds
