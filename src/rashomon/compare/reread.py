"""The second look: pairs of passages that may tell the same are read together, then judged by all that is known.

A first look (align.py) is cheap and lets through one pair in three; those are read by the cross-encoder, and a second
model of the same form weighs its answers with what the first saw and with what third articles tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rashomon.compare.crossencoder import ASKED, MARKED, Answers
from rashomon.compare.features import NAMES as FIRST
from rashomon.compare.features import Measured
from rashomon.compare.overlap import Indices, Matrix
from rashomon.compare.passages import Passage

READ = 0.05
"""Least probability of the first look of a pair that is read. Nine in ten pairs that tell the same reach it."""
MOST = 5000
"""Pairs of one event that are read at most, the likeliest first: 35 seconds."""
_CHUNK = 512  # pairs looked at in one piece
_UNREAD = -6.0  # log odds taken for what was not asked
_MARKS = ("marked_less", "marked_more", "marked_peak")
_THIRD = ("third", "third_next", "over_row", "over_column", "both")
NAMES = (*FIRST, "first", *ASKED, *_MARKS, *_THIRD)

Reader = Callable[[Sequence[tuple[Passage, Passage]]], list[Answers]]
"""What reads pairs of passages together: crossencoder.read, or its like."""


def chosen(first: Matrix) -> Indices:
    """The numbers of the measured pairs that are read, in order."""
    likely = np.flatnonzero(first >= READ)
    best = likely[np.argsort(-first[likely], kind="stable")[:MOST]]
    return np.sort(best)


def read(passages: Sequence[Passage], measured: Measured, first: Matrix, reader: Reader) -> dict[int, Answers]:
    """What the reader says of the pairs chosen, by their number among the measured ones."""
    numbers = chosen(first)
    pairs = [(passages[measured.rows[n]], passages[measured.columns[n]]) for n in numbers.tolist()]
    return dict(zip(numbers.tolist(), reader(pairs), strict=True))


def by_passages(measured: Measured, answers: Mapping[int, Answers]) -> dict[tuple[int, int], Answers]:
    """The answers by the indices of the passages that were read, the first and the second."""
    return {(int(measured.rows[n]), int(measured.columns[n])): answer for n, answer in answers.items()}


def features(passages: Sequence[Passage], measured: Measured, first: Matrix, answers: Mapping[int, Answers]) -> Matrix:
    """Rows of NAMES, one a measured pair."""
    held = np.clip(first, 1e-6, 1 - 1e-6)
    odds = np.asarray(np.log(held) - np.log1p(-held), dtype=np.float32)
    asked = np.full((len(first), len(ASKED)), _UNREAD, dtype=np.float32)
    marks = np.zeros((len(first), len(_MARKS)), dtype=np.float32)
    for number, answer in answers.items():
        asked[number] = answer.pair
        marks[number] = _marked(answer)
    both = _sigmoid(np.asarray((odds + asked[:, ASKED.index("same")]) / 2, dtype=np.float32))
    both = np.where(np.isin(np.arange(len(first)), list(answers)), both, first)
    third = _third(passages, measured, both)
    parts = (measured.values, odds[:, None], asked, marks, third, both[:, None])
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _marked(answer: Answers) -> tuple[float, float, float]:
    """How much of either passage is marked as telling the shared fact, the lesser share first, and the surest piece."""
    sides = [_sigmoid(side[:, MARKED.index("same")]) for side in answer.marks]
    if not all(len(side) for side in sides):
        return 0.0, 0.0, 0.0
    less, more = sorted(float(side.mean()) for side in sides)
    return less, more, min(float(side.max()) for side in sides)


def _third(passages: Sequence[Passage], measured: Measured, both: Matrix) -> Matrix:
    """What other passages say of each pair.

    The two best of the third articles' passages that are near both, each by the lesser of its probabilities; and by how
    much the pair beats the best other pair of its first passage with that article, and of its second.
    """
    told = np.array([p.told for p in passages], dtype=np.int64)
    table = np.zeros((len(passages), len(passages)), dtype=np.float32)
    table[measured.rows, measured.columns] = both
    table = np.maximum(table, table.T)
    found = np.zeros((len(both), 4), dtype=np.float32)
    for first in range(0, len(both), _CHUNK):
        pairs = slice(first, first + _CHUNK)
        i, j = measured.rows[pairs], measured.columns[pairs]
        near = np.minimum(table[i], table[j])
        near[(told[None, :] == told[i][:, None]) | (told[None, :] == told[j][:, None])] = 0.0
        found[pairs, :2] = np.partition(near, -2, axis=1)[:, :-3:-1] if near.shape[1] > 1 else near
        found[pairs, 2] = both[pairs] - _rival(table, told, i, j)
        found[pairs, 3] = both[pairs] - _rival(table, told, j, i)
    return found


def _rival(table: Matrix, told: Indices, row: Indices, column: Indices) -> Matrix:
    """The best of each row among the other passages of the column's article; 0 where there is none."""
    best = np.where(told[None, :] == told[column][:, None], table[row], 0.0)
    best[np.arange(len(row)), column] = 0.0
    return np.asarray(best.max(axis=1), dtype=np.float32)


def _sigmoid(x: Matrix) -> Matrix:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)
