"""What a page's markup adds to the features of its lines: tags, names of parts, links, shared containers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.features import measure, window
from rashomon.extract.lexical import Matrix
from rashomon.extract.templates import measure_names
from rashomon.extract.visible import FLAGS, TAGS, Line, Page

Numbers = npt.NDArray[np.float64]
_LONG = 80


def measure_page(
    page: Page, words: Mapping[str, float] | None = None, names: Mapping[str, float] | None = None
) -> Matrix:
    """One row of features a line of the page: those of its text, its markup and its elements' names, as float32.

    `words` stand in for the packaged weights of words, as in `measure`, `names` for those of names of elements.
    """
    text = measure(page.text, [line.span for line in page.lines], words)
    markup = _markup(page.lines)
    return np.concatenate((text, markup, window(markup[:, : len(FLAGS) + 2]), measure_names(page.lines, names)), axis=1)


def _markup(lines: Sequence[Line]) -> Matrix:
    chars = np.array([line.span.end - line.span.start for line in lines], dtype=np.float64)
    linked = np.array([line.linked for line in lines], dtype=np.float64)
    flags = np.array([line.flags for line in lines], dtype=np.int64)
    tags = [TAGS.index(line.tag) if line.tag in TAGS else len(TAGS) for line in lines]
    tagged = np.eye(len(TAGS) + 1)[tags]
    running = np.where((chars >= _LONG) & (linked < 0.5 * chars), chars, 0.0)
    columns = [
        *((flags >> i) & 1 for i in range(len(FLAGS))),
        linked / chars,
        np.array([line.depth for line in lines]) / 20,
        *tagged.T,
    ]
    for level in range(3):
        columns.extend(_shared(np.array([line.above[level] for line in lines]), chars, linked, running))
    return np.stack(columns, axis=1).astype(np.float32)


def _shared(
    above: npt.NDArray[np.int64],
    chars: npt.NDArray[np.float64],
    linked: npt.NDArray[np.float64],
    running: npt.NDArray[np.float64],
) -> list[npt.NDArray[np.float64]]:
    """Of the container of each line: its share of the running text, how many lines, how much of it is links."""
    _, which, size = np.unique(above, return_inverse=True, return_counts=True)
    total = np.bincount(which, weights=running)
    length = np.bincount(which, weights=chars)
    links = np.bincount(which, weights=linked)
    paragraphs = np.bincount(which, weights=(running > 0).astype(np.float64))
    everything = max(1.0, running.sum())
    most = total.max(initial=1.0) or 1.0
    return [
        (total / everything)[which],
        (total / most)[which],
        ((total[which] - running) / everything),
        np.log1p(size)[which],
        np.log1p(paragraphs)[which],
        (links / np.maximum(1.0, length))[which],
        (total / np.maximum(1.0, length))[which],
    ]
