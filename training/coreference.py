"""Train the model that says which mentions tell the same happening.

    python -m training.coreference ../shared/data [--cache FOLDER]

Boosted trees over the evidence of group/coreference.py, learnt from ECB+ topics (their scored action mentions), with
the articles' likeness and events from pair models that did not see the topic. Figures are from five-fold
cross-validation by topic: each fold's mentions get their chains in the whole corpus from trees that saw no mention of
its topics. Seed 13.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pathlib
import pickle
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.coreference import Key, conll, mentions
from benchmarks.events import readings
from rashomon.group.coreference import LEAST, compared, linked
from rashomon.group.evidence import PairModel, pair_model
from rashomon.group.features import features
from rashomon.group.linkage import clusters
from rashomon.group.mentions import NAMES, Evidence, Likeness, Told
from training import events
from training.network import exported

SEED = 13
TREES = {"max_iter": 150, "learning_rate": 0.06, "max_leaf_nodes": 12, "min_samples_leaf": 40, "l2_regularization": 5.0}
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
WEIGHTS = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "group" / "mention_model.npz"


def load(path: pathlib.Path, cache: pathlib.Path | None) -> tuple[Any, ...]:
    """Rows (with their scored action mentions only), mentions, their places, and the articles' features."""
    kept = cache / "mentions.pkl" if cache else None
    if kept and kept.exists():
        return tuple(pickle.loads(kept.read_bytes()))
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    for row in rows:
        row["mentions"] = [m for m in row["mentions"] if m["scored"] and m["type"].startswith(("ACTION", "NEG"))]
    read = readings(rows)
    found = (rows, *mentions(rows, read), [features(one) for one in read])
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return found


def held_out_likeness(told: list[events.Told]) -> Likeness:
    """How likely the articles tell one event by models that did not see their topic."""
    sample = events.Sample.of(told)
    likely = np.zeros(len(sample.first))
    for fold in range(events.FOLDS):
        of = np.array([told[k].fold == fold for k in sample.first], bool)
        weights, bias = events.fit([(sample, 1.0)], fold)
        likely[of] = PairModel(weights, bias, pair_model().threshold).probability(sample.evidence[of])
    linked_pairs = zip(sample.first.tolist(), sample.second.tolist(), likely.tolist(), strict=True)
    leaders = clusters(len(told), linked_pairs, range(len(told)), pair_model().threshold)
    ids = [t.article.article_id for t in told]
    table = zip(sample.first.tolist(), sample.second.tolist(), likely.tolist(), strict=True)
    return Likeness(
        {(ids[a], ids[b]): p for a, b, p in table if p >= LEAST},
        {ids[k]: ids[leader] for k, leader in enumerate(leaders)},
    )


def boosted(rows: np.ndarray, same: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees."""
    return HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **TREES).fit(rows, same)


def main() -> None:
    """Cross-validate, choose the threshold, train on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path)
    args = parser.parse_args()
    path = args.data / "coreference" / "dev.jsonl.gz"
    rows, told, keys, articles = load(path, args.cache)
    by_article = {a.article_id: r for a, r in zip(articles, rows, strict=True)}
    ecb = events.load(args.data, "coreference", args.cache)
    fold_of = {t.article.article_id: t.fold for t in ecb}
    likeness = held_out_likeness(ecb)
    gold = {(str(r["doc"]), m["start"], m["end"]): m["chain"] for r in by_article.values() for m in r["mentions"]}
    labels = [gold[key] for key in keys]
    first, second = compared(told, likeness)
    table = Evidence(told, likeness)(first, second)
    same = np.array([labels[a] == labels[b] for a, b in zip(first.tolist(), second.tolist(), strict=True)], bool)
    fold = np.array([fold_of[m.article_id] for m in told.mentions])
    print(len(keys), "mentions", len(first), "pairs", int(same.sum()), "same", flush=True)
    likely = np.zeros(len(first))
    for number in range(events.FOLDS):
        away = (fold[first] != number) & (fold[second] != number)
        trees = boosted(table[away], same[away])
        own = fold[first] == number
        likely[own] = trees.predict_proba(table[own])[:, 1]
    if args.cache:
        (args.cache / "mentions_likely.pkl").write_bytes(pickle.dumps((first, second, likely, keys, gold)))
    figures = {
        t: _scored(told, keys, gold, linked(len(keys), first, second, likely.astype(np.float32), t)) for t in THRESHOLDS
    }
    for threshold, values in figures.items():
        print(threshold, {name: round(value, 4) for name, value in values.items()}, flush=True)
    threshold = max(THRESHOLDS, key=lambda t: figures[t]["conll_f1"])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    note = f"training/coreference.py, seed {SEED}, data SHA-256 {digest}, held out {figures[threshold]}, {NAMES}"
    arrays: dict[str, Any] = {**exported(boosted(table, same)), "threshold": np.array(threshold)}
    np.savez_compressed(WEIGHTS, **arrays, made_from=np.array([note]))


def _scored(told: Told, keys: list[Key], gold: dict[Key, str], found: list[int]) -> dict[str, float]:
    chain = dict(zip(keys, found, strict=True))
    return conll(gold, {key: chain.get(key, ("alone", key)) for key in gold})


if __name__ == "__main__":
    main()
