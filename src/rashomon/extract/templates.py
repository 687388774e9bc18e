"""What the names of elements say: a site fills templates, so that its posts, or its menus, lie in elements alike.

Lines are taken together by the names (tag, words of class and id) of the elements that they lie in, wherever in the
page these stand, and measured as one; each name has its odds of holding an article's own lines, counted on other sites.
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from rashomon.extract.lexical import Matrix, Numbers, Offsets
from rashomon.extract.visible import Line

_LONG = 80
_LEVELS = (1, 2, 3)


@functools.cache
def name_weights() -> Mapping[str, float]:
    """Names of elements with their log odds of holding an article's own lines; made by training/pages.py."""
    table = importlib.resources.files("rashomon.extract").joinpath("name_weights.tsv").read_text(encoding="utf-8")
    return {name: float(odds) for name, odds in (row.split("\t") for row in table.splitlines())}


@functools.lru_cache(maxsize=20_000)
def names(path: tuple[str, str, str]) -> tuple[str, ...]:
    """The words in the names of a line's elements, those of its own element apart from those of the ones around it."""
    found: list[str] = []
    for level, name in enumerate(path):
        near = min(level, 1)
        words = name.split()
        found.extend(f"{word}{near}" for word in words[1:])
        if words:
            found.append(f"<{' '.join(words[:3])}{near}")
    return tuple(found)


def numbered(keys: Sequence[Hashable]) -> Offsets:
    """Each key as the number of its first appearance among the distinct ones."""
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def together(lines: Sequence[Line]) -> list[Offsets]:
    """Groups of lines, each as one number a line: by the names around, by that of their own element, by containers."""
    of_path = numbered([line.path for line in lines])
    of_name = numbered([line.path[0] for line in lines])
    return [of_path, of_name, *(numbered([line.above[level] for line in lines]) for level in range(3))]


def measure_names(lines: Sequence[Line], weights: Mapping[str, float] | None = None) -> Matrix:
    """One row a line: of all lines in elements named alike the length, links, spread and containers; the names' odds.

    `weights` stand in for the packaged odds of names; training measures with those of other pages.
    """
    chars = np.array([line.span.end - line.span.start for line in lines], dtype=np.float64)
    linked = np.array([line.linked for line in lines], dtype=np.float64)
    columns = []
    for level in _LEVELS:
        which = numbered([line.path[:level] for line in lines])
        above = np.array([line.above[min(level - 1, 2)] for line in lines], dtype=np.int64)
        columns.extend(_alike(which, above, chars, linked))
    odds = name_weights() if weights is None else weights
    known = {path: _weighed(path, odds) for path in dict.fromkeys(line.path for line in lines)}
    weighed = np.array([known[line.path] for line in lines])
    return np.concatenate((np.stack(columns, axis=1), weighed), axis=1).astype(np.float32)


def _alike(which: Offsets, above: Offsets, chars: Numbers, linked: Numbers) -> list[Numbers]:
    """Of the lines that each line is taken together with: their running text, links, lengths, containers, spread."""
    running = np.where((chars >= _LONG) & (linked < 0.5 * chars), chars, 0.0)
    size = np.bincount(which)
    length, links, told = (np.bincount(which, weights=values) for values in (chars, linked, running))
    containers = np.bincount(np.unique(np.stack((which, above)), axis=1)[0], minlength=len(size))
    index = np.arange(len(which))
    first, last = np.full(len(size), len(which)), np.zeros(len(size), dtype=np.int64)
    np.minimum.at(first, which, index)
    np.maximum.at(last, which, index)
    most = np.maximum(1, length)
    values = (
        told / max(1.0, running.sum()),
        told / max(1.0, told.max()),
        np.log1p(size),
        links / most,
        np.log1p(length / size),
        np.log1p(containers),
        told / most,
        (last - first + 1) / len(which),
        np.log1p(told / containers),
    )
    return [value[which] for value in values]


def _weighed(path: tuple[str, str, str], odds: Mapping[str, float]) -> tuple[float, float, float, float]:
    """The mean, lowest and highest odds of the names known, and how many there are."""
    known = [odds[name] for name in names(path) if name in odds]
    return (sum(known) / len(known), min(known), max(known), len(known) / 10) if known else (0.0, 0.0, 0.0, 0.0)
