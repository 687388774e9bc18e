"""How loaded words are, and how likely a sentence is worded with bias, both from 0 to 1.

Words: a logistic model over a word's vector and the sentence encoder's vector of the word alone, trained on words that
readers marked as biased. Sentences: a support vector machine with three Gaussian kernels added (Cortes and Vapnik
1995), over the sentence's vector, the mean of its word vectors, and how loaded its words are; a logistic line turns its
margin into a probability (Platt 1999). Both are trained by training/wording.py; the weights are wording.npz.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

from rashomon.annotate.encoder import encoder
from rashomon.annotate.language import pipeline

Vector = npt.NDArray[np.float32]

STEP = 6 / 127
"""Support vectors are kept in this many standard deviations a unit, from -127 to 127."""
KERNELS = (1.0, 1.0, 0.5)
"""Weights of the kernels over the sentence vector, the mean of the words, and how loaded they are."""
NONE = -5.0
"""Log odds that stand for a text without a word that tells anything."""
MEMORY = 20_000
"""Stretches whose probability is remembered in a process."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A Gaussian kernel over vectors of one kind, in standard deviations from their mean."""

    mean: Vector
    scale: Vector
    support: Vector  # shape (vectors, width)
    weight: float

    def __call__(self, vector: Vector) -> Vector:
        """Its value with each support vector; the bandwidth is the width of a vector."""
        apart = self.support - (vector - self.mean) / self.scale
        near = np.exp(-np.einsum("ij,ij->i", apart, apart) / apart.shape[1])
        return np.asarray(self.weight * near, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Machine:
    words: Vector  # shape (812,)
    start: float
    kernels: tuple[Kernel, ...]
    dual: Vector
    bias: float
    slope: float
    intercept: float


@functools.cache
def _machine() -> _Machine:
    with resources.files(__package__).joinpath("wording.npz").open("rb") as file:
        stored = dict(np.load(file))
    kernels = tuple(
        Kernel(
            stored[f"mean_{n}"],
            stored[f"scale_{n}"],
            stored[f"support_{n}"].astype(np.float32) * np.float32(STEP),
            weight,
        )
        for n, weight in enumerate(KERNELS)
    )
    start, bias, slope, intercept = (float(number) for number in stored["line"])
    dual = stored["dual"].astype(np.float32)
    return _Machine(stored["words"].astype(np.float32), start, kernels, dual, bias, slope, intercept)


def spelt(text: str) -> list[tuple[str, Vector]]:
    """A text's words that tell something, neither marks nor stop words, each with what the model sees of it: (812,)."""
    tokens = [t for t in pipeline().make_doc(text) if not t.is_stop and any(c.isalpha() for c in t.text)]
    return [(token.text, np.concatenate([_unit(token), _encoded(token.lower_)])) for token in tokens]


@functools.lru_cache(maxsize=MEMORY)
def _encoded(text: str) -> Vector:
    return np.asarray(encoder().encode([text])[0], dtype=np.float32)


def _unit(token: Token) -> Vector:
    return np.asarray(token.vector / max(float(token.vector_norm), 1e-6), dtype=np.float32)


def vectors(text: str) -> tuple[Vector, Vector]:
    """A text's sentence vector (512,) and the mean of its words' unit vectors (300,)."""
    words = [_unit(token) for token in pipeline().make_doc(text)]
    mean = np.mean(words or [np.zeros(pipeline().vocab.vectors_length, dtype=np.float32)], axis=0)
    return _encoded(text), np.asarray(mean, dtype=np.float32)


def summary(odds: Vector) -> Vector:
    """The log odds of a text's words in six numbers: the three highest, their mean, their sum as counts, how many."""
    ordered = np.sort(odds)[::-1] if len(odds) else np.full(1, NONE, dtype=np.float32)
    highest = [ordered[min(n, len(ordered) - 1)] for n in range(3)]
    told = [*highest, ordered.mean(), (1 / (1 + np.exp(-ordered))).sum(), np.log(len(ordered) + 1)]
    return np.array(told, dtype=np.float32)


def _odds(text: str) -> Vector:
    machine, words = _machine(), [vector for _, vector in spelt(text)]
    return np.stack(words) @ machine.words + np.float32(machine.start) if words else np.zeros(0, dtype=np.float32)


@functools.lru_cache(maxsize=MEMORY)
def probability(text: str) -> float:
    """The probability that a sentence is worded with bias; 0 for a text without a letter."""
    if not any(character.isalpha() for character in text):
        return 0.0
    machine = _machine()
    seen = (*vectors(text), summary(_odds(text)))
    values = sum(kernel(vector) for kernel, vector in zip(machine.kernels, seen, strict=True))
    margin = float(np.sum(machine.dual * values)) + machine.bias
    return float(1.0 / (1.0 + np.exp(-(machine.intercept + machine.slope * margin))))


@functools.lru_cache(maxsize=MEMORY)
def loaded(text: str) -> float:
    """How likely readers mark the most loaded of the words as biased; 0 where none tells anything."""
    odds = _odds(text)
    return round(float(1 / (1 + np.exp(-odds.max()))), 4) if len(odds) else 0.0
