"""The clauses of an event's passages beside each other: which of different tellings may stand at one point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rashomon.compare.candidates import Aligned
from rashomon.compare.overlap import Matrix, Overlap
from rashomon.compare.passages import DESCRIBING, Passage
from rashomon.compare.utterances import Heard, heard
from rashomon.model.records import Clause

LEAST = 0.1
"""Passages aligned so surely are looked at clause by clause."""
LIKE = 0.4
"""Clauses of other passages are looked at too where so great a part of the lighter one's words stands in the other."""
HEAVY = 6.0
"""Least weight (inverse document frequency, summed) of the words that such clauses have in common."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause that asserts something, in its passage."""

    index: int
    passage: Passage
    clause: Clause


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two clauses of different origins that may stand at one point, and how near each other they are."""

    left: Unit
    right: Unit
    aligned: float  # probability that their passages tell the same


class Scene:
    """All clauses of an event and what is measured between each two."""

    def __init__(self, aligned: Aligned) -> None:
        self.aligned = aligned
        self.units: list[Unit] = []
        for passage in aligned.passages:
            for clause in passage.clauses:
                if clause.role not in DESCRIBING and clause.terms:
                    self.units.append(Unit(len(self.units), passage, clause))
        self._at = {(u.passage.index, u.clause.start, u.clause.end): u for u in self.units}

    @cached_property
    def words(self) -> Overlap:
        """The words that the clauses share."""
        return Overlap([u.clause.terms for u in self.units])

    @cached_property
    def heard(self) -> list[Heard]:
        """The utterances that two or more articles render."""
        return heard(self.aligned)

    @cached_property
    def _means(self) -> Matrix:
        return self.words.means()

    def near(self, one: Unit, other: Unit) -> float:
        """Cosine of the weighted mean word vectors of two clauses."""
        return float(self._means[one.index] @ self._means[other.index])

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Clauses of different origins worth looking at, the surest passages first."""
        if not self.units:
            return []
        index = np.array([u.passage.index for u in self.units])
        told = np.array([u.passage.told for u in self.units])
        found: list[Meeting] = []
        for some in self.words.chunks():
            score, common = self.aligned.scores[index[some]][:, index], self.words.rows(some)
            worth = (score >= LEAST) | ((common.containment >= LIKE) & (common.weight >= HEAVY))
            worth &= told[some, None] < told[None, :]
            rows, columns = np.nonzero(worth)
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
                left, right = self.units[some.start + i], self.units[j]
                if left.passage.origin != right.passage.origin:
                    found.append(Meeting(left, right, float(score[i, j])))
        return sorted(found, key=lambda m: (-m.aligned, m.left.index, m.right.index))

    def unit(self, passage: Passage, start: int, end: int) -> Unit | None:
        """The shortest asserting clause that holds the span."""
        clause = passage.clause_at(start, end)
        return None if clause is None else self._at.get((passage.index, clause.start, clause.end))
