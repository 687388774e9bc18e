"""Calendar periods: days, weeks, months and so on, with their TIMEX3 values and their first and last days."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rashomon.annotate.times import tense

ORDER = ("D", "WE", "W", "M", "Q", "H", "S", "Y", "E", "C")  # grains, fine to coarse
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; the northern, meteorological ones
_PARTS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}  # thirds of a period, from and to


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its grain, its first and last days, its TIMEX3 value."""

    grain: str
    first: dt.date
    last: dt.date
    value: str


def day(date: dt.date) -> Period:
    """One day."""
    return Period("D", date, date, date.isoformat())


def week(date: dt.date) -> Period:
    """The week, from Monday, that holds `date`."""
    first = date - dt.timedelta(date.weekday())
    year, number, _ = date.isocalendar()
    return Period("W", first, first + dt.timedelta(6), f"{year}-W{number:02}")


def weekend(date: dt.date) -> Period:
    """Saturday and Sunday of the week that holds `date`."""
    whole = week(date)
    return Period("WE", whole.last - dt.timedelta(1), whole.last, whole.value + "-WE")


def months(year: int, month: int, count: int, grain: str, value: str) -> Period:
    """`count` months from the first of `month` (1..12, or beyond: it runs on into the next years)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end = year * 12 + month - 1 + count - 1
    last_year, last_month = end // 12, end % 12 + 1
    last = dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Period(grain, dt.date(year, month, 1), last, value)


def month(year: int, number: int) -> Period:
    """One month; `number` may run beyond 1..12."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return months(year, number, 1, "M", f"{year:04}-{number:02}")


def quarter(year: int, number: int) -> Period:
    """A quarter of a calendar year; `number` may run beyond 1..4."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return months(year, 3 * number - 2, 3, "Q", f"{year:04}-Q{number}")


def half(year: int, number: int) -> Period:
    """A half of a calendar year; `number` may run beyond 1..2."""
    year, number = year + (number - 1) // 2, (number - 1) % 2 + 1
    return months(year, 6 * number - 5, 6, "H", f"{year:04}-H{number}")


def season(year: int, name: str) -> Period:
    """A season (SP, SU, FA, WI); the winter of a year begins in its December."""
    return months(year, _SEASONS[name], 3, "S", f"{year:04}-{name}")


def year(number: int) -> Period:
    """A calendar year."""
    return months(number, 1, 12, "Y", f"{number:04}")


def decade(start: int) -> Period:
    """The ten years from `start`, a multiple of ten."""
    return months(start, 1, 120, "E", f"{start // 10:03}")


def century(number: int) -> Period:
    """The `number`-th century: the 20th runs from 1900, as people say, to 1999."""
    return months(100 * (number - 1), 1, 1200, "C", f"{number - 1:02}")


def around(grain: str, date: dt.date, steps: int) -> Period:
    """The period of that grain `steps` after (before, if negative) the one that holds `date`.

    ValueError or OverflowError if that lies outside the years 1 to 9999.
    """
    match grain:
        case "D":
            return day(date + dt.timedelta(steps))
        case "W":
            return week(date + dt.timedelta(7 * steps))
        case "WE":
            return weekend(date + dt.timedelta(7 * steps))
        case "M":
            return month(date.year, date.month + steps)
        case "Q":
            return quarter(date.year, (date.month + 2) // 3 + steps)
        case "H":
            return half(date.year, (date.month + 5) // 6 + steps)
        case "E":
            return decade((date.year // 10 + steps) * 10)
        case "C":
            return century(date.year // 100 + 1 + steps)
        case _:
            return year(date.year + steps)


def third(period: Period, part: str) -> Period:
    """The early, mid or late third of a period that is longer than a day; the value stays the whole's."""
    length = (period.last - period.first).days
    if part not in _PARTS or length < 2:
        return period
    start, end = _PARTS[part]
    first = period.first + dt.timedelta(length * start // 3)
    return replace(period, first=first, last=period.first + dt.timedelta(-(-length * end // 3)))


def nearest(candidates: Iterable[Period], today: dt.date, direction: str, weight: float) -> Period:
    """The candidate nearest to `today`, a distance against the direction counting `weight` times.

    As `today` moves on, the choice only moves on (each candidate's cost falls to nothing and rises again), which is
    what makes a resolution from a wider interval hold the one from a narrower. ValueError without candidates.
    """

    def cost(period: Period) -> tuple[float, dt.date]:
        before, after = (today - period.last).days, (period.first - today).days
        if after > 0:
            return after * (weight if direction == tense.PAST else 1.0), period.first
        return max(0, before) * (weight if direction == tense.FUTURE else 1.0), period.first

    return min(candidates, key=cost)
