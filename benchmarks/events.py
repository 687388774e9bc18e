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
from rashomon.model.identity import digest
from rashomon.model.records import Reading, Source

Row = dict[str, Any]


def reading(row: Row) -> Reading:
    """What the product's chain reads in one document, given to it as one JSON object with the fields of a row.

    Names are not resolved across documents: without the other stages' tables a mention's own words are its key.
    """
    given = {key: row[key] for key in ("text", "title", "date", "url", "outlet") if row.get(key)}
    data = json.dumps(given, ensure_ascii=False).encode()
    found = extract(Source(str(row["doc"]), digest(data), "json", data))
    return annotate(found.article, found.blocks)


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """The event id of each document."""
    documents = [(row["doc"], reading(row)) for row in rows]
    grouping = group([features(read) for _, read in documents])
    event = {m.article_id: m.event_id for m in grouping.memberships}
    for doc, read in documents:
        yield {"doc": doc, "event": event[read.article.article_id]}


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
