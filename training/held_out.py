"""Task accounts with one event left out at a time: each of the six is compared by weights that were made without it.

    python -m training.held_out ../shared/data WORK_FOLDER

WORK_FOLDER is that of training/crossencoder.py, whose halves never saw the six. Prints the figures of the task over the
six, and for several values of the least confidence shown. This is the figure to quote: the packaged weights have seen
every event.
"""

from __future__ import annotations

import json
import pathlib
import sys

from benchmarks import accounts
from rashomon.compare.candidates import Aligned
from rashomon.compare.event import compared
from rashomon.compare.rank import SHOWN
from training.claims import looked, pairs, seconds
from training.differences import scorer


def main(data: str, folder: str) -> None:
    """Compare each event of the six without its own labels and print the figures."""
    told = looked(pathlib.Path(data), pathlib.Path(folder))
    by = seconds(told)
    proposed = pairs(told, by)
    six = [name for name in told if told[name].example.six]
    comparisons = []
    for name in six:
        event, others = told[name].example, [pair for other, pair in proposed.items() if other != name]
        aligned: Aligned = told[name].aligned(by[name])
        comparisons.append(compared(accounts.event_of(event.row), event.readings, aligned, scorer(others)))
    rows = [told[name].example.row for name in six]
    readings = [told[name].example.readings for name in six]
    for least in (SHOWN, 0.35, 0.4, 0.45, 0.5, 0.6):
        given = [accounts.prediction(*three, least) for three in zip(rows, readings, comparisons, strict=True)]
        print(json.dumps({"shown_from": least, **accounts.score(rows, given)}, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:3])
