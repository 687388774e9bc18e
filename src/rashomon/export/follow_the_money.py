"""A part of a dossier in FollowTheMoney JSON: Person, Organization, Address, Article, Mention, Event and Note.

One entity a line, as OpenAleph and the tools of FollowTheMoney 4 read them. Claims, quotations and differences have no
schema there: they are Notes on their event or speaker. FollowTheMoney has no property for places in a text; each
entity has its passages under `passages`, beside its properties, where its tools keep what they do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.export.cited import CitedArticle, CitedEntity, CitedEvent
from rashomon.export.part import Part
from rashomon.model.identity import identify

Proxy = dict[str, Any]
SCHEMATA = {"person": "Person", "organisation": "Organization", "group": "LegalEntity", "place": "Address"}
"""The schema of each kind of entity; `other` (ships, treaties, laws) has none and is left out."""
_LANGUAGES = {
    "ar": "ara",
    "be": "bel",
    "cs": "ces",
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fa": "fas",
    "fi": "fin",
    "fr": "fra",
    "he": "heb",
    "hi": "hin",
    "hu": "hun",
    "id": "ind",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nl": "nld",
    "no": "nor",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sv": "swe",
    "tr": "tur",
    "uk": "ukr",
    "zh": "zho",
}  # FollowTheMoney writes languages with three letters (ISO 639-3)
_PARTIES = ("person", "organisation", "group")  # what a Mention or an Event may name there


def follow_the_money(part: Part) -> Iterator[Proxy]:
    """The entities of a part, each an id, a schema, properties (lists of strings) and passages."""
    parties = {e.entity_id: e for e in part.entities if e.kind in _PARTIES}
    told_in: dict[str, set[str]] = {}
    for entity in parties.values():
        for place in entity.passages:
            told_in.setdefault(place.article_id, set()).add(entity.entity_id)
    yield from map(_article, part.articles)
    for entity in part.entities:
        if entity.kind in SCHEMATA:
            yield _entity(entity)
            yield from _mentions(entity)
    for event in part.events:
        involved = sorted(set().union(*(told_in.get(article, set()) for article in event.article_ids)))
        yield _event(event, involved)
    yield from _notes(part, parties)


def _proxy(identity: str, schema: str, passages: Iterable[Any], **properties: Any) -> Proxy:
    told = {name: [value] if isinstance(value, str) else list(value) for name, value in properties.items() if value}
    places = [{"article_id": p.article_id, "start": p.start, "end": p.end, "text": p.text} for p in passages]
    return {"id": identity, "schema": schema, "properties": told, "passages": places}


def _article(article: CitedArticle) -> Proxy:
    exact = article.published_earliest == article.published_latest
    return _proxy(
        article.article_id,
        "Article",
        (),
        fileName=article.source_uri.replace("\\", "/").rpartition("/")[2] or article.article_id,
        title=article.title,
        author=article.byline,
        publisher=article.outlet,
        sourceUrl=article.url,
        publishedAt=article.published_earliest if exact else None,
        date=None if exact else sorted({d for d in (article.published_earliest, article.published_latest) if d}),
        language=_LANGUAGES.get(article.language or ""),
        bodyText=article.text,
    )


def _entity(entity: CitedEntity) -> Proxy:
    others = [variant.text for variant in entity.variants if variant.text != entity.name]
    if SCHEMATA[entity.kind] == "Address":
        return _proxy(entity.entity_id, "Address", entity.passages, name=entity.name, full=entity.name, alias=others)
    full = [name for name in others if " " in name]
    weak = [name for name in others if " " not in name]  # a surname alone must not match anybody
    return _proxy(
        entity.entity_id,
        SCHEMATA[entity.kind],
        entity.passages,
        name=entity.name,
        alias=full,
        weakAlias=weak,
        notes=entity.reason,
    )


def _mentions(entity: CitedEntity) -> Iterator[Proxy]:
    if entity.kind not in _PARTIES:
        return
    for place in entity.passages:
        yield _proxy(
            identify("m", place.article_id, place.start, place.end),
            "Mention",
            [place],
            document=place.article_id,
            name=place.text,
            resolved=entity.entity_id,
            detectedSchema=SCHEMATA[entity.kind],
        )


def _event(event: CitedEvent, involved: list[str]) -> Proxy:
    return _proxy(
        event.event_id,
        "Event",
        [event.title_at] if event.title_at else (),
        name=event.title,
        startDate=event.earliest,
        endDate=event.latest,
        location=event.place,
        involved=involved,
        proof=event.article_ids,
    )


def _notes(part: Part, parties: dict[str, CitedEntity]) -> Iterator[Proxy]:
    for claim in part.claims:
        yield _note(claim.claim_id, claim.passages, f"claim, {claim.status}", claim.text, claim.event_id)
    for difference in part.differences:
        kind = f"difference, {difference.kind}, {difference.relation}"
        yield _note(difference.difference_id, difference.sides, kind, difference.reason, difference.event_id)
    texts = {article.article_id: article.text for article in part.articles}
    for quotation in part.quotations:
        text, speaker = texts[quotation.article_id], quotation.speaker_id
        places = [
            {"article_id": quotation.article_id, "start": e.start, "end": e.end, "text": text[e.start : e.end]}
            for e in quotation.content
        ]
        about = speaker if speaker in parties else quotation.article_id
        note = _note(quotation.quotation_id, (), f"quotation, {quotation.mode}", quotation.text, about)
        yield {**note, "passages": places}


def _note(identity: str, passages: Iterable[Any], kind: str, text: str, about: str) -> Proxy:
    return _proxy(identity, "Note", passages, name=kind, description=text, entity=about)
