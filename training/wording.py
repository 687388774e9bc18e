"""Makes src/rashomon/compare/wording.npz: models of biased words and sentences.

    python -m training.wording ../shared/data/wording/dev.jsonl.gz

Prints, by five-fold cross-validation, macro F1 of sentences and average precision of words, beside the data's SHA-256,
then trains on all rows and writes the weights. Seed 0. The data are the BABE SG2 sentences (AGPL-3.0) with the words
that their readers marked; no sentence of theirs is in the weights, which are vectors rounded to a byte a number.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import pathlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from rashomon.compare.wording import KERNELS, STEP, spelt, summary, vectors

Matrix = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

C = 1.0
"""Inverse regularisation of both models; .3 to 10 for words and .5 to 2 for sentences change less than .005."""
OUT = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare" / "wording.npz"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is seen of one sentence: its two vectors, and its telling words' vectors and marks."""

    seen: tuple[Matrix, Matrix]
    words: Matrix
    marked: Marks


def sentence(row: dict[str, Any]) -> Sentence:
    """Vectors and marks of one row of the data; a part of a marked compound is marked too."""
    told = ast.literal_eval(row["words"]) if row["words"].startswith("[") else []
    whole = {word.lower() for word in told}
    marked = whole | {part for word in whole for part in re.split(r"[-\s]", word)}
    tokens = spelt(row["text"])
    words = np.stack([vector for _, vector in tokens]) if tokens else np.zeros((0, 812))
    sentence_vector, mean = vectors(row["text"])
    return Sentence(
        (sentence_vector.astype(np.float64), mean.astype(np.float64)),
        words.astype(np.float64),
        np.array([word.lower() in marked for word, _ in tokens], dtype=bool),
    )


def of_words(rows: Sequence[Sentence]) -> LogisticRegression:
    """The model of words."""
    return LogisticRegression(C=C, max_iter=500).fit(
        np.concatenate([row.words for row in rows]), np.concatenate([row.marked for row in rows])
    )


def odds(model: LogisticRegression, row: Sentence) -> Matrix:
    """Log odds of the words of a sentence."""
    return np.asarray(model.decision_function(row.words) if len(row.words) else np.zeros(0))


def folds(y: Marks, seed: int) -> Iterator[tuple[Any, Any]]:
    """Five folds, rows to train on and rows kept apart."""
    yield from StratifiedKFold(5, shuffle=True, random_state=seed).split(y, y)


class Machine:
    """Both models fitted to some sentences; the support vectors rounded as they are stored."""

    def __init__(self, rows: Sequence[Sentence], y: Marks) -> None:
        summaries = np.zeros((len(rows), 6))
        for train, apart in folds(y, 1):
            held = of_words([rows[i] for i in train])
            for i in apart:
                summaries[i] = summary(odds(held, rows[i]).astype(np.float32))
        self.words = of_words(rows)
        seen = self._seen(rows, summaries)
        self.mean = [x.mean(axis=0) for x in seen]
        self.scale = [np.maximum(x.std(axis=0), 1e-6) for x in seen]
        self.rounded = [np.clip(np.round(x / STEP), -127, 127) for x in self._standard(seen)]
        fitted = SVC(C=C, kernel="precomputed", class_weight="balanced").fit(self._kernel(self._standard(seen)), y)
        self.rounded = [x[fitted.support_] for x in self.rounded]
        self.dual, self.bias = fitted.dual_coef_[0], float(fitted.intercept_[0])

    def _seen(self, rows: Sequence[Sentence], summaries: Matrix) -> list[Matrix]:
        return [*(np.stack([row.seen[n] for row in rows]) for n in (0, 1)), summaries]

    def _standard(self, seen: list[Matrix]) -> list[Matrix]:
        return [(x - mean) / scale for x, mean, scale in zip(seen, self.mean, self.scale, strict=True)]

    def _kernel(self, standard: list[Matrix]) -> Matrix:
        parts = zip(KERNELS, standard, self.rounded, strict=True)
        return np.asarray(sum(weight * _gaussian(x, kept * STEP) for weight, x, kept in parts))

    def margins(self, rows: Sequence[Sentence]) -> Matrix:
        """How far each sentence lies on the side of bias."""
        summaries = np.stack([summary(odds(self.words, row).astype(np.float32)) for row in rows]).astype(np.float64)
        return np.asarray(self._kernel(self._standard(self._seen(rows, summaries))) @ self.dual + self.bias)


def _gaussian(x: Matrix, centres: Matrix) -> Matrix:
    squares = (x**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1)[None, :] - 2 * x @ centres.T
    return np.asarray(np.exp(-np.maximum(squares, 0) / x.shape[1]))


def main(path: str) -> None:
    """Train on the file and write the weights."""
    raw = pathlib.Path(path).read_bytes()
    told = [json.loads(line) for line in gzip.decompress(raw).splitlines()]
    rows, y = [sentence(row) for row in told], np.array([row["biased"] for row in told])
    given, words = np.zeros(len(y)), [np.zeros(0)] * len(y)
    for train, apart in folds(y, 0):
        held = Machine([rows[i] for i in train], y[train])
        given[apart] = held.margins([rows[i] for i in apart])
        for i in apart:
            words[i] = odds(held.words, rows[i])
    line = LogisticRegression().fit(given[:, None], y)
    slope, intercept = float(line.coef_[0, 0]), float(line.intercept_[0])
    marked, score = np.concatenate([row.marked for row in rows]), np.concatenate(words)
    figures = {
        "sha256": hashlib.sha256(raw).hexdigest(),
        "macro_f1_cv5": f1_score(y, slope * given + intercept >= 0, average="macro"),
        "words_average_precision_cv5": average_precision_score(marked, score),
        "words_precision_and_recall_from": {least: _shares(marked, score, least) for least in (0.2, 0.3, 0.4, 0.5)},
    }
    print(json.dumps(figures, indent=1))
    _write(Machine(rows, y), slope, intercept)


def _shares(marked: Marks, score: Matrix, least: float) -> tuple[float, float]:
    """Precision and recall of the words of at least this probability."""
    told = score >= np.log(least / (1 - least))
    return float(marked[told].mean()), float(marked[told].sum() / marked.sum())


def _write(machine: Machine, slope: float, intercept: float) -> None:
    stored: dict[str, Any] = {"dual": machine.dual.astype(np.float32)}
    stored["words"] = machine.words.coef_[0].astype(np.float32)
    stored["line"] = np.array([machine.words.intercept_[0], machine.bias, slope, intercept], dtype=np.float32)
    for n in range(len(KERNELS)):
        stored[f"mean_{n}"] = machine.mean[n].astype(np.float32)
        stored[f"scale_{n}"] = machine.scale[n].astype(np.float32)
        stored[f"support_{n}"] = machine.rounded[n].astype(np.int8)
    np.savez_compressed(OUT, **stored)


if __name__ == "__main__":
    main(sys.argv[1])
