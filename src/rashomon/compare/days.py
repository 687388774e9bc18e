"""Dates and times of day in clauses that meet, and times of day near each other anywhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from rashomon.compare.candidates import SAME, Candidate, side
from rashomon.compare.lexicon import alike
from rashomon.compare.passages import Passage
from rashomon.compare.scene import Scene
from rashomon.model.records import TimeExpression
from rashomon.model.span import Interval

NARROW = 31
"""Days: two intervals that do not meet contradict each other only where both are this short."""
NEAR_MINUTES = 30
"""Minutes: two times of day so close, one of them vague, are one time told more and less exactly."""
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
_HOUR = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}(?=\s?(?:[ap]\.?m\b|o['’]clock\b))", re.IGNORECASE)
VERBS = 0.4
"""Least cosine of two verbs' word vectors that may tell one act."""
_SEASON = re.compile(r"-(?:SP|SU|FA|WI)$")
_NAME = re.compile(r" [A-Z]\w")
_TYPES = ("DATE", "TIME")


def find(scene: Scene) -> list[Candidate]:
    """Differences of kind date, a pair of sides each."""
    return [*_met(scene), *_clocks(scene)]


def _met(scene: Scene) -> Iterator[Candidate]:
    for meeting in scene.meetings:
        if alike(meeting.left.clause.predicate, meeting.right.clause.predicate) < VERBS:
            continue
        ours, theirs = (
            [
                t
                for t in u.passage.times
                if t.type in _TYPES and u.clause.start <= t.start and t.end <= u.clause.end and not _named(u.passage, t)
            ]
            for u in (meeting.left, meeting.right)
        )
        for one, other in itertools.product(ours, theirs):
            told = judge(one, other)
            if told is None or told[0] == SAME:
                continue
            yield _pair((meeting.left.passage, one), (meeting.right.passage, other), told, meeting.aligned)


def _named(passage: Passage, time: TimeExpression) -> bool:
    """Whether a season begins a name: `Winter Palace`."""
    return bool(_SEASON.search(time.value) and _NAME.match(passage.article.text, time.end))


def _pair(
    one: tuple[Passage, TimeExpression],
    other: tuple[Passage, TimeExpression],
    told: tuple[str, str, str],
    score: float,
) -> Candidate:
    sides = (side(one[0], one[1].start, one[1].end), side(other[0], other[1].start, other[1].end))
    return Candidate("date", told[0], one[1].text, sides, f"moment:{told[1]}", score, told[2])


def _clocks(scene: Scene) -> Iterator[Candidate]:
    """Times of day near each other, wherever in the event's articles they stand."""
    told = [(p, t) for p in scene.aligned.passages for t in p.times if t.type == "TIME" and minutes(t) is not None]
    for (left, one), (right, other) in itertools.combinations(told, 2):
        a, b = minutes(one), minutes(other)
        if left.origin == right.origin or a is None or b is None or not 0 < abs(a - b) <= NEAR_MINUTES:
            continue
        if _other_days(one, other):
            continue
        score = float(scene.aligned.scores[left.index, right.index])
        if a % 60 == 0 or b % 60 == 0:
            yield _pair((left, one), (right, other), ("granularity", "hour", "times of day close to each other"), score)
        else:
            yield _pair((left, one), (right, other), ("contradiction", "minute", "other times of day"), score)


def _explicit(time: TimeExpression) -> bool:
    """Whether the words name a day of a month or a year, and need no day of publication to be read."""
    return any(c.isdigit() for c in _HOUR.sub("", time.text))


def _other_days(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether the days of both are known and apart."""
    a, b = (Interval.iso(t.earliest, t.latest) for t in (one, other))
    return a is not None and b is not None and not a.meets(b)


def judge(one: TimeExpression, other: TimeExpression) -> tuple[str, str, str] | None:
    """Relation, cue and note of two dates or times of day; None where they tell no difference."""
    clocks = _CLOCK.search(one.value), _CLOCK.search(other.value)
    if clocks[0] and clocks[1] and not _other_days(one, other):
        told = [int(c[1]) * 60 + int(c[2]) for c in clocks if c]
        apart = abs(told[0] - told[1])
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


def minutes(time: TimeExpression) -> int | None:
    """Minutes since midnight; None where no time of day is told."""
    clock = _CLOCK.search(time.value)
    return int(clock[1]) * 60 + int(clock[2]) if clock else None
