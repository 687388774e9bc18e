"""The dossier's nouns with the passages that they stand on: what exports, the REST API and the MCP server give out.

Each is a record of `rashomon.model.records` with a few fields more, so that every line of it can be followed to the
characters of an article. All text is verbatim.
"""

from __future__ import annotations

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import pyarrow as pa

from rashomon.errors import SpanError, UnknownId
from rashomon.model.arrow import from_arrow, schema
from rashomon.model.records import (
    Article,
    Block,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Mention,
    Place,
    Quotation,
    Storyline,
    Utterance,
)
from rashomon.model.span import Span
from rashomon.resolve.chains import bare
from rashomon.store.library import Library, Numbers

C = TypeVar("C")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, verbatim: `text == articles[article_id].text[start:end]`."""

    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article without its text."""

    article_id: str
    outlet: str | None
    url: str | None
    title: str | None
    byline: str | None
    language: str | None
    published_earliest: str | None
    published_latest: str | None
    published_best: str | None
    published_basis: str
    published_evidence: str | None
    source_uri: str
    copy_of: str | None
    event_id: str | None
    modified: str | None
    retrieved: str | None
    event_reason: str | None


@dataclass(frozen=True, slots=True)
class CitedArticle(Article):
    """An article with its blocks."""

    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedStoryline(Storyline):
    """A storyline with its events, by day, and the place of its title."""

    event_ids: tuple[str, ...] = ()
    title_at: Passage | None = None  # None where the title is a headline that stands outside every text


@dataclass(frozen=True, slots=True)
class CitedEvent(Event):
    """An event with its articles, the name of its place, and the place of its title."""

    article_ids: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    place: str | None = None
    title_at: Passage | None = None  # None where the title is a headline that stands outside every text


@dataclass(frozen=True, slots=True)
class CitedEntity(Entity):
    """An entity with one passage of each of its spellings."""

    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedClaim(Claim):
    """A claim with every passage that tells it."""

    passages: tuple[ClaimPassage, ...]


@dataclass(frozen=True, slots=True)
class CitedDifference(Difference):
    """A difference with its sides."""

    sides: tuple[DifferenceSide, ...]


@dataclass(frozen=True, slots=True)
class CitedQuotation(Quotation):
    """A quotation with its event, the speaker's name, and the words that name the speaker and report."""

    event_id: str | None = None
    speaker: str | None = None  # the name of the entity that speaks
    source: str | None = None  # the words that tell who speaks
    cue: str | None = None  # the word that reports


@dataclass(frozen=True, slots=True)
class CitedUtterance(Utterance):
    """An utterance with the speaker's name and its very words in each article."""

    speaker: str | None = None
    passages: tuple[Passage, ...] = ()


def passage(library: Library, article_id: str, start: int, end: int) -> Passage:
    """The characters of an article; UnknownId if there is no such article, SpanError if they do not fit it."""
    try:
        return Passage(article_id, start, end, Span(start, end).of(library.text(article_id)))
    except ValueError as error:
        raise SpanError(str(error)) from error


def heads(library: Library, numbers: Numbers | Sequence[int]) -> list[ArticleHead]:
    """Articles by the numbers of their rows, without their texts."""
    taken, wanted = pa.array(numbers, pa.int64()), schema(ArticleHead)
    columns = [library.column(Article, field.name).take(taken) for field in wanted]
    return from_arrow(ArticleHead, pa.table(columns, schema=wanted))


def head(library: Library, article_id: str) -> ArticleHead:
    """One article without its text; UnknownId if there is none of that id."""
    found = heads(library, library.numbers(Article, "article_id", article_id))
    if not found:
        raise UnknownId(f"There is no article '{article_id}' in {library.path}.")
    return found[0]


def articles(library: Library, found: Sequence[Article]) -> list[CitedArticle]:
    """Articles with their blocks."""
    return [_with(CitedArticle, a, blocks=tuple(library.of(Block, "article_id", a.article_id))) for a in found]


def storylines(library: Library, found: Sequence[Storyline]) -> list[CitedStoryline]:
    """Storylines with their events and the place of their titles."""
    cited = []
    for line in found:
        members = library.of(Event, "storyline_id", line.storyline_id)
        members.sort(key=lambda e: (e.earliest or "9999", e.event_id))
        ids = tuple(event.event_id for event in members)
        cited.append(_with(CitedStoryline, line, event_ids=ids, title_at=_title(library, line.title, ids)))
    return cited


def events(library: Library, found: Sequence[Event]) -> list[CitedEvent]:
    """Events with their articles, places and the place of their titles."""
    names, cited = _names(library, [event.place_id for event in found]), []
    for event in found:
        members = heads(library, library.numbers(Article, "event_id", event.event_id))
        more = {
            "article_ids": tuple(member.article_id for member in members),
            "outlets": tuple(sorted({member.outlet for member in members if member.outlet})),
            "place": names.get(event.place_id or ""),
            "title_at": _title(library, event.title, (event.event_id,)),
        }
        cited.append(_with(CitedEvent, event, **more))
    return cited


def entities(library: Library, found: Sequence[Entity]) -> list[CitedEntity]:
    """Entities with the first passage of each spelling, in the order of their variants."""
    cited = []
    for entity in found:
        first: dict[str, Passage] = {}
        numbers = pa.array(library.numbers(Mention, "entity_id", entity.entity_id))
        columns = (library.column(Mention, field.name).take(numbers).to_pylist() for field in schema(Passage))
        for article_id, start, end, text in zip(*columns, strict=True):
            first.setdefault(bare(text), Passage(article_id, start, end, text))
        spelt = tuple(first[variant.text] for variant in entity.variants if variant.text in first)
        cited.append(_with(CitedEntity, entity, passages=spelt))
    return cited


def claims(library: Library, found: Sequence[Claim]) -> list[CitedClaim]:
    """Claims with their passages."""
    told = _by(library.of_any(ClaimPassage, "claim_id", [c.claim_id for c in found]), lambda p: p.claim_id)
    return [_with(CitedClaim, c, passages=tuple(told[c.claim_id])) for c in found]


def differences(library: Library, found: Sequence[Difference]) -> list[CitedDifference]:
    """Differences with their sides."""
    ids = [d.difference_id for d in found]
    sides = _by(library.of_any(DifferenceSide, "difference_id", ids), lambda s: s.difference_id)
    return [_with(CitedDifference, d, sides=tuple(sides[d.difference_id])) for d in found]


def quotations(library: Library, found: Sequence[Quotation]) -> list[CitedQuotation]:
    """Quotations with speakers and the words around them."""
    told = {a.article_id: a for a in library.of_any(Article, "article_id", [q.article_id for q in found])}
    names, cited = _names(library, [q.speaker_id for q in found]), []
    for quotation in found:
        article = told[quotation.article_id]
        more = {
            "event_id": article.event_id,
            "speaker": names.get(quotation.speaker_id or ""),
            "source": _slice(article.text, quotation.source_start, quotation.source_end),
            "cue": _slice(article.text, quotation.cue_start, quotation.cue_end),
        }
        cited.append(_with(CitedQuotation, quotation, **more))
    return cited


def utterances(library: Library, found: Sequence[Utterance]) -> list[CitedUtterance]:
    """Utterances with speakers and their very words."""
    names = _names(library, [utterance.speaker_id for utterance in found])

    def words(places: Iterable[Place]) -> tuple[Passage, ...]:
        return tuple(passage(library, p.article_id, p.start, p.end) for p in places)

    return [_with(CitedUtterance, u, speaker=names.get(u.speaker_id or ""), passages=words(u.places)) for u in found]


def _with(cls: type[C], record: Any, **more: Any) -> C:
    return cls(**{name: getattr(record, name) for name in _fields(record.__class__)}, **more)


@functools.cache
def _fields(cls: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cast(Any, cls)))


def _by(records: Iterable[R], key: Callable[[R], str]) -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for record in records:
        grouped[key(record)].append(record)
    return grouped


def _slice(text: str, start: int | None, end: int | None) -> str | None:
    return None if start is None or end is None else text[start:end]


def _names(library: Library, entity_ids: Iterable[str | None]) -> dict[str, str]:
    return {e.entity_id: e.name for e in library.of_any(Entity, "entity_id", filter(None, entity_ids))}


def _title(library: Library, title: str, event_ids: Sequence[str]) -> Passage | None:
    """Where a title stands: in the first article of the events, by id, whose text has it."""
    ids = [i for event in event_ids for i in library.numbers(Article, "event_id", event)]
    for number in sorted(ids):
        start = library.column(Article, "text")[int(number)].as_py().find(title)
        if start >= 0:
            article_id = library.column(Article, "article_id")[int(number)].as_py()
            return Passage(article_id, start, start + len(title), title)
    return None
