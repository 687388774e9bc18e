"""Which pairs of articles are worth comparing: those that share rare words, so that pairs grow with articles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rashomon.group.weighing import Floats, Ints, Rows

NEIGHBOURS = 64  # an article is compared with at most this many others
_TELLING = 40  # of an article's terms, the weightiest, are looked up
_CROWD = 1_000  # a term of more articles than this tells none of them apart


def _postings(rows: Rows) -> tuple[Ints, Ints, Floats]:
    """For each column the rows that hold it: starts, row numbers, weights."""
    order = np.argsort(rows.columns, kind="stable")
    holders = np.repeat(np.arange(len(rows.starts) - 1), np.diff(rows.starts))[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows.columns, minlength=len(rows.vocabulary.keys)))))
    return starts.astype(np.int64), holders, rows.weights[order]


def neighbours(rows: Rows) -> Iterator[Ints]:
    """For each row in turn the rows most like it by its weightiest columns, ascending, itself not among them."""
    starts, holders, weights = _postings(rows)
    scores = np.zeros(len(rows.starts) - 1)
    for number in range(len(rows.starts) - 1):
        columns, own = rows.row(number)
        touched = []
        for place in np.argsort(-own, kind="stable")[:_TELLING]:
            part = slice(starts[columns[place]], starts[columns[place] + 1])
            if part.stop - part.start <= _CROWD:
                scores[holders[part]] += own[place] * weights[part]
                touched.append(holders[part])
        found = np.unique(np.concatenate(touched)) if touched else np.zeros(0, dtype=np.int64)
        found = found[found != number]
        if len(found) > NEIGHBOURS:
            found = np.sort(found[np.argsort(-scores[found], kind="stable")[:NEIGHBOURS]])
        for part_rows in touched:
            scores[part_rows] = 0.0
        yield found
