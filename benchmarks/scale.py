"""How time and memory of grouping grow: `python -m benchmarks.scale 1000 10000 100000 [--profile]`.

Each number of articles is composed (`_composed.py`, not timed) and grouped in a process of its own: copies, candidate
pairs and their evidence, events, storylines; the per-article stages before, whose cost is linear by construction, are
not part of it. Prints one JSON object a number.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from benchmarks._composed import Composed, composed
from benchmarks.events import bcubed
from rashomon.group.copies import copies
from rashomon.group.grouping import group


def measured(count: int) -> dict[str, Any]:
    """Seconds, peak memory and how well the composed events and copies are found again."""
    articles = list(composed(count))
    before = _memory()
    with threadpool_limits(limits=1):
        start = time.process_time()
        grouping = group([one.features for one in articles])
        seconds = time.process_time() - start
    event = {m.article_id: m.event_id for m in grouping.memberships}
    gold = [one.event for one in articles]
    precision, recall = bcubed(gold, [event[one.features.article_id] for one in articles], range(count))
    return {
        "articles": count,
        "seconds": round(seconds, 2),
        "megabytes_before": before,
        "megabytes": _memory(),
        "events": len(grouping.events),
        "events_composed": len(set(gold)),
        "bcubed_f1": round(2 * precision * recall / (precision + recall), 4),
        "copies": copied(articles),
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
    args = parser.parse_args(argv)
    if len(args.articles) == 1:
        print(json.dumps(measured(args.articles[0])))
        return 0
    for count in args.articles:
        subprocess.run([sys.executable, "-m", "benchmarks.scale", str(count)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
