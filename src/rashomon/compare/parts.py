"""Typed parts of passages that tell the same, set beside each other: what no rule of the other finders proposes.

A part is a figure, a moment, a name, a phrase, a verb, a source or a cause. Two of one type that are not the same are a
pair; most such pairs are of two points, and the model (scorer.py) keeps the few that are not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.compare import days
from rashomon.compare.amounts import Measure, agree, compatible, measures, singular
from rashomon.compare.candidates import Candidate, side
from rashomon.compare.evidence import without_article
from rashomon.compare.labels import NOTES
from rashomon.compare.lexicon import alike, words
from rashomon.compare.passages import DESCRIBING, Passage
from rashomon.compare.phrases import caused, placed, slot, verb
from rashomon.compare.scene import LEAST, Scene
from rashomon.model.records import Clause, Mention, TimeExpression

MOST = 2000
"""Pairs of passages whose parts are looked at, the surest first."""
NEAR, VERBS, ACTS = 0.4, 0.35, 0.4
"""Least cosine of two heads, of two verbs, and of two verbs of which one is negated."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_Held = Measure | TimeExpression | Mention | Clause | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage, its type and place in the clause, its head and words, and what annotation it is of."""

    type: str  # number, date, place, identity, wording, attribution, cause, act
    manner: str
    start: int
    end: int
    head: str
    words: frozenset[str]
    folded: str
    held: _Held = None


def find(scene: Scene) -> list[Candidate]:
    """Pairs of parts of one type that are not the same, of the passages that are aligned most surely."""
    split: dict[int, list[Part]] = {}
    found = []
    for score, one, other in scene.aligned.pairs(LEAST)[:MOST]:
        for passage in (one, other):
            if passage.index not in split:
                split[passage.index] = list(parts(passage))
        for ours, theirs in itertools.product(split[one.index], split[other.index]):
            if ours.type != "act" and ours.folded == theirs.folded:
                continue
            for kind, manner in _told(ours, theirs):
                sides = (side(one, ours.start, ours.end), side(other, theirs.start, theirs.end))
                cue = f"part:{kind}:{manner}"
                found.append(Candidate(kind, "granularity", sides[0].value, sides, cue, score, NOTES["granularity"]))
    return found


def parts(passage: Passage) -> Iterator[Part]:
    """The typed parts of a passage, no stretch twice under one type."""
    seen: set[tuple[str, int, int]] = set()
    text = passage.article.text
    for kind, manner, start, end, head, held in (*_annotated(passage), *_of_clauses(passage)):
        inside = passage.start <= start < end <= passage.end
        own = _words(text[start:end]) if inside and (kind, start, end) not in seen else frozenset()
        if own:
            seen.add((kind, start, end))
            yield Part(kind, manner, start, end, head, own, without_article(text[start:end]), held)


_Found = tuple[str, str, int, int, str, _Held]


def _words(text: str) -> frozenset[str]:
    return frozenset(singular(w) for w in _WORD.findall(text.lower()) if len(w) > 1 and w not in words("nothing"))


def _annotated(passage: Passage) -> Iterator[_Found]:
    """Figures, moments, names and sources."""
    text = passage.article.text
    for amount in passage.amounts:
        if (measured := next(measures(amount), None)) is not None:
            head = measured.what or measured.unit or ""
            yield "number", measured.unit or "bare", amount.start, amount.end, head, measured
    for time in passage.times:
        yield "date", time.type, time.start, time.end, "", time
    for mention in passage.mentions:
        if mention.form != "pronoun":
            kind = "place" if mention.kind == "place" else "identity"
            head = text[mention.start : mention.end].split()[-1].lower()
            yield kind, mention.kind, mention.start, mention.end, head, mention
    for quotation in passage.quotations:
        if quotation.source_start is not None and quotation.source_end is not None:
            yield "attribution", "source", quotation.source_start, quotation.source_end, "", None
    for start, end in caused(passage):
        yield "cause", "joined", start, end, "", None


def _of_clauses(passage: Passage) -> Iterator[_Found]:
    """Subjects, objects, phrases of place, verbs and sources of clauses, and what describes a noun."""
    for clause in passage.clauses:
        if clause.role == "nominal":
            yield "identity", "described", clause.start, clause.end, clause.predicate, clause
        elif clause.role in DESCRIBING:
            if clause.subject_start and clause.start < clause.subject_start:
                end = max(clause.subject_end or 0, clause.end)
                yield "wording", "adjective", clause.start, end, clause.predicate, clause
        else:
            yield from _asserted(passage, clause)


def _asserted(passage: Passage, clause: Clause) -> Iterator[_Found]:
    for name in ("subject", "object"):
        if (phrase := slot(passage, clause, name)) is not None:
            yield "identity", name, phrase.start, phrase.end, phrase.head, None
    for phrase in placed(passage, clause):
        yield "place", "phrase", phrase.start, phrase.end, phrase.head, None
    yield "act", "verb", *verb(passage, clause), clause.predicate, clause
    if clause.source_start is not None and clause.source_end is not None:
        yield "attribution", "source", clause.source_start, clause.source_end, "", None


def _told(one: Part, other: Part) -> Iterator[tuple[str, str]]:
    """Under which kinds and manners two parts may be a pair; nothing where they are of other types or plainly agree."""
    if one.type == other.type == "act":
        yield from _acts(one, other)
    elif {one.type, other.type} in ({"identity", "wording"}, {"identity", "place"}):
        if _near(one, other):
            yield "identity", "mixed"
    elif one.type != other.type:
        return
    elif isinstance(one.held, Measure) and isinstance(other.held, Measure):
        yield from _numbers(one, other, one.held, other.held)
    elif isinstance(one.held, TimeExpression) and isinstance(other.held, TimeExpression):
        yield from _moments(one.held, other.held)
    elif one.type == "place":
        yield "place", "-".join(sorted((one.manner, other.manner)))
    elif one.type == "identity":
        yield from _identities(one, other)
    elif one.type == "wording":
        if one.head == other.head or _near(one, other):
            yield "wording", "same" if one.head == other.head else "near"
    else:
        yield one.type, one.manner


def _near(one: Part, other: Part) -> bool:
    return bool(one.words & other.words) or bool(one.head and other.head and alike(one.head, other.head) >= NEAR)


def _acts(one: Part, other: Part) -> Iterator[tuple[str, str]]:
    ours, theirs = one.held, other.held
    if not isinstance(ours, Clause) or not isinstance(theirs, Clause):
        return
    near = alike(ours.predicate, theirs.predicate)
    if ours.predicate != theirs.predicate and near >= VERBS:
        yield "wording", "verb"
    if ours.negated != theirs.negated:
        if near >= ACTS:
            yield "status", "negated"
    elif near >= VERBS and ours.modality != theirs.modality:
        yield "status", "-".join(sorted((ours.modality, theirs.modality)))


def _numbers(one: Part, other: Part, ours: Measure, theirs: Measure) -> Iterator[tuple[str, str]]:
    counted = {None, "people"}
    if ours.unit != theirs.unit and not {ours.unit, theirs.unit} <= counted:
        return
    if agree(ours, theirs) and ours.exact == theirs.exact:
        return
    same = bool(one.head) and one.head == other.head
    noun = "same" if same else "near" if one.head and other.head and alike(one.head, other.head) >= 0.5 else "other"
    yield "number", f"{noun}-{'compatible' if compatible(ours, theirs) else 'apart'}"


def _moments(ours: TimeExpression, theirs: TimeExpression) -> Iterator[tuple[str, str]]:
    if {ours.type, theirs.type} & {"DURATION", "SET"} and ours.type != theirs.type:
        return
    judged = days.judge(ours, theirs)
    if judged is None or judged[0] != "same":
        length = "duration" if ours.type == "DURATION" else "day"
        yield "date", f"{judged[1] if judged else 'unknown'}-{length}"


def _identities(one: Part, other: Part) -> Iterator[tuple[str, str]]:
    entities = [p.held.entity_id if isinstance(p.held, Mention) else None for p in (one, other)]
    same = entities[0] is not None and entities[0] == entities[1]
    near, slots = _near(one, other), one.manner == other.manner and one.manner in ("subject", "object")
    if same or near or slots:
        how = "entity" if same else "word" if one.words & other.words else "near" if near else "far"
        yield "identity", f"{how}-slot" if slots else how
