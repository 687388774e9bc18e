"""An article as a timeline sees it: its sentences, and the days that each of them tells."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.model.records import TimeExpression
from rashomon.model.span import Interval, Span

_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: where it stands, its lower-cased words, and the days that it names."""

    start: int
    end: int
    words: tuple[str, ...]
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story; copies of one text share its `origin_id`."""

    article_id: str
    origin_id: str
    published: Interval | None
    lines: tuple[Line, ...]


def telling(
    ids: tuple[str, str],
    published: Interval | None,
    text: str,
    sentences: Sequence[Span],
    times: Sequence[TimeExpression],
) -> Telling:
    """From an article's `ids` (its own, its origin's), its sentences in order and its time expressions.

    Only expressions that mean one day count; a duration or a recurrence tells no day.
    """
    starts = [s.start for s in sentences]
    days: list[set[dt.date]] = [set() for _ in sentences]
    for time in times:
        place = bisect_right(starts, time.start) - 1
        interval = Interval.iso(time.earliest, time.latest)
        if time.type in ("DATE", "TIME") and place >= 0 and interval and interval.days == 1:
            days[place].add(interval.earliest)
    lines = tuple(
        Line(s.start, s.end, tuple(_WORD.findall(text[s.start : s.end].lower())), tuple(sorted(told)))
        for s, told in zip(sentences, days, strict=True)
    )
    return Telling(*ids, published, lines)
