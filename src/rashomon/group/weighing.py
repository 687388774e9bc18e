"""Bags of keys as sparse rows: which words, names and places of an article tell it from the others."""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# How many articles' worth of belief the background frequencies have: in a corpus of five articles on one man his name
# is still rarer than "say"; in one of ten thousand the corpus alone decides.
_PRIOR = 30.0
_UNSEEN = 0.002  # the share of articles that hold a word which the background does not list


@functools.cache
def background() -> Mapping[str, float]:
    """The share of news articles in which a word occurs, for the common words; counted by training/events.py."""
    table = importlib.resources.files("rashomon.group").joinpath("background.json").read_text(encoding="utf-8")
    shares: dict[str, float] = json.loads(table)["shares"]
    return shares


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys of a corpus, sorted, and how telling each is: log of (articles / articles that hold it), smoothed."""

    keys: tuple[str, ...]
    rarity: Floats
    number: Mapping[str, int]

    @classmethod
    def of(cls, bags: Iterable[Iterable[str]], prior: Mapping[str, float]) -> Vocabulary:
        """Count in how many bags (articles) each key is, smoothed towards the shares in `prior`."""
        holders: Counter[str] = Counter()
        articles = 0
        for bag in bags:
            holders.update(set(bag))
            articles += 1
        keys = tuple(sorted(holders))
        return cls.counted(keys, np.array([holders[key] for key in keys], dtype=np.float64), articles, prior)

    @classmethod
    def counted(cls, keys: tuple[str, ...], counts: Floats, articles: int, prior: Mapping[str, float]) -> Vocabulary:
        """The same from `keys`, sorted, and how many of the articles hold each."""
        known = np.array([prior.get(key, _UNSEEN) for key in keys])
        rarity = np.log((articles + _PRIOR) / np.minimum(counts + _PRIOR * known, articles + _PRIOR))
        return cls(keys, np.asarray(rarity, dtype=np.float64), {key: column for column, key in enumerate(keys)})


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix by rows: row i holds columns[starts[i]:starts[i + 1]], ascending, each row of length 1 or 0."""

    starts: Ints
    columns: Ints
    weights: Floats
    vocabulary: Vocabulary

    @classmethod
    def of(cls, bags: Sequence[tuple[Sequence[str], Sequence[int]]], vocabulary: Vocabulary) -> Rows:
        """One row a bag of keys and counts: (1 + log count) * rarity, brought to length 1."""
        number = vocabulary.number
        found = [sorted((number[key], count) for key, count in zip(*bag, strict=True)) for bag in bags]
        starts = np.concatenate(([0], np.cumsum([len(part) for part in found]))).astype(np.int64)
        table = np.array([pair for part in found for pair in part], dtype=np.int64).reshape(-1, 2)
        return cls.counted(starts, table[:, 0], table[:, 1], vocabulary)

    @classmethod
    def counted(cls, starts: Ints, columns: Ints, counts: Ints, vocabulary: Vocabulary) -> Rows:
        """The same from columns, ascending in each row, and their counts."""
        weights = (1.0 + np.log(np.maximum(counts, 1))) * vocabulary.rarity[columns]
        squares = np.concatenate(([0.0], np.cumsum(weights**2)))
        lengths = np.sqrt(np.maximum(squares[starts[1:]] - squares[starts[:-1]], 0.0))
        weights = weights / np.repeat(np.maximum(lengths, 1e-9), np.diff(starts))
        return cls(starts, columns, weights, vocabulary)

    def row(self, number: int) -> tuple[Ints, Floats]:
        """The columns and weights of one row."""
        part = slice(self.starts[number], self.starts[number + 1])
        return self.columns[part], self.weights[part]

    def cosines(self, own: tuple[Ints, Floats], others: Ints) -> Floats:
        """The cosine of one row (of any matrix of this vocabulary) with each of `others`."""
        if not len(own[0]):
            return np.zeros(len(others))
        lengths = self.starts[others + 1] - self.starts[others]
        ends = np.cumsum(lengths)
        take = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[others] - (ends - lengths), lengths)
        # Looked up, not spread over a row as wide as the vocabulary, which grows with the articles.
        columns = self.columns[take]
        place = np.minimum(np.searchsorted(own[0], columns), len(own[0]) - 1)
        values = np.where(own[0][place] == columns, own[1][place], 0.0)
        sums = np.concatenate(([0.0], np.cumsum(values * self.weights[take])))
        found: Floats = sums[ends] - sums[ends - lengths]
        return found

    def shared(self, one: int, other: int, most: int) -> list[str]:
        """The keys that make two rows alike, the most telling first."""
        common, first, second = np.intersect1d(self.row(one)[0], self.row(other)[0], return_indices=True)
        worth = self.row(one)[1][first] * self.row(other)[1][second]
        return [self.vocabulary.keys[common[k]] for k in np.argsort(-worth, kind="stable")[:most]]
