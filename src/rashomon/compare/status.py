"""Status: one telling asserts what another denies, doubts, or only plans."""

from __future__ import annotations

from rashomon.annotate.clauses import verbs
from rashomon.compare.candidates import Aligned, Candidate, Side
from rashomon.compare.passages import DESCRIBING, LONGEST, Passage
from rashomon.model.records import Clause

LEAST = 0.15
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind status, and of kind attribution where only one side says whose word it is."""
    found: list[Candidate] = []
    for score, left, right in aligned.pairs(LEAST):
        best = matched(left, right)
        if best is None:
            continue
        one, other = best
        judged = _judge(one, other)
        if judged is None:
            continue
        kind, relation, cue, note = judged
        sides = (_side(left, one), _side(right, other))
        about = left.article.text[one.predicate_start :].split(maxsplit=1)[0].strip(",.;:!?\"'”’")
        found.append(Candidate(kind, relation, about, sides, cue, score, note))
    return found


def matched(left: Passage, right: Passage) -> tuple[Clause, Clause] | None:
    """The clauses of two passages with one predicate that share most words, of which at least two."""
    best: tuple[int, int, int] | None = None
    pair = None
    for one in left.clauses:
        for other in right.clauses:
            if one.predicate != other.predicate or {one.role, other.role} & set(DESCRIBING):
                continue
            shared = len(set(one.terms) & set(other.terms))
            key = (shared, -one.start, -other.start)
            if shared >= 2 and (best is None or key > best):
                best, pair = key, (one, other)
    return pair


def _judge(one: Clause, other: Clause) -> tuple[str, str, str, str] | None:
    if one.negated != other.negated:
        return "status", "contradiction", "status:negated", "one says that it is not so"
    plain = {"fact", "reported"}
    modalities = {one.modality, other.modality}
    if "possible" in modalities and modalities & plain and one.predicate not in verbs("saying"):
        return "status", "framing", "status:possible", "certain in one, possible in the other"
    if "planned" in modalities and modalities & plain and one.predicate not in verbs("saying"):
        return "status", "update", "status:planned", "still to come in one, done in the other"
    if modalities == {"fact", "reported"}:
        return "attribution", "framing", "attribution:asserted", "one asserts what the other gives as somebody's word"
    return None


def _side(passage: Passage, clause: Clause) -> Side:
    text = passage.article.text
    start, end = clause.start, clause.end
    if clause.source_start is not None and clause.source_end is not None:
        widened = min(start, clause.source_start), max(end, clause.source_end)
        if widened[1] - widened[0] <= LONGEST and passage.start <= widened[0] and widened[1] <= passage.end:
            start, end = widened
    return Side(passage, start, end, text[start:end])
