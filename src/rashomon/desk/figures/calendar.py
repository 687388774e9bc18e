"""Days on a line: where each lies between a first and a last day, and which are named."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)  # months between ticks
_TICKS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A named day."""

    x: float
    label: str
    anchor: str = "middle"  # start or end where a label in the middle would be cut


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of days of some width, with a margin at both ends."""

    first: dt.date
    last: dt.date
    width: float
    margin: float

    def x(self, day: dt.date) -> float:
        """Where a day lies; days beyond the line lie at its ends."""
        span = max(1, (self.last - self.first).days)
        share = min(1.0, max(0.0, (day - self.first).days / span))
        return round(self.margin + share * (self.width - 2 * self.margin), 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """First days of months at the finest step that gives at most six; the two ends where too few begin."""
        years = range(self.first.year, self.last.year + 1)
        months = [dt.date(y, m, 1) for y in years for m in range(1, 13)]
        months = [day for day in months if self.first <= day <= self.last]
        for step in _STEPS:
            chosen = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
            if 2 <= len(chosen) <= _TICKS:
                named = [(d, str(d.year) if step >= 12 else f"{calendar.month_abbr[d.month]} {d.year}") for d in chosen]
                return tuple(self._tick(day, label) for day, label in named)
        ends = (self.first, self.last) if self.last > self.first else (self.first,)
        return tuple(self._tick(d, f"{d.day} {calendar.month_abbr[d.month]} {d.year}") for d in ends)

    def _tick(self, day: dt.date, label: str) -> Tick:
        x, half = self.x(day), 3.6 * len(label)
        return Tick(x, label, "start" if x < half else "end" if x > self.width - half else "middle")
