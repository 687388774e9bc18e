"""Task `published`: the interval of publication told from the words alone."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from collections.abc import Iterable, Iterator
from typing import Any

from rashomon.annotate.published import Published, from_words
from rashomon.errors import UnreadableSource
from rashomon.extract.article import extract
from rashomon.model.identity import digest
from rashomon.model.records import Source

Row = dict[str, Any]
NEAR = (1, 7, 31, 366)


def _found(row: Row) -> Published | None:
    """What the product tells of a plain text, its blocks found first."""
    data = row["text"].encode()
    try:
        extracted = extract(Source(row["doc"], digest(data), "text", data))
    except UnreadableSource:
        return None
    return from_words(extracted.article.text, extracted.blocks)


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One row {doc, earliest, latest, best, evidence} for each {doc, text}; all null where it abstains."""
    for row in rows:
        found = _found(row)
        bounds = found.interval if found else None
        yield {
            "doc": row["doc"],
            "earliest": bounds.earliest.isoformat() if bounds else None,
            "latest": bounds.latest.isoformat() if bounds else None,
            "best": found.likeliest.isoformat() if found and found.likeliest else None,
            "evidence": found.evidence if found else None,
        }


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """How many are answered, how many of these hold the true day, and how near the best day is."""
    by_doc = {row["doc"]: row for row in predicted}
    dated = [row for row in gold if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"] or "")]
    inside, widths, near, abstained = 0, [], dict.fromkeys(NEAR, 0), 0
    for row in dated:
        answer = by_doc.get(row["doc"]) or {}
        if not answer.get("earliest") or not answer.get("latest"):
            abstained += 1
            continue
        earliest, latest = (dt.date.fromisoformat(answer[key][:10]) for key in ("earliest", "latest"))
        day = dt.date.fromisoformat(row["date"])
        inside += earliest <= day <= latest
        widths.append((latest - earliest).days + 1)
        best = dt.date.fromisoformat((answer.get("best") or answer["earliest"])[:10])
        for days in NEAR:
            near[days] += abs((best - day).days) <= days
    n = max(1, len(dated))
    return {
        "n": len(dated),
        "answered": round(len(widths) / n, 4),
        "true_day_inside": round(inside / max(1, len(widths)), 4),
        "median_width_days": statistics.median(widths) if widths else None,
        "abstained": round(abstained / n, 4),
        **{f"within_{days}_days": round(count / n, 4) for days, count in near.items()},
    }
