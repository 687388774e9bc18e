"""Resolvers of what the calendar names: dates, months, years, decades, seasons, quarters, holidays."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from rashomon.annotate.times import holidays, lexicon, periods, tense
from rashomon.annotate.times.meaning import Meaning, Moment, full_year, meant
from rashomon.annotate.times.periods import Period
from rashomon.annotate.times.recognise import Expression

# How many times farther a date against the tense of its sentence must be the nearer one to be chosen all the same.
AGAINST_TENSE_DAY = 3.0
AGAINST_TENSE_MONTH = 4.0
_YEARS_AROUND = 12  # a date's weekday comes round within 11 years, save around centuries that are no leap years


def _ordinal(words: str) -> int:
    for word in words.split():
        classes = lexicon.entries().get(word, {})
        if "ORDWORD" in classes:
            return int(classes["ORDWORD"])
    digits = re.match(r"\d+", words)
    if not digits:
        raise ValueError(words)
    return int(digits[0])


def _which_year(parts: dict[str, str], moment: Moment) -> int | None:
    """The year told, in figures or as `last year`; None if none is."""
    if "year" in parts:
        return full_year(parts["year"])
    match parts.get("which", "").split()[-1:]:
        case ["last"]:
            return moment.today.year - 1
        case ["next"]:
            return moment.today.year + 1
        case ["this"]:
            return moment.today.year
        case ["that"] | ["same"]:
            return moment.narrative.year
        case _:
            return None


def _day_of(year: int, month: int, number: int) -> Period | None:
    try:
        return periods.day(dt.date(year, month, number))
    except ValueError:
        return None


def _without_year(parts: dict[str, str], month: int, number: int, expression: Expression, moment: Moment) -> Period:
    """The day of a month that is meant: the weekday told must agree, then the nearest as the tense says."""
    years = range(moment.today.year - _YEARS_AROUND, moment.today.year + _YEARS_AROUND + 1)
    days = [day for year in years if (day := _day_of(year, month, number))]
    if "weekday" in parts:
        weekday = int(lexicon.value(parts["weekday"], "WEEKDAY"))
        days = [day for day in days if day.first.isoweekday() == weekday] or days
    return periods.nearest(days, moment.today, expression.direction, AGAINST_TENSE_DAY)


def _month_number(word: str) -> int:
    classes = lexicon.entries()[word]
    return int(classes.get("MONTH") or classes["SHORTMONTH"])


def date(expression: Expression, moment: Moment) -> Meaning:
    """A day of a month, a month, or a run of either, with or without its year."""
    parts = expression.parts
    if "month" not in parts:
        return _day_of_this_month(expression, moment)
    month = _month_number(parts["month"])
    if "day" not in parts:
        return _month(expression, month, moment)
    number, year = _ordinal(parts["day"]), _which_year(parts, moment)
    if "tens" in parts:
        number += int(lexicon.value(parts["tens"], "TENS"))
    if year is None:
        first = _without_year(parts, month, number, expression, moment)
    else:
        first = periods.day(dt.date(year, month, number))
    if "dayto" in parts:
        last = first.first.replace(day=_ordinal(parts["dayto"]))
        value = f"{first.value}/{last.isoformat()}"
        return Meaning("DATE", value, first.first, max(first.first, last), first)
    return meant(first)


def _day_of_this_month(expression: Expression, moment: Moment) -> Meaning:
    """`Monday the 5th`: the nearest such day."""
    number, weekday = _ordinal(expression.parts["day"]), int(lexicon.value(expression.parts["weekday"], "WEEKDAY"))
    first = moment.today.year * 12 + moment.today.month - 1 - 14
    months = [divmod(index, 12) for index in range(first, first + 29)]
    days = [day for year, month in months if (day := _day_of(year, month + 1, number))]
    fitting = [day for day in days if day.first.isoweekday() == weekday]
    return meant(periods.nearest(fitting, moment.today, expression.direction, AGAINST_TENSE_DAY))


def _month(expression: Expression, number: int, moment: Moment) -> Meaning:
    parts, today = expression.parts, moment.today
    which = parts.get("which", "")
    near = [periods.month(year, number) for year in range(today.year - 2, today.year + 3)]
    if "year" in parts or "ofyear" in parts:
        period = periods.month(_which_year(parts, moment) or today.year, number)
    elif which.startswith("last") or which.endswith("past"):
        period = max((m for m in near if m.last < today.replace(day=1)), key=lambda m: m.first)
    elif which.startswith("next") or which.endswith("coming"):
        period = min((m for m in near if m.first > today), key=lambda m: m.first)
    elif which:
        period = periods.month(today.year, number)
    else:
        period = periods.nearest(near, today, expression.direction, AGAINST_TENSE_MONTH)
    if "monthto" in parts:
        end = _month_number(parts["monthto"])
        last = periods.month(period.first.year + (end < number), end)
        return Meaning("DATE", f"{period.value}/{last.value}", period.first, last.last, period)
    return meant(period, parts.get("mod", ""))


def iso(expression: Expression, moment: Moment) -> Meaning:
    """`2022-12-19`."""
    return meant(periods.day(dt.date.fromisoformat(expression.parts["iso"])))


def numeric(expression: Expression, moment: Moment) -> Meaning:
    """`19/12/2022`, `12/19/22`, `19.12.2022`; where it can be read both ways with slashes, the days of both."""
    a, b, year_words = re.split(r"[/.]", expression.parts["numeric"])
    year, first, second = full_year(year_words), int(a), int(b)
    if first > 12 or "." in expression.parts["numeric"]:
        return meant(periods.day(dt.date(year, second, first)))
    if second > 12 or first == second:
        return meant(periods.day(dt.date(year, first, second)))
    days = sorted((dt.date(year, first, second), dt.date(year, second, first)))
    return Meaning("DATE", f"{year}-XX-XX", days[0], days[1])


def year(expression: Expression, moment: Moment) -> Meaning:
    """`2023`, `early 2023`, `fiscal 1989`."""
    return meant(periods.year(full_year(expression.parts["year"])), expression.parts.get("mod", ""))


def period(expression: Expression, moment: Moment) -> Meaning:
    """`the 1988 quarter`, `the 2014 period`: of that year, the quarter that was told before.

    The days stay the year's: which quarter was told may hang on the day of publication.
    """
    whole, told = periods.year(full_year(expression.parts["year"])), moment.by_grain.get("Q")
    value = f"{whole.value}-Q{(told.first.month + 2) // 3}" if told else whole.value
    return Meaning("DATE", value, whole.first, whole.last, whole, aside=True)


def ending(expression: Expression, moment: Moment) -> Meaning:
    """`the year` before `ended March 31`: twelve months, up to that day."""
    last = date(expression, moment).last
    if last is None:
        return Meaning("DURATION", "P1Y")
    return Meaning("DURATION", "P1Y", periods.month(last.year, last.month - 11).first, last)


def years(expression: Expression, moment: Moment) -> Meaning:
    """`2014-2016`, `1988-90`."""
    first = full_year(expression.parts["year"])
    told = expression.parts["yearto"]
    last = int(str(first)[: 4 - len(told)] + told) if len(told) < 4 else int(told)
    if last <= first:
        raise ValueError(f"{first}-{last}")
    end = periods.year(last)
    return Meaning("DATE", f"{first}/{last}", periods.year(first).first, end.last, end)


def decade(expression: Expression, moment: Moment) -> Meaning:
    """`the 1990s`, `the '80s`, `the nineties`."""
    word = expression.parts["decade"]
    known = lexicon.entries().get(word, {}).get("DECADEWORD")
    digits = re.sub(r"\D", "", word)
    start = int(known) if known else full_year(digits)
    return meant(periods.decade(start), expression.parts.get("mod2") or expression.parts.get("mod", ""))


def century(expression: Expression, moment: Moment) -> Meaning:
    """`the 20th century`."""
    number = _ordinal(expression.parts["ord"])
    return meant(periods.century(number), expression.parts.get("mod2") or expression.parts.get("mod", ""))


def season(expression: Expression, moment: Moment) -> Meaning:
    """`last summer`, `the fall of 1998`, `winter`."""
    parts, today = expression.parts, moment.today
    name = lexicon.value(parts["season"], "SEASON")
    near = [periods.season(year, name) for year in range(today.year - 2, today.year + 3)]
    which = parts.get("which", "").split()[-1:]
    if "year" in parts:
        period = periods.season(full_year(parts["year"]), name)
    elif "ofyear" in parts:
        period = periods.season(_which_year(parts, moment) or today.year, name)
    elif which in (["last"], ["past"], ["previous"]):
        period = max((s for s in near if s.last < today), key=lambda s: s.first)
    elif which in (["next"], ["coming"]):
        period = min((s for s in near if s.first > today), key=lambda s: s.first)
    else:
        period = periods.nearest(near, today, expression.direction, AGAINST_TENSE_MONTH)
    return meant(period, parts.get("mod", ""))


def quarter(expression: Expression, moment: Moment) -> Meaning:
    """`the third quarter`, `the first half of 2015`, `Q3 2015`."""
    parts, today = expression.parts, moment.today
    if parts.get("unit") == "quarters":  # the first two
        parts = parts | {"unit": "half"}
    number = int(parts["qname"][1]) if "qname" in parts else 2 if parts["ord"] == "last" else _ordinal(parts["ord"])
    make, most = (periods.half, 2) if parts.get("unit") == "half" else (periods.quarter, 4)
    if not 1 <= number <= most:
        raise ValueError(number)
    year = _which_year(parts, moment)
    if year is not None:
        return meant(make(year, number))
    near = [make(year, number) for year in range(today.year - 2, today.year + 3)]
    nearest = meant(periods.nearest(near, today, expression.direction, AGAINST_TENSE_MONTH))
    return replace(nearest, aside=expression.direction == tense.FUTURE)  # figures are told of quarters that are over


def holiday(expression: Expression, moment: Moment) -> Meaning:
    """`Christmas`, `New Year's Eve`, `Thanksgiving Day`: of the year told, or the nearest as the tense says."""
    parts = expression.parts
    name, eve, year = parts["holiday"], "eve" in parts, _which_year(parts, moment)
    if year is not None:
        return meant(periods.day(holidays.day(name, year, eve)))
    near = [periods.day(holidays.day(name, y, eve)) for y in range(moment.today.year - 2, moment.today.year + 3)]
    return meant(periods.nearest(near, moment.today, expression.direction, AGAINST_TENSE_DAY))
