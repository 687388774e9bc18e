"""Status and attribution: one telling asserts what another denies, doubts, only plans, or gives as somebody's word."""

from __future__ import annotations

import dataclasses

from rashomon.annotate.clauses import verbs
from rashomon.compare.candidates import Aligned, Candidate, Side, merged
from rashomon.compare.passages import DESCRIBING, LONGEST, Passage
from rashomon.model.records import Clause

LEAST = 0.15
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""
ASSERTED = 0.5
"""Least probability of a pair of which only one side says whose word it is: most facts are attributed by somebody."""
SURE = 0.3
"""Least probability of a pair of which one side denies what the other says: a wrong contradiction costs most."""
_AUXILIARY = frozenset({"be", "have", "do", "get", "go", "say", "tell", "make", "take"})
"""Predicates too common to be one point by themselves."""


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind status and attribution, one a point."""
    found: list[Candidate] = []
    for score, left, right in aligned.pairs(LEAST):
        best = matched(left, right)
        if best is not None and best[0].negated != best[1].negated and (score < SURE or not _close(*best)):
            continue
        judged = _judge(_voiced(left, best[0]), _voiced(right, best[1])) if best is not None else None
        if best is None or judged is None:
            continue
        one, other = best
        kind, relation, cue, note = judged
        if kind == "attribution" and (score < ASSERTED or not _close(one, other)):
            continue
        about = left.article.text[one.predicate_start :].split(maxsplit=1)[0].strip(",.;:!?\"'”’")
        found.append(Candidate(kind, relation, about, (_side(left, one), _side(right, other)), cue, score, note))
    return merged(found)


def matched(left: Passage, right: Passage) -> tuple[Clause, Clause] | None:
    """The clauses of two passages with one predicate that share most words, of which at least two.

    Three where the predicate is too common to be a point by itself.
    """
    best: tuple[int, int, int] | None = None
    pair = None
    for one in left.clauses:
        for other in right.clauses:
            if one.predicate != other.predicate or {one.role, other.role} & set(DESCRIBING):
                continue
            shared = len(set(one.terms) & set(other.terms))
            key = (shared, -one.start, -other.start)
            enough = 3 if one.predicate in _AUXILIARY else 2
            if shared >= enough and (best is None or key > best):
                best, pair = key, (one, other)
    return pair


def _voiced(passage: Passage, clause: Clause) -> Clause:
    """The clause, taken as somebody's word where it stands inside a quotation."""
    quoted = any(e.start <= clause.start + 2 and clause.end - 2 <= e.end for q in passage.quotations for e in q.content)
    return dataclasses.replace(clause, modality="reported") if quoted and clause.modality == "fact" else clause


def _close(one: Clause, other: Clause) -> bool:
    """Whether at least half of the words of the shorter clause stand in the other, and three in all."""
    shared = len(set(one.terms) & set(other.terms))
    return shared >= 3 and 2 * shared >= min(len(set(one.terms)), len(set(other.terms)))


def _judge(one: Clause, other: Clause) -> tuple[str, str, str, str] | None:
    if one.negated != other.negated:
        return "status", "contradiction", "status:negated", "one says that it is not so"
    if one.predicate in verbs("saying"):
        return None
    plain = {"fact", "reported"}
    modalities = {one.modality, other.modality}
    if "possible" in modalities and modalities & plain:
        return "status", "framing", "status:possible", "certain in one, possible in the other"
    if "planned" in modalities and modalities & plain:
        return "status", "update", "status:planned", "still to come in one, done in the other"
    if modalities == {"fact", "reported"} and "participial" not in (one.role, other.role):
        return "attribution", "framing", "attribution:asserted", "one asserts what the other gives as somebody's word"
    return None


def _side(passage: Passage, clause: Clause) -> Side:
    """The clause, with who says so where both stand in one passage."""
    text = passage.article.text
    start, end = clause.start, clause.end
    if clause.source_start is not None and clause.source_end is not None:
        widened = min(start, clause.source_start), max(end, clause.source_end)
        if widened[1] - widened[0] <= LONGEST and passage.start <= widened[0] and widened[1] <= passage.end:
            start, end = widened
    return Side(passage, start, end, text[start:end])
