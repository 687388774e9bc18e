"""Task accounts with one event left out at a time: each is compared by weights made from the others.

    python -m training.held_out ../shared/data/accounts/dev.jsonl.gz

Prints the figures of the task over all events, and for several values of the least confidence shown. This is the figure
to quote: the packaged weights have seen every event of the file.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import sys
from typing import Any

from benchmarks import accounts
from benchmarks._accounts_score import Gold
from rashomon.compare.event import Judges, compare
from rashomon.compare.rank import SHOWN
from training.claims import aligned, example, fit
from training.differences import proposed, scorer


def main(path: str) -> None:
    """Compare each event of the file without its own labels and print the figures."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in gzip.decompress(pathlib.Path(path).read_bytes()).splitlines()
    ]
    told = [accounts.readings(row) for row in rows]
    examples = [example(Gold(row), readings) for row, readings in zip(rows, told, strict=True)]
    held = [fit([*examples[:k], *examples[k + 1 :]]) for k in range(len(examples))]
    pairs = [proposed(e.gold, aligned(e, w), e.readings) for e, w in zip(examples, held, strict=True)]
    comparisons = []
    for k, row in enumerate(rows):
        by = scorer([*pairs[:k], *pairs[k + 1 :]])
        comparisons.append(compare(accounts.event_of(row), told[k], Judges(held[k], by)))
    for least in (SHOWN, 0.4, 0.45, 0.5, 0.6):
        given = [accounts.prediction(*three, least) for three in zip(rows, told, comparisons, strict=True)]
        print(json.dumps({"shown_from": least, **accounts.score(rows, given)}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
