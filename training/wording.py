"""Makes src/rashomon/compare/wording.npz: hashed logistic regression for biased wording.

    python -m training.wording ../shared/data/wording/dev.jsonl.gz

Prints macro F1 by five-fold cross-validation beside the data's SHA-256, then trains on all rows and writes the weights.
Seed 0. The data are the BABE SG2 sentences (AGPL-3.0); no sentence of theirs is in the weights, which are hashed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pathlib
import sys

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from rashomon.compare.wording import BUCKETS, hashes

C = 1.0
"""Inverse regularisation, the best of 1, 4, 16, 64 by the same cross-validation."""
OUT = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "compare" / "wording.npz"


def matrix(texts: list[str]) -> csr_matrix:
    """One row a text, each of its features 1 over the root of their number."""
    rows = [hashes(text) for text in texts]
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    data = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row)))) for row in rows])
    return csr_matrix((data, np.concatenate(rows), indptr), shape=(len(rows), BUCKETS))


def model() -> LogisticRegression:
    """The estimator, unfitted."""
    return LogisticRegression(C=C, max_iter=2000, class_weight="balanced", random_state=0)


def cross_validated(x: csr_matrix, y: npt.NDArray[np.bool_]) -> float:
    """Macro F1 over five folds, each predicted by a model of the other four."""
    predicted = np.zeros(len(y), dtype=bool)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(x, y):
        predicted[test] = model().fit(x[train], y[train]).predict(x[test])
    return float(f1_score(y, predicted, average="macro"))


def main(path: str) -> None:
    """Train on the file and write the weights."""
    raw = pathlib.Path(path).read_bytes()
    rows = [json.loads(line) for line in gzip.decompress(raw).splitlines()]
    x, y = matrix([row["text"] for row in rows]), np.array([row["biased"] for row in rows])
    print(json.dumps({"sha256": hashlib.sha256(raw).hexdigest(), "macro_f1_cv5": round(cross_validated(x, y), 4)}))
    fitted = model().fit(x, y)
    np.savez_compressed(OUT, weights=fitted.coef_[0].astype(np.float16), bias=np.float32(fitted.intercept_[0]))


if __name__ == "__main__":
    main(sys.argv[1])
