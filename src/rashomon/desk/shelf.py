"""One state of a dossier as the pages ask for it: the list of events, one event's brief, who is mentioned where."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.compare.rank import SHOWN
from rashomon.model.records import Article, Difference, Entity, Event, Mention, Storyline
from rashomon.report import words
from rashomon.report.brief import brief
from rashomon.report.context import Brief, EventBrief
from rashomon.store.library import Library
from rashomon.store.selection import Selection

_HELD = 64  # briefs of events that are kept
_NAMED = 200  # actors offered in the filter, the most told


@dataclass(frozen=True, slots=True)
class Listed:
    """An event as lists show it."""

    event_id: str
    title: str
    day: str  # in words
    earliest: str | None
    latest: str | None
    place_id: str | None
    place: str | None
    storyline_id: str | None
    articles: int
    origins: int
    published: tuple[dt.date, ...]  # the days of its articles, as far as they are known
    outlets: frozenset[str]
    differences: int  # that are shown


class Shelf:
    """What is read of one library, each thing once; made anew when the dossier has changed (see `shelf`)."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._brief = functools.lru_cache(maxsize=_HELD)(self._made)

    @property
    def name(self) -> str:
        """The name of the dossier's folder, without its ending."""
        return self.library.path.name.removesuffix(".dossier")

    @functools.cached_property
    def events(self) -> tuple[Listed, ...]:
        """Every event, by its first day; undated ones last."""
        days, outlets = self._told()
        differences = self._differences()
        places = {e.entity_id: e.name for e in self._places()}
        found = [
            Listed(
                *(e.event_id, words.one_line(e.title), words.days(e.earliest, e.latest, "day not told")),
                *(e.earliest, e.latest, e.place_id, places.get(e.place_id or ""), e.storyline_id),
                articles=e.articles,
                origins=e.origins,
                published=tuple(sorted(days[e.event_id])),
                outlets=frozenset(outlets[e.event_id]),
                differences=differences[e.event_id],
            )
            for e in self.library.records(Event)
        ]
        return tuple(sorted(found, key=lambda e: (e.earliest or "9999", e.event_id)))

    @functools.cached_property
    def by_id(self) -> dict[str, Listed]:
        """The events by id."""
        return {event.event_id: event for event in self.events}

    @functools.cached_property
    def storylines(self) -> dict[str, Storyline]:
        """The storylines by id."""
        return {s.storyline_id: s for s in self.library.records(Storyline)}

    @functools.cached_property
    def outlets(self) -> tuple[str, ...]:
        """Every outlet, in the order of the alphabet."""
        return tuple(sorted({o for o in self._values("outlet") if o}, key=str.casefold))

    @functools.cached_property
    def actors(self) -> tuple[Entity, ...]:
        """The people, bodies and groups that most articles name."""
        found = [e for e in self.library.records(Entity) if e.kind in ("person", "organisation", "group")]
        return tuple(sorted(found, key=lambda e: (-_told_by(e), e.name.casefold(), e.entity_id))[:_NAMED])

    def named(self, name: str) -> Entity | None:
        """The entity of an id, a name or a spelling: of several the one that most articles name."""
        found = [e for e in self.library.records(Entity) if name in (e.entity_id, e.name)]
        found = found or [e for e in self.library.records(Entity) if any(v.text == name for v in e.variants)]
        return min(found, key=lambda e: (-_told_by(e), e.entity_id), default=None)

    def events_with(self, entity_id: str) -> set[str]:
        """The events an article of which mentions the entity."""
        ids = {m.article_id for m in self.library.of(Mention, "entity_id", entity_id)}
        rows = [self.library.numbers(Article, "article_id", article_id) for article_id in ids]
        events = self.library.column(Article, "event_id")
        return {event for row in rows for n in row if (event := events[int(n)].as_py())}

    def brief(self, event_id: str) -> EventBrief | None:
        """All that the brief tells of one event; None if there is no such event."""
        return self._brief(event_id) if event_id in self.by_id else None

    def briefs(self, events: Iterable[str]) -> Brief:
        """The brief of several events, as if they were the whole dossier."""
        return brief(Selection(self.library, events))

    def _made(self, event_id: str) -> EventBrief:
        return self.briefs([event_id]).events[0]

    def _places(self) -> list[Entity]:
        wanted = [p for p in self.library.column(Event, "place_id").to_pylist() if p]
        return self.library.of_any(Entity, "entity_id", wanted) if wanted else []

    def address(self, identity: str) -> str | None:
        """The page of an entity, article or event; None if there is none of that id."""
        if identity in self.by_id:
            return f"/events/{identity}"
        if self.library.find(Entity, identity) is not None:
            return f"/entities/{identity}"
        return f"/articles/{identity}" if self.library.find(Article, identity) is not None else None

    def _differences(self) -> Counter[str]:
        events, sure = (self.library.column(Difference, name).to_pylist() for name in ("event_id", "confidence"))
        return Counter(event for event, confidence in zip(events, sure, strict=True) if confidence >= SHOWN)

    def _values(self, column: str) -> list[str | None]:
        values: list[str | None] = self.library.column(Article, column).to_pylist()
        return values

    def _told(self) -> tuple[dict[str, list[dt.date]], dict[str, set[str]]]:
        """For each event the days and the outlets of its articles; an interval wider than a month is no day."""
        days: dict[str, list[dt.date]] = defaultdict(list)
        outlets: dict[str, set[str]] = defaultdict(set)
        columns = ("event_id", "outlet", "published_best", "published_earliest", "published_latest")
        for event, outlet, best, first, last in zip(*(self._values(c) for c in columns), strict=True):
            if event is None:
                continue
            if outlet:
                outlets[event].add(outlet)
            if (day := known_day(best, first, last)) is not None:
                days[event].append(day)
        return days, outlets


def known_day(best: str | None, first: str | None, last: str | None) -> dt.date | None:
    """The day of an article for a figure: its likeliest, or the middle of an interval of a month at most."""
    if best:
        return dt.date.fromisoformat(best[:10])
    if not first or not last:
        return None
    low, high = dt.date.fromisoformat(first[:10]), dt.date.fromisoformat(last[:10])
    return low + (high - low) / 2 if (high - low).days <= 31 else None


def _told_by(entity: Entity) -> int:
    return max((v.articles for v in entity.variants), default=0)


def counted(days: Sequence[dt.date], first: dt.date, last: dt.date, bins: int) -> tuple[int, ...]:
    """How many of the days fall into each of `bins` equal parts of the time from `first` to `last`."""
    span = max(1, (last - first).days + 1)
    places = Counter(min(bins - 1, (day - first).days * bins // span) for day in days if first <= day <= last)
    return tuple(places[n] for n in range(bins))


@functools.lru_cache(maxsize=2)
def shelf(library: Library) -> Shelf:
    """The shelf of a library; `Library.current` gives another library when the dossier has changed."""
    return Shelf(library)
