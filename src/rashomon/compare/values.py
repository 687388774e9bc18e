"""What is measured of two values where they stand: the words around them, their part in the clause, what they name.

All measures are the same for the pair turned about. Nothing here knows the answer.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from functools import cached_property

import numpy as np

from rashomon.compare.amounts import Measure, measures
from rashomon.compare.candidates import Side
from rashomon.compare.lexicon import alike, tokens, vector, words
from rashomon.compare.passages import Passage
from rashomon.model.records import Article, Clause, TimeExpression

_NEAR = 3  # words beside a value that are looked at
_FARTHEST = 5.0  # log ratio of two figures
_UNKNOWN = -1.0
_SLOTS = ("subject", "object", "verb", "rest")
_KINDS = ("person", "organisation", "place", "group")

NAMES = (
    *("rest_jaccard", "rest_containment", "rest_near", "rest_passage"),
    *("own_less", "own_more", "told_less", "told_more", "known_less", "known_more"),
    *("slot_same", "slot_core", *(f"slot_{name}" for name in _SLOTS)),
    *("same_subject", "same_object", "negated", "modality", "quoted_both", "quoted_one"),
    *("ratio", "same_unit", "same_noun", "exact", "figures", "moments"),
    *("last_near", "last_same", "first_near", "value_part"),
    *("before", "after", "before_next", "after_next"),
    *(f"value_{kind}" for kind in _KINDS),
    *("named_shared", "named_less", "named_more", "capitals", "titles"),
)


class Value:
    """A value in its passage and clause."""

    def __init__(self, side: Side) -> None:
        self.passage: Passage = side.passage
        self.article: Article = side.passage.article
        self.value = side.value
        self.start, self.end = side.at, side.until
        self.words = told(side.value)
        self.clause: Clause | None = side.passage.clause_at(self.start, self.end)

    @cached_property
    def around(self) -> str:
        """The clause's text, or the passage's."""
        c = self.clause
        return self.passage.text if c is None else self.article.text[c.start : c.end]

    @cached_property
    def slot(self) -> str | None:
        """Which part of its clause the value is in."""
        c = self.clause
        if c is None:
            return None
        if c.subject_start is not None and c.subject_start <= self.start and self.end <= (c.subject_end or 0):
            return "subject"
        if c.object_start is not None and c.object_start <= self.start and self.end <= (c.object_end or 0):
            return "object"
        return "verb" if self.start <= c.predicate_start < self.end else "rest"

    @cached_property
    def rest(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of the clause, and of the passage, without the value's."""
        return told(self.around) - self.words, told(self.passage.text) - self.words

    @cached_property
    def beside(self) -> tuple[list[str], list[str]]:
        """The words right before and right after."""
        text = self.article.text
        before, after = text[self.passage.start : self.start], text[self.end : self.passage.end]
        return before.lower().split()[-_NEAR:], after.lower().split()[:_NEAR]

    @cached_property
    def amounts(self) -> list[Measure]:
        """The figures inside."""
        inside = (a for a in self.passage.amounts if self.start <= a.start and a.end <= self.end)
        return [measured for a in inside for measured in list(measures(a))[:1]]

    @cached_property
    def times(self) -> list[TimeExpression]:
        """The times inside."""
        return [t for t in self.passage.times if self.start <= t.start and t.end <= self.end]

    @property
    def timed(self) -> bool:
        """Whether a time is inside."""
        return bool(self.times)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of what is named."""
        return self.passage.kinds(self.start, self.end)

    @cached_property
    def entities(self) -> frozenset[str]:
        """Who and what is named."""
        inside = (m for m in self.passage.mentions if self.start <= m.start and m.end <= self.end)
        return frozenset(m.entity_id for m in inside if m.entity_id)

    @cached_property
    def tokens(self) -> list[str]:
        """The words inside."""
        return [w for w in tokens(self.value) if w[0].isalnum()]

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words of the clause's subject."""
        return self.part("subject")

    @cached_property
    def object(self) -> frozenset[str]:
        """The words of the clause's object."""
        return self.part("object")

    def part(self, name: str) -> frozenset[str]:
        """The words of the clause's subject or object."""
        c = self.clause
        if c is None:
            return frozenset()
        start, end = (c.subject_start, c.subject_end) if name == "subject" else (c.object_start, c.object_end)
        return frozenset() if start is None or end is None else told(self.article.text[start:end])

    @cached_property
    def quoted(self) -> bool:
        """Whether it stands inside somebody's very words."""
        direct = (q for q in self.passage.quotations if q.mode != "indirect")
        return any(e.start <= self.start and self.end <= e.end for q in direct for e in q.content)


@functools.lru_cache(maxsize=100_000)
def told(text: str) -> frozenset[str]:
    """The words of a text that name something by themselves, and its numbers."""
    return frozenset(w for w in tokens(text) if w[0].isalnum() and w not in words("nothing"))


@functools.lru_cache(maxsize=200_000)
def mean_near(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Cosine of the summed word vectors of two sets of words; 0 where one is empty."""
    if not ours or not theirs:
        return 0.0
    a, b = (np.sum([vector(w) for w in side], axis=0) for side in (ours, theirs))
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-6))


def _share(some: frozenset[str], of: int) -> float:
    return len(some) / max(1, of)


def _around(one: Value, other: Value) -> dict[str, float]:
    """How alike the clauses and passages are without the values."""
    (ours, mine), (theirs, rest) = one.rest, other.rest
    return {
        "rest_jaccard": _share(ours & theirs, len(ours | theirs)),
        "rest_containment": _share(ours & theirs, min(len(ours), len(theirs))),
        "rest_near": mean_near(tuple(sorted(ours)), tuple(sorted(theirs))),
        "rest_passage": _share(mine & rest, min(len(mine), len(rest))),
        **_beside(one, other),
    }


def _beside(one: Value, other: Value) -> dict[str, float]:
    """Words right before and after both values that are the same."""
    before, after = zip(one.beside, other.beside, strict=True)
    return {
        "before": float(len(set(before[0]) & set(before[1]))),
        "after": float(len(set(after[0]) & set(after[1]))),
        "before_next": float(before[0][-1:] == before[1][-1:] != []),
        "after_next": float(after[0][:1] == after[1][:1] != []),
    }


@functools.lru_cache(maxsize=1_000)
def _article(text: str) -> tuple[str, frozenset[str]]:
    return " ".join(text.lower().split()), frozenset(tokens(text))


def _elsewhere(one: Value, other: Value) -> dict[str, float]:
    """Whether the other telling has the value too: its words in the passage, itself and its words in the article."""
    own: list[float] = []
    verbatim: list[float] = []
    known: list[float] = []
    for at, against in ((one, other), (other, one)):
        words_of = at.words - against.words
        text, all_words = _article(against.article.text)
        own.append(_share(words_of & told(against.passage.text), len(words_of)))
        verbatim.append(float(" ".join(at.value.lower().split()) in text))
        known.append(_share(words_of & all_words, len(words_of)) if words_of else 1.0)
    named = (("own", own), ("told", verbatim), ("known", known))
    return {f"{name}_{end}": pick(both) for name, both in named for end, pick in (("less", min), ("more", max))}


def _slots(one: Value, other: Value) -> dict[str, float]:
    """Which parts of their clauses the values are, and whether the other parts are the same."""
    slots = Counter((one.slot, other.slot))
    same = one.slot == other.slot and one.slot is not None
    found = {"slot_same": float(same), "slot_core": float(same and one.slot != "rest")}
    found |= {f"slot_{name}": float(slots[name]) for name in _SLOTS}
    for name in ("subject", "object"):
        ours, theirs = getattr(one, name), getattr(other, name)
        shared = _share(ours & theirs, min(len(ours), len(theirs)))
        found[f"same_{name}"] = shared if ours and theirs else _UNKNOWN
    both = one.clause is not None and other.clause is not None
    for name in ("negated", "modality"):
        found[name] = float(both and getattr(one.clause, name) != getattr(other.clause, name))
    marked = one.quoted + other.quoted
    return found | {"quoted_both": float(marked == 2), "quoted_one": float(marked == 1)}


def _figures(one: Value, other: Value) -> dict[str, float]:
    """How far two figures are apart, and whether they count the same; how many values hold figures or times."""
    held = [one.amounts, other.amounts]
    found = dict.fromkeys(("ratio", "same_unit", "same_noun"), _UNKNOWN) | {"exact": 0.0}
    if all(len(side) == 1 for side in held):
        a, b = held[0][0], held[1][0]
        low = [max(abs(m.low or 0.0), 1e-9) for m in (a, b)]
        found["ratio"] = min(abs(math.log(low[0] / low[1])), _FARTHEST)
        found["same_unit"] = float(a.unit == b.unit)
        found["same_noun"] = float(a.what == b.what) if a.what and b.what else 0.5
        found["exact"] = float(a.exact) + float(b.exact)
    return found | {"figures": float(sum(map(len, held))), "moments": float(one.timed + other.timed)}


def _ends(one: Value, other: Value) -> dict[str, float]:
    """The last and first words of both values, and how much of its passage the lesser is."""
    ours, theirs = one.tokens, other.tokens
    found = {"last_near": 0.0, "last_same": 0.0, "first_near": 0.0}
    if ours and theirs:
        found["last_near"], found["first_near"] = alike(ours[-1], theirs[-1]), alike(ours[0], theirs[0])
        found["last_same"] = float(ours[-1] == theirs[-1])
    parts = [len(at.value) / max(1, len(at.passage.text)) for at in (one, other)]
    return found | {"value_part": min(parts)}


def _named(one: Value, other: Value) -> dict[str, float]:
    """Whom and what both values name."""
    found = {f"value_{kind}": float((kind in one.kinds) + (kind in other.kinds)) for kind in _KINDS}
    entities = [one.entities, other.entities]
    return found | {
        "named_shared": float(len(entities[0] & entities[1])),
        "named_less": float(min(map(len, entities))),
        "named_more": float(max(map(len, entities))),
        "capitals": float(sum(at.value[:1].isupper() for at in (one, other))),
        "titles": float(sum(at.value.istitle() for at in (one, other))),
    }


def measure(one: Value, other: Value) -> dict[str, float]:
    """The values of NAMES for two sides."""
    found: dict[str, float] = {}
    for look in (_around, _elsewhere, _slots, _figures, _ends, _named):
        found |= look(one, other)
    return found
