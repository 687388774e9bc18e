"""The encoder in numpy: MiniLM with six layers (Wang et al. 2020) over both passages, and the heads trained on it.

Weights are stored as whole numbers of eight bits with one scale a row (training/encoder.py) and read back as float32.
A pair is always read alone, so that its answer does not depend on what else is asked.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from rashomon.annotate.crossencoder.wordpiece import WordPiece

Matrix = npt.NDArray[np.float32]

LONGEST = 56
"""Pieces of one passage that are read, as in training."""
_HEADS = 12
_TINY = np.float32(1e-12)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the encoder says of two passages, each in 0..1.

    `alike`: how near they are in meaning; `entails`, `neutral`, `contradicts`: what the first says of the second (they
    add up to 1); `told`: whether both tell the same happening.
    """

    alike: float
    entails: float
    neutral: float
    contradicts: float
    told: float


@dataclass(frozen=True, slots=True)
class _Layer:
    query_key_value: Matrix  # (384, 1152)
    query_key_value_bias: Matrix
    out: Matrix
    out_bias: Matrix
    first_norm: tuple[Matrix, Matrix]
    up: Matrix
    up_bias: Matrix
    down: Matrix
    down_bias: Matrix
    second_norm: tuple[Matrix, Matrix]


class CrossEncoder:
    """The network with its vocabulary; see `crossencoder()` for the packaged one."""

    def __init__(self, stored: dict[str, npt.NDArray[np.generic]]) -> None:
        self._words = WordPiece(bytes(stored["vocabulary"].tobytes()).decode("utf-8").split("\n"))
        self._embeddings, self._scales = stored["embeddings"], _floats(stored["embeddings.scale"])
        self._positions = _floats(stored["positions"])
        self._kinds = _floats(stored["kinds"])
        self._norm = _floats(stored["norm.weight"]), _floats(stored["norm.bias"])
        self._heads, self._heads_bias = _floats(stored["heads.weight"]).T, _floats(stored["heads.bias"])
        count = sum(name.endswith(".up.scale") for name in stored)
        self._layers = tuple(_layer(stored, f"{n}.") for n in range(count))

    def read(self, first: str, second: str) -> Answer:
        """What two passages are to each other; only their first LONGEST pieces are read."""
        one, two = (self._words.encode(text)[:LONGEST] for text in (first, second))
        mark, end = self._words.begin, self._words.separator
        pieces = np.array([mark, *one, end, *two, end], dtype=np.int64)
        kinds = np.array([0] * (len(one) + 2) + [1] * (len(two) + 1), dtype=np.int64)
        states = self._states(pieces, kinds)
        pooled = np.concatenate([states[0], states.mean(axis=0)])
        logits = (pooled @ self._heads + self._heads_bias).astype(np.float64)
        relation = np.exp(logits[1:4] - logits[1:4].max())
        relation /= relation.sum()
        alike, told = 1 / (1 + np.exp(-logits[[0, 4]]))
        return Answer(*(round(float(x), 4) for x in (alike, *relation, told)))

    def _states(self, pieces: npt.NDArray[np.int64], kinds: npt.NDArray[np.int64]) -> Matrix:
        words = self._embeddings[pieces].astype(np.float32) * self._scales[pieces, None]
        states = _normal(words + self._positions[: len(pieces)] + self._kinds[kinds], *self._norm)
        for layer in self._layers:
            states = _normal(states + _attend(states, layer), *layer.first_norm)
            inner = _gelu(states @ layer.up + layer.up_bias)
            states = _normal(states + inner @ layer.down + layer.down_bias, *layer.second_norm)
        return states


def _attend(states: Matrix, layer: _Layer) -> Matrix:
    length, width = states.shape
    mixed = (states @ layer.query_key_value + layer.query_key_value_bias).reshape(length, 3, _HEADS, width // _HEADS)
    query, key, value = mixed.transpose(1, 2, 0, 3)
    weight = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // _HEADS))
    weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
    weight /= weight.sum(axis=-1, keepdims=True)
    met = (weight @ value).transpose(1, 0, 2).reshape(length, width)
    return np.asarray(met @ layer.out + layer.out_bias, dtype=np.float32)


def _normal(states: Matrix, weight: Matrix, bias: Matrix) -> Matrix:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _TINY)
    return np.asarray(centred / spread * weight + bias, dtype=np.float32)


def _gelu(x: Matrix) -> Matrix:
    """Gaussian error linear unit; the error function by Abramowitz and Stegun 7.1.26 (wrong by at most 1.5e-7)."""
    z = np.abs(x) * np.float32(0.70710678)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.float32(1.061405429) * t - np.float32(1.453152027)
    for term in (1.421413741, -0.284496736, 0.254829592):
        series = series * t + np.float32(term)
    error = 1 - series * t * np.exp(-z * z)
    return np.asarray(0.5 * x * (1 + np.sign(x) * error), dtype=np.float32)


def _floats(stored: npt.NDArray[np.generic]) -> Matrix:
    return np.asarray(stored, dtype=np.float32)


def _layer(stored: dict[str, npt.NDArray[np.generic]], at: str) -> _Layer:
    def weight(name: str) -> Matrix:
        rows = _floats(stored[f"{at}{name}.weight"]) * _floats(stored[f"{at}{name}.scale"])[:, None]
        return np.ascontiguousarray(rows.T)

    def bias(name: str) -> Matrix:
        return _floats(stored[f"{at}{name}.bias"])

    def norm(name: str) -> tuple[Matrix, Matrix]:
        return _floats(stored[f"{at}{name}.weight"]), bias(name)

    parts = ("query", "key", "value")
    return _Layer(
        np.concatenate([weight(p) for p in parts], axis=1),
        np.concatenate([bias(p) for p in parts]),
        *(weight("out"), bias("out"), norm("first_norm"), weight("up"), bias("up")),
        *(weight("down"), bias("down"), norm("second_norm")),
    )


@functools.cache
def crossencoder() -> CrossEncoder:
    """The packaged encoder, loaded once per process."""
    with resources.files(__package__).joinpath("pairs.npz").open("rb") as file, np.load(file) as stored:
        return CrossEncoder(dict(stored))
