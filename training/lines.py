"""Trains the line model of rashomon.extract: `python -m training.lines PLAIN.jsonl[.gz] [--pages FILE] [--out FILE]`.

Data: task `plain`, whose lines are labelled as the article's own or not. Three kinds of documents are made from it: the
text as it is; the text cut to the article with a few of the lines around it, as most scrapers leave it; and that with
posts of a forum thread set behind it without a separator. Networks that hear the lines around
(rashomon/extract/hearing.py) learn from the measured features. Needs torch.

With --pages it cross-validates, texts of one site together: the rows of task `pages` tell their addresses.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import pathlib
import random
import urllib.parse
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from rashomon.extract.alike import measure_lines
from rashomon.extract.lexical import terms, tokens
from rashomon.extract.lines import paragraphs
from rashomon.extract.model import chances
from rashomon.extract.roles import owned
from training.gold import read_rows
from training.hearing import Labelled, fit
from training.network import Arrays, fold, save

SEED, SEEDS = 20221219, (0, 1)
PARTS = 5
FEWEST_DOCUMENTS, LEAST_ODDS = 8, 0.8
CROPS = 1  # shortened copies of each document
DISCUSSED = 0.3  # share of the articles of which one more has a thread behind it
Told = list[tuple[str, int]]  # lines of a document, and whether each is the article's own
Document = tuple[str, str, Told, str]


def read(path: pathlib.Path) -> list[Document]:
    """Document id, kind, labelled lines, text of every row."""
    out = []
    for row in read_rows(path):
        text = row["text"]
        own = np.zeros(len(text) + 1, dtype=bool)
        for start, end in row["body"]:
            own[start:end] = True
        lines = [(span.of(text), int(own[span.start : span.end].mean() > 0.5)) for span in paragraphs(text)]
        out.append((row["doc"], row["kind"], lines, text))
    return out


def sites(path: pathlib.Path) -> dict[str, str]:
    """The site of every document, from the rows of task `pages`: the last two parts of its host's name, or three."""
    found = {}
    for row in read_rows(path):
        host = (urllib.parse.urlparse(row["url"]).hostname or row["url"] or row["doc"]).split(".")
        short = len(host) > 2 and len(host[-2]) <= 3 and len(host[-1]) == 2
        found[row["doc"]] = ".".join(host[-3:] if short else host[-2:])
    return found


def cropped(lines: Told, rng: random.Random) -> Told:
    """The article's lines with up to eight of the lines before and after, and some of the foreign ones between."""
    at = [i for i, (_, own) in enumerate(lines) if own]
    if len(at) < 3:
        return []
    before, after = rng.choice((0, 0, 1, 2, 4, 8)), rng.choice((0, 0, 1, 3, 6, 12))
    # Scrapers drop menus, which are short lines, more often than captions, teasers and notices.
    keep = rng.choice((0.1, 0.5, 1.0))
    inside = [line for line in lines[at[0] : at[-1] + 1] if line[1] or len(line[0]) >= 35 or rng.random() < keep]
    return lines[max(0, at[0] - before) : at[0]] + inside + lines[at[-1] + 1 : at[-1] + 1 + after]


def discussed(article: Told, thread: Told, rng: random.Random) -> Told:
    """An article with posts of a thread behind it, told apart by nothing but themselves; they are not its own."""
    posts = [(line, 0) for line, own in thread if own]
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


def measured(text: str, lines: Told, weights: Mapping[str, float]) -> Labelled | None:
    """A text's lines, measured; None where its paragraphs are not its lines."""
    spans = paragraphs(text)
    if len(spans) != len(lines):
        return None
    features, groups = measure_lines(text, spans, weights)
    # The task counts characters; the square root of the length, as was tried first, gives .008 of F1 less.
    sizes = np.minimum([span.end - span.start for span in spans], 1000) ** 0.8
    return Labelled(features, np.array([own for _, own in lines], dtype=bool), sizes / sizes.sum() ** 0.5, groups)


def examples(rows: Sequence[Document], parts: Mapping[str, int]) -> list[tuple[int, list[Labelled]]]:
    """Every document with its part, as it is and shortened, measured with weights of words counted in other parts.

    With those of its own part a network would trust the words too much.
    """
    rng = random.Random(SEED)
    threads = [(parts[name], lines) for name, kind, lines, _ in rows if kind == "forum"]
    odds = [odds_of_words([row for row in rows if parts[row[0]] != part]) for part in range(PARTS)]
    out = []
    for name, kind, lines, text in rows:
        part = parts[name]
        shorter = [cropped(lines, rng) for _ in range(CROPS)]
        if kind == "article" and rng.random() < DISCUSSED:
            thread = rng.choice([thread for other, thread in threads if other == part])
            shorter.append(discussed(cropped(lines, rng), thread, rng))
        made = [measured(text, lines, odds[part])]
        for short in filter(None, shorter):
            joined = rng.choice(("\n", "\n\n")).join(line for line, _ in short)
            made.append(measured(joined, short, odds[part]))
        out.append((part, [text for text in made if text is not None]))
    return out


def figures(rows: Sequence[Document], parts: Mapping[str, int]) -> dict[str, float]:
    """Character precision, recall and F1 of the article's own lines, every text scored by a model without its part."""
    every = examples(rows, parts)
    right = kept = own = 0
    for number in range(PARTS):
        weights = train([text for part, texts in every if part != number for text in texts])
        for (_, _, lines, _), (part, texts) in zip(rows, every, strict=True):
            if part != number:
                continue
            chosen = owned(chances("lines", texts[0].features, texts[0].groups, weights))
            for (line, label), keep in zip(lines, chosen, strict=True):
                kept += len(line) * keep
                own += len(line) * label
                right += len(line) * keep * label
    precision, recall = right / max(1, kept), right / max(1, own)
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def train(texts: Sequence[Labelled]) -> Arrays:
    """The weights of the model, as rashomon.extract.model reads them."""
    mean = np.mean([text.weights.sum() for text in texts])
    return fit([dataclasses.replace(text, weights=text.weights / mean) for text in texts], SEEDS, along=True)


def main() -> None:
    """Train on everything and write the weights; with --pages, cross-validate by site and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--pages", type=pathlib.Path, help="rows of task pages: cross-validate by their sites")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rashomon/extract/lines.npz"))
    args = parser.parse_args()
    rows = read(args.data)
    if args.pages:
        site = sites(args.pages)
        print(json.dumps(figures(rows, {row[0]: fold(site[row[0]], PARTS) for row in rows})))
        return
    table = "".join(f"{term}\t{odds}\n" for term, odds in odds_of_words(rows).items())
    args.out.with_name("word_weights.tsv").write_text(table, encoding="utf-8")
    every = examples(rows, {row[0]: fold(row[0], PARTS) for row in rows})
    save(args.out, train([text for _, texts in every for text in texts]), args.data)


if __name__ == "__main__":
    main()
