"""What is measured of two sides before they are judged to differ on one point: nothing here knows the answer."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rashomon.compare import stretches, values
from rashomon.compare.candidates import Candidate, Side
from rashomon.compare.lexicon import alike
from rashomon.compare.passages import Passage
from rashomon.compare.scene import Scene, Unit

Vector = npt.NDArray[np.float64]

DETERMINERS = ("the", "a", "an")
NAMES = (
    "aligned",
    "margin",
    "beside",
    "cosine",
    "containment",
    "jaccard",
    "weight",
    "near",
    "predicate",
    "entities",
    "shared_entities",
    "value_jaccard",
    "value_near",
    "value_nested",
    "value_length",
    "value_longer",
    "value_digits",
    "first",
    "last",
    "headline",
    "quoted",
    "gap",
    "length",
    "longer",
    "rare",
    "value_share",
    *values.NAMES,
    *stretches.NAMES,
)


class Evidence:
    """Measures pairs of sides within one event."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._scores = scene.aligned.scores
        self._passages = scene.aligned.passages
        self._told = np.array([p.told for p in self._passages])
        self._best: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self._held: dict[tuple[int, int, int], values.Value] = {}

    def measure(self, one: Side, other: Side) -> Vector:
        """The values of NAMES for two sides."""
        a, b = one.passage, other.passage
        score = float(self._scores[a.index, b.index])
        told = {
            "aligned": score,
            "margin": score - max(self._rival(a.index, b), self._rival(b.index, a)),
            "beside": self._beside(a.index, b.index),
            "cosine": float(a.vector @ b.vector),
            **self._clauses(one, other),
            **_values(one, other),
            **_places(a, b),
            **values.measure(self._value(one), self._value(other)),
            **self._read(one, other),
            "quoted": float(bool(a.quotations)) + float(bool(b.quotations)),
            "length": math.log(min(one.end - one.start, other.end - other.start) + 1),
            "longer": math.log(max(one.end - one.start, other.end - other.start) + 1),
        }
        return np.array([told[name] for name in NAMES], dtype=np.float64)

    def _value(self, side: Side) -> values.Value:
        if side.place not in self._held:
            self._held[side.place] = values.Value(side)
        return self._held[side.place]

    def _read(self, one: Side, other: Side) -> dict[str, float]:
        """What the network that read both passages says of the values."""
        ends = [(s.passage, s.at, s.until) for s in (one, other)]
        told = self._scene.aligned.opinions.of(*ends)
        return dict(zip(stretches.NAMES, told.tolist(), strict=True))

    def _rival(self, row: int, of: Passage) -> float:
        """The probability of the best other passage of the same article."""
        if (row, of.told) not in self._best:
            inside = np.flatnonzero(self._told == of.told)
            order = inside[np.argsort(-self._scores[row, inside], kind="stable")[:2]]
            self._best[row, of.told] = [(int(i), float(self._scores[row, i])) for i in order]
        return next((score for index, score in self._best[row, of.told] if index != of.index), 0.0)

    def _beside(self, i: int, j: int) -> float:
        """How surely the sentences before or after are aligned too."""
        best, size = 0.0, len(self._passages)
        for x in (i - 1, i, i + 1):
            for y in (j - 1, j, j + 1):
                inside = (x, y) != (i, j) and 0 <= x < size and 0 <= y < size
                if inside and self._told[x] == self._told[i] and self._told[y] == self._told[j]:
                    best = max(best, float(self._scores[x, y]))
        return best

    def _unit(self, side: Side) -> Unit | None:
        return self._scene.unit(side.passage, side.at, side.until) or self._scene.unit(
            side.passage, side.start, side.end
        )

    def _clauses(self, one: Side, other: Side) -> dict[str, float]:
        left, right = self._unit(one), self._unit(other)
        found = {"containment": 0.0, "jaccard": 0.0, "weight": 0.0, "near": 0.0, "predicate": 0.0}
        ours, theirs = one.passage.entities, other.passage.entities
        found["shared_entities"] = float(len(ours & theirs))
        found["entities"] = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
        if left is not None and right is not None:
            common = self._scene.words.pair(left.index, right.index)
            found |= {name: float(value) for name, value in common._asdict().items()}
            found["near"] = self._scene.near(left, right)
            found["predicate"] = alike(left.clause.predicate, right.clause.predicate)
        terms = set(one.passage.terms) & set(other.passage.terms)
        found["rare"] = max((self._scene.words.rarity.get(term, 0.0) for term in terms), default=0.0)
        return found


def _places(a: Passage, b: Passage) -> dict[str, float]:
    days = [_day(p) for p in (a, b)]
    gap = abs((days[0] - days[1]).days) if days[0] and days[1] else 0
    return {
        "first": min(a.place, b.place),
        "last": max(a.place, b.place),
        "headline": float(a.role == "title") + float(b.role == "title"),
        "gap": math.log1p(gap),
    }


def _day(passage: Passage) -> dt.date | None:
    best = passage.article.published_best
    return dt.date.fromisoformat(best[:10]) if best else None


def _values(one: Side, other: Side) -> dict[str, float]:
    ours, theirs = values.told(one.value), values.told(other.value)
    both, union = ours & theirs, ours | theirs
    sizes = [len(s.value) / max(1, s.end - s.start) for s in (one, other)]
    return {
        "value_jaccard": len(both) / max(1, len(union)),
        "value_near": values.mean_near(tuple(sorted(ours)), tuple(sorted(theirs))),
        "value_nested": float(ours <= theirs or theirs <= ours),
        "value_length": float(min(len(ours), len(theirs))),
        "value_longer": float(max(len(ours), len(theirs))),
        "value_digits": float(sum(any(c.isdigit() for c in s.value) for s in (one, other))),
        "value_share": max(sizes),
    }


def pairs(candidate: Candidate) -> list[tuple[Side, Side]]:
    """The pairs of sides of different origins."""
    sides: Sequence[Side] = candidate.sides
    return [
        (a, b)
        for n, a in enumerate(sides)
        for b in sides[n + 1 :]
        if a.passage.origin != b.passage.origin and folded(a) != folded(b)
    ]


def folded(side: Side) -> str:
    """The value in lower case without its article, to see whether two sides tell one."""
    return without_article(side.value)


@functools.lru_cache(maxsize=100_000)
def without_article(text: str) -> str:
    """A text in lower case on one line, without articles."""
    return " ".join(w for w in text.lower().split() if w not in DETERMINERS)
