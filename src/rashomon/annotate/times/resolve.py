"""What time expressions mean, given the day (or the interval of days) of publication.

Every resolver takes an expression and the moment (the day of publication, and the narrative's last date) and gives a
period. Each is monotone: a later day of publication never gives an earlier period. So the resolutions from the first
and the last day of the publication interval bound all that lie between, and a narrower interval gives an interval
inside the wider one's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from rashomon.annotate.times import calendar_dates, relative, spans_of_time
from rashomon.annotate.times.meaning import Meaning, Moment
from rashomon.annotate.times.recognise import Expression
from rashomon.model.records import TimeExpression
from rashomon.model.span import Interval

_RESOLVERS: dict[str, Callable[[Expression, Moment], Meaning]] = {
    "date": calendar_dates.date,
    "iso": calendar_dates.iso,
    "numeric": calendar_dates.numeric,
    "year": calendar_dates.year,
    "years": calendar_dates.years,
    "period": calendar_dates.period,
    "ending": calendar_dates.ending,
    "decade": calendar_dates.decade,
    "century": calendar_dates.century,
    "season": calendar_dates.season,
    "quarter": calendar_dates.quarter,
    "holiday": calendar_dates.holiday,
    "weekday": relative.weekday,
    "unit": relative.unit,
    "week": relative.week_of,
    "weekend": relative.weekend,
    "ago": relative.ago,
    "deictic": relative.deictic,
    "clock": relative.clock,
    "duration": spans_of_time.duration,
    "set": spans_of_time.recurring,
    "ref": spans_of_time.reference,
}
# Far enough apart that whatever depends on the day of publication comes out different.
_ANY_DAY = Interval(dt.date(1400, 1, 1), dt.date(2611, 7, 19))


def _run(expressions: Sequence[Expression], published: dt.date) -> list[Meaning]:
    """The meaning of each expression of one article if it was published on that day."""
    moment = Moment(published)
    meanings = []
    for expression in expressions:
        try:
            meaning = _RESOLVERS[expression.kind](expression, moment)
        except (ValueError, OverflowError):  # beyond the calendar: the 31st of June, six thousand years ago
            meaning = Meaning("DATE", "XXXX")
        meanings.append(meaning)
        moment.told(meaning)
    return meanings


def _common(a: str, b: str) -> str:
    """The value that two values agree on, `X` where they do not."""
    if a == b:
        return a
    a_fields, b_fields = a.split("-"), b.split("-")
    if a.startswith("P") or b.startswith("P") or len(a_fields) != len(b_fields):
        return "XXXX"
    fields = []
    for x, y in zip(a_fields, b_fields, strict=True):
        if x == y:
            fields.append(x)
            continue
        if len(x) != len(y):
            return "XXXX"
        prefix = next(i for i, (c, d) in enumerate(zip(x, y, strict=True)) if c != d)
        kept = x[:prefix] if not fields or x[:prefix] == "W" else ""
        fields.append(kept + "".join("X" if c.isalnum() else c for c in x[len(kept) :]))
    return "-".join(fields)


def _value(expression: Expression, first: Meaning, last: Meaning) -> str:
    if first.value != last.value and expression.kind == "weekday":
        return relative.any_weekday(expression, first.value)
    return _common(first.value, last.value)


def resolve(
    article_id: str, text: str, expressions: Sequence[Expression], published: Interval | None
) -> tuple[TimeExpression, ...]:
    """The records of recognised expressions for a publication interval (None: unknown), in the same order."""
    bounds = published or _ANY_DAY
    firsts = _run(expressions, bounds.earliest)
    lasts = firsts if bounds.days == 1 else _run(expressions, bounds.latest)
    records = []
    for expression, first, last in zip(expressions, firsts, lasts, strict=True):
        earliest = latest = None
        known = published is not None or (first.first, first.last) == (last.first, last.last)
        if known and first.first and first.last and last.first and last.last:
            earliest = min(first.first, last.first).isoformat()
            latest = max(first.last, last.last).isoformat()
        words = text[expression.start : expression.end]
        value = _value(expression, first, last)
        records.append(
            TimeExpression(article_id, expression.start, expression.end, words, first.type, value, earliest, latest)
        )
    return tuple(records)
