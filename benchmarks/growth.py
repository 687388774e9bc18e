"""How far adding step by step parts from one batch: `python -m benchmarks.growth EVENTS.jsonl.gz`, or a number.

The articles of a file of task `events` (or so many composed ones) are shuffled and added so many at a time, names
resolved anew over all that are there at each step; the grouping is grown at every step and never made anew, though the
product groups up to 2,000 articles, and any tenth more, from scratch: so this is the worst that can come. Prints one
JSON object for each order and size of step: BCubed F1 of the grown events against those of one batch, and of both
against the gold ones; how many articles the log tells to have changed their event, and how many events kept their id.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from benchmarks._composed import composed
from benchmarks.events import bcubed, joined, read
from rashomon.group.features import ArticleFeatures, features
from rashomon.group.grouping import group
from rashomon.group.growing import grow
from rashomon.model.arrow import to_table
from rashomon.model.flow import Grouping

Described = Callable[[Sequence[int]], list[ArticleFeatures]]  # some articles by number, as they are described together


def of_file(path: Path, dated: bool) -> tuple[Described, list[Any]]:
    """The articles of a file of the task, and their gold events."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    readings = [read(row if dated else {**row, "date": None, "url": None}) for row in rows]
    return lambda which: [features(one) for one in joined([readings[k] for k in which])], [r["event"] for r in rows]


def of_rule(count: int) -> tuple[Described, list[Any]]:
    """Composed articles and their events."""
    found = list(composed(count))
    return lambda which: [found[k].features for k in which], [one.event for one in found]


def measured(described: Described, gold: Sequence[Any], each: Sequence[int]) -> Iterator[dict[str, Any]]:
    """One row for each size of step and each of three orders."""
    numbers = list(range(len(gold)))
    articles = described(numbers)
    ids = [article.article_id for article in articles]
    batch = _places(group(articles), ids)
    for size in each:
        for seed in range(3):
            order = random.Random(seed).sample(numbers, len(numbers))
            grown, kept = _grown(described, order, size)
            found = _places(grown, ids)
            yield {
                "step": size,
                "seed": seed,
                "f1_to_batch": _f1(batch, found),
                "f1_gold_batch": _f1(gold, batch),
                "f1_gold_grown": _f1(gold, found),
                "changed_events": len(grown.changes),
                "changed_articles": sum(len(change.articles) for change in grown.changes),
                "ids_kept": kept,
            }


def _grown(described: Described, order: Sequence[int], size: int) -> tuple[Grouping, float]:
    """The grouping after all steps, and the share of events whose id outlived the next step."""
    grouping = group(described(order[:size]))
    stood = kept = 0
    for end in range(2 * size, len(order) + size, size):
        before = {event.event_id for event in grouping.events}
        grouping = grow(to_table(ArticleFeatures, described(order[:end])), grouping)
        stood += len(before)
        kept += len(before & {event.event_id for event in grouping.events})
    return grouping, round(kept / max(1, stood), 4)


def _places(grouping: Grouping, ids: Sequence[str]) -> list[str]:
    event = {m.article_id: m.event_id for m in grouping.memberships}
    return [event[article] for article in ids]


def _f1(one: Sequence[Any], other: Sequence[Any]) -> float:
    p, r = bcubed(one, other, range(len(one)))
    return round(2 * p * r / (p + r), 4)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure a file of the task, or a number of composed articles; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    parser.add_argument("articles", help="a file of the task events, or how many articles to compose")
    parser.add_argument("--undated", action="store_true", help="hide all dates of publication, and the addresses")
    parser.add_argument("--steps", type=int, nargs="+", default=[5, 20, 60])
    args = parser.parse_args(argv)
    with threadpool_limits(limits=1):
        given = (
            of_rule(int(args.articles)) if args.articles.isdigit() else of_file(Path(args.articles), not args.undated)
        )
        for row in measured(*given, args.steps):
            print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
