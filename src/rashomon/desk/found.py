"""The page of a search: what has the words asked for, best first, each leading to its passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rashomon.desk.shelf import Shelf
from rashomon.errors import QueryError
from rashomon.report import words
from rashomon.report.context import Citation
from rashomon.store.search.hits import KINDS, Hit, Search, Within

HITS = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A hit, as stretches of its passage with whether each has the words asked for."""

    hit: Hit
    citation: Citation
    pieces: tuple[tuple[str, bool], ...]
    day: str
    event_title: str | None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What the page of a search shows."""

    dossier: str
    query: str
    kind: str  # one of KINDS; empty for all
    outlet: str
    outlets: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    total: int
    lines: tuple[Line, ...]
    number: int
    pages: int
    note: str
    either: str  # the query for any of its words, where there are several and nothing has all


def found(shelf: Shelf, search: Search, asked: Mapping[str, str]) -> FoundPage:
    """The page for a query; one that asks for nothing, or for nothing that there can be, is told and finds nothing."""
    query, kind, outlet = (asked.get(name, "").strip() for name in ("q", "kind", "outlet"))
    kind = kind if kind in KINDS else ""
    number = max(1, int(asked["page"])) if asked.get("page", "").isdecimal() and len(asked["page"]) < 7 else 1
    within = Within(kinds=(kind,) if kind else KINDS, outlet=outlet or None)
    lines: tuple[Line, ...] = ()
    total, kinds, note = 0, {}, ""
    if query:
        try:
            result = search.find(query, within, HITS, (number - 1) * HITS)
            total, kinds = result.total, result.kinds
            lines = tuple(_line(shelf, hit) for hit in result.hits)
        except QueryError as error:
            note = str(error)
    return FoundPage(
        *(shelf.name, query, kind, outlet, shelf.outlets, tuple(kinds.items()), total, lines),
        *(number, max(1, -(-total // HITS)), note, _either(query) if not total else ""),
    )


def _either(query: str) -> str:
    words_asked = query.split()
    plain = len(words_asked) > 1 and all(word.isalnum() and word != "OR" for word in words_asked)
    return " OR ".join(words_asked) if plain else ""


def _line(shelf: Shelf, hit: Hit) -> Line:
    pieces: list[tuple[str, bool]] = []
    reached = hit.start
    for mark in hit.marks:
        pieces += [(hit.text[reached - hit.start : mark.start - hit.start], False)]
        pieces += [(hit.text[mark.start - hit.start : mark.end - hit.start], True)]
        reached = mark.end
    pieces.append((hit.text[reached - hit.start :], False))
    event = shelf.by_id.get(hit.event_id or "")
    label = words.shorten(words.one_line(hit.outlet or hit.title or hit.article_id), 40)
    return Line(
        hit,
        Citation(hit.article_id, label, hit.start, hit.end, hit.text),
        tuple((words.visible(text), marked) for text, marked in pieces if text),
        words.days(hit.published_earliest, hit.published_latest),
        event.title if event else None,
    )
