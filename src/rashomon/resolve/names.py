"""Whether two spellings can be one name, how surely, and why: `compare`.

The words of both names are laid side by side (align.py) after romanisation (romanise.py); a small logistic regression
over what agrees and what does not gives the score (tables/names.json, made by training/names.py). Differences that no
likeness outweighs are refusals: Jr against Sr, son against father, another number in an organisation's name.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
from dataclasses import dataclass

from rashomon.resolve.align import INITIAL, KNOWN, MISSPELT, ROMANISED, SAME, Alignment, align
from rashomon.resolve.lexicon import given_names
from rashomon.resolve.parts import LOOSE_FORMS, Parts, organisation, person
from rashomon.resolve.reasons import agreement_clauses

FEATURES = (
    "edits",
    "worst",
    "misspelt",
    "edits in short words",
    "romanised or known",
    "initials",
    "open in both",
    "open in one",
    "letters shared of shorter",
    "letters shared of longer",
    "one word",
    "one word, not the last",
    "order",
    "joined",
    "legal form differs",
    "legal form missing",
    "acronym",
)
"""What the regression sees, in this order; see `features`."""

_REFUSED = 0.1
"""The score of a pair that a refusal holds apart, whatever agrees."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The verdict on two names."""

    match: bool
    score: float  # 0..1; match is score >= 0.5
    reason: str  # one sentence, for people


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names taken apart and laid side by side."""

    left: Parts
    right: Parts
    alignment: Alignment
    people: bool
    acronym: bool  # one is made of the other's initials


@functools.cache
def _weights() -> dict[str, tuple[float, ...]]:
    text = importlib.resources.files("rashomon.resolve").joinpath("tables", "names.json").read_text("utf-8")
    return {family: tuple(values) for family, values in json.loads(text)["weights"].items()}


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a one-word name is made of the first letters of the other's three words or more."""
    return len(short) == 1 and len(long) >= 3 and short[0] == "".join(word[0] for word in long)


def lay_out(name1: str, name2: str, schema: str = "Person") -> Comparison:
    """Take two names of one schema apart and lay their words side by side."""
    people = schema == "Person"
    read = person if people else organisation
    left, right = read(name1), read(name2)
    alignment = align(left.words, right.words, left.unvowelled != right.unvowelled)
    acronym = not people and (is_acronym(left.words, right.words) or is_acronym(right.words, left.words))
    return Comparison(left, right, alignment, people, acronym)


def refusal(c: Comparison) -> str | None:
    """What keeps two names apart whatever else agrees, as a clause; None where nothing does."""
    left, right = c.left, c.right
    if left.generation and right.generation and left.generation != right.generation:
        return f"one is {_generation(left)}, the other {_generation(right)}"
    if left.own and right.own and not _same_own(left, right):
        return f"one's own name is '{' '.join(left.own)}', the other's '{' '.join(right.own)}': father and son at most"
    if _order(c) == 2 and not (left.own or right.own) and all(pair.kind == SAME for pair in c.alignment.pairs):
        return "the same two given names in another order"
    if left.syllabic and right.syllabic and any(pair.kind == MISSPELT for pair in c.alignment.pairs):
        return "another sign is another name in a script of syllables"
    if left.numbers != right.numbers:
        return f"the numbers differ ({_listed(left.numbers)} and {_listed(right.numbers)})"
    if _forms_differ(left, right):
        return f"legal forms {left.form} and {right.form} differ"
    return None


def _forms_differ(left: Parts, right: Parts) -> bool:
    told = {left.form, right.form}
    return len(told) == 2 and None not in told and not told & LOOSE_FORMS


def _same_own(left: Parts, right: Parts) -> bool:
    laid = align(left.own, right.own)
    return bool(laid.pairs) and not (laid.left and laid.right)


def _generation(parts: Parts) -> str:
    return {"jr": "Jr", "sr": "Sr"}.get(parts.generation or "", f"number {parts.generation}")


def _listed(numbers: frozenset[str]) -> str:
    return ", ".join(sorted(numbers)) or "none"


def _letters(parts: Parts, places: tuple[int, ...]) -> int:
    return sum(len(parts.words[place]) for place in places)


def _order(c: Comparison) -> float:
    """1 where the pairs cross each other and no comma explains it; 2 where two given names change places."""
    places = [pair.right[0] for pair in sorted(c.alignment.pairs, key=lambda pair: pair.left)]
    if places == sorted(places) or c.left.ordered or c.right.ordered:
        return 0.0
    known = given_names()
    return 2.0 if all(word in known for word in c.left.words) else 1.0


def _first_only(c: Comparison) -> float:
    """1 where a single word answers to another word than the last of a longer name."""
    left, right = c.left.words, c.right.words
    if len(left) == len(right) or min(len(left), len(right)) > 1 or not c.alignment.pairs:
        return 0.0
    pair = c.alignment.pairs[0]
    return float(len(left) - 1 not in pair.left or len(right) - 1 not in pair.right)


def features(c: Comparison) -> tuple[float, ...]:
    """The numbers of FEATURES for two names laid side by side."""
    pairs, left, right = c.alignment.pairs, c.left, c.right
    wrong = [pair for pair in pairs if pair.kind == MISSPELT]
    short = [p for p in wrong if min(_letters(left, p.left), _letters(right, p.right)) < 5]
    shared_left = sum(_letters(left, pair.left) for pair in pairs)
    shared_right = sum(_letters(right, pair.right) for pair in pairs)
    all_left, all_right = sum(map(len, left.words)), sum(map(len, right.words))
    of_left, of_right = shared_left / max(all_left, 1), shared_right / max(all_right, 1)
    open_left, open_right = len(c.alignment.left), len(c.alignment.right)
    return (
        min(sum(pair.edits for pair in wrong), 6) / 2,
        1 - min((pair.likeness for pair in wrong), default=1.0),
        float(len(wrong)),
        float(sum(pair.edits for pair in short)),
        float(sum(pair.kind in (ROMANISED, KNOWN) for pair in pairs)),
        float(sum(pair.kind == INITIAL for pair in pairs)),
        float(min(open_left, open_right)),
        float(abs(open_left - open_right)),
        max(of_left, of_right),
        min(of_left, of_right),
        float(min(len(left.words), len(right.words)) == 1 and len(left.words) != len(right.words)),
        _first_only(c),
        _order(c),
        float(any(len(pair.left) != len(pair.right) for pair in pairs)),
        float(bool(left.form and right.form) and left.form != right.form),
        float(bool(left.form) != bool(right.form)),
        float(c.acronym),
    )


def probability(c: Comparison) -> float:
    """What the regression makes of two names laid side by side, 0..1; refusals are not looked at."""
    weights = _weights()["people" if c.people else "others"]
    total = weights[0] + sum(w * x for w, x in zip(weights[1:], features(c), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def compare(name1: str, name2: str, schema: str = "Person") -> NameMatch:
    """Compare two names of one schema (Person, or any kind of organisation, company or vessel).

    Tolerates what screening of lists must tolerate: other romanisations, short forms, order, initials, titles, legal
    forms and slips of a letter or two. Joining mentions across articles asks for more: see resolve.entities.
    """
    c = lay_out(name1, name2, schema)
    if not c.left.words or not c.right.words:
        return NameMatch(False, 0.0, "one of the two has no letters to compare")
    against = refusal(c)
    score = _REFUSED if against else probability(c)
    return NameMatch(score >= 0.5, round(score, 4), against or describe(c))


def describe(c: Comparison) -> str:
    """How two names agree and where they do not, in words."""
    if c.acronym:
        return "one is made of the other's initials"
    clauses = agreement_clauses(c.left, c.right, c.alignment, c.people)
    if c.left.form and c.right.form and c.left.form != c.right.form:
        clauses.append(f"legal forms {c.left.form} and {c.right.form} differ")
    return "; ".join(clauses) or "no word of one answers to a word of the other"
