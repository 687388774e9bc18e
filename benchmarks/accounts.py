"""Task accounts: how several articles on one event compare. From raw text through the product's own stages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks._accounts_score import score
from rashomon.annotate.annotator import annotate
from rashomon.compare.event import compare
from rashomon.compare.rank import SHOWN
from rashomon.extract.article import plain_blocks
from rashomon.model.identity import digest, identify
from rashomon.model.records import Article, Comparison, Event, Reading
from rashomon.resolve.entities import resolve

Row = dict[str, Any]

__all__ = ["predict", "prediction", "readings", "score"]


def readings(row: Row) -> list[Reading]:
    """The annotated and resolved readings of one event's articles; `source_uri` is the number of the article."""
    told = []
    for raw in row["articles"]:
        article = _article(row["event"], raw)
        told.append(annotate(article, plain_blocks(article.article_id, article.text)))
    links = {link.mention_id: link.entity_id for link in resolve(told).links}
    return [_linked(reading, links) for reading in told]


def _article(event: str, raw: Row) -> Article:
    day = raw.get("date")
    return Article(
        article_id=identify("a", event, raw["doc"]),
        outlet=raw.get("outlet"),
        url=None,
        title=raw.get("title"),
        byline=None,
        language="en",
        published_earliest=day,
        published_latest=day,
        published_best=day,
        published_basis="metadata" if day else "unknown",
        published_evidence=None,
        text=raw["text"],
        source_uri=str(raw["doc"]),
        source_sha256=digest(raw["text"].encode()),
    )


def _linked(reading: Reading, links: dict[str, str]) -> Reading:
    mentions = tuple(dataclasses.replace(m, entity_id=links.get(m.mention_id)) for m in reading.mentions)
    entity = {m.mention_id: m.entity_id for m in mentions}
    quotations = tuple(
        dataclasses.replace(q, speaker_id=entity.get(q.speaker_mention or "")) for q in reading.quotations
    )
    return dataclasses.replace(reading, mentions=mentions, quotations=quotations)


def event_of(row: Row) -> Event:
    """The event record of a row."""
    count = len(row["articles"])
    return Event(identify("e", row["event"]), row["event"], None, None, None, None, count, count)


def prediction(row: Row, told: Sequence[Reading], comparison: Comparison) -> Row:
    """A comparison in the format of the task: what is shown of it, and the blocks."""
    doc = {r.article.article_id: int(r.article.source_uri) for r in told}

    def place(x: Any) -> Row:
        return {"doc": doc[x.article_id], "start": x.start, "end": x.end}

    claims: dict[str, list[Row]] = {claim.claim_id: [] for claim in comparison.claims}
    for passage in comparison.claim_passages:
        claims[passage.claim_id].append(place(passage))
    shown = {d.difference_id: d for d in comparison.differences if d.confidence >= SHOWN}
    sides: dict[str, list[Row]] = {key: [] for key in shown}
    for side in comparison.difference_sides:
        if side.difference_id in sides:
            sides[side.difference_id].append(place(side))
    quotations = {q.quotation_id: q for r in told for q in r.quotations}
    utterances = [
        {"passages": [_rendering(doc, quotations[key]) for key in utterance.renderings]}
        for utterance in comparison.utterances
    ]
    return {
        "event": row["event"],
        "claims": [{"passages": passages} for passages in claims.values()],
        "differences": [{"kind": d.kind, "relation": d.relation, "sides": sides[key]} for key, d in shown.items()],
        "utterances": utterances,
        "blocks": [{**place(b), "role": b.role} for r in told for b in r.blocks],
    }


def _rendering(doc: dict[str, int], quotation: Any) -> Row:
    start, end = quotation.content[0].start, quotation.content[-1].end
    return {"doc": doc[quotation.article_id], "start": start, "end": end}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Claims, differences shown, utterances and blocks of each event."""
    for row in rows:
        told = readings(row)
        yield prediction(row, told, compare(event_of(row), told))
