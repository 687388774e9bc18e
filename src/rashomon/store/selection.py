"""Some events of a dossier, seen as if they were the whole: for its report, its exports, its pages."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from rashomon.model.records import Article, Entity, Event, Mention, Storyline
from rashomon.store.library import Library

R = TypeVar("R")


class Selection:
    """The rows that belong to some events; it answers `records` as a dossier does."""

    def __init__(self, library: Library, events: Iterable[str]) -> None:
        self._library = library
        self._events = sorted(set(events))

    @property
    def path(self) -> Path:
        """The dossier's folder."""
        return self._library.path

    def records(self, record: type[R]) -> list[R]:
        """The records of a class that belong to the events, in the table's order of rows.

        Entities are those that the articles mention; rows that belong to no article and no event are left out.
        """
        library, fields = self._library, {field.name for field in dataclasses.fields(record)}  # type: ignore[arg-type]
        if record is Entity:
            return library.of_any(record, "entity_id", self._named)
        if record is Storyline:
            lines = [event.storyline_id for event in self.records(Event) if event.storyline_id]
            return library.of_any(record, "storyline_id", lines)
        if "event_id" in fields:
            return library.of_any(record, "event_id", self._events)
        if "article_id" in fields:
            return library.of_any(record, "article_id", self._articles)
        return []

    @functools.cached_property
    def _articles(self) -> list[str]:
        numbers = [self._library.numbers(Article, "event_id", event) for event in self._events]
        ids: Any = self._library.column(Article, "article_id")
        return sorted(ids[int(n)].as_py() for found in numbers for n in found)

    @functools.cached_property
    def _named(self) -> list[str]:
        named = {mention.entity_id for mention in self.records(Mention)}
        named |= {event.place_id for event in self.records(Event)}
        return sorted(filter(None, named))
