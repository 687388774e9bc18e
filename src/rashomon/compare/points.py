"""Pairs of sides that differ, joined to points: all tellings of one point, one side an article.

The surest pair begins a point. A further article joins it where a passage that is aligned with one of its sides has one
of the two values in the same words (who tells it alike belongs to the point too), or a side that differs from both, or
from one in a passage that tells the other's fact.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rashomon.compare.candidates import PRECEDENCE, Candidate, Side
from rashomon.compare.evidence import DETERMINERS, folded
from rashomon.compare.passages import Passage
from rashomon.compare.scene import Scene

ALIKE = 0.2
"""A passage aligned so surely with one that gives a value, and with the same value in it, tells the same."""
PART, OTHER = 0.3, 0.7
"""A pair joins a point from this share of the probability on of the pair that began it: with one of its two values, or
with another."""
TWIN = 0.5
"""Two passages aligned so surely tell one fact: what differs from the one differs from the other on the same point."""
FAINT = 0.1
"""Pairs that are less probable are no part of any point."""
_FAMILY = {"attribution": "status", "wording": "identity"}
_ONCE = frozenset({"number", "date", "place", "identity"})
"""Families of which the same values make no second point: who says or does something is told of each thing apart."""

Judged = tuple[float, Candidate]
_Key = tuple[str, int, int, int]


def points(scene: Scene, judged: Sequence[Judged]) -> list[Judged]:
    """One candidate a point, the surest first; of the pairs of two passages each kind gives one point at most."""
    ordered = sorted(judged, key=_order)
    linked: dict[_Key, list[tuple[float, Side]]] = defaultdict(list)
    for sure, pair in ordered:
        for one, other in (pair.sides, pair.sides[::-1]):
            linked[_key(pair.kind, one)].append((sure, other))
    within: dict[frozenset[_Key], Judged] = {}
    for sure, pair in reversed(ordered):
        within[frozenset(_key(pair.kind, s) for s in pair.sides)] = sure, pair
    found: list[Judged] = []
    taken: set[tuple[str, frozenset[int]]] = set()
    told: set[tuple[str, frozenset[str]]] = set()
    for sure, pair in ordered:
        family = _FAMILY.get(pair.kind, pair.kind)
        passages = family, frozenset(s.passage.index for s in pair.sides)
        values = family, frozenset(map(folded, pair.sides))
        if passages in taken or (family in _ONCE and values in told):
            continue
        sides = _sides(scene, sure, pair, linked)
        for one, other in itertools.combinations(sides, 2):
            taken.add((family, frozenset((one.passage.index, other.passage.index))))
            told.add((family, frozenset((folded(one), folded(other)))))
        gravest = _gravest(sure, pair, sides, within)
        found.append((sure, dataclasses.replace(gravest, about=pair.about, sides=tuple(whole(s) for s in sides))))
    return found


def _order(judged: Judged) -> tuple[float, list[tuple[int, int, int]], str]:
    sure, pair = judged
    return -sure, [(s.passage.index, s.start, s.at) for s in pair.sides], pair.cue


def _key(kind: str, one: Side) -> _Key:
    return _FAMILY.get(kind, kind), *one.place


def _sides(
    scene: Scene, sure: float, pair: Candidate, linked: Mapping[_Key, Sequence[tuple[float, Side]]]
) -> list[Side]:
    chosen = {s.passage.told: s for s in pair.sides}
    for other in _told_alike(scene, pair.sides):
        chosen.setdefault(other.passage.told, other)
    values = {folded(s) for s in pair.sides}
    met: dict[_Key, list[float]] = defaultdict(list)
    sides: dict[_Key, Side] = {}
    twins: set[_Key] = set()
    for one, opposite in (pair.sides, pair.sides[::-1]):
        for probability, other in linked[_key(pair.kind, one)]:
            least = PART if folded(other) in values else OTHER
            if probability >= least * sure and other.passage.told not in chosen:
                key = _key(pair.kind, other)
                met[key].append(probability)
                sides[key] = other
                if scene.aligned.scores[other.passage.index, opposite.passage.index] >= TWIN:
                    twins.add(key)
    for key in sorted(met, key=lambda k: (-max(met[k]), k)):
        if len(met[key]) == 2 or key in twins or folded(sides[key]) in values:
            chosen.setdefault(sides[key].passage.told, sides[key])
    return [chosen[told] for told in sorted(chosen)]


def _gravest(
    sure: float, pair: Candidate, sides: Sequence[Side], within: Mapping[frozenset[_Key], Judged]
) -> Candidate:
    """The pair among the point's sides whose relation is the gravest, of those that may join it."""
    keys = [_key(pair.kind, s) for s in sides]
    met = [within[key] for a, b in itertools.combinations(keys, 2) if (key := frozenset((a, b))) in within]
    likely = [c for probability, c in met if probability >= PART * sure and c.kind == pair.kind]
    return min(likely, key=lambda c: PRECEDENCE.index(c.relation), default=pair)


def _told_alike(scene: Scene, sides: Sequence[Side]) -> Iterator[Side]:
    """The surest passage of each further article that has the value of the side it is aligned with."""
    met: list[tuple[float, int, Side]] = []
    for one in sides:
        scores = scene.aligned.scores[one.passage.index]
        value = _verbatim(one.value)
        for index in (scores >= ALIKE).nonzero()[0].tolist():
            passage: Passage = scene.aligned.passages[index]
            match = value.search(passage.text) if value else None
            if match and passage.origin not in {s.passage.origin for s in sides}:
                met.append((float(scores[index]), index, _held(passage, match)))
    for _, _, side in sorted(met, key=lambda m: (-m[0], m[1])):
        yield side


def _held(passage: Passage, match: re.Match[str]) -> Side:
    start, end = (passage.start + offset for offset in match.span())
    return Side(passage, passage.start, passage.end, start, end)


def _verbatim(value: str) -> re.Pattern[str] | None:
    """What finds a value in another passage, whatever blanks are between its words; None where it has none but `the`.

    An article before it does not count, and it may begin or end with a mark: `$5 million`, `5%`.
    """
    told = value.split()
    while told and told[0].lower() in DETERMINERS:
        told = told[1:]
    words = r"\s+".join(map(re.escape, told))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) if words else None


def whole(one: Side) -> Side:
    """The side shown with all of its passage, in which the value is read."""
    return dataclasses.replace(one, start=one.passage.start, end=one.passage.end)
