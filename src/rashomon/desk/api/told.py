"""Storylines, events, articles and entities."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fastapi import APIRouter, Depends

from rashomon.desk.api.filters import OfArticles, OfEvents, Pages, Text
from rashomon.desk.api.pages import Page, Shelf, among, ordered, rows
from rashomon.export import cited
from rashomon.export.cited import ArticleHead, CitedArticle, CitedEntity, CitedEvent, CitedStoryline
from rashomon.model.chronicle import Moment
from rashomon.model.records import Article, Entity, Event, Mention, Storyline
from rashomon.store.library import Library, Numbers

router = APIRouter(tags=["told"])
Kind = Literal["person", "organisation", "place", "group", "other"]


@router.get("/storylines")
def storylines(shelf: Shelf, paging: Pages) -> Page[CitedStoryline]:
    """Storylines, by first day."""
    numbers = ordered(shelf, Storyline, rows(shelf, Storyline), "earliest", "storyline_id")
    return paging.cut(numbers, lambda wanted: cited.storylines(shelf, shelf.at(Storyline, wanted)))


@router.get("/storylines/{storyline_id}")
def storyline(shelf: Shelf, storyline_id: str) -> CitedStoryline:
    """One storyline."""
    return cited.storylines(shelf, [shelf.one(Storyline, storyline_id)])[0]


@router.get("/timelines")
def timelines(shelf: Shelf, paging: Pages, storyline: Text = None, chosen: bool | None = None) -> Page[Moment]:
    """The days of storylines, each by the sentences that tell it best: only those chosen to stand for it, if asked."""
    numbers = rows(shelf, Moment, storyline_id=storyline)
    if chosen is not None:
        numbers = numbers[pc.equal(shelf.column(Moment, "chosen").take(pa.array(numbers)), chosen).to_numpy(False)]
    return paging.cut(numbers, lambda wanted: shelf.at(Moment, wanted))


@router.get("/events")
def events(shelf: Shelf, paging: Pages, of: Annotated[OfEvents, Depends()]) -> Page[CitedEvent]:
    """Events, by first day: of a storyline, at a place (its id), told by an outlet, naming an entity, in days."""
    numbers = rows(shelf, Event, storyline_id=of.storyline, place_id=of.place)
    if of.outlet is not None or of.entity is not None:
        told = shelf.column(Article, "event_id").take(pa.array(_articles(shelf, of.outlet, of.entity, None)))
        numbers = np.intersect1d(numbers, among(shelf, Event, "event_id", told.to_pylist()))
    numbers = _within(shelf, Event, numbers, ("earliest", "latest"), (of.since, of.until))
    numbers = ordered(shelf, Event, numbers, "earliest", "event_id")
    return paging.cut(numbers, lambda wanted: cited.events(shelf, shelf.at(Event, wanted)))


@router.get("/events/{event_id}")
def event(shelf: Shelf, event_id: str) -> CitedEvent:
    """One event."""
    return cited.events(shelf, [shelf.one(Event, event_id)])[0]


@router.get("/articles")
def articles(shelf: Shelf, paging: Pages, of: Annotated[OfArticles, Depends()]) -> Page[ArticleHead]:
    """Articles without their texts, by day of publication: of an event, of an outlet, naming an entity, in days."""
    numbers = _articles(shelf, of.outlet, of.entity, of.event)
    numbers = _within(shelf, Article, numbers, ("published_earliest", "published_latest"), (of.since, of.until))
    numbers = ordered(shelf, Article, numbers, "published_earliest", "article_id")
    return paging.cut(numbers, lambda wanted: cited.heads(shelf, wanted))


@router.get("/articles/{article_id}")
def article(shelf: Shelf, article_id: str) -> CitedArticle:
    """One article: its text as stored, and its blocks."""
    return cited.articles(shelf, [shelf.one(Article, article_id)])[0]


@router.get("/entities")
def entities(shelf: Shelf, paging: Pages, kind: Kind | None = None, name: Text = None) -> Page[CitedEntity]:
    """Entities by name: of a kind, with a spelling that holds some letters."""
    numbers = rows(shelf, Entity, kind=kind)
    if name is not None:
        variants = shelf.column(Entity, "variants")
        spelt = pc.match_substring(pc.list_flatten(variants).field("text"), name, ignore_case=True)
        holders = pc.list_parent_indices(variants).filter(spelt).to_numpy()
        numbers = np.intersect1d(numbers, holders)
    return paging.cut(
        ordered(shelf, Entity, numbers, "name", "entity_id"),
        lambda wanted: cited.entities(shelf, shelf.at(Entity, wanted)),
    )


@router.get("/entities/{entity_id}")
def entity(shelf: Shelf, entity_id: str) -> CitedEntity:
    """One entity: its spellings, why they are one, and a passage of each."""
    return cited.entities(shelf, [shelf.one(Entity, entity_id)])[0]


@router.get("/mentions")
def mentions(shelf: Shelf, paging: Pages, article: Text = None, entity: Text = None) -> Page[Mention]:
    """Mentions in reading order: in an article, of an entity."""
    numbers = rows(shelf, Mention, article_id=article, entity_id=entity)
    return paging.cut(numbers, lambda wanted: shelf.at(Mention, wanted))


def _articles(shelf: Library, outlet: str | None, entity: str | None, event: str | None) -> Numbers:
    numbers = rows(shelf, Article, outlet=outlet, event_id=event)
    if entity is None:
        return numbers
    named = shelf.column(Mention, "article_id").take(pa.array(shelf.numbers(Mention, "entity_id", entity)))
    return np.intersect1d(numbers, among(shelf, Article, "article_id", named.to_pylist()))


def _within(
    shelf: Library, record: type, numbers: Numbers, columns: tuple[str, str], days: tuple[str | None, str | None]
) -> Numbers:
    """The rows whose interval of days meets the one asked for; those without days only where none is asked for."""
    (earliest, latest), (since, until) = columns, days
    if since is not None:
        told = shelf.column(record, latest).take(pa.array(numbers)).to_pylist()
        numbers = numbers[[day is not None and day >= since for day in told]]
    if until is not None:
        told = shelf.column(record, earliest).take(pa.array(numbers)).to_pylist()
        numbers = numbers[[day is not None and day <= until for day in told]]
    return numbers
