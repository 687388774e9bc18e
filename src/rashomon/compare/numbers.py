"""Numbers: aligned passages that count the same and give different figures."""

from __future__ import annotations

import re

from rashomon.compare.amounts import Measure, agree, alike, compatible, measures
from rashomon.compare.candidates import Aligned, Candidate, side
from rashomon.compare.passages import Passage

LEAST = 0.1
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""
_MORE = re.compile(r"\b(?:additional|another|more|extra|further|other)\b", re.IGNORECASE)
_RISEN = re.compile(
    r"\b(?:r[io]se[ns]? to|climb\w* to|increas\w* to|now|up from|updated|revis\w+|so far)\b", re.IGNORECASE
)


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind number."""
    found: list[Candidate] = []
    for score, left, right in aligned.pairs(LEAST):
        found.extend(_between(score, left, right))
    return found


def _between(score: float, left: Passage, right: Passage) -> list[Candidate]:
    ours = [m for a in left.amounts for m in measures(a)]
    theirs = [m for a in right.amounts for m in measures(a)]
    met = [(a, b) for a in ours for b in theirs if alike(a, b) and agree(a, b)]
    settled = {id(m) for pair in met for m in pair}
    found = []
    for a in ours:
        for b in theirs:
            if id(a) in settled or id(b) in settled or not alike(a, b) or not _same_point(left, a, right, b):
                continue
            if (judged := _judge(left, a, right, b)) is not None:
                relation, cue, note = judged
                sides = (
                    side(left, a.amount.start, a.amount.end),
                    side(right, b.amount.start, b.amount.end),
                )
                about = a.amount.of or b.amount.of or a.amount.text
                found.append(Candidate("number", relation, about, sides, f"number:{cue}", score, note))
    return found


def _same_point(left: Passage, a: Measure, right: Passage, b: Measure) -> bool:
    """Whether the two figures stand at the same point: what is counted, or what is said of it, is told in common."""
    one, other = left.clause_at(a.amount.start, a.amount.end), right.clause_at(b.amount.start, b.amount.end)
    if one is None or other is None:
        return a.what is not None and a.what == b.what
    shared = set(one.terms) & set(other.terms)
    if a.what is not None and a.what == b.what:
        return bool(shared - {a.what}) or one.predicate == other.predicate
    return one.predicate == other.predicate and len(shared) >= 1


def _judge(left: Passage, a: Measure, right: Passage, b: Measure) -> tuple[str, str, str] | None:
    """Relation, cue and note; None where the two say one thing."""
    if compatible(a, b):
        if a.exact and b.exact:
            return None
        return "granularity", "granular", "one figure is told more exactly, and both can hold"
    near_a, near_b = _around(left, a), _around(right, b)
    if bool(_MORE.search(near_a)) != bool(_MORE.search(near_b)):
        return "scope", "scope", "one counts what comes on top"
    if _newer(left, a, right, b) or _RISEN.search(near_a) or _RISEN.search(near_b):
        return "update", "update", "the later telling has another figure"
    return "contradiction", "apart", "both cannot hold"


def _around(passage: Passage, measure: Measure) -> str:
    start = max(passage.start, measure.amount.start - 24)
    return passage.article.text[start : min(passage.end, measure.amount.end + 24)]


def _newer(left: Passage, a: Measure, right: Passage, b: Measure) -> bool:
    """Whether one article surely appeared on a later day and tells more of what only grows."""
    one, other = left.article, right.article
    if not (one.published_earliest and one.published_latest and other.published_earliest and other.published_latest):
        return False
    if one.published_latest < other.published_earliest:
        return b.middle > a.middle
    return other.published_latest < one.published_earliest and a.middle > b.middle
