"""Half-open stretches of an immutable text, and closed intervals of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (half open) of one article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` under this span; ValueError if it is empty or does not fit."""
        if not 0 <= self.start < self.end <= len(text):
            raise ValueError(f"The span {self.start}:{self.end} does not fit a text of {len(text)} characters.")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days from `earliest` to `latest`, both included."""

    earliest: dt.date
    latest: dt.date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"An interval cannot end ({self.latest}) before it begins ({self.earliest}).")

    @classmethod
    def day(cls, day: dt.date) -> Interval:
        """The interval of a single day."""
        return cls(day, day)

    @classmethod
    def iso(cls, earliest: str | None, latest: str | None) -> Interval | None:
        """From two ISO days as stored in the tables; None if either is missing."""
        if not earliest or not latest:
            return None
        return cls(dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest))

    @property
    def days(self) -> int:
        """How many days it covers, at least 1."""
        return (self.latest - self.earliest).days + 1

    def meets(self, other: Interval) -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def within(self, other: Interval) -> bool:
        """Whether every day of it is one of `other`'s."""
        return other.earliest <= self.earliest and self.latest <= other.latest

    def common(self, other: Interval) -> Interval | None:
        """The days that both share, or None."""
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Interval(earliest, latest) if earliest <= latest else None

    def gap(self, other: Interval) -> int:
        """Days between the two: 0 where they share a day, 1 for adjoining ones."""
        return max(0, (other.earliest - self.latest).days, (self.earliest - other.latest).days)


def hull(spans: Iterable[Span]) -> Span:
    """The shortest span that holds all of `spans`; ValueError if there are none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
