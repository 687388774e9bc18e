"""How loaded a stretch of words is, from 0 to 1: a logistic model over hashed words and letter groups.

Trained by training/wording.py on sentences labelled for biased wording; the weights are wording.npz.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from importlib import resources

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 16
"""Rows of the weight table; 2**16 float16 weights are 128 KB and collide for one feature in ten at most."""
_WORD = re.compile(r"[a-z']+|\d+|[^\sa-z\d]")


def _hashed(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS


def tokens(text: str) -> list[str]:
    """Words, numbers and marks in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


def hashes(text: str) -> npt.NDArray[np.int64]:
    """The buckets of a text's features, each once: words, pairs of words, and letter groups of four and five."""
    words = tokens(text)
    found = {_hashed(f"w:{word}") for word in words}
    found |= {_hashed(f"b:{a} {b}") for a, b in itertools.pairwise(words)}
    for word in words:
        framed = f"<{word}>"
        for size in (4, 5):
            found |= {_hashed(f"c:{framed[k : k + size]}") for k in range(len(framed) - size + 1)}
    return np.array(sorted(found), dtype=np.int64)


@functools.cache
def _weights() -> tuple[npt.NDArray[np.float32], float]:
    with resources.files(__package__).joinpath("wording.npz").open("rb") as file:
        stored = np.load(file)
        return stored["weights"].astype(np.float32), float(stored["bias"])


def probability(text: str) -> float:
    """The probability that a sentence is worded with bias."""
    weights, bias = _weights()
    rows = hashes(text)
    if len(rows) == 0:
        return 0.0
    linear = float(weights[rows].sum()) / float(np.sqrt(len(rows))) + bias
    return float(1.0 / (1.0 + np.exp(-linear)))


def loaded(text: str, context: str) -> float:
    """How loaded the words `text` are in their sentence `context`: what they add to the sentence's probability.

    The sentence is judged with and without them; half the answer is the words judged alone.
    """
    rest = context.replace(text, " ", 1)
    alone, shift = probability(text), probability(context) - probability(rest)
    return round(min(1.0, max(0.0, 0.5 * alone + 0.5 * min(1.0, max(0.0, 0.5 + 2 * shift)))), 4)
