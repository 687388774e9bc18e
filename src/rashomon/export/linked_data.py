"""A part of a dossier as JSON-LD in the words of schema.org: NewsArticle, Event, Claim, Quotation and who is in them.

A passage is named by its article and RFC 5147's range of characters, which is half open as ours is:
`urn:rashomon:a-3f9a61b2c4d5e6f7#char=120,188`. What schema.org has no word for, a difference, is a Collection of the
Claims that are its sides.
"""

from __future__ import annotations

from typing import Any

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
from rashomon.export.part import Part

Node = dict[str, Any]
_TYPES = {"person": "Person", "organisation": "Organization", "place": "Place"}


def json_ld(part: Part) -> Node:
    """The part as one JSON-LD document: `@context` and a `@graph` of nodes."""
    graph = [
        *map(_storyline, part.storylines),
        *map(_event, part.events),
        *map(_article, part.articles),
        *map(_entity, part.entities),
        *map(_claim, part.claims),
        *map(_difference, part.differences),
        *map(_quotation, part.quotations),
        *map(_utterance, part.utterances),
    ]
    return {"@context": "https://schema.org", "@graph": [_told(node) for node in graph]}


def _told(node: Node) -> Node:
    """A node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _iri(identity: str | None) -> str | None:
    return f"urn:rashomon:{identity}" if identity else None


def _ref(identity: str | None) -> Node | None:
    return {"@id": _iri(identity)} if identity else None


def _passage(article_id: str, start: int, end: int, text: str) -> Node:
    return {
        "@type": "CreativeWork",
        "@id": f"{_iri(article_id)}#char={start},{end}",
        "isPartOf": _ref(article_id),
        "text": text,
    }


def _storyline(line: CitedStoryline) -> Node:
    return {
        "@type": "EventSeries",
        "@id": _iri(line.storyline_id),
        "name": line.title,
        "startDate": line.earliest,
        "endDate": line.latest,
        "subEvent": [_ref(event) for event in line.event_ids],
    }


def _event(event: CitedEvent) -> Node:
    return {
        "@type": "Event",
        "@id": _iri(event.event_id),
        "name": event.title,
        "startDate": event.earliest,
        "endDate": event.latest,
        "location": _ref(event.place_id),
        "superEvent": _ref(event.storyline_id),
        "subjectOf": [_ref(article) for article in event.article_ids],
    }


def _article(article: CitedArticle) -> Node:
    exact = article.published_earliest == article.published_latest
    between = f"{article.published_earliest}/{article.published_latest}"
    return {
        "@type": "NewsArticle",
        "@id": _iri(article.article_id),
        "identifier": article.article_id,
        "headline": article.title,
        "author": {"@type": "Person", "name": article.byline} if article.byline else None,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        "datePublished": article.published_earliest if exact else None,
        "temporalCoverage": between if article.published_earliest and not exact else None,
        "dateModified": article.modified,
        "inLanguage": article.language,
        "url": article.url,
        "isBasedOn": _ref(article.copy_of),
        "about": _ref(article.event_id),
        "text": article.text,
    }


def _entity(entity: CitedEntity) -> Node:
    return {
        "@type": _TYPES.get(entity.kind, "Thing"),
        "@id": _iri(entity.entity_id),
        "name": entity.name,
        "alternateName": [variant.text for variant in entity.variants if variant.text != entity.name],
        "identifier": entity.known_as,
        "subjectOf": [_passage(p.article_id, p.start, p.end, p.text) for p in entity.passages],
    }


def _claim(claim: CitedClaim) -> Node:
    return {
        "@type": "Claim",
        "@id": _iri(claim.claim_id),
        "text": claim.text,
        "about": _ref(claim.event_id),
        "creativeWorkStatus": claim.status,
        "appearance": [_passage(p.article_id, p.start, p.end, p.text) for p in claim.passages],
    }


def _difference(difference: CitedDifference) -> Node:
    return {
        "@type": "Collection",
        "@id": _iri(difference.difference_id),
        "name": difference.about,
        "description": difference.reason,
        "keywords": [difference.kind, difference.relation],
        "about": _ref(difference.event_id),
        "hasPart": [
            {
                "@type": "Claim",
                "name": side.value,
                "text": side.text,
                "appearance": _passage(side.article_id, side.start, side.end, side.text),
            }
            for side in difference.sides
        ],
    }


def _quotation(quotation: CitedQuotation) -> Node:
    article, extents = quotation.article_id, quotation.content
    return {
        "@type": "Quotation",
        "@id": _iri(quotation.quotation_id),
        "text": quotation.text,
        "spokenByCharacter": _ref(quotation.speaker_id),
        "creditText": quotation.source,
        "genre": quotation.mode,
        "isPartOf": [_ref(article), *({"@id": f"{_iri(article)}#char={e.start},{e.end}"} for e in extents)],
        "exampleOfWork": _ref(quotation.utterance_id),
    }


def _utterance(utterance: CitedUtterance) -> Node:
    return {
        "@type": "Quotation",
        "@id": _iri(utterance.utterance_id),
        "text": utterance.text,
        "spokenByCharacter": _ref(utterance.speaker_id),
        "about": _ref(utterance.event_id),
        "workExample": [_ref(quotation) for quotation in utterance.renderings],
        "isPartOf": [_passage(p.article_id, p.start, p.end, p.text) for p in utterance.passages],
    }
