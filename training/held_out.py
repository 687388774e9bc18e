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
from training.claims import example, fit, judged, rank


def main(path: str) -> None:
    """Compare each event of the file without its own labels and print the figures."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in gzip.decompress(pathlib.Path(path).read_bytes()).splitlines()
    ]
    told = [accounts.readings(row) for row in rows]
    examples = [example(Gold(row), readings) for row, readings in zip(rows, told, strict=True)]
    held = [fit([*examples[:k], *examples[k + 1 :]]) for k in range(len(examples))]
    proposed = [judged([e], [w]) for e, w in zip(examples, held, strict=True)]
    comparisons = []
    for k, row in enumerate(rows):
        cues = rank([pair for n, pairs in enumerate(proposed) if n != k for pair in pairs])
        table = {cue: (values["bias"], values["slope"]) for cue, values in cues.items()}
        comparisons.append(compare(accounts.event_of(row), told[k], Judges(held[k], table)))
    for least in (SHOWN, 0.25, 0.3, 0.35, 0.4, 0.45):
        given = [accounts.prediction(*three, least) for three in zip(rows, told, comparisons, strict=True)]
        print(json.dumps({"shown_from": least, **accounts.score(rows, given)}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
