"""Task `times`: time expressions with TIMEX3 values, scored in the manner of TempEval-3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.annotate.times import annotate
from rashomon.model.span import Interval, Span

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One row {doc, timexes [{start, end, type, value}]} for each {doc, dct, text}."""
    for row in rows:
        text = row["text"]
        published = Interval.day(dt.date.fromisoformat(row["dct"][:10])) if row.get("dct") else None
        times = annotate(row["doc"], text, [Span(0, len(text))] if text else [], published)
        timexes = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in times]
        yield {"doc": row["doc"], "timexes": timexes}


def _figures(right: int, predicted: int, gold: int) -> dict[str, float]:
    precision, recall = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def _pairs(gold: list[Row], predicted: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Each gold expression with the free predicted one that shares most characters with it, if any does."""
    used: set[int] = set()
    for expression in gold:
        best, most = None, 0
        for i, other in enumerate(predicted):
            shared = min(other["end"], expression["end"]) - max(other["start"], expression["start"])
            if i not in used and shared > most:
                best, most = i, shared
        if best is not None:
            used.add(best)
            yield expression, predicted[best]


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """Precision, recall and F1 of exact spans, overlapping spans, and overlapping spans with the right value."""
    by_doc = {row["doc"]: row["timexes"] for row in predicted}
    strict = relaxed = value = n_predicted = n_gold = 0
    for row in gold:
        found = by_doc.get(row["doc"], [])
        n_predicted += len(found)
        n_gold += len(row["timexes"])
        for expected, got in _pairs(row["timexes"], found):
            relaxed += 1
            strict += (expected["start"], expected["end"]) == (got["start"], got["end"])
            value += expected["value"] == got.get("value")
    return {
        "strict": _figures(strict, n_predicted, n_gold),
        "relaxed": _figures(relaxed, n_predicted, n_gold),
        "value": _figures(value, n_predicted, n_gold),
        "n_gold": n_gold,
    }
