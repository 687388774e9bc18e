"""A part of a dossier as somebody looks at it: one event, one actor, some articles, the whole; with its passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from rashomon.errors import UnknownId
from rashomon.export import cited
from rashomon.export.cited import (
    CitedArticle,
    CitedClaim,
    CitedDifference,
    CitedEntity,
    CitedEvent,
    CitedQuotation,
    CitedStoryline,
    CitedUtterance,
)
from rashomon.model.chronicle import Moment
from rashomon.model.records import (
    Article,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Mention,
    Omission,
    Quotation,
    Storyline,
    Utterance,
    Wording,
)
from rashomon.store.library import Library

R = TypeVar("R")


class Rows(Protocol):
    """What gives the rows of a table that are wanted, by the record and the column of its ids."""

    def __call__(self, record: type[R], key: str, /) -> list[R]:
        """The rows, in the table's order."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """The rows that belong to what was chosen, each table in its order; what they name outside is not among them."""

    storylines: tuple[CitedStoryline, ...]
    events: tuple[CitedEvent, ...]
    articles: tuple[CitedArticle, ...]
    entities: tuple[CitedEntity, ...]
    claims: tuple[CitedClaim, ...]
    differences: tuple[CitedDifference, ...]
    quotations: tuple[CitedQuotation, ...]
    utterances: tuple[CitedUtterance, ...]
    wording: tuple[Wording, ...]
    omissions: tuple[Omission, ...]
    timelines: tuple[Moment, ...]  # of the storylines asked for
    chosen: tuple[str, ...]  # the articles meant: asked for, of an event asked for, or all; others are only cited


class _Chosen:
    """The ids of the rows of each table that are chosen."""

    def __init__(self) -> None:
        self._ids: dict[type, set[str]] = defaultdict(set)

    def add(self, record: type, ids: Iterable[str | None]) -> None:
        self._ids[record].update(i for i in ids if i)

    def of(self, record: type) -> set[str]:
        return self._ids[record]


KINDS: dict[str, type] = {
    "storylines": Storyline,
    "events": Event,
    "articles": Article,
    "entities": Entity,
    "claims": Claim,
    "differences": Difference,
    "quotations": Quotation,
    "utterances": Utterance,
}
"""The nouns of which a part can be asked for: the table's name and its record."""


def kind(identity: str) -> type:
    """The record class that an id is of, told by its first letter; UnknownId if it is none's."""
    letters = {"s": Storyline, "e": Event, "a": Article, "n": Entity, "c": Claim, "d": Difference}
    letters |= {"q": Quotation, "u": Utterance}
    found = letters.get(identity[:1]) if identity[1:2] == "-" else None
    if found is None:
        raise UnknownId(f"'{identity}' is no id: ids begin with {', '.join(f'{letter}-' for letter in letters)}.")
    return found


def part(library: Library, ids: Sequence[str] | None = None) -> Part:
    """What belongs to the rows of these ids, of whatever table; the whole dossier where none are given.

    An event brings its articles and all that was compared; a storyline, its events; an article, what it tells, with the
    other sides of it; an entity, what it said, how it is described and where it is named. UnknownId for an unknown id.
    """
    if ids is None:
        found = _part(library, lambda record, _: library.records(record))
        return replace(
            found,
            wording=tuple(library.records(Wording)),
            omissions=tuple(library.records(Omission)),
            timelines=tuple(library.records(Moment)),
            chosen=tuple(article.article_id for article in found.articles),
        )
    chosen = _Chosen()
    for identity in ids:
        library.one(kind(identity), identity)
        chosen.add(kind(identity), [identity])
    asked = sorted(chosen.of(Storyline))
    events = {event.event_id for line in asked for event in library.of(Event, "storyline_id", line)}
    events |= chosen.of(Event)
    chosen.add(Event, events)
    for event in sorted(events):
        _event(library, chosen, event)
    named = sorted({i for i in ids if kind(i) is Article})
    for article in named:
        _article(library, chosen, article)
    for entity in sorted({i for i in ids if kind(i) is Entity}):
        _entity(library, chosen, entity)
    own, entities = sorted(chosen.of(Article)), set(chosen.of(Entity))
    _complete(library, chosen)
    return replace(
        _part(library, lambda record, key: library.of_any(record, key, chosen.of(record))),
        wording=tuple(use for use in library.of_any(Wording, "article_id", own) if use.entity_id in entities),
        omissions=tuple(library.of_any(Omission, "event_id", events)),
        timelines=tuple(library.of_any(Moment, "storyline_id", asked)),
        chosen=tuple(named or own or sorted(chosen.of(Article))),
    )


def _event(library: Library, chosen: _Chosen, event: str) -> None:
    articles = _ids(library, Article, "article_id", "event_id", event)
    chosen.add(Article, articles)
    for record, key in (
        (Claim, "claim_id"),
        (Difference, "difference_id"),
        (Utterance, "utterance_id"),
    ):
        chosen.add(record, _ids(library, record, key, "event_id", event))
    for article in articles:
        chosen.add(Quotation, _ids(library, Quotation, "quotation_id", "article_id", article))
        chosen.add(Entity, _ids(library, Mention, "entity_id", "article_id", article))


def _article(library: Library, chosen: _Chosen, article: str) -> None:
    for record, other, key in (
        (Claim, ClaimPassage, "claim_id"),
        (Difference, DifferenceSide, "difference_id"),
        (Quotation, Quotation, "quotation_id"),
        (Entity, Mention, "entity_id"),
    ):
        chosen.add(record, _ids(library, other, key, "article_id", article))


def _entity(library: Library, chosen: _Chosen, entity: str) -> None:
    chosen.add(Quotation, _ids(library, Quotation, "quotation_id", "speaker_id", entity))
    chosen.add(Utterance, _ids(library, Utterance, "utterance_id", "speaker_id", entity))
    chosen.add(Article, _ids(library, Mention, "article_id", "entity_id", entity))


def _complete(library: Library, chosen: _Chosen) -> None:
    """What rows name: articles of their passages, events of articles, speakers, renderings."""
    for claim in chosen.of(Claim):
        chosen.add(Article, _ids(library, ClaimPassage, "article_id", "claim_id", claim))
    for difference in chosen.of(Difference):
        chosen.add(Article, _ids(library, DifferenceSide, "article_id", "difference_id", difference))
    for utterance in library.of_any(Utterance, "utterance_id", chosen.of(Utterance)):
        chosen.add(Quotation, utterance.renderings)
        chosen.add(Entity, [utterance.speaker_id])
    for quotation in library.of_any(Quotation, "quotation_id", chosen.of(Quotation)):
        chosen.add(Article, [quotation.article_id])
        chosen.add(Entity, [quotation.speaker_id])
    for article in chosen.of(Article):
        chosen.add(Event, _ids(library, Article, "event_id", "article_id", article))
    for event in library.of_any(Event, "event_id", chosen.of(Event)):
        chosen.add(Storyline, [event.storyline_id])
        chosen.add(Entity, [event.place_id])


def _part(library: Library, rows: Rows) -> Part:
    return Part(
        storylines=tuple(cited.storylines(library, rows(Storyline, "storyline_id"))),
        events=tuple(cited.events(library, rows(Event, "event_id"))),
        articles=tuple(cited.articles(library, rows(Article, "article_id"))),
        entities=tuple(cited.entities(library, rows(Entity, "entity_id"))),
        claims=tuple(cited.claims(library, rows(Claim, "claim_id"))),
        differences=tuple(cited.differences(library, rows(Difference, "difference_id"))),
        quotations=tuple(cited.quotations(library, rows(Quotation, "quotation_id"))),
        utterances=tuple(cited.utterances(library, rows(Utterance, "utterance_id"))),
        wording=(),
        omissions=(),
        timelines=(),
        chosen=(),
    )


def _ids(library: Library, record: type, wanted: str, column: str, value: str) -> list[str]:
    numbers = library.numbers(record, column, value)
    return [i for i in library.column(record, wanted).take(np.asarray(numbers)).to_pylist() if i]
