"""Small word lists of the comparing stage, kept beside the code."""

from __future__ import annotations

import functools
import re
from importlib import resources

import numpy as np
import numpy.typing as npt

from rashomon.annotate.language import pipeline


@functools.cache
def words(kind: str) -> frozenset[str]:
    """The words of one set of words.tsv: `nobody`, `nothing`."""
    text = resources.files(__package__).joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(row[0] for row in rows if row[1] == kind)


_TOKEN = re.compile(r"(?:[^\W\d_]|')+|\d+|[^\w\s]|_")


def tokens(text: str) -> list[str]:
    """Words, numbers and marks in lower case."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


@functools.lru_cache(maxsize=50_000)
def vector(word: str) -> npt.NDArray[np.float32]:
    """The word's vector of the language pipeline, of length 1; zeros where it has none."""
    found = np.asarray(pipeline().vocab.get_vector(word), dtype=np.float32)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), dtype=np.float32)


@functools.lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Cosine of two words' vectors; 1 for the same word."""
    return 1.0 if one == other else float(vector(one) @ vector(other))
