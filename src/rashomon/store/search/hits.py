"""Search in a dossier: what has the words asked for, best first, each with a verbatim passage and the marks in it."""

from __future__ import annotations

import dataclasses
import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from rashomon.errors import QueryError
from rashomon.model.records import Article, Extent, Mention, Quotation, Sentence
from rashomon.model.span import Span
from rashomon.store.library import Library
from rashomon.store.search.index import opened
from rashomon.store.search.question import Question, parse
from rashomon.store.search.words import words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KINDS = ("article", "quotation", "claim")
_TITLE = 3.0  # a word of a headline counts as three of a text: set by hand, there are no judged searches to fit it by
RANKED = 20_000
"""Hits that are weighed against each other: what takes 25 ms here; a word that more texts have says little of any."""
_PASSAGE = 320  # characters of a passage at most: two lines and a half of a page


@dataclass(frozen=True, slots=True)
class Within:
    """What a search keeps to; each one narrows it."""

    kinds: tuple[str, ...] = KINDS  # article, quotation, claim
    outlet: str | None = None  # who published it; of a claim, one of those who tell it
    earliest: str | None = None  # published on this ISO day or later, as far as the publication interval allows
    latest: str | None = None  # published on this ISO day or earlier
    event_id: str | None = None
    entity_id: str | None = None  # whose articles mention it; of quotations, who said it


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `text` is `articles[article_id].text[start:end]`, and the marks lie within."""

    kind: str  # article, quotation, claim
    id: str  # of the article, quotation or claim
    article_id: str  # the article that the passage is from
    event_id: str | None
    start: int
    end: int
    text: str
    marks: tuple[Extent, ...]  # the words asked for, as offsets into the article's text, in order
    title: str | None  # the article's headline
    title_marks: tuple[Extent, ...]  # the words asked for, as offsets into the headline
    outlet: str | None
    published_earliest: str | None
    published_latest: str | None
    score: float  # BM25; higher is better


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, and how many there are in all."""

    query: str
    total: int
    kinds: dict[str, int]  # kind: how many of it
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A hit as the index has it."""

    kind: str
    id: str
    article_id: str
    event_id: str | None
    start: int
    end: int
    score: float


class Search:
    """Full text over the articles, quotations and claims of one state of a dossier; safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._kinds: dict[str, tuple[int, int]] = {}  # kind: its first and last number in the index

    def prepare(self) -> None:
        """Make the index now, if it is not there, rather than at the first question."""
        with self._lock:
            if self._connection is None:
                connection = opened(self._library)
                self._kinds = {kind: (first, last) for kind, first, last in connection.execute("SELECT * FROM kinds")}
                self._connection = connection

    def find(self, query: str, within: Within | None = None, limit: int = 20, offset: int = 0) -> Found:
        """The hits from number `offset` on, best first; equal ones in the order of their tables.

        How a query is written is told by `rashomon.store.search.question.parse`. Of more than RANKED hits only the
        first so many, in the order articles, quotations, claims, are weighed against each other; the others follow.
        Raises QueryError for a query that asks for nothing, and for a kind that there is not.
        """
        question, within = parse(query), within or Within()
        where, values = conditions(self._library, within)
        self.prepare()
        asked = (question.match, *values)
        counts = "SELECT count(*) FROM words WHERE words MATCH ?" + where
        kinds = {kind: self._ask(f"{counts} AND {self._range([kind])}", asked)[0][0] for kind in within.kinds}
        total = sum(kinds.values())
        where = f"FROM words WHERE words MATCH ?{where} AND {self._range(within.kinds)}"
        rows = self._ranked(where, asked, total, (limit, offset))
        return Found(query, total, {kind: kinds.get(kind, 0) for kind in KINDS}, tuple(self._hits(question, rows)))

    def _ranked(self, where: str, asked: Sequence[object], total: int, page: tuple[int, int]) -> list[_Row]:
        """The rows of a page: those that are weighed by their score, then the others by their number."""
        limit, offset = page
        border = 2**62
        if total > RANKED:
            numbered = f"SELECT rowid {where} ORDER BY rowid LIMIT 1 OFFSET {RANKED}"
            border = self._ask(numbered, asked)[0][0]
        scored = f"SELECT rowid, bm25(words, {_TITLE}, 1.0) AS score {where} AND rowid < ? ORDER BY score, rowid"
        found = self._ask(f"{scored} LIMIT ? OFFSET ?", (*asked, border, limit, offset))
        if len(found) < limit and total > RANKED:
            rest = f"SELECT rowid, 0.0 {where} AND rowid >= ? ORDER BY rowid LIMIT ? OFFSET ?"
            found += self._ask(rest, (*asked, border, limit - len(found), max(0, offset - RANKED)))
        columns = 'SELECT kind, id, article_id, event_id, start, "end" FROM documents WHERE number = ?'
        return [_Row(*(*self._ask(columns, (number,))[0], -score)) for number, score in found]

    def _ask(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            assert self._connection is not None
            return self._connection.execute(sql, tuple(values)).fetchall()

    def _range(self, kinds: Sequence[str]) -> str:
        """A condition that keeps to kinds; all numbers are our own."""
        ranges = [self._kinds[kind] for kind in kinds if kind in self._kinds]
        return f"({' OR '.join(f'rowid BETWEEN {first} AND {last}' for first, last in ranges) or 'false'})"

    def _hits(self, question: Question, rows: Sequence[_Row]) -> Iterator[Hit]:
        articles = {a.article_id: a for a in self._library.of_any(Article, "article_id", [r.article_id for r in rows])}
        for row in rows:
            article = articles[row.article_id]
            passage, marks = self._passage(question, article, row)
            title = list(question.marks(list(words(article.title or ""))))
            yield Hit(
                kind=row.kind,
                id=row.id,
                article_id=row.article_id,
                event_id=row.event_id,
                start=passage.start,
                end=passage.end,
                text=passage.of(article.text),
                marks=_apart(marks),
                title=article.title,
                title_marks=_apart([span for span, _ in title]),
                outlet=article.outlet,
                published_earliest=article.published_earliest,
                published_latest=article.published_latest,
                score=row.score,
            )

    def _passage(self, question: Question, article: Article, row: _Row) -> tuple[Span, list[Span]]:
        """The passage that shows a hit, and the marks in it."""
        whole = Span(row.start, row.end)
        stretches = [whole]
        if row.kind == "article":
            stretches = self._sentences(article.article_id) or [whole]
        elif row.kind == "quotation":
            stretches = [Span(e.start, e.end) for e in self._library.one(Quotation, row.id).content]
        likely = [s for s in stretches if question.may(article.text[s.start : s.end])] or stretches
        found = [mark for s in likely for mark in question.marks(list(words(article.text, s.start, s.end)))]
        if row.kind == "article":
            whole = _best(stretches, found)
        inside = [span for span, _ in found if whole.holds(span)]
        shown = _cut(article.text, whole, inside[0] if inside else None)
        return shown, [span for span in inside if shown.holds(span)]

    def _sentences(self, article_id: str) -> list[Span]:
        numbers = pa.array(self._library.numbers(Sentence, "article_id", article_id))
        starts, ends = (self._library.column(Sentence, name).take(numbers).to_pylist() for name in ("start", "end"))
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def conditions(library: Library, within: Within) -> tuple[str, list[object]]:
    """What a search keeps to beside the kinds: the end of a WHERE, and its values. QueryError for what there is not."""
    unknown = [kind for kind in within.kinds if kind not in KINDS]
    if unknown or not within.kinds:
        raise QueryError(f"There is no kind '{', '.join(unknown)}' to search; there are {', '.join(KINDS)}.")
    for day in filter(None, (within.earliest, within.latest)):
        if not _DAY.fullmatch(day):
            raise QueryError(f"'{day}' is no day: write it like 2024-12-16.")
    asked: list[tuple[str, object]] = [
        ("number IN (SELECT number FROM outlets WHERE outlet = ?)", within.outlet),
        ("latest >= ?", within.earliest),
        ("earliest <= ?", within.latest),
        ("event_id = ?", within.event_id),
    ]
    if within.entity_id is not None:
        numbers = pa.array(library.numbers(Mention, "entity_id", within.entity_id))
        articles = library.column(Mention, "article_id").take(numbers).unique().to_pylist()
        asked.append(("(kind <> 'quotation' OR speaker_id = ?)", within.entity_id))
        told = "(kind = 'quotation' OR article_id IN (SELECT value FROM json_each(?)))"
        asked.append((told, json.dumps(sorted(articles))))
    kept = [(condition, value) for condition, value in asked if value is not None]
    if not kept:
        return "", []
    # `+rowid`: the words are looked up first, then the set; not the words anew for each number of the set.
    listed = " AND ".join(condition for condition, _ in kept)
    return f" AND +rowid IN (SELECT number FROM documents WHERE {listed})", [value for _, value in kept]


def _best(sentences: Sequence[Span], found: Sequence[tuple[Span, int]]) -> Span:
    """The sentence that has most of the terms; the first of several."""
    return max(sentences, key=lambda s: len({number for span, number in found if s.holds(span)}))


def _cut(text: str, passage: Span, first: Span | None) -> Span:
    """A long passage cut to `_PASSAGE` characters around its first mark, at blanks."""
    if passage.end - passage.start <= _PASSAGE:
        return passage
    start = passage.start if first is None else max(passage.start, min(first.start - _PASSAGE // 3, first.start))
    if start > passage.start:
        start = text.find(" ", start, first.start if first else passage.end) + 1 or start
    end = min(passage.end, start + _PASSAGE)
    if end < passage.end:
        blank = text.rfind(" ", max(start, first.end if first else start), end)
        end = blank if blank > start else end
    return Span(start, end)


def _apart(marks: Sequence[Span]) -> tuple[Extent, ...]:
    """Marks in order, those that touch each other's words joined."""
    joined: list[Extent] = []
    for mark in sorted(marks):
        if joined and mark.start < joined[-1].end:
            joined[-1] = dataclasses.replace(joined[-1], end=max(mark.end, joined[-1].end))
        else:
            joined.append(Extent(mark.start, mark.end))
    return tuple(joined)
