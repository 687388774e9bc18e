"""How a passage stands in its article and its event: what it is there, whether it repeats, how central it is.

Two passages that share their words are told alike more often where both are sentences of the body than where one is a
headline or a caption, which repeat what the article tells elsewhere; words quoted directly are an utterance, not a
claim; and what a third article tells too is more often the fact that the others have in common.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rashomon.compare.overlap import Indices, Matrix
from rashomon.compare.passages import DESCRIBING, Passage

_CHUNK = 4096  # pairs looked at in one piece
NAMES = (
    "quoted_least",
    "quoted_most",
    "title",
    "titles",
    "caption",
    "repeats_most",
    "repeats_least",
    "predicates_least",
    "predicates_most",
    "first",
    "third_both",
    "third_mean",
)


def standing(passages: Sequence[Passage], cosine: Matrix, rows: Indices, columns: Indices) -> dict[str, Matrix]:
    """The features of each pair (rows[k], columns[k]), of shape (pairs,); `cosine` is that of all passages."""
    told = np.array([p.told for p in passages], dtype=np.int64)
    quoted = np.array([_quoted(p) for p in passages], dtype=np.float32)
    title = np.array([p.role == "title" for p in passages], dtype=np.float32)
    caption = np.array([p.role == "caption" for p in passages], dtype=np.float32)
    predicates = np.array([_predicates(p) for p in passages], dtype=np.float32)
    place = np.array([p.place for p in passages], dtype=np.float32)
    own = (told[:, None] == told[None, :]) & ~np.eye(len(told), dtype=bool)
    repeats = np.where(own, cosine, 0).max(axis=1)
    both, mean = _third(told, cosine, rows, columns)
    return {
        "quoted_least": np.minimum(quoted[rows], quoted[columns]),
        "quoted_most": np.maximum(quoted[rows], quoted[columns]),
        "title": np.maximum(title[rows], title[columns]),
        "titles": title[rows] + title[columns],
        "caption": np.maximum(caption[rows], caption[columns]),
        "repeats_most": np.maximum(repeats[rows], repeats[columns]),
        "repeats_least": np.minimum(repeats[rows], repeats[columns]),
        "predicates_least": np.minimum(predicates[rows], predicates[columns]),
        "predicates_most": np.maximum(predicates[rows], predicates[columns]),
        "first": np.minimum(place[rows], place[columns]),
        "third_both": both,
        "third_mean": mean,
    }


def _quoted(passage: Passage) -> float:
    """The share of its characters that are quoted directly."""
    direct = [e for q in passage.quotations if q.mode != "indirect" for e in q.content]
    shared = sum(max(0, min(e.end, passage.end) - max(e.start, passage.start)) for e in direct)
    return min(1.0, shared / max(1, passage.end - passage.start))


def _predicates(passage: Passage) -> int:
    return len({c.predicate for c in passage.clauses if c.role not in DESCRIBING})


def _third(told: Indices, cosine: Matrix, rows: Indices, columns: Indices) -> tuple[Matrix, Matrix]:
    """How near the nearest passages of other articles are to both at once, at best; and to either, on the mean."""
    articles, told = np.unique(told, return_inverse=True)  # an article may have no passage
    count = len(articles)
    nearest = np.stack([cosine[:, told == article].max(axis=1) for article in range(count)], axis=1)
    best, mean = (np.zeros(len(rows), dtype=np.float32) for _ in range(2))
    for first in range(0, len(rows), _CHUNK):
        pairs = slice(first, first + _CHUNK)
        one, two = rows[pairs], columns[pairs]
        other = np.ones((len(one), count), dtype=bool)
        other[np.arange(len(one)), told[one]] = False
        other[np.arange(len(one)), told[two]] = False
        best[pairs] = np.where(other, np.minimum(nearest[one], nearest[two]), 0).max(axis=1, initial=0)
        near = np.where(other, (nearest[one] + nearest[two]) / 2, 0).sum(axis=1)
        mean[pairs] = near / np.maximum(other.sum(axis=1), 1)
    return best, mean
