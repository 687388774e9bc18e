"""Which pairs of articles are worth comparing: those that share rare words, so that pairs grow with articles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rashomon.group.weighing import Floats, Ints, Rows

NEIGHBOURS = 64  # an article is compared with at most this many others
_TELLING = 40  # of an article's terms, the weightiest, are looked up
_CROWD = 1_000  # a term of more articles than this tells none of them apart


def _postings(rows: Rows, of: Ints) -> tuple[Ints, Ints, Floats]:
    """For each column of the rows `of` that no crowd holds, the rows that hold it: starts, row numbers, weights."""
    size, width = len(rows.starts) - 1, len(rows.vocabulary.keys)
    taken = np.arange(len(rows.columns))
    if len(of) < size:
        asked = np.zeros(width, dtype=bool)
        for number in of:
            asked[rows.row(number)[0]] = True
        asked &= np.bincount(rows.columns, minlength=width) <= _CROWD
        taken = np.flatnonzero(asked[rows.columns])
    columns = rows.columns[taken]
    order = np.argsort(columns, kind="stable")
    taken = taken[order]
    holders = np.searchsorted(rows.starts, taken, side="right") - 1
    starts = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=width))))
    return starts.astype(np.int64), holders, rows.weights[taken]


def neighbours(rows: Rows, of: Ints | None = None) -> Iterator[Ints]:
    """For each row (of the rows numbered `of`) those most like it by its weightiest columns, ascending, without it."""
    numbers = np.arange(len(rows.starts) - 1) if of is None else of
    starts, holders, weights = _postings(rows, numbers)
    scores, met = np.zeros(len(rows.starts) - 1), np.zeros(len(rows.starts) - 1, dtype=bool)
    for number in numbers.tolist():
        columns, own = rows.row(number)
        telling = np.argsort(-own, kind="stable")[:_TELLING]
        lengths = starts[columns[telling] + 1] - starts[columns[telling]]
        telling, lengths = telling[lengths <= _CROWD], lengths[lengths <= _CROWD]
        ends = np.cumsum(lengths)
        take = np.arange(lengths.sum()) + np.repeat(starts[columns[telling]] - (ends - lengths), lengths)
        touched = holders[take]
        np.add.at(scores, touched, np.repeat(own[telling], lengths) * weights[take])
        met[touched] = True
        met[number] = False
        found = np.flatnonzero(met)
        yield _likest(found, scores[found])
        met[found] = False
        scores[touched] = 0.0


def _likest(found: Ints, scores: Floats) -> Ints:
    """Of rows, ascending, those of the highest scores; among equals the first."""
    if len(found) <= NEIGHBOURS:
        return found
    least = np.partition(scores, len(scores) - NEIGHBOURS)[len(scores) - NEIGHBOURS]
    above, level = found[scores > least], found[scores == least]
    return np.sort(np.concatenate([above, level[: NEIGHBOURS - len(above)]]))
