"""Numbers: aligned passages that count the same and give different figures."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from importlib import resources

from rashomon.annotate.amounts.numerals import VAGUE
from rashomon.compare.amounts import Measure, agree, alike, compatible, measures
from rashomon.compare.candidates import SAME, Aligned, Candidate, Side, merged, side
from rashomon.compare.passages import Passage
from rashomon.model.records import Amount

Told = tuple[Passage, Measure]
TOP = ("scope", "scope", "one counts what comes on top")
LEAST = 0.1
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""
SURE = 0.4
"""Figures that cannot both hold are told as a contradiction only in passages aligned so surely; see `_plain`."""
CALLED = 0.2
"""Least probability of a pair of which both sides count as many people and call them by other nouns."""
WIDE = 60.0
"""Two figures further apart than this factor count different things, whatever the words."""
CLOSE = 1.7
"""Figures further apart than this factor are not told as contradicting each other: of 36 proposed over 97 events that
were read by hand, those within it are of one count in two of three cases, those beyond it in one of six."""
GROWTH = 2.0
"""A count that grew by more than this factor between two tellings is seldom the same count."""
GENERAL = frozenset({"people", "person", "victim", "casualty", "other", "more", "life", "individual", "passenger"})
"""Nouns that count people of any sort, singular."""
_GROWING = frozenset({"dead", "injured", "hospital", "arrested", "displaced", "freed"})
"""Fates whose count grows while an event is being reported."""
_WANING = frozenset({"missing", "trapped"})
"""Fates whose count falls as people are found."""
SPELL = 4.0
"""Two lengths of time further apart than this factor are of different things."""
_MORE = frozenset({"additional", "extra", "further"})
_RISEN = re.compile(r"\b(?:r[io]se[ns]? to|climb\w* to|increas\w* to|up from|updated|revis\w+|so far)\b", re.IGNORECASE)


@functools.cache
def _outcomes() -> dict[str, str]:
    text = resources.files(__package__).joinpath("outcomes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind number, one a point."""
    found: list[Candidate] = []
    called: list[Candidate] = []
    for score, left, right in aligned.pairs(LEAST):
        found.extend(_between(score, left, right))
        if score >= CALLED:
            called.extend(_called(score, left, right))
    return [*(one for one in merged(found) if not _in_one(one)), *merged(called)]


def _called(score: float, left: Passage, right: Passage) -> Iterator[Candidate]:
    """One count of people whom the tellings call by other nouns: a difference of naming."""
    for a in (m for amount in left.amounts for m in measures(amount)):
        for b in (m for amount in right.amounts for m in measures(amount)):
            if a.unit != "people" or b.unit != "people" or not a.what or not b.what or a.words & b.words:
                continue
            if (a.low, a.high) == (b.low, b.high) and max(a.middle, b.middle) > 1:
                sides = _counted(left, a.amount), _counted(right, b.amount)
                yield Candidate(
                    "identity", "naming", a.amount.text, sides, "naming:counted", score, "called by other nouns"
                )


def _counted(passage: Passage, amount: Amount) -> Side:
    """The words that say what is counted, else the figure, in the figure's clause."""
    shown = side(passage, amount.start, amount.end)
    start, end = amount.of_start, amount.of_end
    return shown if start is None or end is None else dataclasses.replace(shown, at=start, until=end)


def _in_one(candidate: Candidate) -> bool:
    """Whether one telling has the other's figure too, at another place: then the two figures count different things."""
    for one in candidate.sides:
        values = [_figure(other.value) for other in candidate.sides if _figure(other.value) != _figure(one.value)]
        told = {_figure(amount.text) for amount in one.passage.amounts}
        if told & set(values):
            return True
    return False


def _figure(text: str) -> str:
    return " ".join(text.lower().split())


def _between(score: float, left: Passage, right: Passage) -> list[Candidate]:
    ours, theirs = measured(left), measured(right)
    agreed = [(a, b) for a in ours for b in theirs if alike(a, b) and agree(a, b)]
    settled = {id(m) for pair in agreed for m in pair}
    found = [
        _pair((left, a), (right, b), (SAME, "same", ""), score) for a, b in agreed if same_point(left, a, right, b)
    ]
    for a in ours:
        for b in theirs:
            if {id(a), id(b)} & settled or not alike(a, b) or not same_point(left, a, right, b):
                continue
            if (judged := judge(left, a, right, b)) is not None:
                relation, cue, note = judged
                if cue == "apart" and not (score >= SURE and _plain(left, a, right, b)):
                    cue = "unsure"
                found.append(_pair((left, a), (right, b), (relation, cue, note), score))
    return found


def _plain(left: Passage, a: Measure, right: Passage, b: Measure) -> bool:
    """Whether two figures are told by one verb, and neither passage has another figure of the kind; ages never are."""
    beside = (
        m.unit == own.unit and (m.low, m.high) != (own.low, own.high) and m.what in (own.what, None)
        for passage, own in ((left, a), (right, b))
        for m in measured(passage)
    )
    return a.unit != "age" and said(left, a)[1] == said(right, b)[1] and not any(beside)


def _pair(one: Told, other: Told, judged: tuple[str, str, str], score: float) -> Candidate:
    relation, cue, note = judged
    a, b = one[1].amount, other[1].amount
    sides = (side(one[0], a.start, a.end), side(other[0], b.start, b.end))
    return Candidate("number", relation, a.of or b.of or a.text, sides, f"number:{cue}", score, note)


def measured(passage: Passage) -> list[Measure]:
    """The passage's measures; a bare figure beside a fate (`the dead rose to 33`) counts people."""
    found = [m for a in passage.amounts for m in measures(a)]
    bare = {id(m) for m in found if m.unit is None and m.what is None and said(passage, m)[2]}
    return [dataclasses.replace(m, unit="people") if id(m) in bare else m for m in found]


def said(passage: Passage, measure: Measure) -> tuple[frozenset[str], str | None, frozenset[str]]:
    """Words of the clause that tells the figure, its predicate, and the outcomes that it names."""
    clause = passage.clause_at(measure.amount.start, measure.amount.end)
    terms = clause.terms if clause is not None else passage.terms
    counted = {measure.what or "", *(measure.amount.of or "").lower().split()}
    words = frozenset(terms) - counted
    predicate = clause.predicate if clause is not None else None
    near = {predicate} & set(_outcomes()) if predicate else set()
    if not near:
        near = {word for word in terms if word in _outcomes()}
    return words, predicate, frozenset(_outcomes()[word] for word in near if word)


def same_point(left: Passage, a: Measure, right: Passage, b: Measure) -> bool:
    """Whether two figures stand at the same point: one fate of people, or one noun and what is said of it."""
    ours, predicate, fates = said(left, a)
    theirs, other, others = said(right, b)
    if min(a.middle, b.middle) * WIDE < max(a.middle, b.middle) and not (vague(a) or vague(b)):
        return False
    if whole(left, a) != whole(right, b):
        return False
    if a.unit in ("year", "month", "day", "hour", "minute") and min(a.middle, b.middle) * SPELL < max(
        a.middle, b.middle
    ):
        return False
    if a.unit == "age" and not (predicate == other and len(ours & theirs) >= 3):
        return False
    shared = len(ours & theirs)
    if a.unit == "people" and not (_one_kind(a, b) or (predicate == other and shared >= 2)):
        return False
    if a.unit == "people" and _near_and_many(a, b):
        return True
    if a.unit == "people" and b.unit == "people" and (fates or others):
        return bool(fates & others) and (len(fates) == len(others) == 1 or fates == others)
    same_noun = a.what is not None and (a.what == b.what or bool(a.unit != "people" and a.words & b.words))
    if same_noun:
        return predicate == other or shared >= 1
    if a.unit == "people" or a.unit is None:
        return predicate == other and shared >= 1
    return shared >= 2 or (predicate == other and shared >= 1)


def _one_kind(a: Measure, b: Measure) -> bool:
    """Whether two counts of people may be of the same people: one noun, general ones, or close values."""
    one, other = a.what or "people", b.what or "people"
    if one == other or one.endswith(other) or other.endswith(one) or {one, other} <= GENERAL:
        return True
    close = max(a.middle, b.middle) <= 1.25 * min(a.middle, b.middle)
    return close and bool({one, other} & GENERAL)


def _near_and_many(a: Measure, b: Measure) -> bool:
    """Whether both count thousands and lie within a quarter of each other: such figures seldom meet by chance."""
    least, most = sorted((a.middle, b.middle))
    return least >= 1000 and most <= 1.25 * least


def judge(left: Passage, a: Measure, right: Passage, b: Measure) -> tuple[str, str, str] | None:
    """Relation, cue and note; None where the two say one thing."""
    growing = said(left, a)[2] & said(right, b)[2] & _GROWING
    risen = _RISEN.search(_before(left, a)) or _RISEN.search(_before(right, b))
    waning = said(left, a)[2] & said(right, b)[2] & _WANING and _apart(left, right)
    told = not (vague(a) or vague(b)) and a.middle != b.middle
    near = max(a.middle, b.middle) <= GROWTH * min(a.middle, b.middle)
    newer = _newer(left, a, right, b)
    if told and (risen or waning or (growing and near and newer)):
        later = waning or newer
        note = "the later telling has the newer figure" if later else "one tells that the figure rose"
        return "update", "update", note
    if _on_top(left, a) != _on_top(right, b):
        return TOP
    if compatible(a, b):
        if a.exact and b.exact:
            return None
        return "granularity", "granular", "one tells it more exactly, and both can hold"
    if _partial(left, a) != _partial(right, b):
        return "scope", "scope", "one counts a part of the other"
    if growing and not _one_day(left, right):
        return "update", "growing", "a count that grows while it is being reported"
    if max(a.middle, b.middle) > CLOSE * min(a.middle, b.middle):
        return None
    return "contradiction", "apart", "both cannot hold of the same count"


def vague(measure: Measure) -> bool:
    """Whether only the order of magnitude is told: `dozens`, `several`."""
    amount = measure.amount
    return amount.high is None and amount.approximate and amount.text.lower() in VAGUE


def whole(passage: Passage, measure: Measure) -> bool:
    """Whether the figure is the whole that another is a part of: `of the 276 girls`."""
    return re.search(r"\b[Oo]f(?: the| those| these)?$", _before(passage, measure)) is not None


def _partial(passage: Passage, measure: Measure) -> bool:
    """Whether the figure is a part of a whole told beside it: `50 of the girls`."""
    return passage.article.text.startswith(" of ", measure.amount.end)


def _before(passage: Passage, measure: Measure) -> str:
    return passage.article.text[max(passage.start, measure.amount.start - 24) : measure.amount.start].rstrip()


def _on_top(passage: Passage, measure: Measure) -> bool:
    """Whether the figure comes on top of another: `an additional 40`, not `7 dead and 40 more hurt`."""
    after = passage.article.text[measure.amount.end : measure.amount.end + 12].split()
    words = [*_before(passage, measure).split()[-1:], *measure.amount.text.split()[:1], *after[:1]]
    return any(word.lower() in _MORE for word in words)


def _apart(left: Passage, right: Passage) -> bool:
    """Whether one article surely appeared on a later day than the other."""
    days = [(p.article.published_earliest, p.article.published_latest) for p in (left, right)]
    (first, last), (other_first, other_last) = days
    if not (first and last and other_first and other_last):
        return False
    return last < other_first or other_last < first


def _one_day(left: Passage, right: Passage) -> bool:
    """Whether both articles surely appeared on one day."""
    days = {d for p in (left, right) for d in (p.article.published_earliest, p.article.published_latest)}
    return len(days) == 1 and None not in days


def _newer(left: Passage, a: Measure, right: Passage, b: Measure) -> bool:
    """Whether one article surely appeared on a later day and tells more of what only grows."""
    one, other = left.article, right.article
    if not (one.published_earliest and one.published_latest and other.published_earliest and other.published_latest):
        return False
    if one.published_latest < other.published_earliest:
        return b.middle > a.middle
    return other.published_latest < one.published_earliest and a.middle > b.middle
