"""Sequence: two acts that one telling puts in one order and another in the other order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.compare.candidates import Candidate, Side
from rashomon.compare.lexicon import alike
from rashomon.compare.passages import Passage
from rashomon.model.records import Clause

VERBS = 0.6
"""Least cosine of two verbs' word vectors that may tell one act."""
_JOINS = re.compile(r"(?:[\w.]+ ){0,3}?\b(before|after|until)\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(before|after|until)\s*$", re.IGNORECASE)
_THEN = re.compile(r"(?:and )?(?:then|afterwards|later)\b", re.IGNORECASE)
_GOVERNING = ("main", "complement", "coordinated")


@dataclass(frozen=True, slots=True)
class Order:
    """Two clauses of one passage, the earlier act first, and the stretch that tells both."""

    passage: Passage
    first: Clause
    second: Clause

    @property
    def span(self) -> tuple[int, int]:
        """From the beginning of the one to the end of the other."""
        return min(self.first.start, self.second.start), max(self.first.end, self.second.end)


def find(passages: Sequence[Passage]) -> list[Candidate]:
    """Contradictions of kind date, a pair of sides each: the same two acts in opposite orders."""
    told = [order for passage in passages for order in orders(passage)]
    found = []
    for n, one in enumerate(told):
        for other in told[n + 1 :]:
            if one.passage.origin == other.passage.origin:
                continue
            if _one_act(one.first, other.second) and _one_act(one.second, other.first):
                sides = tuple(Side(o.passage, *o.span, *o.span) for o in (one, other))
                about = sides[0].value
                found.append(
                    Candidate(
                        "date", "contradiction", about, sides, "sequence:reversed", 0.5, "told in the other order"
                    )
                )
    return found


def orders(passage: Passage) -> Iterator[Order]:
    """The pairs of acts that the passage puts in an order by before, after, until or then."""
    text = passage.article.text
    for clause in passage.clauses:
        opened = text[clause.start : clause.end]
        if clause.role == "coordinated" and _THEN.match(opened):
            others = [c for c in passage.clauses if c.role in _GOVERNING and c.end <= clause.start]
            if others:
                yield from _told(passage, max(others, key=lambda c: c.end), clause)
        if clause.role != "adverbial":
            continue
        governing = _governing(passage, clause)
        match = _JOINS.match(opened)
        if match is None and governing is not None and governing.end <= clause.start:
            match = _OPEN.search(text, governing.start, clause.start)
        if match is None or governing is None:
            continue
        if match[1].lower() == "after":
            yield from _told(passage, clause, governing)
        else:
            yield from _told(passage, governing, clause)


def _told(passage: Passage, first: Clause, second: Clause) -> Iterator[Order]:
    if not (first.negated or second.negated):
        yield Order(passage, first, second)


def _governing(passage: Passage, clause: Clause) -> Clause | None:
    """The nearest clause of the passage that stands apart from an adverbial one and may govern it."""
    apart = [c for c in passage.clauses if c.role in _GOVERNING and (c.end <= clause.start or clause.end <= c.start)]
    return min(apart, key=lambda c: (max(clause.start - c.end, c.start - clause.end), c.start), default=None)


def _one_act(one: Clause, other: Clause) -> bool:
    """Whether two clauses tell one act: verbs that are alike, and a word of what takes part in common."""
    shared = (set(one.terms) & set(other.terms)) - {one.predicate, other.predicate}
    return bool(shared) and alike(one.predicate, other.predicate) >= VERBS
