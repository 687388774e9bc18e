"""Passages: the sentences of an event's articles, or the clauses of a sentence too long to show."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rashomon.annotate.encoder import unpack
from rashomon.model.records import Amount, Article, Clause, Mention, Quotation, Reading, TimeExpression

LONGEST = 400
"""Code points of the longest passage: longer ones are split at their clauses."""
MOST = 8_000
"""Sentences of one event that are looked at, of more the first of each article: 400 articles take 6 minutes, 4 GB."""
LEAST_TERMS = 2
"""Sentences with fewer content words hold neither a fact nor words worth quoting."""

DESCRIBING = ("nominal", "modified")
"""Roles of frames that describe and assert nothing by themselves."""

Annotation = TypeVar("Annotation", Mention, Amount, TimeExpression, Clause)
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One stretch of one article with what was annotated inside it; `index` is its place among the event's passages."""

    index: int
    told: int  # which reading, counted in order of article ids
    article: Article
    start: int
    end: int
    terms: tuple[str, ...]
    entities: frozenset[str]
    mentions: tuple[Mention, ...]  # resolved or not, in reading order
    amounts: tuple[Amount, ...]
    times: tuple[TimeExpression, ...]
    clauses: tuple[Clause, ...]
    quotations: tuple[Quotation, ...]
    role: str
    place: float  # 0 at the beginning of the article, 1 at its end
    vector: Vector

    @property
    def text(self) -> str:
        """The characters of the passage."""
        return self.article.text[self.start : self.end]

    @property
    def origin(self) -> str:
        """The article whose telling this is: the origin's id for a copy."""
        return self.article.copy_of or self.article.article_id

    def kinds(self, start: int, end: int) -> frozenset[str]:
        """The kinds of what is named, or referred to by a noun, inside the span."""
        return frozenset(m.kind for m in self.mentions if m.form != "pronoun" and start <= m.start and m.end <= end)

    def speakers(self, start: int, end: int) -> list[Mention]:
        """The persons, bodies and groups inside the span that are more than a pronoun."""
        return [
            m
            for m in self.mentions
            if m.form != "pronoun" and m.kind in ("person", "organisation", "group") and m.start < end and start < m.end
        ]

    def clause_at(self, start: int, end: int) -> Clause | None:
        """The shortest clause of the passage that holds the span."""
        holding = [c for c in self.clauses if c.role not in DESCRIBING and c.start <= start and end <= c.end]
        return min(holding, key=lambda c: (c.end - c.start, c.start), default=None)


def named(article: Article) -> str:
    """How an article is called in a reason: by outlet, else by title, else by its file."""
    if article.outlet:
        return article.outlet
    if article.title:
        return f"“{article.title}”"
    return article.source_uri.rsplit("/", 1)[-1]


def dated(article: Article) -> str:
    """Outlet and day for a reason: `The Courier, 9 Nov 2016`."""
    if article.published_best and article.published_basis in ("metadata", "url", "text"):
        day = dt.date.fromisoformat(article.published_best[:10])
        return f"{named(article)}, {day.day} {day:%b %Y}"
    return named(article)


def passages(readings: Sequence[Reading]) -> list[Passage]:
    """The passages of all readings (given in order of article id), in reading order."""
    found: list[Passage] = []
    most = _each([len(reading.sentences) for reading in readings])
    for told, reading in enumerate(readings):
        vectors = unpack(reading.vectors)
        mentions, amounts = _finder(reading.mentions), _finder(reading.amounts)
        times, clauses = _finder(reading.times), _finder(reading.clauses)
        last = max((s.end for s in reading.sentences), default=1)
        for row, sentence in enumerate(reading.sentences[:most]):
            for start, end, terms in _pieces(reading, row):
                if len(terms) < LEAST_TERMS:
                    continue
                named = mentions(start, end)
                found.append(
                    Passage(
                        index=len(found),
                        told=told,
                        article=reading.article,
                        start=start,
                        end=end,
                        terms=terms,
                        entities=frozenset(m.entity_id for m in named if m.entity_id),
                        mentions=named,
                        amounts=amounts(start, end),
                        times=times(start, end),
                        clauses=clauses(start, end),
                        quotations=tuple(
                            q for q in reading.quotations if any(e.start < end and start < e.end for e in q.content)
                        ),
                        role=sentence.role,
                        place=start / last,
                        vector=vectors[row],
                    )
                )
    return found


def _each(lengths: Sequence[int]) -> int:
    """How many sentences of each article are looked at, so that they are MOST at most; at least one."""
    fitting = (k for k in range(max(lengths, default=1), 1, -1) if sum(min(n, k) for n in lengths) <= MOST)
    return next(fitting, 1)


def _finder(records: Sequence[Annotation]) -> Callable[[int, int], tuple[Annotation, ...]]:
    """What finds the records inside a span, by their beginnings."""
    ordered = sorted(records, key=lambda r: r.start)
    starts = [r.start for r in ordered]

    def inside(start: int, end: int) -> tuple[Annotation, ...]:
        begun = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        return tuple(r for r in begun if r.end <= end)

    return inside


def _pieces(reading: Reading, row: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """The sentence itself, or its clauses that do not overlap where it is too long to be shown."""
    sentence = reading.sentences[row]
    if sentence.end - sentence.start <= LONGEST:
        return [(sentence.start, sentence.end, sentence.terms)]
    inside = [c for c in reading.clauses if sentence.start <= c.start and c.end <= sentence.end]
    pieces: list[tuple[int, int, tuple[str, ...]]] = []
    reached = sentence.start
    for clause in sorted(inside, key=lambda c: (c.start, -c.end)):
        if clause.start >= reached and clause.end - clause.start <= LONGEST:
            pieces.append((clause.start, clause.end, clause.terms))
            reached = clause.end
    return pieces
