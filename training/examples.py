"""Events read by hand, ready to learn from: their passages, what is measured of them, and what the reading says."""

from __future__ import annotations

import gzip
import itertools
import json
import pathlib
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks._accounts_score import Gold, Place, hits
from benchmarks.accounts import readings
from rashomon.compare.align import Tree, Weights
from rashomon.compare.features import Measured, features
from rashomon.compare.passages import Passage, passages
from rashomon.model.records import Reading
from training.readings import rows

Row = dict[str, Any]
FOLDS = 3
"""In how many parts the events of training/readings.py are judged by weights made from the others."""


@dataclass(frozen=True, slots=True)
class Example:
    """One event ready to learn from: passages, features, and which pairs the reading by hand calls the same."""

    round: int  # 0: one of task `accounts`, on which figures are told; 1, 2: of training/readings.py
    row: Row
    gold: Gold
    readings: list[Reading]
    passages: list[Passage]
    measured: Measured
    same: npt.NDArray[np.bool_]  # one a measured pair
    missed: int  # pairs told the same that are not worth measuring by features.py

    @property
    def six(self) -> bool:
        """Whether it is one of the six on which figures are told."""
        return self.round == 0


def place(passage: Passage) -> Place:
    """Where a passage stands, in the terms of the reading by hand."""
    return int(passage.article.source_uri), passage.start, passage.end


def example(row: Row, told: Sequence[Reading]) -> Example:
    """Features and labels of one event."""
    gold = Gold(row)
    ordered = sorted(told, key=lambda r: r.article.article_id)
    found = passages(ordered)
    same = np.zeros((len(found), len(found)), dtype=bool)
    for members in gold.same:
        at = [[p.index for p in found if hits(place(p), member)] for member in members]
        for (i, one), (j, other) in itertools.combinations(enumerate(members), 2):
            if one[0] != other[0]:
                for a, b in itertools.product(at[i], at[j]):
                    same[a, b] = same[b, a] = True
    measured = features(found)
    labels = same[measured.rows, measured.columns]
    missed = int(same.sum()) // 2 - int(labels.sum())
    return Example(row.get("round", 0), row, gold, list(ordered), found, measured, labels, missed)


def examples(data: pathlib.Path, work: pathlib.Path) -> dict[str, Example]:
    """All events by name; annotating them takes two minutes, so they are kept in the work folder."""
    kept = work / "examples.pkl"
    if not kept.exists():
        lines = gzip.decompress((data / "accounts" / "dev.jsonl.gz").read_bytes()).splitlines()
        six = {row["event"]: example(row, readings(row)) for row in map(json.loads, lines)}
        more = {row["event"]: example(row, readings(row)) for row in rows(data)}
        kept.write_bytes(pickle.dumps(six | more))
    found: dict[str, Example] = pickle.loads(kept.read_bytes())
    return found


def tree(nodes: npt.NDArray[Any]) -> Tree:
    """A tree of scikit-learn's histogram boosting in our arrays."""
    feature = np.where(nodes["is_leaf"] == 1, -1, nodes["feature_idx"]).astype(np.int64)
    return Tree(
        feature,
        np.where(feature < 0, 0.0, nodes["num_threshold"]).astype(np.float64),
        nodes["left"].astype(np.int64),
        nodes["right"].astype(np.int64),
        np.where(feature < 0, nodes["value"], 0.0).astype(np.float64),
    )


def fit(x: npt.NDArray[Any], y: npt.NDArray[Any], weight: npt.NDArray[Any] | None = None, **settings: Any) -> Weights:
    """A logistic model (strength `C`) and boosted trees (the other settings) over rows of features."""
    linear_settings = {"C": settings.pop("C", 1.0), "max_iter": 3000}
    scaler = StandardScaler().fit(x)
    standard = scaler.transform(x)
    linear = LogisticRegression(**linear_settings).fit(standard, y, weight)
    boosted = HistGradientBoostingClassifier(l2_regularization=5, random_state=0, **settings).fit(standard, y, weight)
    return Weights(
        scaler.mean_.astype(np.float64),
        np.maximum(scaler.scale_, 1e-6).astype(np.float64),
        linear.coef_[0].astype(np.float64),
        float(linear.intercept_[0]),
        tuple(tree(stage[0].nodes) for stage in boosted._predictors),
        float(boosted._baseline_prediction[0, 0]),
    )


def first(told: Sequence[Example]) -> Weights:
    """The weights of the first look (align.json) from all measured pairs of some events."""
    x = np.concatenate([e.measured.values for e in told])
    y = np.concatenate([e.same for e in told])
    return fit(x, y, max_iter=120, learning_rate=0.06, max_leaf_nodes=6, min_samples_leaf=60)


def judged(told: Mapping[str, Example], work: pathlib.Path) -> dict[str, npt.NDArray[np.float32]]:
    """The first look at each event by weights that never saw it: each of the six apart, the others in FOLDS parts."""
    kept = work / "first.pkl"
    if not kept.exists():
        more = sorted(key for key in told if told[key].round)
        parts = [[key] for key in told if told[key].round == 0] + [more[k::FOLDS] for k in range(FOLDS)]
        found = {}
        for part in parts:
            weights = first([told[key] for key in sorted(told) if key not in part])
            found.update({key: weights.probability(told[key].measured.values) for key in part})
        kept.write_bytes(pickle.dumps(found))
    looks: dict[str, npt.NDArray[np.float32]] = pickle.loads(kept.read_bytes())
    return looks
