"""What training/crossencoder.py learns from: pairs of passages in pieces, with what readers say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks._accounts_score import Place, links
from rashomon.compare.crossencoder import ASKED, KINDS, LONGEST, MARKED, RELATIONS
from rashomon.compare.passages import Passage
from rashomon.compare.stretches import inside
from rashomon.compare.wordpiece import Piece, pieces
from training.examples import Example, place
from training.verdicts import Verdict

TAUGHT = 0.02
"""Least probability of the first look of a pair that is learnt from."""
SAID = ASKED[:3]
"""What readers say of every pair; the rest of ASKED is asked only of those that tell a point differently."""
LIKELY = 0.2
"""From this probability on, that two passages do not tell the same is worth as much as that they do."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """A stretch in each passage of a pair, as pieces from and to, and what readers say of the two."""

    one: tuple[int, int]
    other: tuple[int, int]
    differ: float  # share of the readers who call them a point told differently
    kind: int | None  # places in KINDS and RELATIONS
    relation: int | None


@dataclass(frozen=True, slots=True)
class Taught:
    """A pair of passages in pieces, with the answers: of the pair, of each piece of both, and of stretches of both."""

    number: int  # among the event's measured pairs
    sides: tuple[list[Piece], list[Piece]]
    answers: npt.NDArray[np.float32]
    marks: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
    first_look: float
    stretches: tuple[Stretches, ...]
    unmarked: bool  # whether both tell one fact alike and nobody said where

    @property
    def telling(self) -> bool:
        """Whether readers say anything of the pair but no, or the first look would have."""
        return self.first_look >= LIKELY or bool(self.answers[: len(SAID)].any()) or bool(self.stretches)


def taught(
    event: Example,
    first_look: npt.NDArray[np.float32],
    verdicts: Sequence[Verdict],
    same: Mapping[tuple[int, int], bool],
) -> Iterator[Taught]:
    """The pairs of an event that are worth learning from.

    What a reader of single pairs says, in `same` by the passages' indices, goes before what the reading by hand lists.
    """
    split: dict[int, list[Piece]] = {}
    judged: dict[tuple[int, int], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        judged[verdict.one[0].index, verdict.other[0].index].append(verdict)
        judged[verdict.other[0].index, verdict.one[0].index].append(turned(verdict))
    rows, columns = event.measured.rows, event.measured.columns
    known = np.array([pair in judged for pair in zip(rows.tolist(), columns.tolist(), strict=True)], dtype=bool)
    for number in np.flatnonzero((first_look >= TAUGHT) | event.same | known).tolist():
        one, other = (event.passages[table[number]] for table in (rows, columns))
        for passage in (one, other):
            split.setdefault(passage.index, pieces(passage.text, LONGEST))
        sides = (split[one.index], split[other.index])
        said = same.get((one.index, other.index))
        listed = bool(event.same[number])
        answers, marks = _answers(event, listed if said is None else said, listed, (one, other), sides)
        told = tuple(_stretches(judged.get((one.index, other.index), ()), sides))
        alone = said is True and not listed
        yield Taught(number, sides, answers, marks, float(first_look[number]), told, alone)


def turned(verdict: Verdict) -> Verdict:
    """The same verdict with its stretches changed about."""
    return Verdict(verdict.other, verdict.one, verdict.codes, verdict.named)


def _stretches(verdicts: Sequence[Verdict], sides: tuple[list[Piece], list[Piece]]) -> Iterator[Stretches]:
    for verdict in verdicts:
        ends = [
            inside(side, start - passage.start, end - passage.start)
            for (passage, start, end), side in zip((verdict.one, verdict.other), sides, strict=True)
        ]
        if ends[0] is not None and ends[1] is not None:
            told = [code for code in verdict.codes if len(code) == 2]
            kind = KINDS.index(verdict.kind) if verdict.kind else None
            relation = RELATIONS.index(verdict.relation) if verdict.relation else None
            yield Stretches(ends[0], ends[1], len(told) / len(verdict.codes), kind, relation)


_Marks = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def _answers(
    event: Example, same: bool, listed: bool, pair: tuple[Passage, Passage], sides: tuple[list[Piece], list[Piece]]
) -> tuple[npt.NDArray[np.float32], _Marks]:
    """What is said of a pair, and of each piece of both passages."""
    answers = np.zeros(len(ASKED), dtype=np.float32)
    one, other = (np.zeros((len(side), len(MARKED)), dtype=np.float32) for side in sides)
    answers[[ASKED.index("same"), ASKED.index("listed")]] = same, listed
    told = [(members, "same", None) for members in event.gold.same if same and listed]
    told += [(members, d["kind"], d["relation"]) for members, d in event.gold.differ]
    for members, kind, relation in told:
        if links(members, [place(p) for p in pair]):
            for passage, side, mark in zip(pair, sides, (one, other), strict=True):
                _mark(passage, side, mark[:, MARKED.index(kind)], members)
            if relation is not None:
                answers[[ASKED.index("differ"), ASKED.index(kind), ASKED.index(relation)]] = 1
    return answers, (one, other)


def _mark(passage: Passage, side: Sequence[Piece], column: npt.NDArray[np.float32], members: Sequence[Place]) -> None:
    doc = place(passage)[0]
    for row, piece in enumerate(side):
        low, high = passage.start + piece.start, passage.start + piece.end
        if any(doc == d and low < end and start < high for d, start, end in members):
            column[row] = 1
