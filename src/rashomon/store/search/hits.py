"""Search in a dossier: what has the words asked for, best first, each with a verbatim passage and the marks in it."""

from __future__ import annotations

import dataclasses
import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rashomon.errors import QueryError
from rashomon.model.records import Article, Extent, Mention, Quotation, Sentence
from rashomon.model.span import Span
from rashomon.store.library import Library
from rashomon.store.search.index import opened
from rashomon.store.search.question import Question, parse
from rashomon.store.search.words import Word, words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KINDS = ("article", "quotation", "claim")
_TITLE = 3.0  # a word of a headline counts as three of a text: set by hand, there are no judged searches to fit it by
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


class Search:
    """Full text over the articles, quotations and claims of one state of a dossier; safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Make the index now, if it is not there, rather than at the first question."""
        with self._lock:
            if self._connection is None:
                self._connection = opened(self._library)

    def find(self, query: str, within: Within | None = None, limit: int = 20, offset: int = 0) -> Found:
        """The hits from number `offset` on, best first; equal ones in the order of their tables.

        How a query is written is told by `rashomon.store.search.question.parse`. Raises QueryError for one that asks
        for nothing, and for a kind that there is not.
        """
        question, within = parse(query), within or Within()
        where, values = self._where(within)
        self.prepare()
        begins = "FROM words CROSS JOIN documents d ON d.number = words.rowid WHERE words MATCH ?"
        counted = self._ask(f"SELECT d.kind, count(*) {begins}{where} GROUP BY d.kind", (question.match, *values))
        kinds = {kind: int(dict(counted).get(kind, 0)) for kind in KINDS}
        page = self._ask(
            'SELECT d.kind, d.id, d.article_id, d.event_id, d.start, d."end", '
            f"bm25(words, {_TITLE}, 1.0) AS score {begins}{where} ORDER BY score, d.number LIMIT ? OFFSET ?",
            (question.match, *values, limit, offset),
        )
        hits = tuple(self._hit(question, row) for row in page)
        return Found(query, sum(kinds.values()), kinds, hits)

    def _ask(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._lock:
            assert self._connection is not None
            return self._connection.execute(sql, tuple(values)).fetchall()

    def _where(self, within: Within) -> tuple[str, list[object]]:
        unknown = [kind for kind in within.kinds if kind not in KINDS]
        if unknown or not within.kinds:
            raise QueryError(f"There is no kind '{', '.join(unknown)}' to search; there are {', '.join(KINDS)}.")
        for day in filter(None, (within.earliest, within.latest)):
            if not _DAY.fullmatch(day):
                raise QueryError(f"'{day}' is no day: write it like 2024-12-16.")
        told: list[str] = []
        values: list[object] = []
        for condition, value in (
            ("d.kind IN (SELECT value FROM json_each(?))", _listed(within.kinds) if within.kinds != KINDS else None),
            ("d.number IN (SELECT number FROM outlets WHERE outlet = ?)", within.outlet),
            ("d.latest >= ?", within.earliest),
            ("d.earliest <= ?", within.latest),
            ("d.event_id = ?", within.event_id),
        ):
            if value is not None:
                told.append(condition)
                values.append(value)
        if within.entity_id is not None:
            numbers = self._library.numbers(Mention, "entity_id", within.entity_id)
            ids = self._library.column(Mention, "article_id")
            told.append(
                "CASE d.kind WHEN 'quotation' THEN d.speaker_id = ? "
                "ELSE d.article_id IN (SELECT value FROM json_each(?)) END"
            )
            values += [within.entity_id, _listed(sorted({ids[int(n)].as_py() for n in numbers}))]
        return "".join(f" AND {condition}" for condition in told), values

    def _hit(self, question: Question, row: tuple[str, str, str, str | None, int, int, float]) -> Hit:
        kind, identity, article_id, event_id, start, end, score = row
        article = self._library.one(Article, article_id)
        passage, marks = self._passage(question, article, kind, identity, Span(start, end))
        title = tuple(words(article.title or ""))
        return Hit(
            kind=kind,
            id=identity,
            article_id=article.article_id,
            event_id=event_id,
            start=passage.start,
            end=passage.end,
            text=passage.of(article.text),
            marks=_apart(marks),
            title=article.title,
            title_marks=_apart([span for span, _ in question.marks(title)]),
            outlet=article.outlet,
            published_earliest=article.published_earliest,
            published_latest=article.published_latest,
            score=-score,
        )

    def _passage(
        self, question: Question, article: Article, kind: str, identity: str, whole: Span
    ) -> tuple[Span, list[Span]]:
        """The passage that shows a hit, and the marks in it."""
        stretches = [whole]
        if kind == "article":
            stretches = self._sentences(article.article_id) or [whole]
        elif kind == "quotation":
            stretches = [Span(e.start, e.end) for e in self._library.one(Quotation, identity).content]
        told: list[Word] = [word for s in stretches for word in words(article.text, s.start, s.end)]
        found = list(question.marks(told))
        if kind == "article":
            whole = _best(stretches, found)
        inside = [span for span, _ in found if whole.holds(span)]
        shown = _cut(article.text, whole, inside[0] if inside else None)
        return shown, [span for span in inside if shown.holds(span)]

    def _sentences(self, article_id: str) -> list[Span]:
        numbers = self._library.numbers(Sentence, "article_id", article_id)
        starts, ends = (self._library.column(Sentence, name) for name in ("start", "end"))
        return [Span(starts[int(n)].as_py(), ends[int(n)].as_py()) for n in numbers]


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


def _listed(values: Sequence[str]) -> str:
    return json.dumps(list(values))
