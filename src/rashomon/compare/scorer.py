"""How likely a pair of sides is a difference as a reader sees it: learnt from pairs judged one by one.

A logistic model and boosted trees over what evidence.py measures and the rule that proposed the pair, made by
training/differences.py; the confidence of a point is its surest pair's probability, calibrated on pairs judged by
models that never saw their event.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.compare import labels
from rashomon.compare.align import Weights, load, parse
from rashomon.compare.candidates import Candidate
from rashomon.compare.evidence import NAMES, Evidence, pairs
from rashomon.compare.labels import Labels, named
from rashomon.compare.overlap import Matrix
from rashomon.compare.points import FAINT, Judged, points
from rashomon.compare.possible import pointless
from rashomon.compare.rank import HELD
from rashomon.compare.scene import Scene

Places = tuple[tuple[int, int, int], ...]

STRICT = frozenset({"number:update", "number:apart", "sequence:reversed", "wording:quoted"})
"""Rules that propose too little on the events read by hand for a model to learn them; they are told as they stand."""
UNSEEN = 0.6
"""Confidence of what they propose. The figures are in benchmarks/results/accounts.md."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log odds that a pair is a difference, from those that the model gives it."""

    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """The model of pairs, the rules that it knows, what names their kinds and relations, and the calibration."""

    weights: Weights
    cues: tuple[str, ...]
    labels: Labels
    calibration: Calibration

    def confidence(self, probability: float, point: Candidate) -> float:
        """The calibrated confidence of a point in 0..1; of a contradiction HELD at most.

        Over 97 events those that the model was sure of were one in two right: only strict rules accuse.
        """
        by = self.calibration
        odds = by.intercept + by.slope * logit(probability)
        sure = 1 / (1 + math.exp(-odds))
        return min(sure, HELD) if point.relation == "contradiction" else sure


def logit(probability: float) -> float:
    """Log odds, held within ±9."""
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


@functools.cache
def scorer() -> Scorer:
    """The packaged model, loaded once per process; ValueError where it was made for other features."""
    told = load("rank.json", NAMES)
    return Scorer(parse(told), tuple(told["cues"]), labels.parse(told), Calibration(**told["calibration"]))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that give other values, as the first of the rules that propose them says, and all these rules."""

    candidate: Candidate
    cues: frozenset[str]

    @property
    def places(self) -> Places:
        """Where both values stand: passage, start, end."""
        return places(*(s.place for s in self.candidate.sides))


def places(*ends: tuple[int, int, int]) -> Places:
    """The ends of a pair in order, whichever comes first."""
    return tuple(sorted(ends))


def split(candidates: Sequence[Candidate]) -> list[Pair]:
    """Candidates as pairs of sides, each once."""
    found: dict[Places, Pair] = {}
    for candidate in candidates:
        for one, other in pairs(candidate):
            sides = (one, other) if one.passage.index < other.passage.index else (other, one)
            pair = Pair(dataclasses.replace(candidate, sides=sides), frozenset({candidate.cue}))
            key = pair.places
            first = found.get(key)
            found[key] = dataclasses.replace(first, cues=first.cues | pair.cues) if first else pair
    return list(found.values())


def measured(scene: Scene, proposed: Sequence[Pair], cues: Sequence[str]) -> Matrix:
    """One row a pair: NAMES, and 1 for each rule that proposed it."""
    evidence = Evidence(scene)
    rows = np.zeros((len(proposed), len(NAMES) + len(cues)), dtype=np.float32)
    place = {cue: len(NAMES) + n for n, cue in enumerate(cues)}
    for row, pair in enumerate(proposed):
        rows[row, : len(NAMES)] = evidence.measure(*pair.candidate.sides)
        rows[row, [place[cue] for cue in sorted(pair.cues) if cue in place]] = 1.0
    return rows


def judged(scene: Scene, candidates: Sequence[Candidate], by: Scorer) -> list[Judged]:
    """The points that the candidates make, each with its confidence, the surest first."""
    strict = [candidate for candidate in candidates if candidate.cue in STRICT]
    taken = {(s.passage.index, s.at) for candidate in strict for s in candidate.sides}
    proposed = split([candidate for candidate in candidates if candidate.cue not in STRICT])
    told: list[Judged] = []
    if proposed:
        rows = measured(scene, proposed, by.cues)
        probability = by.weights.probability(rows)
        numbers = np.flatnonzero(probability >= FAINT).tolist()
        likely = [n for n in numbers if not pointless(proposed[n].candidate)]
        called = named([proposed[n].candidate for n in likely], rows[likely], by.labels)
        told = points(scene, list(zip(probability[likely].tolist(), called, strict=True)))
    sure = [(by.confidence(p, point), point) for p, point in told if not _again(point, taken)]
    return sorted([*((UNSEEN, candidate) for candidate in strict), *sure], key=lambda pair: -pair[0])


def _again(point: Candidate, taken: set[tuple[int, int]]) -> bool:
    """Whether a point is on figures that a strict rule tells already."""
    return point.kind == "number" and sum((s.passage.index, s.at) in taken for s in point.sides) > 1
