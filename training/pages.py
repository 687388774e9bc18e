"""Trains the page model of rashomon.extract: `python -m training.pages PAGES.jsonl[.gz] [--folds N] [--out FILE]`.

Data: task `pages`. The lines of a page's visible text are labelled by the share of their words that the gold text has;
the features are those of plain lines, those of the markup and those of the names of elements. Needs torch.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.pages import score
from rashomon.extract.markup import measure_page
from rashomon.extract.model import chances
from rashomon.extract.roles import owned
from rashomon.extract.templates import names, together
from rashomon.extract.visible import Page
from training.gold import Row, page_of, read_rows, shares
from training.hearing import Labelled, fit
from training.lines import Document, odds_of_words
from training.network import Arrays, exported, fold, save

SEEDS, TREES_SEED = (0,), 1
PARTS = 5  # a page's words and names are weighed by counts on the other parts
FEWEST = 4  # pages that a name stands on
TREES = {"learning_rate": 0.07, "max_iter": 200, "max_leaf_nodes": 15, "min_samples_leaf": 40, "max_features": 0.3}
UNNAMED = 401  # the features before those of names, which are all that the trees see
Odds = Mapping[str, float]
Example = tuple[Row, Page, list[float]]


def odds_of_names(examples: Sequence[Example]) -> dict[str, float]:
    """Log odds of names of elements to hold an article's own lines; each page counts by its share of characters."""
    own: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for _, page, shared in examples:
        mine: Counter[str] = Counter()
        every: Counter[str] = Counter()
        for line, share in zip(page.lines, shared, strict=True):
            for name in set(names(line.path)):
                every[name] += line.span.end - line.span.start
                mine[name] += (line.span.end - line.span.start) * (share >= 0.5)
        for name, chars in every.items():
            own[name] += mine[name] / chars  # type: ignore[assignment]
            seen[name] += 1
    return {
        name: round(math.log((own[name] + 0.5) / (count - own[name] + 0.5)), 2)
        for name, count in sorted(seen.items())
        if count >= FEWEST
    }


def _words(examples: Sequence[Example]) -> dict[str, float]:
    documents: list[Document] = []
    for row, page, shared in examples:
        lines = [(line.span.of(page.text), int(share >= 0.5)) for line, share in zip(page.lines, shared, strict=True)]
        documents.append((row["doc"], row["kind"], lines, ""))
    return odds_of_words(documents)


def measured(examples: Sequence[Example]) -> list[Labelled | None]:
    """Every page's lines, measured with odds counted on other parts; None for a page without lines."""
    others = [[e for e in examples if fold(e[0]["doc"], PARTS) != part] for part in range(PARTS)]
    odds: list[tuple[Odds, Odds]] = [(_words(part), odds_of_names(part)) for part in others]
    out: list[Labelled | None] = []
    for row, page, shared in examples:
        if not page.lines:
            out.append(None)
            continue
        words, named = odds[fold(row["doc"], PARTS)]
        chars = np.array([min(1000, line.span.end - line.span.start) for line in page.lines], float)
        features = measure_page(page, words, named)
        # The task's measure is a mean over pages: every page weighs the same.
        weights = chars / chars.sum()
        out.append(Labelled(features, np.array(shared) >= 0.5, weights, together(page.lines)))
    return out


def train(pages: Sequence[Labelled | None]) -> Arrays:
    """The weights of network and trees, as rashomon.extract.model reads them."""
    kept = [page for page in pages if page is not None and page.own.any()]
    trees = HistGradientBoostingClassifier(l2_regularization=5.0, random_state=TREES_SEED, **TREES)
    # The task's measure is a mean over pages: a page's characters weigh less the more of them there are.
    chars = [np.minimum(1000, np.expm1(page.features[:, 0])) for page in kept]
    weights = np.concatenate([each / each.sum() ** 0.7 for each in chars])
    features = np.concatenate([page.features[:, :UNNAMED] for page in kept])
    trees.fit(features, np.concatenate([page.own for page in kept]).astype(int), sample_weight=weights / weights.mean())
    return fit(kept, SEEDS, along=False) | exported(trees)


def figures(examples: Sequence[Example], folds: int) -> Row:
    """The task's figures, every page scored by a model that has not seen it; titles and captions stay in."""
    pages, predicted = measured(examples), []
    for number in range(folds):
        apart = [fold(row["doc"], folds) == number for row, _, _ in examples]
        weights = train([page for page, out in zip(pages, apart, strict=True) if not out])
        for (row, page, _), lines, out in zip(examples, pages, apart, strict=True):
            if out and lines is not None:
                kept = owned(chances("pages", lines.features, lines.groups, weights))
                text = "\n".join(line.span.of(page.text) for line, own in zip(page.lines, kept, strict=True) if own)
                predicted.append({"doc": row["doc"], "text": text})
    return score([row for row, _, _ in examples], predicted)


def main() -> None:
    """Train on everything and write the weights; with --folds, cross-validate by page and write nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("src/rashomon/extract/pages.npz"))
    args = parser.parse_args()
    read = [(row, page_of(row)) for row in read_rows(args.data)]
    examples = [(row, page, shares(page, row["body"]) if page.lines else []) for row, page in read]
    if args.folds:
        print(json.dumps(figures(examples, args.folds), indent=1))
        return
    table = "".join(f"{name}\t{odds}\n" for name, odds in odds_of_names(examples).items())
    args.out.with_name("name_weights.tsv").write_text(table, encoding="utf-8")
    save(args.out, train(measured(examples)), args.data)


if __name__ == "__main__":
    main()
