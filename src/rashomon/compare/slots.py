"""Participants: aligned clauses with one predicate whose subject or object is named in other words, or more exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rashomon.annotate.clauses import verbs
from rashomon.compare.amounts import singular
from rashomon.compare.candidates import Aligned, Candidate, Side, merged
from rashomon.compare.lexicon import words
from rashomon.compare.passages import LONGEST, Passage
from rashomon.compare.status import matched
from rashomon.model.records import Clause

_CORE = re.compile(
    r"(?:(?!\b(?:of|in|on|at|for|from|with|by|to|after|who|which|that|and|or|as)\b)[^,;:()“”\"])+(?<=\w)"
)
_LETTERS = re.compile(r"[a-z]+")
LEAST = 0.3
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a slot names: its place in the article, its words in the singular, and the last of them."""

    start: int
    end: int
    words: frozenset[str]
    head: str


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
            judged = _judge(one, other)
            if judged is not None:
                relation, cue, note = judged
                sides = (_side(left, best[0], one), _side(right, best[1], other))
                about = left.article.text[one.start : one.end]
                given.append(Candidate("identity", relation, about, sides, f"{slot}:{cue}", score, note))
    return [*merged(found["subject"]), *merged(found["object"])]


def _phrase(passage: Passage, clause: Clause, slot: str) -> Phrase | None:
    """What the slot names, up to its first preposition or mark; None for pronouns, figures and empty slots."""
    start = clause.subject_start if slot == "subject" else clause.object_start
    end = clause.subject_end if slot == "subject" else clause.object_end
    if start is None or end is None or not (passage.start <= start < end <= passage.end):
        return None
    match = _CORE.match(passage.article.text[start:end])
    core = match.group() if match else ""
    if not core or any(c.isdigit() for c in core):
        return None
    own = [word for word in core.replace("’", "'").split() if not word.endswith("'s")]
    named = [singular(w) for word in own for w in _LETTERS.findall(word.lower()) if w not in words("nothing")]
    return Phrase(start, start + len(core), frozenset(named), named[-1]) if named else None


def _judge(one: Phrase, other: Phrase) -> tuple[str, str, str] | None:
    """Relation, cue and note; None where the two share no word, or the same noun has other adjectives (naming.py)."""
    if one.words == other.words or not one.words & other.words:
        return None
    if one.head == other.head:
        nested = one.words < other.words or other.words < one.words
        return ("granularity", "part", "one names it more exactly") if nested else None
    return "naming", "mixed", "named in other words"


def _side(passage: Passage, clause: Clause, phrase: Phrase) -> Side:
    start, end = min(clause.start, phrase.start), max(clause.end, phrase.end)
    if end - start > LONGEST or start < passage.start or end > passage.end:
        start, end = clause.start, clause.end
    return Side(passage, start, end, passage.article.text[phrase.start : phrase.end])
