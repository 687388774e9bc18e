"""Trains the line model of rashomon.extract: `python -m training.lines DEV.jsonl[.gz] [--folds 5] [--out FILE.npz]`.

Data: task `plain`, whose lines are labelled as the article's own or not. Three kinds of documents are made from it:
the text as it is; the text cut to the article with a few of the lines around it, as most scrapers leave it; and that
with posts of a forum thread set behind it without a separator, which become comments. A small network over the measured
features (rashomon/extract/features.py) is trained with scikit-learn, its weights are stored as arrays.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pathlib
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from rashomon.extract.features import measure
from rashomon.extract.lexical import terms, tokens
from rashomon.extract.lines import paragraphs
from rashomon.extract.model import probabilities
from rashomon.extract.roles import owned
from training.network import Arrays, fit, fold, save

SEEDS = (20221219, 20221220, 20221221)
HIDDEN = 48
PARTS = 4
FEWEST_DOCUMENTS, LEAST_ODDS = 8, 0.8
EPOCHS = 12
PENALTY = 1e-2
Labelled = list[tuple[str, int]]  # lines of a document with the number of their class
Document = tuple[str, str, Labelled, str]


def read(path: pathlib.Path) -> list[Document]:
    """Document id, kind, labelled lines, text of every row."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row["text"]
            own = np.zeros(len(text) + 1, dtype=bool)
            for start, end in row["body"]:
                own[start:end] = True
            labelled = [
                (text[span.start : span.end], int(own[span.start : span.end].mean() > 0.5)) for span in paragraphs(text)
            ]
            out.append((row["doc"], row["kind"], labelled, text))
    return out


def cropped(lines: Labelled, rng: random.Random) -> Labelled:
    """The article's lines with up to eight of the lines before and after, and some of the foreign ones between."""
    at = [i for i, (_, own) in enumerate(lines) if own]
    if len(at) < 3:
        return []
    before, after = rng.choice((0, 0, 1, 2, 4, 8)), rng.choice((0, 0, 1, 3, 6, 12))
    # Scrapers drop menus, which are short lines, more often than captions, teasers and notices.
    keep = rng.choice((0.1, 0.5, 1.0))
    inside = [line for line in lines[at[0] : at[-1] + 1] if line[1] or len(line[0]) >= 35 or rng.random() < keep]
    return lines[max(0, at[0] - before) : at[0]] + inside + lines[at[-1] + 1 : at[-1] + 1 + after]


def discussed(article: Labelled, thread: Labelled, rng: random.Random) -> Labelled:
    """An article with posts of a thread behind it, told apart by nothing but themselves."""
    posts = [(line, 2) for line, own in thread if own]
    if len(posts) < 5 or not article:
        return []
    start = rng.randrange(max(1, len(posts) - 4))
    return article + posts[start : start + rng.choice((6, 12, 25, 60))]


def odds_of_words(rows: Sequence[Document]) -> dict[str, float]:
    """Log odds of words and pairs of words to stand in an article's own lines rather than in others.

    Counted once a document on each side, so that no site decides alone; only what stands in eight documents or more
    and leans clearly to one side.
    """
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for _, _, lines, _ in rows:
        for side, label in ((own, 1), (other, 0)):
            side.update({term for line, is_own in lines if is_own == label for term in terms(tokens(line)[:60])})
    both = own + other
    odds = {term: math.log((own[term] + 1) / (other[term] + 1)) for term, n in both.items() if n >= FEWEST_DOCUMENTS}
    return {term: round(value, 1) for term, value in sorted(odds.items()) if abs(value) >= LEAST_ODDS}


def measured(lines: Labelled, rng: random.Random, weights: Mapping[str, float]) -> tuple[Any, Any, Any]:
    """Features, classes and weights (characters, damped) of a document's lines, set with or without blank lines."""
    gap = rng.choice(("\n", "\n\n"))
    text = gap.join(line for line, _ in lines)
    spans = paragraphs(text)
    if len(spans) != len(lines):
        return None, None, None
    # The task counts characters; the square root of the length, as was tried first, gives .008 of F1 less.
    sizes = np.minimum([span.end - span.start for span in spans], 1000) ** 0.8
    return measure(text, spans, weights), np.array([label for _, label in lines]), sizes


def examples(rows: list[Document], rng: random.Random) -> tuple[Any, Any, Any]:
    """All training lines of the given rows, as features, classes and weights."""
    threads = [lines for _, kind, lines, _ in rows if kind == "forum"]
    parts = []
    # A document is measured with weights of words counted in others, or the network would trust them too much.
    parted = [odds_of_words([row for row in rows if fold(row[0], PARTS) != part]) for part in range(PARTS)]
    for name, kind, lines, _text in rows:
        weights = parted[fold(name, PARTS)]
        parts.append(measured(lines, rng, weights))
        shorter = [short for _ in range(2) if (short := cropped(lines, rng))]
        parts.extend(measured(short, rng, weights) for short in shorter)
        if kind == "article" and threads:
            talk = discussed(cropped(lines, rng), rng.choice(threads), rng)
            if talk:
                parts.append(measured(talk, rng, weights))
    parts = [part for part in parts if part[0] is not None]
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def figures(rows: list[Document], folds: int) -> dict[str, float]:
    """Character precision, recall and F1 of the article's own lines, every document scored by a model without it."""
    right = kept = own = 0
    for number in range(folds):
        others = [row for row in rows if fold(row[0], folds) != number]
        weights, words = train(others), odds_of_words(others)
        for _, _, lines, text in (row for row in rows if fold(row[0], folds) == number):
            spans = paragraphs(text)
            chosen = owned(probabilities(measure(text, spans, words), weights))
            for (line, label), keep in zip(lines, chosen, strict=True):
                kept += len(line) * keep
                own += len(line) * label
                right += len(line) * keep * label
    precision, recall = right / max(1, kept), right / max(1, own)
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def train(rows: list[Document], seeds: tuple[int, ...] = SEEDS) -> Arrays:
    """The weights of the model, as rashomon.extract.model reads them."""
    return fit(*examples(rows, random.Random(SEEDS[0])), (HIDDEN, EPOCHS, PENALTY), seeds)


def main() -> None:
    """Train on everything and write the weights; with --folds, cross-validate by document and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rashomon/extract/lines.npz"))
    args = parser.parse_args()
    rows = read(args.data)
    if args.folds:
        print(json.dumps({name: round(value, 4) for name, value in figures(rows, args.folds).items()}))
    else:
        table = "".join(f"{term}\t{odds}\n" for term, odds in odds_of_words(rows).items())
        args.out.with_name("word_weights.tsv").write_text(table, encoding="utf-8")
        save(args.out, train(rows), args.data)


if __name__ == "__main__":
    main()
