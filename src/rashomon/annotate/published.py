"""The interval of days in which an article was published, told from its own words alone.

Nothing but the text is used: a line that says when it was published, the copyright year, and the dates that the story
tells as past. An article tells what is fresh: the latest day or year that it tells as past lies close before its
publication. The widths below were chosen on development articles so that the true day lies inside for nine in ten
(benchmarks/results/published.json); where there is nothing to go by, the answer is None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.annotate.times import Expression, recognise, resolve, tense
from rashomon.model.records import Block
from rashomon.model.span import Interval, Span

_ANCHORED = frozenset({"date", "iso", "numeric", "clock", "year", "quarter", "season"})
_PUBLISHED_LINE = re.compile(r"\b(?:published|posted|updated|first published|last modified|date)\b[\s:|on]*$", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,30}?\b(20\d\d|19\d\d)\b(?:\s?[-–]\s?(20\d\d))?", re.I)
_FILE_PICTURE = re.compile(r"\bfile\b|\barchive\b|\bborn\b", re.I)
SLACK_DAY = 45  # days after the latest full date told as past
SLACK_YEAR = 366  # days after the end of the latest year told as past


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: the days it can be, the likeliest of them, where that is from, and why."""

    interval: Interval
    best: dt.date | None
    basis: str  # text, context
    evidence: str  # one sentence that quotes the words or names the articles used


@dataclass(frozen=True, slots=True)
class _Told:
    """A date with its year told somewhere in the article."""

    interval: Interval
    words: str
    direction: str
    role: str
    before: str  # the words of its line in front of it


def _told(text: str, blocks: Sequence[Block]) -> list[_Told]:
    """Every date or year that is told in full, in reading order."""
    told = []
    for block in blocks:
        expressions = [e for e in recognise(text, [Span(block.start, block.end)]) if e.kind in _ANCHORED]
        for expression, time in zip(expressions, resolve("", text, expressions, None), strict=True):
            interval = Interval.iso(time.earliest, time.latest)
            if interval is not None:
                line = text.rfind("\n", 0, expression.start) + 1
                before = text[max(line, expression.start - 60) : expression.start]
                told.append(_Told(interval, time.text, _direction(expression), block.role, before))
    return told


def _direction(expression: Expression) -> str:
    return expression.direction


def _published_line(told: Sequence[_Told]) -> Published | None:
    """From a line such as `Published: 3 May 2022`."""
    for item in told:
        if item.interval.days == 1 and item.role != "comment" and _PUBLISHED_LINE.search(item.before):
            day = item.interval.earliest
            words = f"{item.before.strip()[-30:]} {item.words}".strip()
            interval = Interval(day - dt.timedelta(1), day + dt.timedelta(1))
            return Published(interval, day, "text", f"A line of the page says “{words}”.")
    return None


def _copyright(text: str) -> tuple[int, str] | None:
    """The latest copyright year of the page, with its words."""
    found = [(int(m[2] or m[1]), " ".join(m.group().split())) for m in _COPYRIGHT.finditer(text)]
    return max(found, default=None)


def _latest(told: Sequence[_Told], most: int) -> _Told | None:
    """The latest date of at most `most` days that is told as past, outside comments and pictures from the files."""
    fitting = [
        item
        for item in told
        if item.interval.days <= most
        and item.direction != tense.FUTURE
        and item.role not in ("comment", "furniture")
        and not _FILE_PICTURE.search(item.before)
    ]
    return max(fitting, key=lambda item: (item.interval.latest, item.interval.earliest), default=None)


def from_words(text: str, blocks: Sequence[Block]) -> Published | None:
    """The publication interval that the article's own words allow, or None where they tell too little."""
    told = _told(text, blocks)
    line = _published_line(told)
    if line:
        return line
    return _from_story(told, _copyright(text))


def _from_story(told: Sequence[_Told], owned: tuple[int, str] | None) -> Published | None:
    day, year = _latest(told, 1), _latest(told, 366)
    bounds = Interval(dt.date(owned[0], 1, 1), dt.date(owned[0], 12, 31)) if owned else None
    if day and (year is None or year.interval.earliest <= day.interval.latest):
        first = day.interval.latest
        interval = Interval(first, first + dt.timedelta(SLACK_DAY))
        if bounds is None or interval.meets(bounds):
            why = f"The latest day that the story tells as past is “{day.words}”."
            return Published((bounds and interval.common(bounds)) or interval, first, "text", why)
    if bounds and owned:
        return Published(bounds, None, "text", f"The page says “{owned[1]}”.")
    if year and year.interval.days > 1:
        first = year.interval.earliest
        interval = Interval(first, year.interval.latest + dt.timedelta(SLACK_YEAR))
        return Published(interval, None, "text", f"The latest time that the story tells as past is “{year.words}”.")
    return None
