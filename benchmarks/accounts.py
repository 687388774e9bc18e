"""Task accounts: how several articles on one event compare. From raw text through the product's own stages."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks._accounts_score import score
from rashomon.annotate.annotator import annotate
from rashomon.compare.event import compare
from rashomon.compare.rank import SHOWN
from rashomon.extract.article import extract
from rashomon.group.features import features
from rashomon.group.grouping import group
from rashomon.model.identity import digest, identify
from rashomon.model.records import Comparison, Event, Reading, Source
from rashomon.resolve.entities import resolve

Row = dict[str, Any]

__all__ = ["predict", "prediction", "readings", "score"]


def readings(row: Row) -> list[Reading]:
    """The annotated, resolved readings of one event's articles; `source_uri` is the number of the article."""
    told = [_reading(raw) for raw in row["articles"]]
    links = resolve([mention for reading in told for mention in reading.mentions]).links
    copies = {c.article_id: c.copy_of for c in group([features(reading) for reading in told]).copies}
    return [_linked(reading, links, copies) for reading in told]


def _reading(raw: Row) -> Reading:
    given = {key: raw[key] for key in ("text", "title", "date", "outlet") if raw.get(key)}
    data = json.dumps(given, ensure_ascii=False).encode()
    found = extract(Source(str(raw["doc"]), digest(data), "json", data))
    return annotate(found.article, found.blocks)


def _linked(reading: Reading, links: Mapping[str, str], copies: Mapping[str, str]) -> Reading:
    mentions = tuple(dataclasses.replace(m, entity_id=links.get(m.mention_id)) for m in reading.mentions)
    entity = {m.mention_id: m.entity_id for m in mentions}
    quotations = tuple(
        dataclasses.replace(q, speaker_id=entity.get(q.speaker_mention or "")) for q in reading.quotations
    )
    article = dataclasses.replace(reading.article, copy_of=copies.get(reading.article.article_id))
    return dataclasses.replace(reading, article=article, mentions=mentions, quotations=quotations)


def event_of(row: Row) -> Event:
    """The event record of a row."""
    count = len(row["articles"])
    return Event(identify("e", row["event"]), row["event"], None, None, None, None, count, count)


def prediction(row: Row, told: Sequence[Reading], comparison: Comparison, least: float = SHOWN) -> Row:
    """A comparison in the format of the task: what is shown of it (from confidence `least` on), and the blocks."""
    doc = {r.article.article_id: int(r.article.source_uri) for r in told}

    def place(x: Any) -> Row:
        return {"doc": doc[x.article_id], "start": x.start, "end": x.end}

    claims: dict[str, list[Row]] = {claim.claim_id: [] for claim in comparison.claims}
    for passage in comparison.claim_passages:
        claims[passage.claim_id].append(place(passage))
    shown = {d.difference_id: d for d in comparison.differences if d.confidence >= least}
    sides: dict[str, list[Row]] = {key: [] for key in shown}
    for side in comparison.difference_sides:
        if side.difference_id in sides:
            sides[side.difference_id].append(place(side))
    return {
        "event": row["event"],
        "claims": [{"passages": passages} for passages in claims.values()],
        "differences": [{"kind": d.kind, "relation": d.relation, "sides": sides[key]} for key, d in shown.items()],
        "utterances": [{"passages": [place(x) for x in u.places]} for u in comparison.utterances],
        "blocks": [{**place(b), "role": b.role} for r in told for b in r.blocks],
    }


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Claims, differences shown, utterances and blocks of each event."""
    for row in rows:
        told = readings(row)
        yield prediction(row, told, compare(event_of(row), told))
