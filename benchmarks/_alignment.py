"""The one-to-one alignment of two sets that is worth most (Kuhn 1955, with potentials as in Jonker and Volgenant)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Worth = Mapping[tuple[int, int], float]


def best(worth: Worth) -> float:
    """The greatest sum of `worth` (row, column) over alignments; pairs that are not listed are worth nothing.

    Rows and columns that nothing links are aligned apart from each other, so that thousands of small groups are cheap.
    """
    return math.fsum(_aligned(part) for part in _parts(worth))


def _parts(worth: Worth) -> Iterable[list[list[float]]]:
    """For each connected part its matrix of worth, with no more rows than columns."""
    columns_of: dict[int, set[int]] = defaultdict(set)
    rows_of: dict[int, set[int]] = defaultdict(set)
    for row, column in worth:
        columns_of[row].add(column)
        rows_of[column].add(row)
    seen: set[int] = set()
    for start in sorted(columns_of):
        if start in seen:
            continue
        rows, open_ = {start}, [start]
        while open_:
            near = {r for column in columns_of[open_.pop()] for r in rows_of[column]} - rows
            rows |= near
            open_ += near
        seen |= rows
        columns = sorted({column for row in rows for column in columns_of[row]})
        table = [[worth.get((row, column), 0.0) for column in columns] for row in sorted(rows)]
        yield table if len(table) <= len(columns) else [list(line) for line in zip(*table, strict=True)]


def _aligned(table: Sequence[Sequence[float]]) -> float:
    """The greatest sum over one matrix: each row is placed by the cheapest chain of moves of those placed before."""
    rows, columns = len(table), len(table[0])
    high, low = [0.0] * (rows + 1), [0.0] * (columns + 1)
    placed, came = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        placed[0], column = row, 0
        least, used = [math.inf] * (columns + 1), [False] * (columns + 1)
        while placed[column]:
            used[column] = True
            own = placed[column]
            free = [j for j in range(1, columns + 1) if not used[j]]
            for j in free:
                cost = -table[own - 1][j - 1] - high[own] - low[j]
                if cost < least[j]:
                    least[j], came[j] = cost, column
            following = min(free, key=lambda j: least[j])
            step = least[following]
            for j in range(columns + 1):
                if used[j]:
                    high[placed[j]] += step
                    low[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            placed[column] = placed[came[column]]
            column = came[column]
    return math.fsum(table[placed[j] - 1][j - 1] for j in range(1, columns + 1) if placed[j])
