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
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, precision_recall_curve
from sklearn.preprocessing import StandardScaler

from benchmarks._accounts_score import Gold, Place, hits, links
from benchmarks.accounts import readings
from rashomon.compare import naming
from rashomon.compare.align import Weights
from rashomon.compare.candidates import Aligned, Candidate
from rashomon.compare.event import candidates, entities
from rashomon.compare.features import NAMES, Matrix, features
from rashomon.compare.passages import Passage, passages
from rashomon.compare.rank import logit
from rashomon.model.records import Reading

HERE = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare"
PRIOR = 4.0
"""Candidates' worth of the overall precision that each rule's precision is drawn towards (empirical Bayes, by hand)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One event ready to learn from: passages, features, and which pairs the reading by hand calls the same."""

    gold: Gold
    readings: list[Reading]
    passages: list[Passage]
    measured: Matrix
    same: npt.NDArray[np.bool_]

    def pairs(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Rows and columns of the pairs of different articles."""
        told = np.array([p.told for p in self.passages])
        rows, columns = np.triu_indices(len(told), 1)
        apart = told[rows] != told[columns]
        return rows[apart], columns[apart]


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
    return Example(gold, list(ordered), found, features(found), same)


def fit(examples: Sequence[Example]) -> Weights:
    """The aligner's weights from all pairs of the examples."""
    x = np.concatenate([e.measured[e.pairs()] for e in examples])
    y = np.concatenate([e.same[e.pairs()] for e in examples])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=1.0, max_iter=3000).fit(scaler.transform(x), y)
    return Weights(
        scaler.mean_.astype(np.float32),
        np.maximum(scaler.scale_, 1e-6).astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
    )


def aligned(example_: Example, weights: Weights) -> Aligned:
    """The example's passages with the scores that `weights` gives them."""
    scores = weights.probability(example_.measured)
    told = np.array([p.told for p in example_.passages])
    scores[told[:, None] == told[None, :]] = 0.0
    return Aligned(example_.passages, scores)


def confirmed(candidate: Candidate, gold: Gold) -> bool:
    """Whether the reading by hand has a difference between the same passages."""
    sides = [(int(s.passage.article.source_uri), s.start, s.end) for s in candidate.sides]
    return any(links(members, sides) for members, _ in gold.differ)


def rank(judged: Sequence[tuple[Candidate, bool]]) -> dict[str, dict[str, float]]:
    """For each cue a bias, and a slope over the alignment's log odds that all cues share."""
    x = np.array([[logit(c.aligned)] for c, _ in judged])
    y = np.array([right for _, right in judged])
    slope = max(0.0, float(LogisticRegression(C=1.0).fit(x, y).coef_[0, 0])) if 0 < y.sum() < len(y) else 0.0
    overall = float(y.mean())
    table: dict[str, dict[str, float]] = {}
    for cue in sorted({c.cue for c, _ in judged}):
        mine = [(logit(c.aligned), right) for c, right in judged if c.cue == cue]
        precision = (sum(r for _, r in mine) + PRIOR * overall) / (len(mine) + PRIOR)
        centre = float(np.mean([level for level, _ in mine]))
        bias = float(np.log(precision / (1 - precision))) - slope * centre
        table[cue] = {
            "bias": round(bias, 4),
            "slope": round(slope, 4),
            "right": sum(r for _, r in mine),
            "of": len(mine),
        }
    return table


def judged(examples: Sequence[Example], weights: Sequence[Weights]) -> list[tuple[Candidate, bool]]:
    """Every proposed difference of the examples and whether the reading by hand has it."""
    found = []
    for e, w in zip(examples, weights, strict=True):
        found += [
            (c, confirmed(c, e.gold))
            for c in candidates(aligned(e, w), naming.descriptions(e.passages, entities(e.readings)))
        ]
    return found


def figures(examples: Sequence[Example], held: Sequence[Weights]) -> dict[str, float]:
    """Average precision and best F1 of sentence pairs, each event scored by weights that never saw it."""
    y = np.concatenate([e.same[e.pairs()] for e in examples])
    s = np.concatenate([w.probability(e.measured[e.pairs()]) for e, w in zip(examples, held, strict=True)])
    precision, recall, threshold = precision_recall_curve(y, s)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1[:-1].argmax())
    return {
        "average_precision": round(float(average_precision_score(y, s)), 4),
        "best_f1": round(float(f1[best]), 4),
        "at": round(float(threshold[best]), 4),
        "pairs": len(y),
        "same": int(y.sum()),
    }


def main(path: str) -> None:
    """Train on the file, print the figures, write both tables."""
    raw = pathlib.Path(path).read_bytes()
    rows: list[dict[str, Any]] = [json.loads(line) for line in gzip.decompress(raw).splitlines()]
    examples = [example(Gold(row), readings(row)) for row in rows]
    held = [fit([*examples[:k], *examples[k + 1 :]]) for k in range(len(examples))]
    write(raw, examples, figures(examples, held), rank(judged(examples, held)))


def write(
    raw: bytes, examples: Sequence[Example], left_out: dict[str, float], table: dict[str, dict[str, float]]
) -> None:
    """Weights from all examples, and the rules' table, with where they come from."""
    source = {"sha256": hashlib.sha256(raw).hexdigest(), "events": len(examples), "left_one_out": left_out}
    print(json.dumps({**source, "cues": table}, indent=1))
    weights = fit(examples)
    model = {name: [round(float(v), 6) for v in getattr(weights, name)] for name in ("mean", "scale", "weight")}
    align = {"trained": source, "features": list(NAMES), **model, "bias": round(weights.bias, 6)}
    (HERE / "align.json").write_text(json.dumps(align, indent=1) + "\n", encoding="utf-8")
    (HERE / "rank.json").write_text(json.dumps({"cues": table}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
