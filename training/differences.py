"""Makes src/rashomon/compare/rank.json: how likely two sides differ on a point, from events compared by hand.

Called by training/claims.py, whose aligner it builds on: each event is aligned by weights made from others, and the
calibration is made from events judged by models that never saw them. Seed 0. No sentence of the data is in the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from benchmarks._accounts_score import Gold, Place, links
from rashomon.compare.align import Weights
from rashomon.compare.candidates import Aligned, Candidate, Side
from rashomon.compare.event import candidates
from rashomon.compare.features import Matrix
from rashomon.compare.points import points, whole
from rashomon.compare.scene import Scene
from rashomon.compare.scorer import Calibration, Scorer, logit, measured, split
from rashomon.model.records import Reading
from training.examples import fit

OTHER, BESIDE = 0.6, 0.3
"""What a pair counts whose very clauses differ by the reading by hand, but on a point of another kind; and one whose
passages do, but in other words than those that it names."""
SAME = 4.0
"""Weight of a pair whose passages the reading by hand calls the same and nothing else: the worst that can be shown.
These three were chosen with one event left out at a time, by confirmed and recall together."""
FOLDS = 5
_FAMILY = {"wording": "identity", "attribution": "status"}
"""The reading by hand is itself divided over how to call these."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One event's pairs, and what the reading by hand says of each: how right it is, and how much it counts."""

    gold: Gold
    scene: Scene
    pairs: list[Candidate]
    right: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]


def place(side: Side) -> Place:
    """Where the side stands, in the terms of the reading by hand."""
    return int(side.passage.article.source_uri), side.start, side.end


def proposed(gold: Gold, aligned: Aligned, readings: Sequence[Reading]) -> Proposed:
    """All pairs that the finders propose for one event."""
    scene = Scene(aligned)
    found = split(candidates(scene, readings))
    right, weight = np.zeros(len(found)), np.ones(len(found))
    for row, pair in enumerate(found):
        narrow, wide = [place(s) for s in pair.sides], [place(whole(s)) for s in pair.sides]
        kinds = {_family(d["kind"]) for members, d in gold.differ if links(members, narrow)}
        if kinds:
            right[row] = 1.0 if _family(pair.kind) in kinds else OTHER
        elif any(links(members, wide) for members, _ in gold.differ):
            right[row] = BESIDE
        elif any(links(members, wide) for members in gold.same):
            weight[row] = SAME
    return Proposed(gold, scene, found, right, weight)


def _family(kind: str) -> str:
    return _FAMILY.get(kind, kind)


def _weights(x: Matrix, right: npt.NDArray[np.float64], weight: npt.NDArray[np.float64]) -> Weights:
    """A model of pairs; a pair half right is one that is right and one that is wrong, at half the weight each."""
    label = np.repeat([True, False], len(x))
    counted = np.concatenate([right, 1 - right]) * np.concatenate([weight] * 2)
    some = counted > 0
    rows = np.concatenate([x] * 2)[some]
    settings = {"C": 0.05, "max_iter": 120, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 30}
    return fit(rows, label[some], counted[some], **settings)


def _cues(events: Sequence[Proposed]) -> tuple[str, ...]:
    return tuple(sorted({pair.cue for e in events for pair in e.pairs}))


def _fit(events: Sequence[Proposed]) -> tuple[Weights, tuple[str, ...]]:
    cues = _cues(events)
    x = np.concatenate([measured(e.scene, e.pairs, cues) for e in events])
    return _weights(x, np.concatenate([e.right for e in events]), np.concatenate([e.weight for e in events])), cues


def scorer(events: Sequence[Proposed]) -> Scorer:
    """Model and calibration from some events; the calibration judges them in FOLDS parts by models of the rest."""
    told: list[tuple[float]] = []
    confirmed: list[bool] = []
    for k in range(FOLDS):
        weights, cues = _fit([event for n, event in enumerate(events) if n % FOLDS != k])
        for event in events[k::FOLDS]:
            given = weights.probability(measured(event.scene, event.pairs, cues))
            for sure, point in points(event.scene, list(zip(map(float, given), event.pairs, strict=True))):
                told.append((logit(sure),))
                sides = [place(s) for s in point.sides]
                confirmed.append(any(links(members, sides) for members, _ in event.gold.differ))
    line = LogisticRegression(C=0.1).fit(np.array(told), confirmed)
    weights, cues = _fit(events)
    calibration = Calibration(round(float(line.coef_[0, 0]), 4), round(float(line.intercept_[0]), 4))
    return Scorer(weights, cues, calibration)
