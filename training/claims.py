"""Makes align.json, reread.json and rank.json in src/rashomon/compare from events compared by hand.

    python -m training.claims ../shared/data WORK_FOLDER

WORK_FOLDER holds what training/crossencoder.py left there. Prints the figures of pairs of sentences by both looks, each
event judged by weights made from the others and by networks that never saw it; then trains on all and writes. Seed 0.
No sentence of the data is in the weights: they are one number a feature and two a rule.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import pathlib
import pickle
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, precision_recall_curve

from rashomon.compare import reread
from rashomon.compare.align import Weights, judge
from rashomon.compare.candidates import Aligned
from rashomon.compare.crossencoder import Answers
from rashomon.compare.evidence import NAMES as EVIDENCE
from rashomon.compare.features import NAMES
from rashomon.compare.labels import Choice
from rashomon.compare.overlap import Matrix
from rashomon.compare.stretches import Head, Opinions
from training.differences import Proposed, proposed, scorer
from training.examples import Example, examples, first, fit, judged
from training.verdicts import verdicts

HERE = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare"
FOLDS = 4
"""In how many parts the events beside the six are judged by second looks made from the others."""


@dataclass(frozen=True, slots=True)
class Looked:
    """An event after the first look and the reading of pairs, neither of which was made from it."""

    example: Example
    answers: dict[int, Answers]
    head: Head  # of the network that answered
    features: Matrix  # rows of reread.NAMES

    def aligned(self, second: Weights) -> Aligned:
        """The passages with the scores of a second look."""
        told, measured = self.example.passages, self.example.measured
        opinions = Opinions(reread.by_passages(measured, self.answers), self.head)
        return Aligned(told, judge(told, measured, second.probability(self.features)), opinions)


def looked(data: pathlib.Path, work: pathlib.Path) -> dict[str, Looked]:
    """All events by name, the six first, each with the answers of a network that never saw it."""
    told = examples(data, work)
    first_looks = judged(told, work)
    said: dict[str, tuple[dict[int, Answers], Head]] = {}
    for network in ("whole", "half-0", "half-1"):
        answers, head = pickle.loads((work / f"{network}.pkl").read_bytes())
        said |= {name: (told, head) for name, told in answers.items()}
    found = {}
    for name in sorted(told, key=lambda key: (not told[key].six, key)):
        event, look = told[name], first_looks[name]
        chosen = set(reread.chosen(look).tolist())
        answers = {number: answer for number, answer in said[name][0].items() if number in chosen}
        measured = reread.features(event.passages, event.measured, look, answers)
        found[name] = Looked(event, answers, said[name][1], measured)
    return found


def second(told: Iterable[Looked]) -> Weights:
    """The weights of the second look from all measured pairs of some events."""
    events = list(told)
    x = np.concatenate([e.features for e in events])
    y = np.concatenate([e.example.same for e in events])
    return fit(x, y, C=0.3, max_iter=200, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=60)


def seconds(told: Mapping[str, Looked]) -> dict[str, Weights]:
    """For each event a second look that never saw it: each of the six apart, the others in FOLDS parts."""
    more = [name for name in told if not told[name].example.six]
    parts = [[name] for name in told if told[name].example.six] + [more[k::FOLDS] for k in range(FOLDS)]
    found = {}
    for part in parts:
        weights = second(told[name] for name in told if name not in part)
        found.update(dict.fromkeys(part, weights))
    return found


def figures(events: Sequence[Example], told: Sequence[npt.NDArray[Any]]) -> dict[str, float]:
    """Average precision and best F1 of sentence pairs by their probabilities.

    Pairs told the same that were not worth measuring count as missed.
    """
    missed = sum(e.missed for e in events)
    y = np.concatenate([*(e.same for e in events), np.ones(missed, dtype=bool)])
    s = np.concatenate([*told, np.zeros(missed, dtype=np.float32)])
    precision, recall, threshold = precision_recall_curve(y, s)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1[:-1].argmax())
    return {
        "average_precision": round(float(average_precision_score(y, s)), 4),
        "best_f1": round(float(f1[best]), 4),
        "at": round(float(threshold[best]), 4),
        "measured": len(y) - missed,
        "same": int(y.sum()),
        "missed": missed,
    }


def pairs(told: Mapping[str, Looked], by: Mapping[str, Weights]) -> dict[str, Proposed]:
    """The pairs of stretches that were judged in each event, aligned by looks that never saw it."""
    judged_pairs = verdicts({name: event.example for name, event in told.items()})
    return {
        name: proposed(event.aligned(by[name]), event.example.readings, judged_pairs[name])
        for name, event in told.items()
    }


def main(data: str, folder: str) -> None:
    """Train on all events, print the figures, write the tables."""
    work = pathlib.Path(folder)
    told = looked(pathlib.Path(data), work)
    looks, by = judged({name: e.example for name, e in told.items()}, work), seconds(told)
    shown = {}
    for name, some in (
        ("six", [n for n in told if told[n].example.six]),
        ("others", [n for n in told if not told[n].example.six]),
    ):
        events = [told[n].example for n in some]
        shown[name] = {
            "first look": figures(events, [looks[n] for n in some]),
            "second look": figures(events, [by[n].probability(told[n].features) for n in some]),
        }
    source = {"events": len(told), "sha256": _sums(pathlib.Path(data)), "left_out": shown}
    print(json.dumps(source, indent=1))
    write("align.json", source, NAMES, first([e.example for e in told.values()]))
    write("reread.json", source, reread.NAMES, second(told.values()))
    ranked = scorer(list(pairs(told, by).values()))
    named = {name: _choice(getattr(ranked.labels, name)) for name in ("kinds", "relations")}
    together = [_rounded(row) for row in ranked.labels.together]
    more = {"cues": list(ranked.cues), **named, "together": together}
    more["calibration"] = dataclasses.asdict(ranked.calibration)
    write("rank.json", source, EVIDENCE, ranked.weights, **more)


def _sums(data: pathlib.Path) -> dict[str, str]:
    tasks = ("accounts", "events", "coreference", "timelines")
    return {task: hashlib.sha256((data / task / "dev.jsonl.gz").read_bytes()).hexdigest() for task in tasks}


def _rounded(values: npt.NDArray[Any]) -> list[float]:
    if values.dtype == np.int64:
        return [int(v) for v in values]
    return [round(float(v), 6) for v in values]


def _told(weights: Weights) -> dict[str, Any]:
    model: dict[str, Any] = {name: _rounded(getattr(weights, name)) for name in ("mean", "scale", "weight")}
    model |= {"bias": round(weights.bias, 6), "start": round(weights.start, 6)}
    names = ("feature", "threshold", "left", "right", "value")
    model["trees"] = [{name: _rounded(getattr(tree, name)) for name in names} for tree in weights.trees]
    return model


def write(file: str, source: dict[str, Any], names: Sequence[str], weights: Weights, **more: Any) -> None:
    """A table of weights, with where they come from and the features that they are for."""
    told = {"trained": source, "features": list(names), **_told(weights), **more}
    (HERE / file).write_text(json.dumps(told) + "\n", encoding="utf-8")


def _choice(choice: Choice) -> dict[str, Any]:
    tables = {name: _rounded(getattr(choice, name)) for name in ("mean", "scale", "bias")}
    return {"names": list(choice.names), **tables, "weight": [_rounded(row) for row in choice.weight]}


if __name__ == "__main__":
    main(*sys.argv[1:3])
