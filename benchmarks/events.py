"""Task `events`: documents, all at once, into events; scored by BCubed (Bagga and Baldwin 1998)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rashomon.annotate.annotator import annotate
from rashomon.extract.article import extract
from rashomon.group.features import features
from rashomon.group.grouping import group
from rashomon.group.stage import linked
from rashomon.model.flow import Link
from rashomon.model.identity import digest
from rashomon.model.records import Reading, Source
from rashomon.resolve.entities import resolve

Row = dict[str, Any]


def readings(rows: Iterable[Row]) -> list[Reading]:
    """What the chain reads in the documents, each given to it as a JSON object, with names resolved in all."""
    return joined([read(row) for row in rows])


def joined(found: Sequence[Reading]) -> list[Reading]:
    """Readings with names resolved in all of them."""
    links = resolve([mention for one in found for mention in one.mentions]).links
    return [
        linked(one, (Link(m.mention_id, links[m.mention_id]) for m in one.mentions if m.mention_id in links))
        for one in found
    ]


def read(row: Row) -> Reading:
    """What the chain reads in one document, alone."""
    given = {key: row[key] for key in ("text", "title", "date", "url", "outlet") if row.get(key)}
    data = json.dumps(given, ensure_ascii=False).encode()
    found = extract(Source(str(row["doc"]), digest(data), "json", data))
    return annotate(found.article, found.blocks)


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """The event id of each document."""
    documents = list(rows)
    read = readings(documents)
    grouping = group([features(one) for one in read])
    event = {m.article_id: m.event_id for m in grouping.memberships}
    for row, one in zip(documents, read, strict=True):
        yield {"doc": row["doc"], "event": event[one.article.article_id]}


def bcubed(gold: Sequence[Any], given: Sequence[Any], which: Sequence[int]) -> tuple[float, float]:
    """Mean precision and recall over the items numbered `which` of two labellings of the same items."""
    own, found = Counter(gold), Counter(given)
    both = Counter(zip(gold, given, strict=True))
    precision = sum(both[gold[k], given[k]] / found[given[k]] for k in which) / max(1, len(which))
    recall = sum(both[gold[k], given[k]] / own[gold[k]] for k in which) / max(1, len(which))
    return precision, recall


def score(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """BCubed precision, recall and F1; a document without a prediction stands alone."""
    event = {row["doc"]: row["event"] for row in predicted}
    expected = [row["event"] for row in gold]
    given = [event.get(row["doc"], ("alone", row["doc"])) for row in gold]
    precision, recall = bcubed(expected, given, range(len(gold)))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": round(f1, 4),
        "gold_groups": len(set(expected)),
        "pred_groups": len(set(given)),
        "n": len(gold),
    }
