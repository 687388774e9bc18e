"""The first page: storylines and events as cards, with when they were covered, and what narrows the list."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rashomon.desk.shelf import Listed, Shelf, counted
from rashomon.report import words

BARS = 36  # parts of a sparkline
CARDS = 30  # storylines and single events on one page
_EXPORTED = 500  # events that an address can name
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed by; each empty where it is not."""

    since: str = ""
    until: str = ""
    outlet: str = ""
    actor: str = ""
    place: str = ""

    @property
    def any(self) -> bool:
        """Whether anything narrows the list."""
        return any((self.since, self.until, self.outlet, self.actor, self.place))


@dataclass(frozen=True, slots=True)
class Card:
    """A storyline with its events, or one event that belongs to none."""

    storyline_id: str | None
    title: str
    day: str
    articles: int
    origins: int
    events: tuple[Listed, ...]
    differences: int
    bars: tuple[float, ...]  # height of each part of the time that the dossier covers, 0 to 1

    @property
    def address(self) -> str:
        """The page that the card leads to."""
        return f"/storylines/{self.storyline_id}" if self.storyline_id else f"/events/{self.events[0].event_id}"


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the first page shows."""

    dossier: str
    articles: int
    outlets: tuple[str, ...]
    actors: tuple[str, ...]
    places: tuple[str, ...]
    events: int
    filters: Filters
    note: str  # why a filter finds nothing, if it does
    cards: tuple[Card, ...]
    chosen: tuple[str, ...]  # the events that the filters leave, for an export of them; none where that is too many
    found: int  # cards on all pages
    number: int  # of this page, from 1
    pages: int
    first: str  # first and last day of coverage, in words
    last: str


def front(shelf: Shelf, asked: Mapping[str, str]) -> FrontPage:
    """The first page under the filters asked for; days that are none are told and left out."""
    filters = Filters(**{name: asked.get(name, "").strip() for name in ("since", "until", "outlet", "actor", "place")})
    filters, note = _checked(filters)
    events, more = _kept(shelf, filters)
    days = [day for event in shelf.events for day in event.published]
    span = (min(days), max(days)) if days else None
    cards = _cards(shelf, events, span)
    pages = max(1, -(-len(cards) // CARDS))
    number = min(pages, max(1, int(asked.get("page", "1")) if asked.get("page", "1").isdigit() else 1))
    return FrontPage(
        dossier=shelf.name,
        articles=sum(event.articles for event in shelf.events),
        outlets=shelf.outlets,
        actors=tuple(dict.fromkeys(e.name for e in shelf.actors)),
        places=tuple(sorted({e.place for e in shelf.events if e.place}, key=str.casefold)),
        events=len(shelf.events),
        filters=filters,
        note=note or more,
        chosen=tuple(e.event_id for e in events) if filters.any and len(events) <= _EXPORTED else (),
        cards=tuple(cards[(number - 1) * CARDS : number * CARDS]),
        found=len(cards),
        number=number,
        pages=pages,
        first=_in_words(span[0]) if span else "",
        last=_in_words(span[1]) if span else "",
    )


def _checked(filters: Filters) -> tuple[Filters, str]:
    for name in ("since", "until"):
        day = getattr(filters, name)
        try:
            if day and (not _DAY.fullmatch(day) or not dt.date.fromisoformat(day)):
                raise ValueError
        except ValueError:
            return replace(filters, **{name: ""}), f"“{words.one_line(day)}” is no day: write it as 2024-12-31."
    return filters, ""


def _kept(shelf: Shelf, filters: Filters) -> tuple[list[Listed], str]:
    found = [e for e in shelf.events if _in_days(e, filters)]
    if filters.outlet:
        found = [e for e in found if filters.outlet in e.outlets]
    if filters.place:
        found = [e for e in found if e.place == filters.place]
    if filters.actor:
        entity = shelf.named(filters.actor)
        if entity is None:
            return [], f"Nobody here is called “{words.one_line(filters.actor)}”."
        told = shelf.events_with(entity.entity_id)
        found = [e for e in found if e.event_id in told]
    return found, ""


def _in_days(event: Listed, filters: Filters) -> bool:
    """Whether what is known of when it happened, or else of when it was told, allows a day within the filter."""
    days = [d.isoformat() for d in event.published]
    first = event.earliest or (days[0] if days else None)
    last = event.latest or (days[-1] if days else None)
    if first is None or last is None:
        return not (filters.since or filters.until)
    return (not filters.since or last >= filters.since) and (not filters.until or first <= filters.until)


def _cards(shelf: Shelf, events: Sequence[Listed], span: tuple[dt.date, dt.date] | None) -> list[Card]:
    """Storylines and single events, the most told first."""
    grouped: dict[str, list[Listed]] = defaultdict(list)
    for event in events:
        line = event.storyline_id if event.storyline_id in shelf.storylines else None
        grouped[line or event.event_id].append(event)
    found = [_card(shelf, key, together, span) for key, together in grouped.items()]
    return sorted(found, key=lambda c: (-c.articles, c.events[0].earliest or "9999", c.events[0].event_id))


def _card(shelf: Shelf, key: str, events: list[Listed], span: tuple[dt.date, dt.date] | None) -> Card:
    line = shelf.storylines.get(key)
    counts = counted([d for e in events for d in e.published], *span, BARS) if span else ()
    most = max(counts, default=0)
    return Card(
        storyline_id=line.storyline_id if line else None,
        title=words.one_line(line.title) if line else events[0].title,
        day=words.days(line.earliest, line.latest, "days not told") if line else events[0].day,
        articles=sum(e.articles for e in events),
        origins=sum(e.origins for e in events),
        events=tuple(events),
        differences=sum(e.differences for e in events),
        bars=tuple(round(count / most, 3) for count in counts) if most else (),
    )


def _in_words(day: dt.date) -> str:
    return words.days(day.isoformat(), day.isoformat())
