"""Makes src/rashomon/compare/rank.json: how likely two sides are a difference, of which kind and of which relation.

Called by training/claims.py, whose aligner it builds on: each event is aligned by weights made from others, and the
calibration is made from events judged by models that never saw them. It learns from pairs of stretches that readers
judged one by one (training/verdicts.json): pairs that the rules proposed, and others that no rule proposes. Seed 0. No
sentence of the data is in the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from rashomon.compare.align import Weights
from rashomon.compare.candidates import Aligned, Candidate, Side, side
from rashomon.compare.event import candidates
from rashomon.compare.labels import Choice, Labels
from rashomon.compare.overlap import Matrix
from rashomon.compare.scene import Scene
from rashomon.compare.scorer import STRICT, Calibration, Pair, Scorer, logit, measured, places, split
from rashomon.compare.stretches import Stretch
from rashomon.model.records import Reading
from training.examples import fit
from training.verdicts import Verdict

FOLDS = 5
LIFT = 0.25
"""Both models see the same features, so the most of what one name says of the other is in them already: of .25, .5 and
1 the least names most pairs rightly (both names in .521 of the pairs, five parts by event; .489 without)."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One event's pairs that were judged one by one, as the rules propose them, and the verdicts."""

    scene: Scene
    pairs: list[Pair]
    verdicts: list[Verdict]  # one a pair

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether each pair is a difference."""
        return np.array([v.kind is not None for v in self.verdicts], dtype=bool)


def proposed(aligned: Aligned, readings: Sequence[Reading], verdicts: Sequence[Verdict]) -> Proposed:
    """The judged pairs of one event, with the rules that propose them."""
    scene = Scene(aligned)
    found = split([c for c in candidates(scene, readings) if c.cue not in STRICT])
    by_place = {pair.places: pair for pair in found}
    told = []
    for verdict in verdicts:
        ends = places(*((p.index, start, end) for p, start, end in (verdict.one, verdict.other)))
        told.append(by_place[ends] if ends in by_place else _unproposed(aligned, verdict))
    return Proposed(scene, told, list(verdicts))


def _unproposed(aligned: Aligned, verdict: Verdict) -> Pair:
    one, other = (_side(aligned, end) for end in sorted((verdict.one, verdict.other), key=lambda e: e[0].index))
    score = float(aligned.scores[one.passage.index, other.passage.index])
    return Pair(Candidate("", "", one.value, (one, other), "", score), frozenset())


def _side(aligned: Aligned, stretch: Stretch) -> Side:
    passage, start, end = stretch
    return side(aligned.passages[passage.index], start, end)


def _cues(events: Sequence[Proposed]) -> tuple[str, ...]:
    return tuple(sorted({cue for e in events for pair in e.pairs for cue in pair.cues}))


def _weights(x: Matrix, right: npt.NDArray[np.bool_]) -> Weights:
    return fit(
        x, right, C=0.02, max_iter=250, learning_rate=0.06, max_leaf_nodes=20, min_samples_leaf=15, max_features=0.3
    )


def _labels(x: Matrix, verdicts: Sequence[Verdict]) -> Labels:
    """Names of kind and relation from the pairs that are differences."""
    some = np.array([v.kind is not None for v in verdicts], dtype=bool)
    told = [v for v in verdicts if v.kind is not None]
    kinds, relations = ([str(getattr(v, name)) for v in told] for name in ("kind", "relation"))
    by_kind, by_relation = _choice(x[some], kinds), _choice(x[some], relations)
    return Labels(
        by_kind, by_relation, _together(by_kind.names, by_relation.names, list(zip(kinds, relations, strict=True)))
    )


def _together(
    kinds: Sequence[str], relations: Sequence[str], told: Sequence[tuple[str, str]]
) -> npt.NDArray[np.float64]:
    """How much likelier than by chance each kind and relation are given to one pair: LIFT of the log ratio, one added
    to every count."""
    count = np.ones((len(kinds), len(relations)))
    for kind, relation in told:
        count[kinds.index(kind), relations.index(relation)] += 1
    share = count / count.sum()
    chance = share.sum(axis=1, keepdims=True) * share.sum(axis=0, keepdims=True)
    return np.asarray(LIFT * np.log(share / chance), dtype=np.float64)


def _choice(x: Matrix, names: Sequence[str]) -> Choice:
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.02, max_iter=3000).fit(scaler.transform(x), names)
    scale = np.maximum(scaler.scale_, 1e-6)
    return Choice(tuple(model.classes_), scaler.mean_, scale, model.coef_, model.intercept_)


def _calibrated(rows: Sequence[Matrix], right: Sequence[npt.NDArray[np.bool_]]) -> Calibration:
    """Each event of FOLDS parts judged by a model of the others."""
    odds: list[float] = []
    truth: list[bool] = []
    for k in range(FOLDS):
        rest = [n for n in range(len(rows)) if n % FOLDS != k]
        weights = _weights(np.concatenate([rows[n] for n in rest]), np.concatenate([right[n] for n in rest]))
        for n in range(k, len(rows), FOLDS):
            odds.extend(logit(float(p)) for p in weights.probability(rows[n]))
            truth.extend(right[n])
    line = LogisticRegression(C=0.1).fit(np.array(odds)[:, None], truth)
    return Calibration(round(float(line.coef_[0, 0]), 4), round(float(line.intercept_[0]), 4))


def scorer(events: Sequence[Proposed]) -> Scorer:
    """Model, names and calibration from some events."""
    events = [e for e in events if e.pairs]
    cues = _cues(events)
    rows = [measured(e.scene, e.pairs, cues) for e in events]
    right = [e.right for e in events]
    x, verdicts = np.concatenate(rows), list(_all(events))
    return Scorer(_weights(x, np.concatenate(right)), cues, _labels(x, verdicts), _calibrated(rows, right))


def _all(events: Sequence[Proposed]) -> Iterator[Verdict]:
    for event in events:
        yield from event.verdicts
