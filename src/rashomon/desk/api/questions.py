"""What is asked of the whole dossier: what it holds, search, a passage, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query

from rashomon.desk.api.filters import OfSearch, Pages
from rashomon.desk.api.pages import Page, Shelf
from rashomon.errors import UnknownId
from rashomon.export import cited
from rashomon.export.cited import Passage
from rashomon.model.records import Article, Difference, Entity, Mention
from rashomon.report.why import Why, why
from rashomon.store.library import Library
from rashomon.store.search.hits import KINDS, Hit, Within
from rashomon.store.selection import Selection

R = TypeVar("R")

router = APIRouter(tags=["questions"])
Asked = Annotated[
    str, Query(min_length=1, max_length=400, description='Words; OR between two, "a phrase", begin*, -without.')
]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a dossier holds."""

    dossier: str  # the name of its folder
    version: str  # of the Rashomon that made it
    rows: dict[str, int]  # table: how many rows
    rejected: dict[str, int]  # reason: how many sources


class Hits(Page[Hit]):
    """A page of what was found, and how much of each kind there is."""

    kinds: dict[str, int]


@router.get("/")
def dossier(shelf: Shelf) -> Holding:
    """What the dossier holds."""
    manifest = shelf.dossier.manifest
    return Holding(shelf.path.name, manifest.version, manifest.rows, manifest.rejected)


@router.get("/search")
def search(shelf: Shelf, paging: Pages, q: Asked, of: Annotated[OfSearch, Depends()]) -> Hits:
    """Articles, quotations and claims that have the words, best first, each with a passage and the marks in it."""
    within = Within(tuple(of.kind or KINDS), of.outlet, of.since, of.until, of.event, of.entity)
    found = shelf.search.find(q, within, paging.limit, paging.offset)
    page = paging.page(list(found.hits), found.total)
    return Hits(**page.model_dump(exclude={"items"}), items=page.items, kinds=found.kinds)


@router.get("/passages")
def passage(
    shelf: Shelf,
    article_id: Annotated[str, Query(max_length=200)],
    start: Annotated[int, Query(ge=0, le=2**31)],
    end: Annotated[int, Query(ge=1, le=2**31)],
) -> Passage:
    """The characters `start` to `end` (half open) of an article, verbatim."""
    return cited.passage(shelf, article_id, start, end)


@router.get("/why/{name}")
def reasons(shelf: Shelf, name: str) -> Why:
    """The reasons behind an article's place and day, an event, a difference, or an entity (an id, or a spelling)."""
    return why(_Near(shelf, name), name)


def meant(shelf: Library, name: str) -> str:
    """The id of the entity of an id, a name or a spelling: of several the one that most articles name; UnknownId."""
    named = [e for e in shelf.records(Entity) if name in (e.entity_id, e.name)]
    named = named or [e for e in shelf.records(Entity) if name in {v.text for v in e.variants}]
    if not named:
        raise UnknownId(f"Nothing in {shelf.path} is called '{name}'.")
    return min(named, key=lambda e: (-max(v.articles for v in e.variants), e.entity_id)).entity_id


class _Near(Selection):
    """The events that have to do with a name or an id, and all entities: what the reasons of one thing need."""

    def __init__(self, shelf: Library, name: str) -> None:
        entities = [e for e in shelf.records(Entity) if name in (e.entity_id, e.name, *(v.text for v in e.variants))]
        articles = {m.article_id for e in entities for m in shelf.of(Mention, "entity_id", e.entity_id)}
        events = {
            a.event_id for a in (*shelf.of_any(Article, "article_id", articles), *shelf.of(Article, "article_id", name))
        }
        events |= {difference.event_id for difference in shelf.of(Difference, "difference_id", name)} | {name}
        super().__init__(shelf, (event for event in events if event))
        self._shelf = shelf

    def records(self, record: type[R]) -> list[R]:
        """The rows that belong to the events; every entity."""
        return self._shelf.records(record) if record is Entity else super().records(record)
