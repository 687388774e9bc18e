"""Where the events of a brief stand on one line of days: positions in percent, for an SVG that needs no script."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.report.context import EventBrief

_LEFT, _RIGHT = 3.0, 97.0  # per cent of the width, so that no mark is cut at an edge
_APART = 7.0  # per cent: nearer marks go to different lanes; 24 pixels on a phone of 375
_LANES = 12  # marks that would need more lie over others in the one that is free the longest
_TICKS = 4  # as many names of months as a phone holds side by side
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)  # months between ticks


@dataclass(frozen=True, slots=True)
class Mark:
    """One event: a dot, or a bar where it lasted."""

    x: float  # per cent, the middle of the first day
    x2: float  # per cent, the middle of the last day
    lane: int  # 0 is the lowest
    event: EventBrief


@dataclass(frozen=True, slots=True)
class Tick:
    """A named day on the line."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line, its ticks and its marks."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    lanes: int


def timeline(events: Sequence[EventBrief]) -> Timeline | None:
    """The events whose days are told, on one line; None if fewer than two are, or all fall on one day."""
    dated = [(_date(e.earliest), _date(e.latest or e.earliest), e) for e in events if e.earliest]
    if not dated:
        return None
    first, last = min(d[0] for d in dated), max(d[1] for d in dated)
    if len(dated) < 2 or first == last:
        return None
    scale = (_RIGHT - _LEFT) / (last - first).days

    def place(day: dt.date) -> float:
        return round(_LEFT + (day - first).days * scale, 2)

    marks: list[Mark] = []
    ends: list[float] = []  # the right end of each lane
    for begin, end, event in sorted(dated, key=lambda d: (d[0], d[1], d[2].number)):
        free = next((i for i, right in enumerate(ends) if place(begin) - right >= _APART), len(ends))
        lane = free if free < _LANES else ends.index(min(ends))
        ends[lane : lane + 1] = [place(end)]
        marks.append(Mark(place(begin), place(end), lane, event))
    return Timeline(tuple(marks), tuple(Tick(place(day), label) for day, label in _ticks(first, last)), len(ends))


def _date(iso: str | None) -> dt.date:
    return dt.date.fromisoformat(iso or "")


def _ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """First days of months at the finest step that gives at most `_TICKS`; the two ends where too few begin."""
    months = [dt.date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    months = [day for day in months if first <= day <= last]
    for step in _STEPS:
        chosen = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
        if 2 <= len(chosen) <= _TICKS:
            return [(day, _label(day, step)) for day in chosen]
    return [(day, f"{day.day} {calendar.month_abbr[day.month]} {day.year}") for day in (first, last)]


def _label(day: dt.date, step: int) -> str:
    return str(day.year) if step >= 12 else f"{calendar.month_abbr[day.month]} {day.year}"
