"""Trains the model of voices of rashomon.extract.comments: `python -m training.comments PAGES.jsonl[.gz] [--out FILE]`.

Data: task `pages`. The lines of articles that stand in the gold text speak as articles do; lines of forum threads that
stand in theirs, and lines of articles' pages inside elements named as comments that do not stand in the gold, speak as
commenters do. Made-up documents put the one behind the other. The model sees nothing of place or subject.
"""

from __future__ import annotations

import argparse
import pathlib
import random
from typing import Any

import numpy as np

from rashomon.extract.features import measure, voice
from rashomon.extract.lines import paragraphs
from training.gold import Labelled, page_lines, read_rows
from training.network import fit, save

SEED = 20221219
HIDDEN = 24


def speakers(rows: list[dict[str, Any]]) -> tuple[list[list[str]], list[list[str]]]:
    """Runs of lines of articles, and runs of lines of commenters."""
    told, talked = [], []
    for row in rows:
        lines: Labelled = page_lines(row)
        own = [text for text, owned, _ in lines if owned >= 0.5]
        if row["kind"] == "forum":
            talked.append([text for text in own if len(text) > 15])
        else:
            told.append(own)
            said = [text for text, owned, flags in lines if owned < 0.2 and "comment" in flags and len(text) > 30]
            talked.append([text for text in said if text[-1] in ".!?…\"”'"])
    return [run for run in told if len(run) > 2], [run for run in talked if len(run) > 3]


def examples(rows: list[dict[str, Any]], rng: random.Random) -> tuple[Any, Any, Any]:
    """Features, classes (1: a commenter) and weights of the lines of made-up documents."""
    told, talked = speakers(rows)
    parts = []
    # A thread without its article is among them, so that the first line of a text is not known by what is not above it.
    for run in told * 5:
        talk = rng.choice(talked)
        start = rng.randrange(max(1, len(talk) - 3))
        behind = talk[start : start + rng.choice((0, 0, 4, 10, 30, 80))]
        lines = run[: rng.choice((0, 4, 10, 30, 80))] + behind
        if len(lines) < 3:
            continue
        classes = [0] * (len(lines) - len(behind)) + [1] * len(behind)
        text = rng.choice(("\n", "\n\n")).join(lines)
        spans = paragraphs(text)
        if len(spans) == len(lines):
            parts.append((voice(measure(text, spans)), np.array(classes), np.full(len(lines), len(lines) ** -0.5)))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def main() -> None:
    """Train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rashomon/extract/voices.npz"))
    args = parser.parse_args()
    features, classes, weights = examples(read_rows(args.data), random.Random(SEED))
    # Both voices weigh alike, so that the odds say nothing of how common comments are.
    for voice_class in (0, 1):
        weights[classes == voice_class] /= weights[classes == voice_class].sum()
    save(args.out, fit(features, classes, weights, (HIDDEN, 10, 3e-2), (SEED,)), args.data)


if __name__ == "__main__":
    main()
