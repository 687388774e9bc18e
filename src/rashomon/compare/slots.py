"""Participants: aligned clauses with one predicate whose subject or object is named in other words, or more exactly."""

from __future__ import annotations

from rashomon.annotate.clauses import verbs
from rashomon.compare.amounts import singular
from rashomon.compare.candidates import Aligned, Candidate, Side, merged
from rashomon.compare.lexicon import words
from rashomon.compare.passages import LONGEST, Passage
from rashomon.compare.status import matched
from rashomon.model.records import Clause

LEAST = 0.3
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind identity, one a point and slot."""
    found: dict[str, list[Candidate]] = {"subject": [], "object": []}
    for score, left, right in aligned.pairs(LEAST):
        best = matched(left, right)
        if best is None or best[0].predicate in verbs("saying"):
            continue
        for slot, given in found.items():
            one, other = _phrase(left, best[0], slot), _phrase(right, best[1], slot)
            if one is None or other is None:
                continue
            judged = _judge(one[2], other[2])
            if judged is not None:
                relation, cue, note = judged
                sides = (_side(left, best[0], one), _side(right, best[1], other))
                about = left.article.text[one[0] : one[1]]
                given.append(Candidate("identity", relation, about, sides, f"{slot}:{cue}", score, note))
    return [*merged(found["subject"]), *merged(found["object"])]


def _phrase(passage: Passage, clause: Clause, slot: str) -> tuple[int, int, frozenset[str]] | None:
    """The slot's place in the article and its words; None where it is empty, a pronoun, or outside the passage."""
    start = clause.subject_start if slot == "subject" else clause.object_start
    end = clause.subject_end if slot == "subject" else clause.object_end
    if start is None or end is None or not (passage.start <= start < end <= passage.end):
        return None
    text = "".join(c if c.isalpha() else " " for c in passage.article.text[start:end].lower())
    named = frozenset(singular(word) for word in text.split() if word not in words("nothing"))
    return (start, end, named) if named else None


def _judge(one: frozenset[str], other: frozenset[str]) -> tuple[str, str, str] | None:
    if one == other:
        return None
    if one < other or other < one:
        return "granularity", "part", "one names it more exactly"
    if one & other:
        return "naming", "mixed", "named in other words"
    return "naming", "apart", "named in other words"


def _side(passage: Passage, clause: Clause, phrase: tuple[int, int, frozenset[str]]) -> Side:
    start, end = min(clause.start, phrase[0]), max(clause.end, phrase[1])
    if end - start > LONGEST or start < passage.start or end > passage.end:
        start, end = clause.start, clause.end
    return Side(passage, start, end, passage.article.text[phrase[0] : phrase[1]])
