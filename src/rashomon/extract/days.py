"""Written dates of metadata to days: ISO 8601, RFC 2822 and its kin, year and month, seconds since 1970."""

from __future__ import annotations

import calendar
import datetime as dt
import email.utils
import re

from rashomon.model.span import Interval

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T\s].*)?$", re.DOTALL)
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*$")
_SLASHED = re.compile(r"\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\D.*)?$", re.DOTALL)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_WORDS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<month>[A-Za-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})\b"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})\b"),
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")
# News on the web: nothing before the first newspapers' pages, nothing far ahead of any clock.
_FIRST, _LAST = 1900, 2100


def _interval(year: int, month: int, day: int | None) -> Interval | None:
    if not _FIRST <= year <= _LAST:
        return None
    try:
        if day is not None:
            return Interval.day(dt.date(year, month, day))
        return Interval(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    except (ValueError, IndexError):
        return None


def told(value: str) -> Interval | None:
    """The day (or the month, where no day is told) that a date field names, on its own clock; None if unclear.

    Dates such as 03/04/2021, whose day and month may be either, are not taken.
    """
    for pattern in (_ISO, _COMPACT, _SLASHED):
        match = pattern.match(value[:60])
        if match:
            year, month, day = match.groups()
            return _interval(int(year), int(month), int(day) if day else None)
    stripped = value.strip()
    if re.fullmatch(r"\d{10}|\d{13}", stripped):
        seconds = int(stripped[:10])
        return Interval.day(dt.datetime.fromtimestamp(seconds, dt.UTC).date())
    for pattern in _WORDS:
        match = pattern.search(value[:100])
        if match:
            parts = match.groupdict()
            month_number = _MONTHS.get(parts["month"][:3].lower())
            if month_number is not None:
                day = parts.get("day")
                return _interval(int(parts["year"]), month_number, int(day) if day else None)
    try:
        return Interval.day(email.utils.parsedate_to_datetime(value[:100]).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def moment(value: str) -> str | None:
    """A stamp with its time zone as a moment in UTC, `2021-12-29T08:30:00Z`; None without time and zone."""
    try:
        stamp = dt.datetime.fromisoformat(value.strip())
        if stamp.tzinfo is None:
            return None
        return stamp.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def in_url(url: str) -> tuple[Interval, str] | None:
    """The day or month in an address such as `/2021/12/29/`, with the stretch that told it."""
    for match in _IN_URL.finditer(url[:2000]):
        found = _interval(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        if found is not None:
            return found, match[0]
    return None
