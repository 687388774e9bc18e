"""A small network that reads two passages together: what it says of the pair, and of each word of both.

All-MiniLM-L6-v2 (Wang et al. 2020) fine-tuned by training/crossencoder.py on pairs of sentences and on events read by
hand. Its weights have seven bits, so that no processor's sums overflow; onnxruntime runs it on one thread, since
parallel work is the executor's to give.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from rashomon.compare.passages import Passage
from rashomon.compare.wordpiece import APART, BEGIN, Piece, pieces

Matrix = npt.NDArray[np.float32]
States = npt.NDArray[np.float16]
Numbers = npt.NDArray[np.int64]

KINDS = ("number", "date", "place", "identity", "attribution", "status", "cause", "wording")
RELATIONS = ("contradiction", "update", "scope", "granularity", "framing", "naming")
ASKED = ("same", "differ", "listed", *KINDS, *RELATIONS)
"""What is asked of a pair: whether both tell a fact alike, whether they tell a point differently, whether a reading of
the whole event would list them for a fact that they share, and of which kind and relation the point is."""
MARKED = ("same", *KINDS)
"""What is asked of each piece: whether it tells the shared fact, or a point of that kind that is told differently."""
LONGEST = 56
"""Pieces of one passage: what stands behind them is not read."""
_BATCH = 32

Row = tuple[list[Piece], list[Piece]]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the network says of two passages, as log odds."""

    pair: Matrix  # shape (len(ASKED),)
    marks: tuple[Matrix, Matrix]  # of each passage: shape (pieces, len(MARKED))
    states: tuple[States, States]  # of each passage: a vector a piece, which stretches.py reads


class CrossEncoder:
    """The network of an ONNX file."""

    def __init__(self, data: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])

    def read(self, pairs: Sequence[tuple[Passage, Passage]]) -> list[Answers]:
        """What the network says of each pair, in order; the same pairs in the same order give the same answers."""
        split: dict[int, list[Piece]] = {}
        for passage in (p for pair in pairs for p in pair):
            if passage.index not in split:
                split[passage.index] = pieces(passage.text, LONGEST)
        rows = [(split[a.index], split[b.index]) for a, b in pairs]
        order = sorted(range(len(rows)), key=lambda n: (len(rows[n][0]) + len(rows[n][1]), n))
        found: dict[int, Answers] = {}
        for first in range(0, len(order), _BATCH):
            numbers = order[first : first + _BATCH]
            found.update(zip(numbers, self._answers([rows[n] for n in numbers]), strict=True))
        return [found[n] for n in range(len(rows))]

    def _answers(self, rows: Sequence[Row]) -> Iterator[Answers]:
        ids, kinds, mask = laid(rows)
        asked, marked, states = self._session.run(None, {"ids": ids, "kinds": kinds, "mask": mask})
        states = states.astype(np.float16)
        for row, (one, other) in enumerate(rows):
            first, second = slice(1, len(one) + 1), slice(len(one) + 2, len(one) + 2 + len(other))
            marks = marked[row, first].copy(), marked[row, second].copy()
            yield Answers(asked[row], marks, (states[row, first].copy(), states[row, second].copy()))


def laid(rows: Sequence[Row]) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs laid side by side for the network: pieces, which side each is of, and a mask, each (pairs, longest)."""
    width = max(len(a) + len(b) for a, b in rows) + 3
    ids, kinds, mask = (np.zeros((len(rows), width), dtype=np.int64) for _ in range(3))
    for row, (one, other) in enumerate(rows):
        told = [BEGIN, *(p.number for p in one), APART, *(p.number for p in other), APART]
        ids[row, : len(told)] = told
        kinds[row, len(one) + 2 : len(told)] = 1
        mask[row, : len(told)] = 1
    return ids, kinds, mask


@functools.cache
def packaged() -> CrossEncoder:
    """The packaged network, loaded once per process."""
    return CrossEncoder(resources.files(__package__).joinpath("crossencoder.onnx").read_bytes())


def read(pairs: Sequence[tuple[Passage, Passage]]) -> list[Answers]:
    """What the packaged network says of each pair of passages of one event; it is not loaded for none."""
    return packaged().read(pairs) if pairs else []
