"""Task wording: is a sentence worded with bias."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.compare.wording import probability

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """`biased` and `probability` of each row's `text`."""
    for row in rows:
        score = probability(row["text"])
        yield {"biased": score >= 0.5, "probability": round(score, 4)}


def score(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """Macro F1 over both labels, and accuracy; rows are matched by their order."""
    pairs = [(bool(g["biased"]), bool(p["biased"])) for g, p in zip(gold, predicted, strict=True)]
    figures = []
    for label in sorted({g for g, _ in pairs}):
        hit = sum(g == p == label for g, p in pairs)
        told, true = sum(p == label for _, p in pairs), sum(g == label for g, _ in pairs)
        figures.append(round(2 * hit / (told + true), 4) if told + true else 0.0)
    right = sum(g == p for g, p in pairs)
    return {"macro_f1": round(statistics.mean(figures), 4), "accuracy": round(right / len(pairs), 4), "n": len(pairs)}
