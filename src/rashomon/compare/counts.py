"""Figures of the same thing anywhere in the event's articles, and a figure beside a word for its size, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.compare.amounts import Measure, agree, singular
from rashomon.compare.candidates import Candidate, Side, side
from rashomon.compare.lexicon import alike, words
from rashomon.compare.numbers import WIDE, judge, measured, said, vague
from rashomon.compare.passages import Passage
from rashomon.compare.phrases import slot
from rashomon.compare.scene import Scene

LEAST = 0.1
"""Figures of unlike nouns are looked at only in passages aligned so surely."""
NEAR = 0.55
"""Least cosine of two nouns' word vectors that may name the same thing counted."""
_SIZES = re.compile(
    r"\b(?:many|most|some|several|a few|few|numerous|countless|a number of|(?:a )?(?:large|small|growing|great)"
    r" numbers? of|multiple|various)(?: of(?: the| these| those)?| the)? ((?:[\w'’-]+ ){0,2}[\w'’-]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure in its passage; `measure` is none for a word that tells a size without a number."""

    passage: Passage
    start: int
    end: int
    head: str
    fates: frozenset[str]
    measure: Measure | None


def find(scene: Scene) -> list[Candidate]:
    """Differences of kind number, a pair of sides each."""
    figures = [c for p in scene.aligned.passages for c in _figures(p)]
    sizes = [c for p in scene.aligned.passages for c in _sizes(p)]
    return [*_told_otherwise(scene, figures), *_sized(scene, figures, sizes), *_bare(scene, figures)]


def _figures(passage: Passage) -> Iterator[Count]:
    for m in measured(passage):
        head = m.what or m.unit or ""
        if head:
            yield Count(passage, m.amount.start, m.amount.end, head, said(passage, m)[2], m)


def _sizes(passage: Passage) -> Iterator[Count]:
    """Words for a size (`many of the girls`), with the noun that follows."""
    text = passage.article.text
    for match in _SIZES.finditer(text, passage.start, passage.end):
        nouns = [w for w in re.findall(r"[a-z]+", match[1].lower()) if w not in words("nothing")]
        for noun in nouns[:2]:
            yield Count(passage, match.start(), match.end(), singular(noun), frozenset(), None)


def _told_otherwise(scene: Scene, figures: list[Count]) -> Iterator[Candidate]:
    for n, one in enumerate(figures):
        for other in figures[n + 1 :]:
            if one.passage.origin == other.passage.origin or one.measure is None or other.measure is None:
                continue
            a, b = one.measure, other.measure
            if a.unit != b.unit or agree(a, b) or (one.fates and other.fates and not one.fates & other.fates):
                continue
            score = float(scene.aligned.scores[one.passage.index, other.passage.index])
            met = alike(one.head, other.head) >= NEAR or bool(one.fates & other.fates)
            if not met and score < LEAST:
                continue
            wide = min(a.middle, b.middle) * WIDE < max(a.middle, b.middle)
            if wide and not (vague(a) or vague(b)):
                continue
            if (judged := judge(one.passage, a, other.passage, b)) is None:
                continue
            relation, cue, note = judged
            if _too(figures, one, other, everywhere=relation != "granularity"):
                continue
            where = "fate" if one.fates & other.fates else "noun" if one.head == other.head else "near"
            yield _pair(one, other, (relation, f"count-{where}:{cue}", note), score)


def _too(figures: list[Count], one: Count, other: Count, *, everywhere: bool) -> bool:
    """Whether a telling gives the other's figure of such a thing too: then the two figures count different things."""
    for ours, theirs in ((one, other), (other, one)):
        for count in figures:
            m, n = count.measure, theirs.measure
            home = count.passage.told == ours.passage.told if everywhere else count.passage is ours.passage
            if home and m is not None and n is not None and (m.low, m.high, m.unit) == (n.low, n.high, n.unit):
                return True
    return False


def _pair(one: Count, other: Count, told: tuple[str, str, str], score: float) -> Candidate:
    relation, cue, note = told
    sides = (side(one.passage, one.start, one.end), side(other.passage, other.start, other.end))
    return Candidate("number", relation, one.head, sides, cue, score, note)


VAGUE = ("granularity", "count:sized", "one gives a figure, the other only a size")
BARE = ("granularity", "count:bare", "one gives a figure")


def _sized(scene: Scene, figures: list[Count], sizes: list[Count]) -> Iterator[Candidate]:
    for one in figures:
        for other in sizes:
            if one.passage.origin == other.passage.origin:
                continue
            score = float(scene.aligned.scores[one.passage.index, other.passage.index])
            if one.head == other.head or (score >= LEAST and alike(one.head, other.head) >= NEAR):
                yield _pair(one, other, VAGUE, score)


def _bare(scene: Scene, figures: list[Count]) -> Iterator[Candidate]:
    """A figure beside a plural noun without one, in clauses that meet."""
    by_clause: dict[int, list[Count]] = {}
    for count in figures:
        unit = scene.unit(count.passage, count.start, count.end)
        if unit is not None:
            by_clause.setdefault(unit.index, []).append(count)
    for meeting in scene.meetings:
        for ours, theirs in ((meeting.left, meeting.right), (meeting.right, meeting.left)):
            if theirs.index in by_clause:
                continue
            for count in by_clause.get(ours.index, ()):
                for name in ("subject", "object"):
                    named = slot(theirs.passage, theirs.clause, name)
                    if named is None or not (named.head == count.head or count.head in named.words):
                        continue
                    sides = (
                        side(count.passage, count.start, count.end),
                        Side(theirs.passage, theirs.clause.start, theirs.clause.end, named.text),
                    )
                    yield Candidate("number", BARE[0], count.head, sides, BARE[1], meeting.aligned, BARE[2])
