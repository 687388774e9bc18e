"""Resolvers of lengths of time, of what recurs, and of words that point without a date (`now`, `recently`)."""

from __future__ import annotations

import datetime as dt

from rashomon.annotate.times import lexicon, numbers, periods
from rashomon.annotate.times.meaning import Meaning, Moment
from rashomon.annotate.times.recognise import Expression

_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_REFERENCES = {"recent": "PAST_REF", "past": "PAST_REF", "future": "FUTURE_REF", "as soon as possible": "FUTURE_REF"}


RECENT = 10  # how many units `recent weeks` may reach back: ten or more of them have a coarser unit


def _reaching(number: float, name: str, back: bool, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days of `the past two years` or `the next three weeks`: from today backwards or forwards."""
    if name.startswith("T"):
        return None
    grain, steps = ("W", number * 2) if name == "2W" else (name, number)
    if grain == "D":
        other = today + dt.timedelta(-int(steps) if back else int(steps))
    elif grain in ("W", "WE"):
        other = today + dt.timedelta(-int(7 * steps) if back else int(7 * steps))
    else:
        end = periods.around(grain, today, -int(steps) if back else int(steps))
        other = end.first if back else end.last
    return (other, today) if back else (today, other)


def duration(expression: Expression, moment: Moment) -> Meaning:
    """`three years`, `two-day`, `the past two months`, `recent weeks`; only the latter two kinds mean days."""
    parts = expression.parts
    which = parts.get("which", "").split()[-1:]
    number = numbers.count(parts["count"]) if "count" in parts else 0.0 if "half" in parts else None
    if "half" in parts and number is not None:
        number += 0.5
    name = numbers.unit(parts["unit"])
    value = numbers.length(number, name)
    if which == ["recent"]:
        days = _reaching(RECENT, name, True, moment.today)
        return Meaning("DATE", "PAST_REF", *days) if days else Meaning("DATE", "PAST_REF")
    if which and number is None and "count" not in parts:
        return Meaning("DATE", "PAST_REF" if which[0] in _BACK else "FUTURE_REF")
    days = _reaching(number, name, which[0] in _BACK, moment.today) if which and number is not None else None
    if days is None:
        return Meaning("DURATION", value)
    return Meaning("DURATION", value, days[0], days[1])


def recurring(expression: Expression, moment: Moment) -> Meaning:
    """`every Monday`, `weekly`, `every two years`, `twice a month`."""
    parts = expression.parts
    if "adverb" in parts:
        return Meaning("SET", lexicon.value(parts["adverb"], "SETWORD"))
    if "weekday" in parts:
        classes = lexicon.entries()[parts["weekday"]]
        number = classes.get("WEEKDAY") or classes["WEEKDAYS"]
        named = lexicon.entries().get(parts.get("part", ""), {})
        part = named.get("DAYPART") or named.get("DAYPARTS", "")
        return Meaning("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    if "month" in parts:
        return Meaning("SET", f"XXXX-{int(lexicon.value(parts['month'], 'MONTH')):02}")
    if "part" in parts:
        return Meaning("SET", "XXXX-XX-XXT" + lexicon.value(parts["part"], "DAYPART"))
    number_told = 2.0 if parts.get("count") == "other" else numbers.count(parts.get("count", "one"))
    return Meaning("SET", numbers.length(number_told, numbers.unit(parts["unit"])))


def reference(expression: Expression, moment: Moment) -> Meaning:
    """`now`, `recently`, `soon`, `the future`: a value, no days."""
    word = expression.parts["ref"]
    for name in ("PASTWORD", "FUTUREWORD"):
        if name in lexicon.entries().get(word, {}):
            return Meaning("DATE", lexicon.value(word, name))
    return Meaning("DATE", _REFERENCES.get(word, "PRESENT_REF"))
