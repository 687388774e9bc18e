"""Makes src/rashomon/compare/align.json and rank.json from events compared by hand.

    python -m training.claims ../shared/data/accounts/dev.jsonl.gz

Prints average precision and best F1 of sentence pairs, and the precision of each rule for differences, each event
judged by weights made from the other events, beside the data's SHA-256; then trains on all and writes. Seed 0. No
sentence of the data is in the weights: they are one number a feature and two a rule.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import itertools
import json
import pathlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.preprocessing import StandardScaler

from benchmarks._accounts_score import Gold, Place, hits
from benchmarks.accounts import readings
from rashomon.compare.align import Weights, judge
from rashomon.compare.candidates import Aligned
from rashomon.compare.evidence import NAMES as EVIDENCE
from rashomon.compare.features import NAMES, Measured, features
from rashomon.compare.passages import Passage, passages
from rashomon.compare.scorer import Scorer
from rashomon.model.records import Reading
from training.differences import proposed, scorer, tree

HERE = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare"


@dataclass(frozen=True, slots=True)
class Example:
    """One event ready to learn from: passages, features, and which pairs the reading by hand calls the same."""

    gold: Gold
    readings: list[Reading]
    passages: list[Passage]
    measured: Measured
    same: npt.NDArray[np.bool_]  # one a measured pair
    missed: int  # pairs told the same that are not worth measuring by features.py


def _place(passage: Passage) -> Place:
    return int(passage.article.source_uri), passage.start, passage.end


def example(gold: Gold, told: Sequence[Reading]) -> Example:
    """Features and labels of one event."""
    ordered = sorted(told, key=lambda r: r.article.article_id)
    found = passages(ordered)
    same = np.zeros((len(found), len(found)), dtype=bool)
    for members in gold.same:
        at = [[p.index for p in found if hits(_place(p), member)] for member in members]
        for (i, one), (j, other) in itertools.combinations(enumerate(members), 2):
            if one[0] != other[0]:
                for a, b in itertools.product(at[i], at[j]):
                    same[a, b] = same[b, a] = True
    measured = features(found)
    labels = same[measured.rows, measured.columns]
    return Example(gold, list(ordered), found, measured, labels, int(same.sum()) // 2 - int(labels.sum()))


def fit(examples: Sequence[Example]) -> Weights:
    """The aligner's weights from all measured pairs of the examples."""
    x = np.concatenate([e.measured.values for e in examples])
    y = np.concatenate([e.same for e in examples])
    scaler = StandardScaler().fit(x)
    standard = scaler.transform(x)
    linear = LogisticRegression(C=1.0, max_iter=3000).fit(standard, y)
    boosted = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.06, max_leaf_nodes=6, min_samples_leaf=60, l2_regularization=5, random_state=0
    ).fit(standard, y)
    return Weights(
        scaler.mean_.astype(np.float64),
        np.maximum(scaler.scale_, 1e-6).astype(np.float64),
        linear.coef_[0].astype(np.float64),
        float(linear.intercept_[0]),
        tuple(tree(stage[0].nodes) for stage in boosted._predictors),
        float(boosted._baseline_prediction[0, 0]),
    )


def aligned(example_: Example, weights: Weights) -> Aligned:
    """The example's passages with the scores that `weights` gives them."""
    return Aligned(example_.passages, judge(example_.passages, example_.measured, weights))


def figures(examples: Sequence[Example], held: Sequence[Weights]) -> dict[str, float]:
    """Average precision and best F1 of sentence pairs, each event scored by weights that never saw it.

    Pairs told the same that were not worth measuring count as missed.
    """
    missed = sum(e.missed for e in examples)
    y = np.concatenate([*(e.same for e in examples), np.ones(missed, dtype=bool)])
    told = [w.probability(e.measured.values) for e, w in zip(examples, held, strict=True)]
    s = np.concatenate([*told, np.zeros(missed, dtype=np.float32)])
    precision, recall, threshold = precision_recall_curve(y, s)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1[:-1].argmax())
    return {
        "average_precision": round(float(average_precision_score(y, s)), 4),
        "best_f1": round(float(f1[best]), 4),
        "at": round(float(threshold[best]), 4),
        "measured": len(y) - missed,
        "same": int(y.sum()),
        "missed": missed,
    }


def main(path: str) -> None:
    """Train on the file, print the figures, write both tables."""
    raw = pathlib.Path(path).read_bytes()
    rows: list[dict[str, Any]] = [json.loads(line) for line in gzip.decompress(raw).splitlines()]
    examples = [example(Gold(row), readings(row)) for row in rows]
    held = [fit([*examples[:k], *examples[k + 1 :]]) for k in range(len(examples))]
    pairs = [proposed(e.gold, aligned(e, w), e.readings) for e, w in zip(examples, held, strict=True)]
    source = {"sha256": hashlib.sha256(raw).hexdigest(), "events": len(examples)}
    write(source | {"left_one_out": figures(examples, held)}, fit(examples), scorer(pairs))


def _rounded(values: npt.NDArray[Any]) -> list[float]:
    if values.dtype == np.int64:
        return [int(v) for v in values]
    return [round(float(v), 6) for v in values]


def _told(weights: Weights) -> dict[str, Any]:
    model: dict[str, Any] = {name: _rounded(getattr(weights, name)) for name in ("mean", "scale", "weight")}
    model |= {"bias": round(weights.bias, 6), "start": round(weights.start, 6)}
    names = ("feature", "threshold", "left", "right", "value")
    model["trees"] = [{name: _rounded(getattr(tree, name)) for name in names} for tree in weights.trees]
    return model


def write(source: dict[str, Any], weights: Weights, by: Scorer) -> None:
    """The aligner's weights and the model of differences, with where they come from."""
    print(json.dumps(source, indent=1))
    align = {"trained": source, "features": list(NAMES), **_told(weights)}
    (HERE / "align.json").write_text(json.dumps(align) + "\n", encoding="utf-8")
    rank = {"trained": source, "features": list(EVIDENCE), "cues": list(by.cues), **_told(by.weights)}
    rank |= {"calibration": dataclasses.asdict(by.calibration)}
    (HERE / "rank.json").write_text(json.dumps(rank) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
