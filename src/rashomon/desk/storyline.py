"""A storyline: its events in order, what was counted again and again, where it happened, who is told of together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rashomon.desk.figures.counts import Counted, counts
from rashomon.desk.figures.network import Network, network
from rashomon.desk.shelf import Listed, Shelf, known_day
from rashomon.model.records import Amount, Article, Entity, Mention, Sentence, Storyline
from rashomon.report import words
from rashomon.report.context import EventBrief
from rashomon.report.timeline import Timeline, timeline
from rashomon.store.selection import Selection

_EVENTS = 60  # events shown in full; the list names all


@dataclass(frozen=True, slots=True)
class StorylinePage:
    """What the page of a storyline shows."""

    dossier: str
    storyline: Storyline
    day: str
    listed: tuple[Listed, ...]
    events: tuple[EventBrief, ...]
    line: Timeline | None
    counted: tuple[Counted, ...]
    network: Network | None
    places: tuple[tuple[str, str, int], ...]  # id, name and number of events


def storyline(shelf: Shelf, storyline_id: str) -> StorylinePage | None:
    """The page of a storyline; None if there is none of that id."""
    found = shelf.storylines.get(storyline_id)
    if found is None:
        return None
    listed = tuple(e for e in shelf.events if e.storyline_id == storyline_id)
    ids = [e.event_id for e in listed[:_EVENTS]]
    briefs = shelf.briefs(ids).events
    part = Selection(shelf.library, ids)
    days, sources = _tellings(part)
    return StorylinePage(
        dossier=shelf.library.path.name,
        storyline=found,
        day=words.days(found.earliest, found.latest, "days not told"),
        listed=listed,
        events=briefs,
        line=timeline(briefs),
        counted=counts(part.records(Amount), days, sources),
        network=network(part.records(Sentence), part.records(Mention), {e.entity_id: e for e in part.records(Entity)}),
        places=_places(listed),
    )


def _tellings(part: Selection) -> tuple[dict[str, dt.date], dict[str, str]]:
    days: dict[str, dt.date] = {}
    sources: dict[str, str] = {}
    for a in part.records(Article):
        sources[a.article_id] = words.shorten(words.one_line(a.outlet or a.title or a.source_uri), 36)
        if (day := known_day(a.published_best, a.published_earliest, a.published_latest)) is not None:
            days[a.article_id] = day
    return days, sources


def _places(listed: tuple[Listed, ...]) -> tuple[tuple[str, str, int], ...]:
    held = {e.place_id: e.place for e in listed if e.place_id and e.place}
    counted = {key: sum(e.place_id == key for e in listed) for key in held}
    return tuple(sorted(((key, held[key], n) for key, n in counted.items()), key=lambda row: (-row[2], row[1])))
