"""The clauses of an event's passages beside each other: which of different tellings may stand at one point."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rashomon.annotate.language import pipeline
from rashomon.compare.candidates import Aligned
from rashomon.compare.features import Matrix, shared, weighted
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
    def _weights(self) -> tuple[dict[str, int], Matrix]:
        return weighted([Counter(u.clause.terms) for u in self.units])

    @cached_property
    def _common(self) -> tuple[Matrix, Matrix, Matrix]:
        matrix = self._weights[1]
        containment, jaccard = shared(matrix)
        root = np.sqrt(matrix)
        return containment, jaccard, root @ root.T

    @cached_property
    def heard(self) -> list[Heard]:
        """The utterances that two or more articles render."""
        return heard(self.aligned)

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a word among the clauses."""
        vocabulary = self._weights[0]
        column = vocabulary.get(term)
        return float(self._rarities[column]) if column is not None else 0.0

    @cached_property
    def _rarities(self) -> Matrix:
        return np.asarray(self._weights[1].max(axis=0), dtype=np.float32)

    @cached_property
    def near(self) -> Matrix:
        """Cosine of the weighted mean word vectors of each two clauses."""
        vocabulary, matrix = self._weights
        vocab = pipeline().vocab
        rows = [np.asarray(vocab.get_vector(word), dtype=np.float32) for word in vocabulary]
        means = matrix @ np.stack(rows or [np.zeros(1, dtype=np.float32)])
        unit = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)
        return np.asarray(unit @ unit.T, dtype=np.float32)

    @cached_property
    def containment(self) -> Matrix:
        """Weight of the words in common over the lighter clause's."""
        return self._common[0]

    @cached_property
    def jaccard(self) -> Matrix:
        """Weight of the words in common over that of both clauses'."""
        return self._common[1]

    @cached_property
    def weight(self) -> Matrix:
        """Weight of the words in common."""
        return self._common[2]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Clauses of different origins worth looking at, the surest passages first."""
        if not self.units:
            return []
        index = np.array([u.passage.index for u in self.units])
        told = np.array([u.passage.told for u in self.units])
        score = self.aligned.scores[index][:, index]
        worth = (score >= LEAST) | ((self.containment >= LIKE) & (self.weight >= HEAVY))
        worth &= told[:, None] < told[None, :]
        rows, columns = np.nonzero(worth)
        found = [
            Meeting(self.units[i], self.units[j], float(score[i, j]))
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
            if self.units[i].passage.origin != self.units[j].passage.origin
        ]
        return sorted(found, key=lambda m: (-m.aligned, m.left.index, m.right.index))

    def unit(self, passage: Passage, start: int, end: int) -> Unit | None:
        """The shortest asserting clause that holds the span."""
        clause = passage.clause_at(start, end)
        return None if clause is None else self._at.get((passage.index, clause.start, clause.end))
