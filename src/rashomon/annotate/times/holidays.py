"""The day of a feast in a year: fixed ones, those told by a weekday of a month, and Easter."""

from __future__ import annotations

import datetime as dt

_FIXED = {
    "christmas": (12, 25),
    "halloween": (10, 31),
    "valentine": (2, 14),
    "boxing day": (12, 26),
    "new year": (1, 1),
    "independence day": (7, 4),  # of the United States, whose newsrooms say it so without naming a country
}


def _weekday(year: int, month: int, weekday: int, number: int) -> dt.date:
    """The `number`-th weekday (0 Monday) of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def day(name: str, year: int, eve: bool = False) -> dt.date:
    """The day of the named feast in a year, or the day before it; KeyError if it is not known.

    New Year's Eve of a year is its last day.
    """
    if name == "new year" and eve:
        return dt.date(year, 12, 31)
    if name == "thanksgiving":
        date = _weekday(year, 11, 3, 4)
    elif name == "election day":
        date = _weekday(year, 11, 0, 1) + dt.timedelta(1)
    elif name == "easter":
        date = easter(year)
    else:
        date = dt.date(year, *_FIXED[name])
    return date - dt.timedelta(1) if eve else date
