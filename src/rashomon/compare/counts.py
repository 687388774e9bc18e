"""Figures of the same thing in aligned passages, and of one fate of people anywhere in the event's articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.compare.amounts import Measure, agree
from rashomon.compare.candidates import Candidate, side
from rashomon.compare.lexicon import alike
from rashomon.compare.numbers import WIDE, judge, measured, said, vague, whole
from rashomon.compare.passages import Passage
from rashomon.compare.scene import Scene

LEAST = 0.1
"""Figures of unlike nouns are looked at only in passages aligned so surely."""
TOLLS = 2.0
"""Counts of one fate further apart than this factor, in passages that are not aligned, are of different happenings."""
NEAR = 0.55
"""Least cosine of two nouns' word vectors that may name the same thing counted."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure in its passage, the noun counted, and the fates told of it."""

    passage: Passage
    start: int
    end: int
    head: str
    fates: frozenset[str]
    measure: Measure


Given = dict[tuple[str, int], set[tuple[float | None, float | None, str | None]]]
"""The figures of each telling, and of each passage."""


def find(scene: Scene) -> list[Candidate]:
    """Differences of kind number, a pair of sides each."""
    figures = [c for p in scene.aligned.passages for c in _figures(p)]
    return list(_told_otherwise(scene, figures))


def _figures(passage: Passage) -> Iterator[Count]:
    for m in measured(passage):
        head = m.what or m.unit or ""
        if head:
            yield Count(passage, m.amount.start, m.amount.end, head, said(passage, m)[2], m)


def _told_otherwise(scene: Scene, figures: list[Count]) -> Iterator[Candidate]:
    given: Given = defaultdict(set)
    for count in figures:
        for home in (("told", count.passage.told), ("passage", count.passage.index)):
            given[home].add((count.measure.low, count.measure.high, count.measure.unit))
    for n, one in enumerate(figures):
        for other in figures[n + 1 :]:
            if one.passage.origin == other.passage.origin:
                continue
            a, b = one.measure, other.measure
            if (
                a.unit != b.unit
                or (a.low, a.high, a.exact) == (b.low, b.high, b.exact)
                or agree(a, b)
                or whole(one.passage, a) != whole(other.passage, b)
                or (one.fates and other.fates and not one.fates & other.fates)
            ):
                continue
            score = float(scene.aligned.scores[one.passage.index, other.passage.index])
            fate = bool(one.fates & other.fates)
            if alike(one.head, other.head) < NEAR and not fate:
                continue
            if score < LEAST and not (fate and max(a.middle, b.middle) <= TOLLS * min(a.middle, b.middle)):
                continue
            wide = min(a.middle, b.middle) * WIDE < max(a.middle, b.middle)
            if wide and not (vague(a) or vague(b)):
                continue
            if (judged := judge(one.passage, a, other.passage, b)) is None:
                continue
            relation, cue, note = judged
            if _too(given, one, other, everywhere=relation != "granularity"):
                continue
            where = "fate" if one.fates & other.fates else "noun" if one.head == other.head else "near"
            yield _pair(one, other, (relation, f"count-{where}:{cue}", note), score)


def _too(given: Given, one: Count, other: Count, *, everywhere: bool) -> bool:
    """Whether a telling gives the other's figure of such a thing too: then the two figures count different things."""
    for ours, theirs in ((one, other), (other, one)):
        home = ("told", ours.passage.told) if everywhere else ("passage", ours.passage.index)
        m = theirs.measure
        if (m.low, m.high, m.unit) in given[home]:
            return True
    return False


def _pair(one: Count, other: Count, told: tuple[str, str, str], score: float) -> Candidate:
    relation, cue, note = told
    sides = (side(one.passage, one.start, one.end), side(other.passage, other.start, other.end))
    return Candidate("number", relation, one.head, sides, cue, score, note)
