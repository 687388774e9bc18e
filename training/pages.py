"""Trains the page model of rashomon.extract: `python -m training.pages PAGES.jsonl[.gz] [--folds N] [--out FILE]`.

Data: task `pages`. The lines of a page's visible text are labelled by the share of their words that the gold text has;
the features are those of plain lines and those of the markup (rashomon/extract/markup.py).
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchmarks.pages import score
from rashomon.extract.markup import measure_page
from rashomon.extract.model import page_chances
from training.gold import Row, page_of, read_rows, shares
from training.lines import PARTS, Document, odds_of_words
from training.network import Arrays, fit, fold, save

SEEDS = (20221219, 20221220, 20221221)
SHAPE = (64, 10, 3e-2)
Measured = tuple[Any, Any, Any]


def worded(rows: list[Row]) -> list[Mapping[str, float]]:
    """For every row the weights of words counted on the rows of other parts."""
    documents: list[Document] = []
    for row in rows:
        page = page_of(row)
        own = shares(page, row["body"])
        lines = [(line.span.of(page.text), int(share >= 0.5)) for line, share in zip(page.lines, own, strict=True)]
        documents.append((row["doc"], row["kind"], lines, ""))
    parts = [odds_of_words([d for d in documents if fold(d[0], PARTS) != part]) for part in range(PARTS)]
    return [parts[fold(row["doc"], PARTS)] for row in rows]


def measured(row: Row, words: Mapping[str, float]) -> Measured | None:
    """Features, classes (1: the article's own) and weights of a page's lines; None for a page without gold lines."""
    page = page_of(row)
    own = np.array(shares(page, row["body"])) >= 0.5 if page.lines else np.zeros(0, dtype=bool)
    if not own.any():
        return None
    chars = np.array([min(1000, line.span.end - line.span.start) for line in page.lines], float)
    # The task's measure is a mean over pages: a page's characters weigh less the more of them there are.
    return measure_page(page, words), own.astype(int), chars / chars.sum() ** 0.7


def train(examples: list[Measured | None], seeds: tuple[int, ...] = SEEDS) -> Arrays:
    """The weights of the model, as rashomon.extract.model reads them."""
    kept = [example for example in examples if example is not None]
    features, classes, weights = (np.concatenate(column) for column in zip(*kept, strict=True))
    return fit(features, classes, weights, SHAPE, seeds)


def figures(rows: list[Row], folds: int) -> Row:
    """The task's figures, every page scored by a model that has not seen it, lines taken one by one."""
    words = worded(rows)
    examples = [measured(row, weights) for row, weights in zip(rows, words, strict=True)]
    predicted = []
    for number in range(folds):
        weights = train([e for row, e in zip(rows, examples, strict=True) if fold(row["doc"], folds) != number])
        for row, weighed in zip(rows, words, strict=True):
            if fold(row["doc"], folds) != number:
                continue
            page = page_of(row)
            chances = page_chances(measure_page(page, weighed), weights)[:, 1].tolist() if page.lines else []
            kept = [line.span.of(page.text) for line, p in zip(page.lines, chances, strict=True) if p >= 0.4]
            predicted.append({"doc": row["doc"], "text": "\n".join(kept)})
    return score(rows, predicted)


def main() -> None:
    """Train on everything and write the weights; with --folds, cross-validate by page and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rashomon/extract/pages.npz"))
    args = parser.parse_args()
    rows = read_rows(args.data)
    if args.folds:
        print(json.dumps(figures(rows, args.folds), indent=1))
    else:
        examples = [measured(row, words) for row, words in zip(rows, worded(rows), strict=True)]
        save(args.out, train(examples), args.data)


if __name__ == "__main__":
    main()
