"""Task plain: which characters of a text without markup are the article's own."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.identity import digest
from rashomon.model.records import Source

Row = dict[str, Any]
OWN = ("title", "body", "caption", "dateline", "byline")


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Blocks of every text, with their roles; none for a text that is no article."""
    for row in rows:
        data = row["text"].encode("utf-8", "surrogatepass")
        try:
            found = extract(Source(str(row["doc"]), digest(data), "text", data))
        except UnreadableSource:
            yield {"doc": row["doc"], "blocks": []}
            continue
        blocks = [{"start": b.start, "end": b.end, "role": b.role} for b in found.blocks]
        yield {"doc": row["doc"], "blocks": blocks}


def _ratios(right: int, kept: int, own: int) -> dict[str, float]:
    precision, recall = (right / kept if kept else 0.0), (right / own if own else 0.0)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(both, 4)}


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """Character precision, recall and F1 over all texts, and the mean of the texts' own F1."""
    by_doc = {row["doc"]: row for row in predicted}
    totals = [0, 0, 0]
    each = []
    for row in gold:
        own = {i for start, end in row["body"] for i in range(start, end)}
        blocks = (by_doc.get(row["doc"]) or {}).get("blocks", [])
        kept = {i for b in blocks if b["role"] in OWN for i in range(b["start"], b["end"])}
        counts = (len(own & kept), len(kept), len(own))
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        right = counts[0]
        each.append(2 * right / (counts[1] + counts[2]) if right else 0.0)
    return {
        "characters": _ratios(*totals),
        "mean_f1_per_article": round(statistics.mean(each), 4),
        "n": len(gold),
    }
