"""What the lists of the API may be asked for: the query parameters of each, and how pages are cut.

Without `from __future__ import annotations`: FastAPI reads these annotations off the classes, where it cannot look up
names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from fastapi import Depends, Query

from rashomon.desk.api.pages import Page
from rashomon.store.library import Numbers

T = TypeVar("T")

_MOST = 200  # rows of a page at most: an answer of differences stays under a megabyte

Text = Annotated[str | None, Query(max_length=200)]
Day = Annotated[str | None, Query(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2024-12-16"])]
Point = Literal["number", "date", "place", "identity", "attribution", "cause", "status", "wording"]
Relation = Literal["contradiction", "update", "scope", "granularity", "naming", "framing"]
Mode = Literal["direct", "indirect", "mixed"]
Sought = Annotated[list[Literal["article", "quotation", "claim"]] | None, Query(max_length=3)]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is asked for."""

    limit: Annotated[int, Query(ge=1, le=_MOST, description="How many rows are wanted.")] = 50
    offset: Annotated[int, Query(ge=0, le=10**9, description="How many rows are passed over first.")] = 0

    def page(self, items: Sequence[T], total: int) -> Page[T]:
        """The page that holds `items`."""
        end = self.offset + len(items)
        following = end if items and end < total else None
        return Page(items=list(items), total=total, limit=self.limit, offset=self.offset, next=following)

    def cut(self, numbers: Numbers, told: Callable[[Numbers], Sequence[T]]) -> Page[T]:
        """The page of the rows of these numbers; only those of the page are told in full."""
        return self.page(told(numbers[self.offset : self.offset + self.limit]), len(numbers))


@dataclass(frozen=True, slots=True)
class OfEvents:
    """Events: of a storyline, at a place (an entity's id), told by an outlet, naming an entity, in days."""

    storyline: Text = None
    place: Text = None
    outlet: Text = None
    entity: Text = None
    since: Day = None
    until: Day = None


@dataclass(frozen=True, slots=True)
class OfArticles:
    """Articles: of an event, of an outlet, naming an entity, published in days."""

    event: Text = None
    outlet: Text = None
    entity: Text = None
    since: Day = None
    until: Day = None


@dataclass(frozen=True, slots=True)
class OfDifferences:
    """Differences: of an event, with a side in an article, of a kind and relation, at least so sure."""

    event: Text = None
    article: Text = None
    kind: Point | None = None
    relation: Relation | None = None
    confidence: Annotated[float, Query(ge=0, le=1)] = 0


@dataclass(frozen=True, slots=True)
class OfQuotations:
    """Quotations: of an event, in an article, of a speaker (an entity's id), of a mode."""

    event: Text = None
    article: Text = None
    speaker: Text = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class OfSearch:
    """What a search keeps to: kinds, an outlet, an event, an entity, days."""

    kind: Sought = None
    outlet: Text = None
    event: Text = None
    entity: Text = None
    since: Day = None
    until: Day = None


Pages = Annotated[Paging, Depends()]
