"""A storyline: its events in order, what was counted again and again, where it happened, who is told of together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rashomon.desk.figures.atlas import Atlas, Spot, atlas, middle
from rashomon.desk.figures.counts import Counted, counts
from rashomon.desk.figures.network import Network, network
from rashomon.desk.shelf import Listed, Shelf, known_day
from rashomon.model.records import Amount, Article, Entity, Mention, Sentence, Storyline
from rashomon.report import words
from rashomon.report.context import DayBrief, EventBrief
from rashomon.report.timeline import Timeline, timeline
from rashomon.resolve import gazetteer
from rashomon.store.selection import Selection

_PLACES = 15  # places listed, the most named
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
    chronicle: tuple[DayBrief, ...]  # day by day
    counted: tuple[Counted, ...]
    network: Network | None
    places: tuple[tuple[str, str, int], ...]  # id, name and number of articles that name it, the most named first
    atlas: Atlas | None
    placed: bool  # whether the gazetteer is installed; without it only countries are placed


def storyline(shelf: Shelf, storyline_id: str) -> StorylinePage | None:
    """The page of a storyline; None if there is none of that id."""
    found = shelf.storylines.get(storyline_id)
    if found is None:
        return None
    listed = tuple(e for e in shelf.events if e.storyline_id == storyline_id)
    ids = [e.event_id for e in listed[:_EVENTS]]
    told = shelf.briefs(ids)
    briefs = told.events
    part = Selection(shelf.library, ids)
    days, sources = _tellings(part)
    entities = {e.entity_id: e for e in part.records(Entity)}
    mentions = part.records(Mention)
    places = _places(mentions, entities)
    return StorylinePage(
        dossier=shelf.name,
        storyline=found,
        day=words.days(found.earliest, found.latest, "days not told"),
        listed=listed,
        events=briefs,
        line=timeline(briefs),
        chronicle=next((s.timeline for s in told.storylines if s.storyline_id == storyline_id), ()),
        counted=counts(part.records(Amount), days, sources),
        network=network(part.records(Sentence), mentions, entities),
        places=places,
        atlas=_atlas(places, entities),
        placed=gazetteer.available(),
    )


def _tellings(part: Selection) -> tuple[dict[str, dt.date], dict[str, str]]:
    days: dict[str, dt.date] = {}
    sources: dict[str, str] = {}
    for a in part.records(Article):
        sources[a.article_id] = words.shorten(words.one_line(a.outlet or a.title or a.source_uri), 36)
        if (day := known_day(a.published_best, a.published_earliest, a.published_latest)) is not None:
            days[a.article_id] = day
    return days, sources


def _places(mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> tuple[tuple[str, str, int], ...]:
    told: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        entity = entities.get(mention.entity_id or "")
        if entity is not None and entity.kind == "place" and mention.form == "name":
            told[entity.entity_id].add(mention.article_id)
    rows = [(key, words.one_line(entities[key].name), len(articles)) for key, articles in told.items()]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[1], row[0])))[:_PLACES]


def _atlas(places: Sequence[tuple[str, str, int]], entities: Mapping[str, Entity]) -> Atlas | None:
    """The places whose position is known: towns by the gazetteer, countries by their outline."""
    spots = []
    for key, name, articles in places:
        spellings = [name, *(v.text for v in entities[key].variants)]
        position = next(filter(None, map(middle, spellings)), None)
        town = gazetteer.locate(spellings) if position is None and gazetteer.available() else None
        if town is not None:
            position = town.latitude, town.longitude
        if position is not None:
            spots.append(Spot(key, words.shorten(name, 24), *position, articles, town is not None))
    return atlas(spots)
