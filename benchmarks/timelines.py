"""Task `timelines`: the documents of a topic to dated entries.

Scored by the F1 of dates and by date-aligned ROUGE (Martschat and Markert 2017).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rashomon.annotate.times import annotate
from rashomon.group.timelines import Telling, telling, timeline
from rashomon.model.identity import digest
from rashomon.model.span import Interval, Span

Row = dict[str, Any]

# The documents are tokenised: a sentence ends at a mark that stands alone, with the quotes that follow it. In text that
# is not, it ends at a mark before a space and a capital, unless a title or an initial stands before it.
_END = re.compile(r"(?<=\s)[.!?](?:\s+(?:''|\"|-RRB-))*(?=\s|$)|[.!?][\"'”’)]*(?=\s+[\"“‘(]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Lt|Col|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No|vs|Adm|Capt"
    r"|Prof|Rev)|\b[A-Z]|\.[A-Za-z])\.$"
)
_FARTHEST = 30  # days between aligned dates


def sentences(text: str) -> list[Span]:
    """Sentences by a light rule; a parse of a million words takes too long to only cut them."""
    found: list[Span] = []
    start = 0
    ends = [m.end() for m in _END.finditer(text) if text[m.start() - 1].isspace() or not _short(text, m.start())]
    for end in [*ends, len(text)]:
        own = text[start:end]
        if own.strip():
            found.append(Span(start + len(own) - len(own.lstrip()), start + len(own.rstrip())))
        start = end
    return found


def _short(text: str, mark: int) -> bool:
    return _SHORT.search(text, max(0, mark - 8), mark + 1) is not None


def tellings(docs: Iterable[Row]) -> tuple[list[Telling], dict[str, str]]:
    """What the time grammar reads in the documents, and their texts; documents of one text are one origin."""
    found, texts = [], {}
    for row in docs:
        doc, text = str(row["doc"]), row["text"]
        published = Interval.day(dt.date.fromisoformat(row["date"][:10])) if row.get("date") else None
        times = annotate(doc, text, [Span(0, len(text))] if text else [], published)
        found.append(telling((doc, digest(text.encode())), published, text, sentences(text), times))
        texts[doc] = text
    return found, texts


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """One timeline for each length of each topic."""
    for row in rows:
        told, texts = tellings(row["docs"])
        lengths = row.get("lengths") or [_length(gold["dates"]) for gold in row.get("timelines", [])] or [{}]
        for number, length in enumerate(lengths):
            entries = timeline(told, length.get("dates"), max(1, round(length.get("sentences_per_date") or 1)))
            yield {
                "topic": row["topic"],
                "timeline_index": number,
                "timeline": [
                    {"date": e.day.isoformat(), "sentences": [texts[p.article_id][p.start : p.end] for p in e.passages]}
                    for e in entries
                ],
            }


def _length(dates: Sequence[Row]) -> Row:
    """The length of a reference timeline: its days, and the mean number of sentences (two spaces part them)."""
    days = {row["date"][:10] for row in dates}
    told = sum(len(re.split(r"\s{2,}", row["text"].strip())) for row in dates)
    return {"dates": len(days), "sentences_per_date": max(1, round(told / max(1, len(days))))}


Bags = Mapping[dt.date, "Counter[tuple[str, ...]]"]


def _bags(told: Mapping[dt.date, list[str]], size: int) -> Bags:
    found = {}
    for day, texts in told.items():
        words = [word for text in texts for word in re.findall(r"\w+", text.lower())]
        found[day] = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
    return found


def _aligned(one: Bags, other: Bags) -> float:
    """The share of n-grams of `one` found at the best date of `other`, a date d days off counting 1 / (1 + d)."""
    total = sum(sum(bag.values()) for bag in one.values())
    hits = 0.0
    for day, bag in one.items():
        near = [(abs((day - o).days), b) for o, b in other.items() if abs((day - o).days) <= _FARTHEST]
        hits += max((sum((bag & b).values()) / (gap + 1) for gap, b in near), default=0.0)
    return hits / total if total else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _by_day(rows: Iterable[tuple[str, list[str]]]) -> dict[dt.date, list[str]]:
    found: dict[dt.date, list[str]] = defaultdict(list)
    for date, texts in rows:
        found[dt.date.fromisoformat(date[:10])] += texts
    return found


def score(gold: list[Row], predicted: list[Row]) -> Row:
    """Means over the reference timelines of the F1 of dates and of date-aligned ROUGE-1 and ROUGE-2."""
    given = {(row["topic"], row.get("timeline_index", 0)): row["timeline"] for row in predicted}
    figures: dict[str, list[float]] = defaultdict(list)
    for row in gold:
        for number, reference in enumerate(row["timelines"]):
            expected = _by_day((d["date"], [d["text"]]) for d in reference["dates"])
            found = _by_day((d["date"], d["sentences"]) for d in given.get((row["topic"], number), []))
            hits = len(expected.keys() & found.keys())
            figures["date_f1"].append(_f1(hits / len(found) if found else 0.0, hits / len(expected)))
            for size in (1, 2):
                own, their = _bags(found, size), _bags(expected, size)
                figures[f"align_rouge{size}_f1"].append(_f1(_aligned(own, their), _aligned(their, own)))
    means = {name: round(sum(values) / len(values), 4) for name, values in figures.items()}
    return {**means, "timelines": len(figures["date_f1"])}
