"""What every kind of difference gives: the point, its sides, and how sure the finder is before calibration."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.compare.overlap import Matrix
from rashomon.compare.passages import Passage, dated
from rashomon.compare.stretches import UNREAD, Opinions
from rashomon.model.identity import identify
from rashomon.model.records import Difference, DifferenceSide, Event


@dataclass(frozen=True, slots=True)
class Side:
    """One telling: the stretch shown and, as a rule inside it, the value that differs; offsets into the article."""

    passage: Passage
    start: int
    end: int
    at: int  # where the value begins
    until: int

    @property
    def value(self) -> str:
        """The value, verbatim."""
        return self.passage.article.text[self.at : self.until]

    @property
    def place(self) -> tuple[int, int, int]:
        """Where the value stands, by the passage's index: a clause may hold two figures, and they are not one side."""
        return self.passage.index, self.at, self.until


@dataclass(frozen=True, slots=True)
class Candidate:
    """A difference that a finder proposes; `cue` names the finder's rule, by which it is calibrated (rank.py)."""

    kind: str
    relation: str
    about: str
    sides: tuple[Side, ...]
    cue: str
    aligned: float  # the probability that the sides' passages tell the same fact, least over the pairs that join them
    note: str = ""  # a few words that say why it is of this relation


@dataclass(frozen=True, slots=True)
class Aligned:
    """The passages of an event, the probability that each two of them tell the same, and what was read of both."""

    passages: Sequence[Passage]
    scores: Matrix
    opinions: Opinions = UNREAD

    def pairs(self, least: float) -> list[tuple[float, Passage, Passage]]:
        """Pairs of different origins with at least this probability, the surest first."""
        rows, columns = np.where(np.triu(self.scores, 1) >= least)
        found = [
            (float(self.scores[i, j]), self.passages[i], self.passages[j])
            for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
            if self.passages[i].origin != self.passages[j].origin
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].index, pair[2].index))


SAME = "same"
"""The relation of a pair that agrees: it ties sides of one point together and is no difference by itself."""
PRECEDENCE = ("update", "contradiction", "scope", "granularity", "framing", "naming", SAME)
"""Relations from the gravest on: a point of several pairs has the gravest of theirs."""


def merged(pairs: Sequence[Candidate]) -> list[Candidate]:
    """Pairs on one point as one candidate: those of one kind that share a side, with one side an article.

    The surest pair gives the point's name; its relation is the gravest of the pairs' that has a side on each end.
    """
    groups: list[list[Candidate]] = []
    for pair in sorted(pairs, key=_order):
        places = {s.place for s in pair.sides}
        joined = [g for g in groups if g[0].kind == pair.kind and any(places & {s.place for s in c.sides} for c in g)]
        rest = [g for g in groups if g not in joined]
        groups = [*rest, [*(c for g in joined for c in g), pair]]
    found = [_one(sorted(group, key=_order)) for group in groups]
    return [
        one
        for one in found
        if one.relation != SAME
        and len({s.passage.origin for s in one.sides}) > 1
        and len({_value(s) for s in one.sides}) > 1
    ]


def _value(one: Side) -> str:
    return " ".join(one.value.lower().split())


def _order(candidate: Candidate) -> tuple[float, list[tuple[int, int, int]]]:
    return -candidate.aligned, [s.place for s in candidate.sides]


def _one(group: Sequence[Candidate]) -> Candidate:
    """One side an article, from the surest pair on; a further side must be paired with at least half of those chosen.

    So a vague figure does not tie exact ones together that were not found to stand at one point.
    """
    linked = {frozenset(s.place for s in c.sides) for c in group}
    chosen: dict[int, Side] = {}
    for candidate in group:
        for one in candidate.sides:
            met = sum(frozenset((one.place, other.place)) in linked for other in chosen.values())
            if one.passage.told not in chosen and (len(chosen) < 2 or 2 * met >= len(chosen)):
                chosen[one.passage.told] = one
    kept = {s.place for s in chosen.values()}
    inside = [c for c in group if all(s.place in kept for s in c.sides)]
    gravest = min(inside or group, key=lambda c: PRECEDENCE.index(c.relation))
    sides = tuple(chosen[told] for told in sorted(chosen))
    return dataclasses.replace(gravest, sides=sides, about=group[0].about, aligned=group[0].aligned)


def side(passage: Passage, start: int, end: int) -> Side:
    """A side whose value is the given stretch, shown in the shortest clause that holds it, else in its passage."""
    clause = passage.clause_at(start, end)
    shown = passage if clause is None else clause
    return Side(passage, shown.start, shown.end, start, end)


def reason(candidate: Candidate) -> str:
    """The values found, each with who told it and when."""
    told = " / ".join(f"‘{_line(s.value)}’ ({dated(s.passage.article)})" for s in candidate.sides)
    return f"{told}: {candidate.note}" if candidate.note else told


def _line(text: str) -> str:
    return " ".join(text.split())


def rows(event: Event, candidate: Candidate, confidence: float) -> tuple[Difference, list[DifferenceSide]]:
    """The rows of one difference; its id is made of its event, kind, relation, and the places of its sides."""
    ordered = sorted(candidate.sides, key=lambda s: (s.passage.article.article_id, s.start, s.end, s.at))
    places = [part for s in ordered for part in (s.passage.article.article_id, s.start, s.end, s.at, s.until)]
    difference_id = identify("d", event.event_id, candidate.kind, candidate.relation, *places)
    row = Difference(
        difference_id,
        event.event_id,
        candidate.kind,
        candidate.relation,
        candidate.about,
        reason(candidate),
        round(confidence, 4),
    )
    sides = [
        DifferenceSide(
            difference_id,
            s.passage.article.article_id,
            s.start,
            s.end,
            s.passage.article.text[s.start : s.end],
            _line(s.value),
        )
        for s in ordered
    ]
    return row, sides
