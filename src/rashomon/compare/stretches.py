"""What the network says of two stretches of passages that it read: whether they tell one point differently, and how.

The network gives each piece a vector (crossencoder.py). A stretch is the mean of its pieces', and a layer over both
stretches' sum, difference and product, the same whichever comes first, answers; Lee et al. (2017) read pairs of spans
so. The weights come of training/crossencoder.py, which learns them with the network's.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt

from rashomon.compare.crossencoder import ASKED, KINDS, LONGEST, MARKED, RELATIONS, Answers
from rashomon.compare.passages import Passage
from rashomon.compare.wordpiece import Piece, pieces

Vector = npt.NDArray[np.float32]

TOLD = ("differ", *KINDS, *RELATIONS)
"""What is told of two stretches: log odds that they tell one point differently; log probabilities of its kind and of
its relation, were it one."""
_KINDS = slice(1, 1 + len(KINDS))
_RELATIONS = slice(1 + len(KINDS), len(TOLD))
NAMES = (
    *(f"pair_{name}" for name in ASKED),
    *(f"marked_{name}" for name in MARKED),
    *(f"read_{name}" for name in TOLD),
)
"""What is measured of two stretches: what is said of their passages, of the pieces of that which is marked less, and of
both together."""
_LOW = np.full(len(NAMES), -6.0, dtype=np.float32)

Stretch = tuple[Passage, int, int]
"""A stretch of a passage, by its place in the article."""


def inside(side: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """The pieces, from and to, that stand in a stretch of a text; None where it lies behind what was read."""
    found = [n for n, piece in enumerate(side) if piece.start < end and start < piece.end]
    return (found[0], found[-1] + 1) if found else None


class Head:
    """The layer over two stretches: `hidden` of shape (3 × a piece's vector, width), `out` of (width, len(TOLD))."""

    def __init__(self, weights: Mapping[str, Vector]) -> None:
        self._hidden, self._bias = weights["hidden"], weights["hidden_bias"]
        self._out, self._out_bias = weights["out"], weights["out_bias"]

    def told(self, one: Vector, other: Vector) -> Vector:
        """The values of TOLD of two stretches, given as the means of their pieces."""
        both = np.concatenate([one + other, np.abs(one - other), one * other])
        hidden = np.maximum(both @ self._hidden + self._bias, 0.0)
        found = np.asarray(hidden @ self._out + self._out_bias, dtype=np.float32)
        for some in (_KINDS, _RELATIONS):
            found[some] -= np.logaddexp.reduce(found[some])
        return found


class Opinions:
    """What a network said of pairs of an event's passages, to be asked of stretches in them.

    `answers` are by the indices of the pair's passages, the lesser first, as they were read.
    """

    def __init__(self, answers: Mapping[tuple[int, int], Answers], head: Head | None) -> None:
        self._answers = answers
        self._head = head
        self._pieces: dict[int, list[Piece]] = {}

    def of(self, one: Stretch, other: Stretch) -> Vector:
        """The values of NAMES for stretches of two passages, whichever comes first; low where they were not read."""
        one, other = sorted((one, other), key=lambda end: end[0].index)
        answers = self._answers.get((one[0].index, other[0].index))
        ends = [end for stretch in (one, other) if (end := self._inside(stretch)) is not None]
        if answers is None or self._head is None or len(ends) < 2:
            return _LOW
        marks = [_mean(side[first:last]) for side, (first, last) in zip(answers.marks, ends, strict=True)]
        states = [_mean(side[first:last]) for side, (first, last) in zip(answers.states, ends, strict=True)]
        return np.concatenate([answers.pair, np.minimum(*marks), self._head.told(*states)])

    def _inside(self, stretch: Stretch) -> tuple[int, int] | None:
        passage, start, end = stretch
        if passage.index not in self._pieces:
            self._pieces[passage.index] = pieces(passage.text, LONGEST)
        return inside(self._pieces[passage.index], start - passage.start, end - passage.start)


def _mean(pieces: npt.NDArray[np.floating]) -> Vector:
    """The mean row of some pieces', in full numbers."""
    return np.asarray(pieces.astype(np.float32).mean(axis=0), dtype=np.float32)


UNREAD = Opinions({}, None)
"""Of passages that no network has read."""


@functools.cache
def head() -> Head:
    """The packaged layer, loaded once per process."""
    with resources.files(__package__).joinpath("stretches.npz").open("rb") as file, np.load(file) as weights:
        return Head({name: weights[name] for name in weights.files})
