"""Resolvers of what is told from the day of publication or from the narrative's last date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from rashomon.annotate.times import calendar_dates, lexicon, numbers, periods, tense
from rashomon.annotate.times.meaning import Meaning, Moment, meant, modifier
from rashomon.annotate.times.periods import Period
from rashomon.annotate.times.recognise import Expression

_GRAIN = {"2W": "W", "TS": "D", "TM": "D", "TH": "D"}  # the grain in which a unit is told; others are their own
_FROM_NARRATIVE = frozenset({"the next", "the following", "following", "the previous", "that", "the same", "preceding",
                             "the preceding", "prior", "the prior"})  # fmt: skip
_UP_TO_NOW = frozenset({"the past", "past", "this past", "the last"})  # `the past week` may reach to today
_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_AHEAD = frozenset({"next", "following", "coming", "upcoming"})


def _steps(which: str) -> int:
    last = which.split()[-1] if which else ""
    return -1 if last in _BACK else 1 if last in _AHEAD else 0


def _part(words: str) -> str:
    """The TIMEX3 suffix of a part of a day or of a named hour."""
    classes = lexicon.entries().get(words, {})
    return "T" + (classes.get("DAYPART") or classes.get("HOURNAME") or "XX")


def _on_weekday(number: int, which: str, direction: str, moment: Moment) -> dt.date:
    """The day meant by a weekday's name (1 Monday … 7 Sunday)."""
    start = moment.narrative if which in _FROM_NARRATIVE else moment.today
    ahead = (number - start.isoweekday()) % 7
    if which == "this":
        return start + dt.timedelta(ahead if direction != tense.PAST else ahead - 7 if ahead else 0)
    steps = _steps(which)
    if steps > 0 or (steps == 0 and direction == tense.FUTURE):
        return start + dt.timedelta(ahead or (7 if steps else 0))
    return start - dt.timedelta((-ahead) % 7 or (7 if steps else 0))


def weekday(expression: Expression, moment: Moment) -> Meaning:
    """`Monday`, `last Friday`, `Tuesday night`, `the following Sunday`."""
    parts = expression.parts
    number = int(lexicon.value(parts["weekday"], "WEEKDAY"))
    day = _on_weekday(number, parts.get("which", ""), expression.direction, moment)
    return meant(periods.day(day), suffix=_part(parts["part"]) if "part" in parts else "")


def any_weekday(expression: Expression, value: str) -> str:
    """The value of a weekday of an unknown week, with the time of day that `value` has."""
    number = lexicon.value(expression.parts["weekday"], "WEEKDAY")
    return f"XXXX-WXX-{number}" + (value[value.index("T") :] if "T" in value else "")


def _lasting(period: Period, words: str, today: dt.date) -> Meaning:
    """A period cut off at today by `earlier` or `later` (`earlier this month`), if today is in it."""
    whole = meant(period, words)
    first_word = words.split()[:1]
    if first_word == ["earlier"] and period.first <= today <= period.last:
        return Meaning(whole.type, whole.value, period.first, today, period)
    if first_word == ["later"] and period.first <= today <= period.last:
        return Meaning(whole.type, whole.value, today, period.last, period)
    return whole


def _year_before(moment: Moment) -> Meaning:
    """`a year earlier`: the year before, or the same quarter of it where the article tells of a quarter."""
    told = moment.by_grain.get("Q")
    if told:
        return replace(meant(periods.around("Q", told.first, -4)), aside=True)
    return replace(meant(periods.around("Y", moment.narrative, -1)), aside=True)


def unit(expression: Expression, moment: Moment) -> Meaning:
    """`last month`, `this week`, `the same day`, `the following year`, `this morning`, `the quarter`."""
    parts = expression.parts
    which = parts.get("which", "this")
    if which.startswith(("year -", "a year")):
        return Meaning("DURATION", "P9M") if "nine" in parts.get("unit", "") else _year_before(moment)
    if parts.get("mod") == "end":
        return meant(periods.around("Y", moment.today, 0), "end")
    narrative = which in _FROM_NARRATIVE
    if "part" in parts or "unit" not in parts:
        day = (moment.narrative_day if narrative else moment.today) + dt.timedelta(_steps(which))
        return meant(periods.day(day), suffix=_part(parts.get("part", "")) if "part" in parts else "TXX")
    grain = "Q" if parts["unit"] == "period" else numbers.unit(parts["unit"])
    grain = _GRAIN.get(grain, grain)
    start = moment.narrative if narrative and (grain == "D" or which != "the next") else moment.today
    if which in ("the", "the latest") and grain == "Q" and grain in moment.by_grain:
        return _lasting(moment.by_grain[grain], parts.get("mod", ""), moment.today)
    period = periods.around(grain, start, _steps(which))
    if which in _UP_TO_NOW and period.last < moment.today:
        return replace(meant(period), last=moment.today)
    mod = parts.get("mod", "")
    over = periods.third(period, modifier(mod)).last < moment.today
    if over and which == "the" and expression.direction == tense.FUTURE:
        period = periods.around(grain, start, 1)  # what will be at the beginning of the year is of the next one
    return _lasting(period, mod, moment.today)


def week_of(expression: Expression, moment: Moment) -> Meaning:
    """`the week of March 6`."""
    day = calendar_dates.date(expression, moment)
    return meant(periods.week(day.first or moment.today))


def weekend(expression: Expression, moment: Moment) -> Meaning:
    """`the weekend`: the last one, or the one to come where the tense looks forward."""
    future = expression.direction == tense.FUTURE or moment.today.isoweekday() >= 6
    return meant(periods.around("WE", moment.today, 0 if future else -1))


def ago(expression: Expression, moment: Moment) -> Meaning:
    """`two years ago`, `a day earlier`, `three weeks later`, `the day before`."""
    parts = expression.parts
    shift = parts["shift"]
    if "vague" in parts:
        return Meaning("DATE", "FUTURE_REF" if shift == "later" else "PAST_REF")
    name = numbers.unit(parts["unit"])
    number = numbers.count(parts["count"]) if "count" in parts else 1.0
    forward = shift in ("later", "after", "hence", "from now")
    start = moment.today if shift in ("ago", "hence", "from now") else moment.narrative
    if number is None:
        return Meaning("DATE", "FUTURE_REF" if forward else "PAST_REF")
    if name.startswith("T"):
        return _hours(number, name, forward, start)
    if number != int(number) and name == "Y":
        number, name = number * 12, "M"
    about = parts.get("about", "")
    if name in ("E", "C"):  # a decade ago is some ten years ago, not the decade before
        number, name, about = number * (10 if name == "E" else 100), "Y", about or "about"
    if name == "Y" and number == 1 and not forward and "Q" in moment.by_grain:
        return _year_before(moment)
    steps = round(number * (2 if name == "2W" else 1)) * (1 if forward else -1)
    period = periods.around(_GRAIN.get(name, name), start, steps)
    return _counted(period, start, abs(steps), about)


_LENGTH = {"D": 1, "WE": 7, "W": 7, "M": 30.44, "Q": 91.3, "Y": 365.24, "E": 3652.4, "C": 36524}  # days
_ROUGH = 0.2  # how far a rough count may be off: "about five years" is four to six


def _counted(period: Period, start: dt.date, steps: int, about: str) -> Meaning:
    """A period some units away from `start`: the calendar's, and half a unit about the very day, or more if rough.

    Two years before a January may well have been the December before that January.
    """
    unit = _LENGTH[period.grain]
    sign = -1 if period.first < start else 1
    day = start + dt.timedelta(round(sign * steps * unit))
    margin = (
        dt.timedelta(int(unit / 2 + (steps * unit * _ROUGH if about else 0))) if period.grain != "D" or about else None
    )
    if margin is None:
        return meant(period)
    first, last = min(period.first, day - margin), max(period.last, day + margin)
    return Meaning("DATE", period.value, first, last, period)


def _hours(number: float, name: str, forward: bool, start: dt.date) -> Meaning:
    """Some hours or minutes before or after: on that day, or on one as far away as they reach."""
    hours = number * {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1.0}[name]
    reach = dt.timedelta(int(hours // 24) + 1)
    first, last = (start, start + reach) if forward else (start - reach, start)
    return Meaning("TIME", numbers.length(number, name), first, last)


def deictic(expression: Expression, moment: Moment) -> Meaning:
    """`today`, `yesterday`, `tomorrow morning`, `tonight`, `overnight`."""
    word = expression.parts["deictic"]
    steps = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if "beside" in expression.parts:
        steps *= 2
    suffix = _part(expression.parts["part"]) if "part" in expression.parts else ""
    if word in ("tonight", "overnight"):
        suffix = "TNI"
    day = meant(periods.day(moment.today + dt.timedelta(steps)), suffix=suffix)
    if word == "overnight" and day.first:  # the night that ended or the one that began on that day
        return Meaning(day.type, day.value, day.first - dt.timedelta(1), day.last, day.period)
    return day


_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::(?P<second>\d\d))?")


def _time_of_day(words: str) -> str:
    """`T11:30` from `11:30 gmt`, `T16:00` from `4 p.m.`, `T12:00` from `noon`."""
    head = words.split()[0]
    classes = lexicon.entries().get(head, {})
    if "HOURNAME" in classes:
        return "T" + classes["HOURNAME"]
    if re.fullmatch(r"\d{4}", head):
        return f"T{head[:2]}:{head[2:]}"
    told = _HOUR.match(head)
    hour = int(told["hour"]) if told else int(classes.get("NUMWORD", 0))
    minute, second = (told["minute"], told["second"]) if told else (None, None)
    if "in the" in words:
        return f"T{hour % 12 + (0 if words.endswith('morning') else 12):02}:00"
    meridian = next((word[0] for word in words.split()[1:] if re.fullmatch(r"[ap]\.?m\.?", word)), "")
    if meridian:
        hour = hour % 12 + (12 if meridian == "p" else 0)
    return f"T{hour:02}:{minute or '00'}" + (f":{second}" if second else "")


def clock(expression: Expression, moment: Moment) -> Meaning:
    """`11:30 GMT`, `4 p.m. on Friday`, `noon today`, `9 a.m. EST Nov. 9`."""
    parts = expression.parts
    if "month" in parts:
        day = calendar_dates.date(expression, moment).first or moment.today
    elif "weekday" in parts:
        number = int(lexicon.value(parts["weekday"], "WEEKDAY"))
        day = _on_weekday(number, parts.get("which", ""), expression.direction, moment)
    elif "deictic" in parts:
        day = deictic(expression, moment).first or moment.today
    else:
        day = moment.narrative_day
    return meant(periods.day(day), suffix=_time_of_day(parts["clock"]))
