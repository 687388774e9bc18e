"""What a judgement changed: the dossier before it and after it, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rashomon.compare.rank import SHOWN
from rashomon.model.records import Article, Claim, Difference, Entity, Event, Quotation
from rashomon.report import words
from rashomon.store.library import Library

_LISTED = 12  # rows of each sort and fate that are listed; all are counted


@dataclass(frozen=True, slots=True)
class Row:
    """A row in words, and the page that shows it."""

    told: str
    state: str  # as it is now, or as it was at last
    was: str  # empty for what is gone or new
    address: str | None  # None for what is gone


@dataclass(frozen=True, slots=True)
class Altered:
    """What became of the rows of one noun."""

    noun: str
    before: int
    after: int
    gone: tuple[Row, ...]
    new: tuple[Row, ...]
    other: tuple[Row, ...]  # there before and after, and not the same
    more: int  # rows that are not listed


@dataclass(frozen=True, slots=True)
class _Seen:
    told: str  # what it says
    state: str  # what may change of it while its id stays
    address: str


Picture = Mapping[str, Mapping[str, _Seen]]
"""By noun and id."""


def picture(library: Library) -> Picture:
    """The rows that a judgement may change, as they are."""
    entities = library.records(Entity)
    names = {e.entity_id: e.name for e in entities}
    titles = dict(_columns(library, Event, "event_id", "title"))
    return {
        "names": {
            e.entity_id: _Seen(e.name, words.plural(len(e.variants), "spelling"), f"/entities/{e.entity_id}")
            for e in entities
        },
        "articles": {
            key: _Seen(title or key, f"in “{titles[event]}”" if event in titles else "in no event", f"/articles/{key}")
            for key, title, event in _columns(library, Article, "article_id", "title", "event_id")
        },
        "events": {
            key: _Seen(title, f"{words.plural(articles, 'article')}, {_origins(origins)}", f"/events/{key}")
            for key, title, articles, origins in _columns(library, Event, "event_id", "title", "articles", "origins")
        },
        "quotations": {
            key: _Seen(text, names.get(speaker, "speaker not told"), f"/articles/{article}#{key}")
            for key, text, speaker, article in _columns(
                library, Quotation, "quotation_id", "text", "speaker_id", "article_id"
            )
        },
        **_compared(library),
    }


def _compared(library: Library) -> Picture:
    claims = _columns(library, Claim, "claim_id", "text", "status", "origins", "event_id")
    points = _columns(library, Difference, "difference_id", "about", "relation", "confidence", "event_id")
    return {
        "claims": {
            key: _Seen(text, f"{status}, {_origins(origins)}", f"/events/{event}#{key}")
            for key, text, status, origins, event in claims
        },
        "differences": {
            key: _Seen(about, relation, f"/events/{event}#{key}")
            for key, about, relation, confidence, event in points
            if confidence >= SHOWN
        },
    }


def altered(before: Picture, after: Picture) -> tuple[Altered, ...]:
    """What is gone, new or another, by noun; a noun of which nothing changed is left out."""
    found = [_between(noun, before[noun], after[noun]) for noun in after]
    return tuple(a for a in found if a.gone or a.new or a.other)


def _between(noun: str, before: Mapping[str, _Seen], after: Mapping[str, _Seen]) -> Altered:
    gone = [Row(was.told, was.state, "", None) for key, was in before.items() if key not in after]
    new = [Row(now.told, now.state, "", now.address) for key, now in after.items() if key not in before]
    other = [
        Row(now.told, now.state, was.state if was.told == now.told else f"{was.told}, {was.state}", now.address)
        for key, now in after.items()
        if (was := before.get(key)) is not None and (was.told, was.state) != (now.told, now.state)
    ]
    listed = tuple(gone[:_LISTED]), tuple(new[:_LISTED]), tuple(other[:_LISTED])
    more = len(gone) + len(new) + len(other) - sum(map(len, listed))
    return Altered(noun, len(before), len(after), *listed, more)


def _origins(number: int) -> str:
    return words.plural(number, "origin")


def _columns(library: Library, record: type, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(library.column(record, name).to_pylist() for name in names), strict=True))
