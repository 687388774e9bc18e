"""An event's page: how it is told, with the days on which it was told against the days on which it happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rashomon.desk.figures.calendar import Axis, Tick
from rashomon.desk.judged import Bench, Judged, judged
from rashomon.desk.shelf import Listed, Shelf, known_day
from rashomon.report.context import EventBrief, Telling

WIDTH, MARGIN, ROW = 640.0, 12.0, 28.0


@dataclass(frozen=True, slots=True)
class Appeared:
    """An article on the line of days: from the first to the last day on which it can have been published."""

    telling: Telling
    x: float
    x2: float
    y: float
    known: bool  # a day, or at least a month, is known


@dataclass(frozen=True, slots=True)
class Days:
    """When the event happened and when each article told it."""

    happened: tuple[float, float] | None
    rows: tuple[Appeared, ...]
    ticks: tuple[Tick, ...]
    height: float


@dataclass(frozen=True, slots=True)
class EventPage:
    """What the page of an event shows."""

    dossier: str
    event: EventBrief
    storyline: tuple[str, str] | None  # id and title
    earlier: Listed | None  # the events of its storyline before and after it
    later: Listed | None
    calendar: Days | None
    days: dict[str, str]  # article_id -> its day in words
    judged: Judged


def event(shelf: Shelf, event_id: str, bench: Bench) -> EventPage | None:
    """The page of an event; None if there is none of that id."""
    found = shelf.brief(event_id)
    if found is None:
        return None
    listed = shelf.by_id[event_id]
    line = shelf.storylines.get(listed.storyline_id or "")
    row = [e for e in shelf.events if line and e.storyline_id == line.storyline_id]
    place = next((n for n, e in enumerate(row) if e.event_id == event_id), 0)
    tellings = [t for folded in found.tellings for t in (folded.origin, *folded.copies)]
    return EventPage(
        dossier=shelf.name,
        event=found,
        storyline=(line.storyline_id, line.title) if line else None,
        earlier=row[place - 1] if place else None,
        later=row[place + 1] if place + 1 < len(row) else None,
        calendar=_days(found, tellings),
        days={t.article_id: t.day for t in tellings},
        judged=judged(shelf, bench, [event_id], [t.article_id for t in tellings]),
    )


def _days(event: EventBrief, tellings: list[Telling]) -> Days | None:
    """The line of days; None where fewer than two days are known, or all of them are one."""
    told = [(t, _bounds(t)) for t in tellings]
    known = [bounds for _, bounds in told if bounds]
    happened = [dt.date.fromisoformat(d[:10]) for d in (event.earliest, event.latest) if d]
    marked = [day for bounds in known for day in bounds] + happened
    if len(known) < 2 or len(set(marked)) < 2 or (max(marked) - min(marked)).days > 3660:
        return None
    axis = Axis(min(marked), max(marked), WIDTH, MARGIN)
    ordered = sorted((pair for pair in told if pair[1]), key=lambda pair: (pair[1], pair[0].label))
    rows = tuple(
        Appeared(t, axis.x(low), axis.x(high), 22 + n * ROW, low == high)
        for n, (t, bounds) in enumerate(ordered)
        if bounds
        for low, high in [bounds]
    )
    span = (axis.x(min(happened)), axis.x(max(happened))) if happened else None
    return Days(span, rows, axis.ticks, 18 + len(rows) * ROW)


def _bounds(telling: Telling) -> tuple[dt.date, dt.date] | None:
    first, last = telling.published_earliest, telling.published_latest
    if known_day(None, first, last) is None:
        return None
    return dt.date.fromisoformat((first or "")[:10]), dt.date.fromisoformat((last or "")[:10])
