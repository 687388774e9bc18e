"""Train the pair model that groups articles into events, and count the background shares of common words.

    python -m training.events DATA [--cache FOLDER]

DATA is a folder with events/dev.jsonl.gz and coreference/dev.jsonl.gz (ECB+ texts as documents, its sub-topics as
events: every topic holds two similar events). Articles are read by the product's own chain. The model is logistic
regression over the evidence of candidate pairs, learnt from both whole corpora, with and without dates, and from many
small ones drawn from them (two to fourteen events, one to six articles each), so that it also holds for a handful of
articles and for articles that stand alone. Figures are from five-fold cross-validation by event (ECB+: by topic): each
fold's articles are grouped within the whole corpus by a model that saw no pair of them. Seed 13.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import hashlib
import json
import pathlib
import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.events import bcubed, reading
from rashomon.group.evidence import NAMES, Corpus, PairModel, pairs
from rashomon.group.features import ArticleFeatures, features
from rashomon.group.linkage import clusters
from rashomon.group.weighing import Floats

SEED, FOLDS, SMALL = 13, 5, 40
PACKAGE = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "group"
LEAST_TOPICS = 5  # a word of fewer topics is a topic's own, not the language's


@dataclasses.dataclass(frozen=True)
class Told:
    """One article of the training data with the event it tells and the fold and topic it belongs to."""

    article: ArticleFeatures
    event: str
    topic: str
    fold: int


def load(data: pathlib.Path, task: str, cache: pathlib.Path | None, hide: bool = False) -> list[Told]:
    """The articles of one task, read by the product's chain (with `hide`, without their dates), sorted by id."""
    path = data / task / "dev.jsonl.gz"
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    kept = cache / f"{task}{'_undated' if hide else ''}.features.pkl" if cache else None
    if kept and kept.exists():
        found = pickle.loads(kept.read_bytes())
    else:
        found = [features(reading({**row, "date": None, "url": None} if hide else row)) for row in rows]
        if kept:
            kept.write_bytes(pickle.dumps(found))
    topics = [row.get("topic", row["event"]) for row in rows]
    names = sorted(set(topics))
    random.Random(SEED).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    told = [Told(a, r["event"], t, fold[t]) for a, r, t in zip(found, rows, topics, strict=True)]
    return sorted(told, key=lambda t: t.article.article_id)


def small(told: Sequence[Told], number: int) -> list[Told]:
    """A corpus of a few events and articles."""
    draw = random.Random(SEED * 1000 + number)
    events: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        events[one.event].append(one)
    chosen = draw.sample(sorted(events), min(len(events), draw.randint(2, 14)))
    found = [t for e in chosen for t in draw.sample(events[e], min(len(events[e]), draw.choice([1, 1, 2, 3, 4, 6])))]
    return sorted(found, key=lambda t: t.article.article_id)


@dataclasses.dataclass(frozen=True)
class Sample:
    """One corpus with its candidate pairs."""

    told: list[Told]
    first: np.ndarray
    second: np.ndarray
    evidence: Floats
    same: np.ndarray
    weight: np.ndarray

    @classmethod
    def of(cls, told: list[Told]) -> Sample:
        """Compare a corpus; a pair weighs less the larger the events of its two articles are."""
        found = pairs(Corpus.of([t.article for t in told]))
        size = Counter(t.event for t in told)
        same = np.array([told[a].event == told[b].event for a, b in zip(found.first, found.second, strict=True)], bool)
        weight = np.array(
            [
                (size[told[a].event] * size[told[b].event]) ** -0.5
                for a, b in zip(found.first, found.second, strict=True)
            ]
        )
        return cls(told, found.first, found.second, found.evidence, same, weight)

    def without(self, fold: int | None) -> np.ndarray:
        """Which pairs have no article of `fold`."""
        if fold is None:
            return np.ones(len(self.first), bool)
        of = np.array([t.fold for t in self.told])
        return np.asarray((of[self.first] != fold) & (of[self.second] != fold))


def fit(samples: Sequence[tuple[Sample, float]], fold: int | None, strength: float = 1.0) -> tuple[Floats, float]:
    """Weights and bias on the raw evidence, learnt without `fold`; each sample has a share of the weight."""
    rows, labels, weights = [], [], []
    for sample, share in samples:
        kept = sample.without(fold)
        if not kept.any():
            continue
        rows.append(sample.evidence[kept])
        labels.append(sample.same[kept])
        weights.append(sample.weight[kept] * share / sample.weight[kept].sum())
    weight = np.concatenate(weights)
    scaler = StandardScaler().fit(np.vstack(rows))
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(scaler.transform(np.vstack(rows)), np.concatenate(labels), sample_weight=weight / weight.mean())
    raw = model.coef_[0] / scaler.scale_
    return raw, float(model.intercept_[0] - raw @ scaler.mean_)


def grouped(sample: Sample, weights: Floats, bias: float, threshold: float) -> list[int]:
    """The clusters of a sample under a model."""
    likely = PairModel(weights, bias, threshold).probability(sample.evidence)
    linked = zip(sample.first.tolist(), sample.second.tolist(), likely.tolist(), strict=True)
    return clusters(len(sample.told), linked, range(len(sample.told)), threshold)


def held_out(
    samples: Sequence[tuple[Sample, float]], tests: dict[str, list[Sample]], thresholds: Sequence[float]
) -> dict[str, dict[float, float]]:
    """BCubed F1 of each test on the articles of the fold that the model did not see, by threshold."""
    models = [fit(samples, fold) for fold in range(FOLDS)]
    found: dict[str, dict[float, float]] = {}
    for name, corpora in tests.items():
        found[name] = {}
        for threshold in thresholds:
            scores = []
            for fold, (weights, bias) in enumerate(models):
                for sample in corpora:
                    given = grouped(sample, weights, bias, threshold)
                    gold = [t.event for t in sample.told]
                    which = [k for k, t in enumerate(sample.told) if t.fold == fold]
                    scores.append((bcubed(gold, given, which), len(which)))
            total = sum(n for _, n in scores)
            precision = sum(p * n for (p, _), n in scores) / total
            recall = sum(r * n for (_, r), n in scores) / total
            found[name][threshold] = 2 * precision * recall / (precision + recall)
    return found


def shares(told: Sequence[Told]) -> dict[str, float]:
    """For the words of several topics, the mean over topics of the share of articles that hold it."""
    topics: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        topics[one.topic].append(one)
    total: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    for articles in topics.values():
        counts = Counter(term for one in articles for term in one.article.terms)
        for term, count in counts.items():
            total[term] += count / len(articles)  # type: ignore[assignment]
            holding[term] += 1
    return {t: round(v / len(topics), 4) for t, v in sorted(total.items()) if holding[t] >= LEAST_TOPICS}


def main() -> None:
    """Train, validate, write the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path)
    args = parser.parse_args()
    events, ecb = (load(args.data, task, args.cache) for task in ("events", "coreference"))
    (PACKAGE / "background.json").write_text(
        json.dumps(
            {"articles": len(events) + len(ecb), "shares": shares([*events, *ecb])}, ensure_ascii=False, indent=0
        )
    )
    hidden = load(args.data, "events", args.cache, hide=True)
    whole = {"events": Sample.of(events), "events_undated": Sample.of(hidden), "ecb": Sample.of(ecb)}
    little = {
        name: [Sample.of(small(told, n)) for n in range(SMALL)]
        for name, told in (("events", events), ("undated", hidden), ("ecb", ecb))
    }
    samples = [(whole["events"], 1.0), (whole["events_undated"], 1.0), (whole["ecb"], 2.0)]
    samples += [(s, 0.5 / SMALL) for group in little.values() for s in group]
    tests = {name: [sample] for name, sample in whole.items()}
    tests |= {f"small_{name}": group for name, group in little.items()}
    thresholds = [0.25, 0.3, 0.35, 0.4]
    figures = held_out(samples, tests, thresholds)
    for name, row in figures.items():
        print(name, {t: round(v, 4) for t, v in row.items()})
    threshold = max(thresholds, key=lambda t: sum(row[t] for row in figures.values()))
    weights, bias = fit(samples, None)
    digests = {
        task: hashlib.sha256((args.data / task / "dev.jsonl.gz").read_bytes()).hexdigest()
        for task in ("events", "coreference")
    }
    model = {
        "weights": {name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True)},
        "bias": round(bias, 4),
        "threshold": threshold,
        "made_by": "training/events.py",
        "seed": SEED,
        "data_sha256": digests,
        "held_out_bcubed_f1": {name: round(row[threshold], 4) for name, row in figures.items()},
    }
    (PACKAGE / "pair_model.json").write_text(json.dumps(model, indent=1) + "\n")
    print(json.dumps(model, indent=1))


if __name__ == "__main__":
    main()
