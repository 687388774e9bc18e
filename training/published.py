"""Counts how far dates told in an article lie from its publication, kind by kind, and writes lags.json.

    python -m training.published --events FILE --quotes FILE --timelines FILE --times FILE --pages FILE --plain FILE OUT

The files are the development files of the tasks of the same names (JSON lines, gzipped); of the events only those that
`held_out` does not keep for checking are used. Only counts are written. Every file weighs the same in a count, and a
timeline topic gives at most `MOST_OF_A_TOPIC` articles, so that no single story decides.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import itertools
import json
import pathlib
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from rashomon.annotate.published.evidence import Evidence, gather
from rashomon.annotate.published.likelihood import EDGES, LONGEST, RECURRING, lag_class, lags_of
from rashomon.model.records import Block

MOST_OF_A_TOPIC = 60
SMOOTHING = 0.5  # articles added to every class
Example = tuple[str, dt.date]


def held_out(event: str) -> bool:
    """Whether an event is kept for checking: a third of them, by hash."""
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 3 == 0


def _rows(path: pathlib.Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _examples(files: argparse.Namespace) -> Iterator[tuple[str, list[Example]]]:
    """The name of each set with its articles and their days."""
    day = dt.date.fromisoformat
    yield "events", [(r["text"], day(r["date"])) for r in _rows(files.events) if not held_out(r["event"])]
    named = [(r["text"], re.search(r"\d{4}-\d\d-\d\d", r["doc"])) for r in _rows(files.quotes)]
    yield "quotes", [(text, day(found[0])) for text, found in named if found]
    topics = [
        sorted(r["docs"], key=lambda d: hashlib.sha256(d["doc"].encode()).hexdigest()) for r in _rows(files.timelines)
    ]
    yield "timelines", [(d["text"], day(d["date"])) for docs in topics for d in docs[:MOST_OF_A_TOPIC]]
    yield "times", [(r["text"], day(r["dct"][:10])) for r in _rows(files.times)]
    published = {
        r["doc"]: r["published"][:10] for r in _rows(files.pages) if r.get("published") and r["kind"] == "article"
    }
    yield "pages", [(r["text"], day(published[r["doc"]])) for r in _rows(files.plain) if r["doc"] in published]


def _lag(evidence: Evidence, published: dt.date) -> int:
    days = np.array([published.toordinal()])
    return int(lags_of(days, evidence)[0][0])


def _widths(recurring: bool) -> list[int]:
    """How many days each class of lag holds; of recurring evidence only those within half a year."""
    reach = 183 if recurring else LONGEST
    bounds = [-reach - 1, *(min(max(edge, -reach - 1), reach) for edge in EDGES), reach]
    return [b - a for a, b in itertools.pairwise(bounds)]


def count(files: argparse.Namespace) -> dict[str, list[float]]:
    """Kind -> log likelihood per day of each class of lag."""
    sums: dict[str, np.ndarray[Any, Any]] = defaultdict(lambda: np.zeros(len(EDGES) + 1))
    for _, examples in _examples(files):
        counts: dict[str, np.ndarray[Any, Any]] = defaultdict(lambda: np.zeros(len(EDGES) + 1))
        for text, published in examples:
            found = gather(text, [Block("", 0, len(text), "body", 1.0)] if text else [])
            for evidence in found:
                same = sum(1 for other in found if other.kind == evidence.kind)
                counts[evidence.kind][lag_class(_lag(evidence, published))] += 1 / same
        for kind, row in counts.items():
            sums[kind] += row / max(1.0, row.sum() ** 0.5)  # so that a large set weighs more, but not as much more
    table = {}
    for kind, row in sorted(sums.items()):
        widths = np.array(_widths(any(word in kind for word in RECURRING)), dtype=float)
        if "weekday" in kind:
            widths = np.where((np.array([*EDGES, 8]) >= 0) & (np.array([*EDGES, 8]) <= 3), 1.0, 0.0)
            widths[lag_class(7)] = 3.0
        smooth = (row + SMOOTHING / 10) * (widths > 0)
        density = np.where(widths > 0, smooth / smooth.sum() / np.maximum(widths, 1), 1e-9)
        table[kind] = [round(float(x), 3) for x in np.log(density)]
    return table


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("events", "quotes", "timelines", "times", "pages", "plain"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("out", type=pathlib.Path)
    files = parser.parse_args()
    names = ("events", "quotes", "timelines", "times", "pages", "plain")
    digests = {name: hashlib.sha256(getattr(files, name).read_bytes()).hexdigest() for name in names}
    record = {"made_by": "training/published.py", "data_sha256": digests, "edges": EDGES, "log_density": count(files)}
    files.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
