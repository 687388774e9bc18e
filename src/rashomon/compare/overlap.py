"""Which words stretches of text have in common, weighed by how rare they are among the stretches.

Tables of all pairs are made a few rows at a time: an event of hundreds of articles has tens of thousands of clauses.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rashomon.annotate.language import pipeline

Matrix = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

_CHUNK = 512  # rows of a table made in one piece
_NOTHING = 1e-6


class Shared(NamedTuple):
    """The words that stretches share: their weight (inverse document frequency, summed), and that over the lighter
    stretch's and over both stretches'; numbers, or one table of each for many pairs."""

    weight: Matrix
    containment: Matrix
    jaccard: Matrix


class Overlap:
    """The distinct words of some stretches, each weighed by its inverse document frequency among them."""

    def __init__(self, stretches: Sequence[Iterable[str]]) -> None:
        self._words = [sorted(set(words)) for words in stretches]
        count = Counter(word for words in self._words for word in words)
        self.rarity = {word: math.log((len(self._words) + 1) / (count[word] + 0.5)) for word in sorted(count)}
        holding: dict[str, list[int]] = defaultdict(list)
        for row, words in enumerate(self._words):
            for word in words:
                holding[word].append(row)
        self._holding = {word: np.array(rows, dtype=np.int64) for word, rows in holding.items()}
        self._mass = np.array([sum(self.rarity[w] for w in words) for words in self._words], dtype=np.float32)

    def __len__(self) -> int:
        return len(self._words)

    def chunks(self) -> Iterator[slice]:
        """The rows in pieces that fit in memory beside a table of all columns."""
        return (slice(first, min(first + _CHUNK, len(self))) for first in range(0, max(1, len(self)), _CHUNK))

    def rows(self, some: slice) -> Shared:
        """What some stretches share with each stretch: tables of shape (rows, stretches)."""
        weight = np.zeros((some.stop - some.start, len(self)), dtype=np.float32)
        for row, words in zip(weight, self._words[some], strict=True):
            for word in words:
                row[self._holding[word]] += self.rarity[word]
        return _shared(weight, self._mass[some, None], self._mass[None, :])

    def count(self, words: Iterable[str]) -> Indices:
        """How many of some distinct words each stretch has."""
        found = np.zeros(len(self), dtype=np.int64)
        for word in words:
            if word in self._holding:
                found[self._holding[word]] += 1
        return found

    def pair(self, one: int, other: int) -> Shared:
        """What two stretches share."""
        both = sorted(set(self._words[one]).intersection(self._words[other]))
        weight = np.float32(sum(self.rarity[word] for word in both))
        return _shared(np.asarray(weight), self._mass[one], self._mass[other])

    def table(self) -> Shared:
        """What each two stretches share."""
        parts = [self.rows(some) for some in self.chunks()]
        return Shared(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    @cached_property
    def _vectors(self) -> tuple[dict[str, int], Matrix]:
        """The row of each word, and the words' vectors as the language pipeline has them."""
        vocab = pipeline().vocab
        rows = [np.asarray(vocab.get_vector(word), dtype=np.float32) for word in self.rarity]
        return {word: n for n, word in enumerate(self.rarity)}, np.stack(rows or [np.zeros(1, dtype=np.float32)])

    def means(self) -> Matrix:
        """The weighted mean of each stretch's word vectors, of length 1."""
        row, vectors = self._vectors
        means = np.zeros((len(self), vectors.shape[1]), dtype=np.float32)
        for mean, words in zip(means, self._words, strict=True):
            if words:
                mean[:] = self._weights(words) @ vectors[[row[w] for w in words]]
        return _unit(means)

    def met(self) -> Matrix:
        """How well the words of each stretch (row) are met by the nearest words of each other (column), in 0..1."""
        row, vectors = self._vectors
        unit = _unit(vectors)
        own = [np.array([row[w] for w in words], dtype=np.int64) for words in self._words]
        shares = [
            self._weights(words) / max(float(mass), _NOTHING)
            for words, mass in zip(self._words, self._mass, strict=True)
        ]
        found = np.zeros((len(self), len(self)), dtype=np.float32)
        for some in self.chunks():
            best = _best(unit, own[some])
            for line, words, share in zip(found, own, shares, strict=True):
                line[some] = share @ best[words]
        return found

    def _weights(self, words: Sequence[str]) -> Matrix:
        return np.array([self.rarity[word] for word in words], dtype=np.float32)


def _shared(weight: Matrix, one: Matrix, other: Matrix) -> Shared:
    lighter = np.maximum(np.minimum(one, other), _NOTHING)
    union = np.maximum(one + other - weight, _NOTHING)
    return Shared(weight, *(np.asarray(weight / mass, dtype=np.float32) for mass in (lighter, union)))


def _best(unit: Matrix, stretches: Sequence[Indices]) -> Matrix:
    """How near each word is to the nearest word of some stretches: shape (words, stretches)."""
    best = np.zeros((len(unit), len(stretches)), dtype=np.float32)
    used = np.unique(np.concatenate(stretches)) if stretches else np.zeros(0, dtype=np.int64)
    near = np.clip(unit[used] @ unit.T, 0.0, 1.0)
    near[np.arange(len(used)), used] = 1.0
    for column, words in enumerate(stretches):
        if len(words):
            best[:, column] = near[np.searchsorted(used, words)].max(axis=0)
    return best


def _unit(vectors: Matrix) -> Matrix:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _NOTHING), dtype=np.float32)
