"""Train the ranking of quotation proposals: makes annotate/quotations/ranking.npz.

    python -m training.quotation_cues TRAIN.jsonl.gz [--cache DIR]
    python -m training.quotes TRAIN.jsonl.gz DEV.jsonl.gz [--cache DIR]

Articles are dealt into five folds by the MD5 of their name. The logistic regression scores each fold with weights from
the others; the trees learn on those scores. All five train the weights that are written, which are scored on DEV; then
the first fold is scored by weights from the other four, and that curve chooses the threshold. Seed 0 throughout.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pathlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from spacy.tokens import DocBin

from benchmarks.quotes import paragraphs, score
from rashomon.annotate import language
from rashomon.annotate.quotations.features import features
from rashomon.annotate.quotations.proposals import Marked, Proposal, mark, proposals
from rashomon.annotate.quotations.ranking import HOPELESS, cue_word, useless_cues
from rashomon.annotate.quotations.selection import choose, shared, size
from rashomon.annotate.quotations.surroundings import rows as surroundings
from rashomon.model.span import Span
from training.network import exported

Row = dict[str, Any]
PACKAGE = pathlib.Path(__file__).resolve().parent.parent / "src" / "rashomon" / "annotate" / "quotations"
LEXICON, WEIGHTS = PACKAGE / "cues.tsv", PACKAGE / "ranking.npz"
FOLDS, SEED = 5, 0
INVERSE_PENALTY = 0.3  # of the regression; set once
LEAST_SEEN = 3  # articles' features seen less often are left out
SMALLEST = 0.03  # weights nearer to zero are left out
AXES = 24  # of 300, for each of the three word vectors
TREES = {
    "learning_rate": 0.06,
    "max_iter": 300,
    "max_leaf_nodes": 24,
    "max_depth": 9,
    "min_samples_leaf": 80,
    "l2_regularization": 10.0,
    "max_features": 0.3,  # of the columns, drawn anew at each split: check fold overlap .7342 to .7384
}
KEPT = ["ORTH", "TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH", "SPACY"]


@dataclass(slots=True)
class Example:
    """One article: its proposals, how far each is right (0..1), and their features."""

    row: Row
    marked: Marked
    proposals: list[Proposal]
    labels: list[float]
    features: list[list[str]]


def articles(path: pathlib.Path, cache: pathlib.Path | None) -> Iterator[tuple[Row, language.ParsedArticle]]:
    """The rows of a file with their parse, in order of the MD5 of their names; parses are kept in `cache`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    for row in sorted(found, key=lambda r: hashlib.md5(r["doc"].encode()).hexdigest()):
        name = hashlib.md5((row["doc"] + row["text"]).encode()).hexdigest() + ".spacy"
        blocks = paragraphs(row["doc"], row["text"])
        if cache is None or not (cache / name).exists():
            parsed = language.parse(row["doc"], row["text"], blocks)
            if cache is not None:
                DocBin(attrs=KEPT, docs=[b.doc for b in parsed.blocks]).to_disk(cache / name)
        docs = DocBin().from_disk(cache / name).get_docs(language.pipeline().vocab) if cache else []
        kept = tuple(language.ParsedBlock("body", b.start, d) for b, d in zip(blocks, docs, strict=bool(cache)))
        yield row, language.ParsedArticle(row["doc"], row["text"], kept) if cache else parsed


def labels(row: Row, found: Sequence[Proposal]) -> list[float]:
    """The Jaccard of each proposal's content with the marked content nearest to it, 0 under a half.

    It counts a third where neither the cue nor the source is the marked one.
    """
    gold = [([Span(s, e) for s, e in a["content"] if s < e], a) for a in row["attributions"]]
    out = []
    for proposal in found:
        best = 0.0
        for content, attribution in gold:
            common = shared(proposal.content, content)
            alike = common / (size(proposal.content) + size(content) - common) if common else 0.0
            if alike >= 0.5:
                best = max(best, alike if _same_attribution(proposal, attribution) else 0.3 * alike)
        out.append(best)
    return out


def _same_attribution(proposal: Proposal, gold: Row) -> bool:
    cue, source = proposal.cue_span, proposal.source
    if any(s < cue.end and cue.start < e for s, e in gold["cue"] or ()):
        return True
    return source is not None and any(s < source.end and source.start < e for s, e in gold["source"] or ())


def examples(path: pathlib.Path, cache: pathlib.Path | None) -> list[Example]:
    """All articles of a file with labelled proposals, those of useless cues left out."""
    made = []
    for row, parsed in articles(path, cache):
        marked = mark(parsed)
        found = [p for p in proposals(marked) if cue_word(p) not in useless_cues()]
        named = [list(set(features(marked, p))) for p in found]
        made.append(Example(row, marked, found, labels(row, found), named))
    return made


def _softened(y: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]]:
    """A label 0.7 is the row as right with weight 0.7 and as wrong with 0.3: which rows twice, labels, weights."""
    right = y > 0
    return right, np.r_[np.zeros(len(y)), np.ones(int(right.sum()))], np.r_[1 - y, y[right]]


def regression(train: Sequence[Example]) -> dict[str, float]:
    """Weights of the first step by feature name, with `bias`."""
    count = Counter(f for e in train for named in e.features for f in named)
    columns = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST_SEEN))}
    pointers: list[int] = [0]
    indices: list[int] = []
    for example in train:
        for named in example.features:
            indices.extend(columns[f] for f in named if f in columns)
            pointers.append(len(indices))
    x = sp.csr_matrix((np.ones(len(indices), np.float32), indices, pointers), shape=(len(pointers) - 1, len(columns)))
    right, y, weight = _softened(np.array([label for e in train for label in e.labels]))
    fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=300, tol=1e-3, random_state=SEED)
    fitted.fit(sp.vstack([x, x[right]]), y, sample_weight=weight)
    table = {f: float(np.float16(fitted.coef_[0][i])) for f, i in columns.items()}
    return {f: w for f, w in table.items() if abs(w) >= SMALLEST} | {"bias": float(np.float16(fitted.intercept_[0]))}


def first_scores(train: Sequence[Example], table: dict[str, float]) -> list[list[tuple[float, Proposal, float]]]:
    """(score, proposal, label) of the proposals that are not hopeless, by article."""
    out = []
    for e in train:
        scores = [table["bias"] + sum(table.get(f, 0.0) for f in named) for named in e.features]
        out.append([s for s in zip(scores, e.proposals, e.labels, strict=True) if s[0] > HOPELESS])
    return out


def arrays_of_words(train: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The numbered patterns, and the axes on which the three word vectors vary most (truncated SVD)."""
    common = Counter(p.pattern for e in train for p in e.proposals).most_common(60)
    axes = []
    found = [p for e in train[::4] for p in e.proposals]
    for heads in ([p.cue for p in found], [p.content_head for p in found], [p.source_head for p in found]):
        vectors: list[Any] = [t.vector for t in heads[::2] if t is not None and t.has_vector]
        axes.append(TruncatedSVD(AXES, random_state=SEED).fit(np.stack(vectors)).components_)
    return {"patterns": np.array([p for p, _ in common]), "axes": np.stack(axes).astype(np.float16)}


def boosted(
    train: Sequence[Example], scored: list[Any], words: dict[str, NDArray[Any]]
) -> HistGradientBoostingClassifier:
    """The second step's trees."""
    parts = [
        surroundings(e.marked, [(s, p) for s, p, _ in items], words) for e, items in zip(train, scored, strict=True)
    ]
    x = np.vstack([part for part in parts if len(part)])
    right, y, weight = _softened(np.array([label for items in scored for _, _, label in items]))
    trees = HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **TREES)
    return trees.fit(np.vstack([x, x[right]]), y, sample_weight=weight)


def curve(test: Sequence[Example], table: dict[str, float], words: dict[str, Any], trees: Any) -> dict[str, Any]:
    """Figures by threshold."""
    scored = first_scores(test, table)
    out: dict[str, Any] = {}
    ranked = []
    for e, items in zip(test, scored, strict=True):
        rows = surroundings(e.marked, [(s, p) for s, p, _ in items], words)
        chances = trees.predict_proba(rows)[:, 1] if len(rows) else []
        ranked.append([(float(c), p) for c, (_, p, _) in zip(chances, items, strict=True)])
    for least in (0.25, 0.3, 0.33, 0.36, 0.4, 0.45):
        predicted = [
            {
                "doc": e.row["doc"],
                "quotations": [
                    {
                        "content": [[s.start, s.end] for s in p.content],
                        "source": [[p.source.start, p.source.end]] if p.source else None,
                    }
                    for _, p in choose(items, least)
                ],
            }
            for e, items in zip(test, ranked, strict=True)
        ]
        figures = score([e.row for e in test], predicted)
        out[str(least)] = {k: v["f1"] if isinstance(v, dict) else v for k, v in figures.items()}
        print(least, json.dumps(out[str(least)]), flush=True)
    return out


def train_both(train: list[Example]) -> tuple[dict[str, float], dict[str, Any], HistGradientBoostingClassifier]:
    """First-step weights, word arrays and trees from a list of articles; scores for the trees come from other folds."""
    scored: list[Any] = [None] * len(train)
    for fold in range(FOLDS):
        table = regression([e for i, e in enumerate(train) if i % FOLDS != fold])
        for i, items in zip(range(fold, len(train), FOLDS), first_scores(train[fold::FOLDS], table), strict=True):
            scored[i] = items
    words = arrays_of_words(train)
    return regression(train), words, boosted(train, scored, words)


def main() -> None:
    """Train on all, write the weights, score DEV, then the check fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=pathlib.Path)
    parser.add_argument("dev", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path)
    parser.add_argument("--no-check", action="store_true", help="skip the check fold")
    args = parser.parse_args()
    made = examples(args.train, args.cache)
    table, words, trees = train_both(made)
    names = sorted(table)
    digest = hashlib.sha256(args.train.read_bytes()).hexdigest()
    arrays: dict[str, Any] = (
        {
            "names": np.frombuffer("\0".join(names).encode(), np.uint8),
            "weights": np.array([table[n] for n in names], np.float16),
            "made_from": np.array([f"training/quotes.py, seed {SEED}, training data SHA-256 {digest}"]),
        }
        | words
        | exported(trees)
    )
    np.savez_compressed(WEIGHTS, **arrays)
    print(f"{len(names)} features, {WEIGHTS.stat().st_size} bytes; dev")
    curve(examples(args.dev, args.cache), table, words, trees)
    if not args.no_check:
        print("check fold, by weights from the other four")
        curve(made[::FOLDS], *train_both([e for i, e in enumerate(made) if i % FOLDS]))


if __name__ == "__main__":
    main()
