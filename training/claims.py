"""Makes src/rashomon/compare/align.json and rank.json from events compared by hand.

    python -m training.claims ../shared/data/accounts/dev.jsonl.gz

Prints average precision and best F1 of sentence pairs, and the precision of each rule for differences, each event
judged by weights made from the other events, beside the data's SHA-256; then trains on all and writes. Seed 0. No
sentence of the data is in the weights: they are one number a feature and two a rule.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import pathlib
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.preprocessing import StandardScaler

from benchmarks._accounts_score import Gold, Place, hits, links
from benchmarks.accounts import readings
from rashomon.compare.align import Tree, Weights, judge
from rashomon.compare.candidates import Aligned, Candidate
from rashomon.compare.event import candidates
from rashomon.compare.features import NAMES, Measured, features
from rashomon.compare.passages import Passage, passages
from rashomon.compare.rank import logit
from rashomon.model.records import Reading

HERE = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare"
PRIOR = 4.0
"""Candidates' worth of its family's precision that each rule's is drawn towards, and of the overall precision that each
family's is drawn towards (empirical Bayes; set by hand)."""


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


def _tree(nodes: npt.NDArray[Any]) -> Tree:
    """A tree of scikit-learn's histogram boosting in our arrays."""
    feature = np.where(nodes["is_leaf"] == 1, -1, nodes["feature_idx"]).astype(np.int64)
    return Tree(
        feature,
        np.where(feature < 0, 0.0, nodes["num_threshold"]).astype(np.float64),
        nodes["left"].astype(np.int64),
        nodes["right"].astype(np.int64),
        np.where(feature < 0, nodes["value"], 0.0).astype(np.float64),
    )


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
        tuple(_tree(stage[0].nodes) for stage in boosted._predictors),
        float(boosted._baseline_prediction[0, 0]),
    )


def aligned(example_: Example, weights: Weights) -> Aligned:
    """The example's passages with the scores that `weights` gives them."""
    return Aligned(example_.passages, judge(example_.passages, example_.measured, weights))


def confirmed(candidate: Candidate, gold: Gold) -> float:
    """1 where the reading by hand has a difference of this kind between the same passages, half where of another kind.

    Identity and wording count as one kind: the reading itself is divided over how to call a description.
    """
    sides = [(int(s.passage.article.source_uri), s.start, s.end) for s in candidate.sides]
    kinds = {d["kind"] for members, d in gold.differ if links(members, sides)}
    same = {"identity", "wording"} if candidate.kind in ("identity", "wording") else {candidate.kind}
    return 1.0 if kinds & same else 0.5 if kinds else 0.0


def rank(told: Sequence[tuple[Candidate, float]]) -> dict[str, dict[str, float]]:
    """For each cue a bias, and a slope over the alignment's log odds that all cues share."""
    x = np.array([[logit(c.aligned)] for c, _ in told])
    y = np.array([right for _, right in told])
    found = y > 0
    slope = max(0.0, float(LogisticRegression(C=1.0).fit(x, found).coef_[0, 0])) if 0 < found.sum() < len(y) else 0.0
    overall = float(y.mean())
    families: dict[str, list[float]] = defaultdict(list)
    for candidate, right in told:
        families[candidate.cue.split(":")[0]].append(right)
    table: dict[str, dict[str, float]] = {}
    for cue in sorted({c.cue for c, _ in told}):
        mine = [(logit(c.aligned), right) for c, right in told if c.cue == cue]
        family = families[cue.split(":")[0]]
        expected = (sum(family) + PRIOR * overall) / (len(family) + PRIOR)
        precision = (sum(r for _, r in mine) + PRIOR * expected) / (len(mine) + PRIOR)
        centre = float(np.mean([level for level, _ in mine]))
        bias = float(np.log(precision / (1 - precision))) - slope * centre
        right = sum(r for _, r in mine)
        table[cue] = {"bias": round(bias, 4), "slope": round(slope, 4), "right": right, "of": len(mine)}
    return table


def judged(examples: Sequence[Example], weights: Sequence[Weights]) -> list[tuple[Candidate, float]]:
    """Every proposed difference of the examples and whether the reading by hand has it."""
    found: list[tuple[Candidate, float]] = []
    for e, w in zip(examples, weights, strict=True):
        found.extend((c, confirmed(c, e.gold)) for c in candidates(aligned(e, w), e.readings))
    return found


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
    write(raw, examples, figures(examples, held), rank(judged(examples, held)))


def _rounded(values: npt.NDArray[Any]) -> list[float]:
    if values.dtype == np.int64:
        return [int(v) for v in values]
    return [round(float(v), 6) for v in values]


def write(
    raw: bytes, examples: Sequence[Example], left_out: dict[str, float], table: dict[str, dict[str, float]]
) -> None:
    """Weights from all examples, and the rules' table, with where they come from."""
    source = {"sha256": hashlib.sha256(raw).hexdigest(), "events": len(examples), "left_one_out": left_out}
    print(json.dumps({**source, "cues": table}, indent=1))
    weights = fit(examples)
    model: dict[str, Any] = {name: _rounded(getattr(weights, name)) for name in ("mean", "scale", "weight")}
    model |= {"bias": round(weights.bias, 6), "start": round(weights.start, 6)}
    names = ("feature", "threshold", "left", "right", "value")
    model["trees"] = [{name: _rounded(getattr(tree, name)) for name in names} for tree in weights.trees]
    align = {"trained": source, "features": list(NAMES), **model}
    (HERE / "align.json").write_text(json.dumps(align) + "\n", encoding="utf-8")
    (HERE / "rank.json").write_text(json.dumps({"cues": table}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
