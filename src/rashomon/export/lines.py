"""A part of a dossier as one flat table: a line for each passage, whatever it is a passage of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.export.part import Part


@dataclass(frozen=True, slots=True)
class Line:
    """One passage, what it tells, and where it stands: `text` is verbatim `article.text[start:end]`."""

    noun: str  # event, name, claim, difference, quotation, wording, timeline, omission
    id: str  # of the row that it is a passage of
    event_id: str | None
    kind: str | None  # of a difference, an entity; a claim's status; a quotation's mode; timeline: chosen, alike
    relation: str | None  # of a difference
    about: str | None  # the point of a difference, a claim's clearest passage, who speaks, who is named, the day
    value: str | None  # what a side of a difference tells; of an omission, the outlet that does not tell it
    confidence: float | None
    text: str
    article_id: str
    start: int
    end: int
    outlet: str | None
    url: str | None
    published_earliest: str | None
    published_latest: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a line tells beside its passage."""

    noun: str
    id: str
    event_id: str | None
    kind: str | None = None
    about: str | None = None
    relation: str | None = None
    value: str | None = None
    confidence: float | None = None


def lines(part: Part) -> Iterator[Line]:
    """The lines of a part: events, names, claims, differences, quotations and all else."""
    articles = {article.article_id: article for article in part.articles}
    for row, text, article_id, start, end in _passages(part):
        article = articles[article_id]
        yield Line(
            noun=row.noun,
            id=row.id,
            event_id=row.event_id,
            kind=row.kind,
            relation=row.relation,
            about=row.about,
            value=row.value,
            confidence=row.confidence,
            text=text,
            article_id=article_id,
            start=start,
            end=end,
            outlet=article.outlet,
            url=article.url,
            published_earliest=article.published_earliest,
            published_latest=article.published_latest,
        )


def _passages(part: Part) -> Iterator[tuple[_Row, str, str, int, int]]:
    held = {article.article_id: article for article in part.articles}
    for event in part.events:
        if event.title_at and event.title_at.article_id in held:
            at = event.title_at
            row = _Row("event", event.event_id, event.event_id, about=event.place)
            yield row, at.text, at.article_id, at.start, at.end
    for entity in part.entities:
        row = _Row("name", entity.entity_id, None, entity.kind, entity.name)
        for place in entity.passages:
            if place.article_id in held:
                yield row, place.text, place.article_id, place.start, place.end
    for claim in part.claims:
        row = _Row("claim", claim.claim_id, claim.event_id, claim.status, claim.text)
        for told in claim.passages:
            yield row, told.text, told.article_id, told.start, told.end
    for difference in part.differences:
        for side in difference.sides:
            row = _Row(
                "difference",
                difference.difference_id,
                difference.event_id,
                difference.kind,
                difference.about,
                difference.relation,
                side.value,
                difference.confidence,
            )
            yield row, side.text, side.article_id, side.start, side.end
    yield from _spoken(part)
    yield from _described(part)


def _spoken(part: Part) -> Iterator[tuple[_Row, str, str, int, int]]:
    texts = {article.article_id: article.text for article in part.articles}
    for quotation in part.quotations:
        row = _Row(
            "quotation",
            quotation.quotation_id,
            quotation.event_id,
            quotation.mode,
            quotation.speaker or quotation.source,
            confidence=quotation.confidence,
        )
        for extent in quotation.content:
            text = texts[quotation.article_id][extent.start : extent.end]
            yield row, text, quotation.article_id, extent.start, extent.end


def _described(part: Part) -> Iterator[tuple[_Row, str, str, int, int]]:
    names = {entity.entity_id: entity.name for entity in part.entities}
    told_in = {article.article_id: article.event_id for article in part.articles}
    for use in part.wording:
        row = _Row("wording", use.entity_id, told_in[use.article_id], about=names[use.entity_id], confidence=use.loaded)
        yield row, use.text, use.article_id, use.start, use.end
    for moment in part.timelines:
        if moment.article_id in told_in:
            kind = "chosen" if moment.chosen else "alike"
            row = _Row("timeline", moment.storyline_id, told_in[moment.article_id], kind, moment.day)
            yield row, moment.text, moment.article_id, moment.start, moment.end
    claims = {claim.claim_id: claim for claim in part.claims}
    for omission in part.omissions:
        claim = claims[omission.claim_id]
        row = _Row("omission", claim.claim_id, omission.event_id, about=claim.text, value=omission.outlet)
        for told in claim.passages:
            yield row, told.text, told.article_id, told.start, told.end
