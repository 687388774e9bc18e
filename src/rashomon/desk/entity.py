"""An actor's page: every name in use and who uses it, what was said, the reasons, and the forms to correct it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rashomon.desk.judged import Bench, Judged, judged
from rashomon.desk.shelf import Listed, Shelf
from rashomon.model.records import Article, Entity, Mention, Quotation, Wording
from rashomon.report import words
from rashomon.report.context import Citation
from rashomon.report.why import Why, why
from rashomon.store.selection import Selection

_QUOTATIONS = 60
_EVENTS = 40
_PLACES = 4  # passages cited of each name


@dataclass(frozen=True, slots=True)
class Name:
    """A way of naming or describing the actor."""

    text: str
    articles: int
    loaded: float  # 0 for a plain spelling
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the actor."""

    quotation_id: str
    text: str
    mode: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class EntityPage:
    """What the page of an actor shows."""

    dossier: str
    entity: Entity
    spellings: tuple[Name, ...]
    described: tuple[Name, ...]
    said: tuple[Said, ...]
    quotations: int
    events: tuple[Listed, ...]
    why: Why
    others: tuple[tuple[str, str], ...]  # id and name of entities of its kind, to be merged with
    judged: Judged


def entity(shelf: Shelf, entity_id: str, bench: Bench) -> EntityPage | None:
    """The page of an actor; None if there is none of that id."""
    library = shelf.library
    found = library.find(Entity, entity_id)
    if found is None:
        return None
    mentions = library.of(Mention, "entity_id", entity_id)
    articles = {a.article_id: a for a in library.of_any(Article, "article_id", {m.article_id for m in mentions})}
    labels = _labels(articles)
    quotations = library.of(Quotation, "speaker_id", entity_id)
    events = shelf.events_with(entity_id)
    listed = tuple(e for e in shelf.events if e.event_id in events)
    ranked = sorted(listed, key=lambda e: (-e.articles, e.event_id))[:_EVENTS]
    return EntityPage(
        dossier=shelf.name,
        entity=found,
        spellings=_spellings(found, mentions, labels),
        described=_described(shelf, entity_id, labels),
        said=tuple(_said(q, articles, labels) for q in _by_day(quotations, articles)[:_QUOTATIONS]),
        quotations=len(quotations),
        events=listed,
        why=why(Selection(library, [e.event_id for e in ranked]), entity_id) if ranked else Why(found.name, ()),
        others=tuple((e.entity_id, e.name) for e in shelf.actors if e.kind == found.kind and e.entity_id != entity_id),
        judged=judged(shelf, bench, [entity_id]),
    )


def _labels(articles: Mapping[str, Article]) -> dict[str, str]:
    return words.labels(list(articles.values()))


def _cite(mention: Mention | Wording, labels: Mapping[str, str]) -> Citation:
    return Citation(mention.article_id, labels[mention.article_id], mention.start, mention.end, mention.text)


def _spellings(entity: Entity, mentions: list[Mention], labels: Mapping[str, str]) -> tuple[Name, ...]:
    by_text: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.form == "name":
            by_text[mention.text].append(mention)
    found = []
    for variant in entity.variants:
        told = [m for text, group in by_text.items() if variant.text in text for m in group]
        first = {m.article_id: m for m in reversed(told)}
        cited = tuple(_cite(m, labels) for m in sorted(first.values(), key=lambda m: (labels[m.article_id], m.start)))
        found.append(Name(variant.text, variant.articles, 0.0, cited[:_PLACES]))
    return tuple(sorted(found, key=lambda n: (-n.articles, n.text)))


def _described(shelf: Shelf, entity_id: str, labels: Mapping[str, str]) -> tuple[Name, ...]:
    grouped: dict[str, list[Wording]] = defaultdict(list)
    for use in shelf.library.of(Wording, "entity_id", entity_id):
        if use.article_id in labels:
            grouped[words.one_line(use.text).casefold()].append(use)
    found = [
        Name(
            uses[0].text,
            len({u.article_id for u in uses}),
            max(u.loaded for u in uses),
            tuple(_cite(u, labels) for u in sorted(uses, key=lambda u: (labels[u.article_id], u.start))[:_PLACES]),
        )
        for uses in grouped.values()
    ]
    return tuple(sorted(found, key=lambda n: (-n.articles, -n.loaded, n.text)))


def _by_day(quotations: list[Quotation], articles: Mapping[str, Article]) -> list[Quotation]:
    known = [q for q in quotations if q.article_id in articles]
    day = {a.article_id: a.published_best or a.published_earliest or "9999" for a in articles.values()}
    return sorted(known, key=lambda q: (day[q.article_id], q.article_id, q.content[0].start))


def _said(quotation: Quotation, articles: Mapping[str, Article], labels: Mapping[str, str]) -> Said:
    start, end = quotation.content[0].start, quotation.content[-1].end
    text = articles[quotation.article_id].text[start:end]
    cited = Citation(quotation.article_id, labels[quotation.article_id], start, end, text)
    return Said(quotation.quotation_id, text, quotation.mode, cited)
