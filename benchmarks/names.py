"""Task names: are two names spellings of one? One prediction a line, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.resolve.names import compare

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with name1, name2, schema to rows with match, score, reason."""
    for row in rows:
        verdict = compare(row["name1"], row["name2"], row.get("schema") or "Person")
        yield {"match": verdict.match, "score": verdict.score, "reason": verdict.reason}


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """Precision, recall and F1 of `match` against `is_match`, and accuracy."""
    pairs = [(bool(g["is_match"]), bool(p["match"])) for g, p in zip(gold, predicted, strict=True)]
    hits = sum(g and p for g, p in pairs)
    said, true = sum(p for _, p in pairs), sum(g for g, _ in pairs)
    precision, recall = hits / said if said else 0.0, hits / true if true else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    right = sum(g == p for g, p in pairs)
    figures = {"p": precision, "r": recall, "f1": f1, "accuracy": right / len(pairs) if pairs else 0.0}
    return {**{name: round(value, 4) for name, value in figures.items()}, "n": len(pairs)}
