"""Dates and times of day: aligned clauses that put the same happening at different times."""

from __future__ import annotations

import re

from rashomon.compare.candidates import SAME, Aligned, Candidate, merged, side
from rashomon.compare.passages import Passage
from rashomon.compare.status import matched
from rashomon.model.records import Clause, TimeExpression
from rashomon.model.span import Interval

LEAST = 0.15
"""Pairs below this probability of telling the same are not looked at (see benchmarks/results/accounts.md)."""
NARROW = 31
"""Days: two intervals that do not meet contradict each other only where both are this short."""
NEAR_MINUTES = 30
"""Minutes: two times of day so close, one of them vague, are one time told more and less exactly."""
_WHEN = frozenset(
    ["on", "in", "at", "around", "about", "early", "late", "since", "by", "before", "after", "until", "shortly", "just"]
)
"""Words that stand before a time at which the clause happens."""
_CLOCK = re.compile(r"T(\d\d):(\d\d)")


def find(aligned: Aligned) -> list[Candidate]:
    """Differences of kind date, one a point."""
    found = []
    for score, left, right in aligned.pairs(LEAST):
        best = matched(left, right)
        if best is None:
            continue
        one, other = _only(left, best[0]), _only(right, best[1])
        if one is None or other is None:
            continue
        judged = _judge(one, other) if _same_role(left, one) and _same_role(right, other) else None
        if judged is not None:
            relation, cue, note = judged
            sides = (side(left, one.start, one.end), side(right, other.start, other.end))
            about = left.article.text[best[0].predicate_start :].split(maxsplit=1)[0].strip(",.;:!?\"'”’")
            found.append(Candidate("date", relation, about, sides, f"date:{cue}", score, note))
    return merged(found)


def _only(passage: Passage, clause: Clause) -> TimeExpression | None:
    """The one date or time of day that the clause tells."""
    inside = [
        t for t in passage.times if clause.start <= t.start and t.end <= clause.end and t.type in ("DATE", "TIME")
    ]
    return inside[0] if len(inside) == 1 else None


def _same_role(passage: Passage, time: TimeExpression) -> bool:
    """Whether the expression says when the clause happens, and is no part of a noun phrase: `an Oct. 19 meeting`."""
    before = passage.article.text[max(passage.start, time.start - 24) : time.start].split()
    return not before or before[-1].lower().strip(",") in _WHEN or before[-1][-1] in ",.:—–-"


def _explicit(time: TimeExpression) -> bool:
    """Whether the words name a day of a month or a year, and need no day of publication to be read."""
    return any(c.isdigit() for c in time.text)


def _judge(one: TimeExpression, other: TimeExpression) -> tuple[str, str, str] | None:
    clocks = _CLOCK.search(one.value), _CLOCK.search(other.value)
    if clocks[0] and clocks[1]:
        minutes = [int(c[1]) * 60 + int(c[2]) for c in clocks if c]
        apart = abs(minutes[0] - minutes[1])
        if apart == 0:
            return SAME, "same", ""
        if apart <= NEAR_MINUTES:
            return "granularity", "clock", "times of day close to each other"
        return "contradiction", "clock", "other times of day"
    a, b = Interval.iso(one.earliest, one.latest), Interval.iso(other.earliest, other.latest)
    if a is None or b is None:
        return None
    if a == b:
        return SAME, "same", ""
    if a.within(b) or b.within(a):
        return "granularity", "nested", "one tells the day more exactly"
    if " ".join(one.text.lower().split()) == " ".join(other.text.lower().split()):
        return None
    if not a.meets(b) and _explicit(one) and _explicit(other) and a.days <= NARROW and b.days <= NARROW:
        return "contradiction", "apart", "days that do not meet"
    return None
