"""Places: aligned clauses that put the same happening at different places, or at one place told more exactly."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from rashomon.compare.candidates import Aligned, Candidate, merged, side
from rashomon.compare.names import SPELLING
from rashomon.compare.passages import Passage
from rashomon.compare.status import matched
from rashomon.model.records import Clause, Mention

LEAST = 0.15
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""
_PLACED = re.compile(r"\b(?:in|at|near|outside|inside|off|into|off from)(?: the)?(?: [a-z]+){0,3} $")


def find(aligned: Aligned, places: dict[str, list[Mention]]) -> list[Candidate]:
    """Differences of kind place, one a point; `places` holds each article's names of places that have an entity."""
    found = []
    for score, left, right in aligned.pairs(LEAST):
        best = matched(left, right)
        if best is None:
            continue
        ours, theirs = _inside(left, best[0], places), _inside(right, best[1], places)
        if not ours or not theirs or {m.entity_id for m in ours} & {m.entity_id for m in theirs}:
            continue
        one, other = ours[0], theirs[0]
        if _one_name(one.text, other.text):
            continue
        cue = "held" if _held(aligned, one.text, other.text) else "other"
        sides = (side(left, one.start, one.end), side(right, other.start, other.end))
        about = left.article.text[best[0].predicate_start :].split(maxsplit=1)[0].strip(",.;:!?\"'”’")
        note = "one place lies in the other" if cue == "held" else "other places are named"
        found.append(Candidate("place", "granularity", about, sides, f"place:{cue}", score, note))
    return merged(found)


def _inside(passage: Passage, clause: Clause, places: dict[str, list[Mention]]) -> list[Mention]:
    """Names of places in the clause that stand after a preposition of place."""
    return [
        m
        for m in places.get(passage.article.article_id, [])
        if clause.start <= m.start
        and m.end <= clause.end
        and _PLACED.search(passage.article.text[clause.start : m.start])
    ]


def _one_name(one: str, other: str) -> bool:
    """Whether one name is a part of the other, or nearly its letters: no other place is meant."""
    a, b = one.lower(), other.lower()
    return a in b or b in a or fuzz.ratio(a, b) >= SPELLING


def _held(aligned: Aligned, one: str, other: str) -> bool:
    """Whether some article writes one name as a part of the other: `Dorvik, Velmora`, `Dorvik in Velmora`."""
    a, b = re.escape(one), re.escape(other)
    pattern = re.compile(
        rf"\b(?:{a}(?:,| in| of)(?: the)?(?: [a-z]+){{0,3}} {b}|{b}(?:,| in| of)(?: the)?(?: [a-z]+){{0,3}} {a})"
    )
    return any(pattern.search(text) for text in sorted({p.article.text for p in aligned.passages}))
