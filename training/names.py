"""Make src/rashomon/resolve/tables/names.json: the weights of the name comparison, from labelled pairs of names.

Usage: python -m training.names PAIRS.jsonl[.gz]   (OpenSanctions name_bench rows: name1, name2, schema, is_match; MIT)

A row belongs to the check half where the first byte of the SHA-256 of its two names is odd. The figures written are
those of five-fold cross-validation over all rows (seed 0), of weights from one half on the other, and on all rows.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import sys
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from benchmarks.__main__ import read
from rashomon.resolve.names import FEATURES, features, lay_out, refusal

Array = npt.NDArray[Any]
OUT = pathlib.Path(__file__).parents[1] / "src/rashomon/resolve/tables/names.json"
STRENGTH = 1.0
"""Inverse strength of the L2 penalty; 0.3, 1 and 3 differ by less than 0.01 in cross-validation."""


def checks(row: dict[str, Any]) -> bool:
    """Whether a row belongs to the check half."""
    return bool(hashlib.sha256(f"{row['name1']}|{row['name2']}".encode()).digest()[0] & 1)


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000)


def _f1(gold: Array, said: Array) -> float:
    hits = int((gold & said).sum())
    return round(2 * hits / max(int(gold.sum()) + int(said.sum()), 1), 4)


def _predict(fit: dict[str, LogisticRegression], family: Array, x: Array, free: Array) -> Array:
    said = np.zeros(len(x), dtype=bool)
    for name, model in fit.items():
        rows = family == name
        if rows.any():
            said[rows] = model.predict(x[rows])
    return np.logical_and(said, free)


def _fit(family: Array, x: Array, y: Array) -> dict[str, LogisticRegression]:
    return {name: _model().fit(x[family == name], y[family == name]) for name in ("people", "others")}


def main(path: pathlib.Path) -> None:
    """Fit, measure and write the weights."""
    rows = list(read(path))
    laid = [lay_out(row["name1"], row["name2"], row["schema"]) for row in rows]
    x = np.array([features(c) for c in laid])
    y = np.array([bool(row["is_match"]) for row in rows])
    family = np.array(["people" if c.people else "others" for c in laid])
    free = np.array([refusal(c) is None for c in laid])
    check = np.array([checks(row) for row in rows])
    crossed = np.zeros(len(y), dtype=bool)
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(x, y):
        fitted = _fit(family[train][free[train]], x[train][free[train]], y[train][free[train]])
        crossed[test] = _predict(fitted, family[test], x[test], free[test])
    half = _fit(family[free & ~check], x[free & ~check], y[free & ~check])
    full = _fit(family[free], x[free], y[free])
    figures = {
        "cross-validated F1": _f1(y, crossed),
        "F1 on the check half, weights from the other": _f1(y[check], _predict(half, family, x, free)[check]),
        "F1 on all, weights from all": _f1(y, _predict(full, family, x, free)),
    }
    written = {
        "made_by": "training/names.py",
        "data_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "features": FEATURES,
        "weights": {n: [round(float(w), 4) for w in (m.intercept_[0], *m.coef_[0])] for n, m in full.items()},
        "figures": figures,
    }
    OUT.write_text(json.dumps(written, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
