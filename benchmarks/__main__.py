"""`python -m benchmarks predict TASK IN OUT` and `... score TASK GOLD OUT`, over JSON lines, gzipped or not.

Each task is a module of this package with `predict(rows) -> rows` (the product's own code; gold fields may be absent)
and `score(gold, predicted) -> figures`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]


def read(path: pathlib.Path) -> Iterator[Row]:
    """The objects of a JSON-lines file, gzipped if its name ends so."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def main(argv: list[str] | None = None) -> int:
    """Run one verb on one task; returns the exit code."""
    here = pathlib.Path(__file__).parent
    tasks = sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("verb", choices=["predict", "score"])
    parser.add_argument("task", choices=tasks)
    parser.add_argument("first", type=pathlib.Path, help="predict: the input; score: the gold")
    parser.add_argument("second", type=pathlib.Path, help="predict: the output; score: the predictions")
    args = parser.parse_args(argv)
    task = importlib.import_module(f"benchmarks.{args.task}")
    if args.verb == "predict":
        with args.second.open("w", encoding="utf-8") as out:
            for row in task.predict(read(args.first)):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        json.dump(task.score(list(read(args.first)), list(read(args.second))), sys.stdout, indent=1)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
