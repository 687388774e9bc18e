"""How time and memory of grouping grow: `python -m benchmarks.scale 1000 10000 100000 [--add 100]`.

Each number of articles is composed (`_composed.py`, not timed) and grouped in a process of its own: copies, candidate
pairs and their evidence, events, storylines; the per-article stages before, whose cost is linear by construction, are
not part of it. Prints one JSON object a number.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from threadpoolctl import threadpool_limits

from benchmarks._composed import Composed, composed
from benchmarks.events import bcubed
from rashomon.group.copies import copies
from rashomon.group.features import ArticleFeatures
from rashomon.group.grouping import group
from rashomon.group.stage import Group, Grow
from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.flow import Grouping
from rashomon.run.grown import growing
from rashomon.store.files import write_parquet


def measured(count: int) -> dict[str, Any]:
    """Seconds, peak memory and how well the composed events and copies are found again."""
    articles = list(composed(count))
    before = _memory()
    with threadpool_limits(limits=1):
        start = time.process_time()
        grouping = group([one.features for one in articles])
        seconds = time.process_time() - start
    peak = _memory()
    event = {m.article_id: m.event_id for m in grouping.memberships}
    gold = [one.event for one in articles]
    precision, recall = bcubed(gold, [event[one.features.article_id] for one in articles], range(count))
    return {
        "articles": count,
        "seconds": round(seconds, 2),
        "megabytes_before": before,
        "megabytes": peak,
        "events": len(grouping.events),
        "events_composed": len(set(gold)),
        "bcubed_f1": round(2 * precision * recall / (precision + recall), 4),
        "copies": copied(articles),
    }


def added(count: int, more: int) -> dict[str, Any]:
    """Seconds of grouping so many composed articles, and of adding others, drawn from among all of them, to these.

    Both are measured as the run does it: rows of features in, one row of Grouping out.
    """
    articles = [one.features for one in composed(count + more)]
    new = set(random.Random(1).sample(range(count + more), more))
    table = to_table(ArticleFeatures, articles).sort_by("article_id")
    ids = pa.array([article.article_id for k, article in enumerate(articles) if k not in new])
    del articles
    with threadpool_limits(limits=1), tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        grouped = Group()(table.filter(pc.is_in(table.column("article_id"), ids)))
        whole = time.process_time() - start
        former = Path(folder) / "grouping.parquet"
        write_parquet(former, grouped)
        start = time.process_time()
        row = growing(former, True, table)
        assert row is not None
        (grown,) = from_arrow(Grouping, Grow()(row))
        seconds = time.process_time() - start
    return {
        "articles": count,
        "added": more,
        "seconds_batch": round(whole, 2),
        "seconds_added": round(seconds, 2),
        "share": round(seconds / whole, 4),
        "events": len(grown.events),
        "changed_events": len(grown.changes),
        "megabytes": _memory(),
    }


def copied(articles: Sequence[Composed]) -> dict[str, Any]:
    """Precision of the copies found, and recall by kind; a copy found counts if both are of one composed text.

    A text that stands inside two longer ones is a copy of one of them only: that counts for both.
    """
    found = {
        c.article_id: c.copy_of for c in copies(sorted((a.features for a in articles), key=lambda f: f.article_id))
    }
    text = {one.features.article_id: one.origin for one in articles}
    right = sum(text[copy] == text[origin] for copy, origin in found.items())
    tied = {one.features.article_id for one in articles if one.copied}
    groups: dict[str, set[str]] = {}
    for article, origin in text.items():
        groups.setdefault(origin, set()).add(found.get(article, article))
    recall = {}
    for kind in ("exact", "near", "partial"):
        own = [one for one in articles if one.copied == kind]
        hits = sum(
            _top(found, one.features.article_id) == _top(found, one.origin)
            or (kind == "partial" and one.origin in found and text[found[one.origin]] == one.origin)
            for one in own
        )
        recall[kind] = round(hits / len(own), 4) if own else None
    return {"composed": len(tied), "found": len(found), "p": round(right / max(1, len(found)), 4), "r": recall}


def _top(found: dict[str, str], article: str) -> str:
    while article in found:
        article = found[article]
    return article


def _memory() -> int:
    """Peak resident megabytes of this process so far (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each number in a fresh process; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("articles", type=int, nargs="+")
    parser.add_argument("--add", type=int, help="add so many articles to each number, and compare with the whole")
    args = parser.parse_args(argv)
    if len(args.articles) == 1:
        (count,) = args.articles
        print(json.dumps(added(count, args.add) if args.add else measured(count)))
        return 0
    more = ["--add", str(args.add)] if args.add else []
    for count in args.articles:
        subprocess.run([sys.executable, "-m", "benchmarks.scale", str(count), *more], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
