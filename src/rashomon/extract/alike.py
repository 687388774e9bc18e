"""Lines of a text that are written alike: a site fills templates, so that its posts, or its menus, look the same.

What markup says by the names of elements (templates.py), a text without markup says by how its lines begin, end and
are punctuated, and by the runs that they stand in. Lines are taken together by each of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.features import ODDS, measure
from rashomon.extract.lexical import Matrix, Numbers, Offsets, Words, classed
from rashomon.model.span import Span

_LENGTHS = (15, 30, 60, 120, 250)  # characters: bounds of the kinds of length
_LONG = 3  # the first kind of length that is a sentence's
_SHAPE = 10  # kinds of characters that make a line's shape, each run of one kind counted once
_LETTERS, _DIGIT, _MARK = 3, 4, 6  # classes of characters in lexical.py: letters are 1 to 3


def measure_lines(
    text: str, spans: Sequence[Span], weights: Mapping[str, float] | None = None
) -> tuple[Matrix, list[Offsets]]:
    """One row of features a span (at least one), as float32, and the groups that the spans are in, as `together`'s.

    `weights` stand in for the packaged weights of words, as in `measure`.
    """
    starts, ends = np.array([span.start for span in spans]), np.array([span.end for span in spans])
    words = Words.of(text, starts)
    features = measure(text, spans, weights, words)
    groups = together(text, starts, ends, words)
    return np.concatenate((features, measure_alike(groups, ends - starts, features[:, ODDS])), axis=1), groups


def together(text: str, starts: Offsets, ends: Offsets, words: Words) -> list[Offsets]:
    """Groups of lines, each as one number a line.

    By mark and length, by mark and first word, by the last two words, by shape, and the runs of lines marked alike.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = classed(text)
    first = kinds[starts]
    letter = (first >= 1) & (first <= _LETTERS)
    mark = np.where((first >= 1) & (first <= _DIGIT), first, codes[starts].astype(np.int64) + 10)
    length = np.digitize(ends - starts, _LENGTHS)
    head, before_last, last = _ends(words)
    run = _numbered(np.where(letter, 1, mark), (length >= _LONG).astype(np.int64))
    return [
        _numbered(mark, length),
        _numbered(mark, head),
        _numbered(before_last, last),
        _shapes(kinds, codes, starts, ends),
        np.concatenate(([0], np.cumsum(run[1:] != run[:-1]))),
    ]


def _numbered(*columns: npt.NDArray[np.integer]) -> Offsets:
    """Each row of the columns, which are -1 or more, as the number of its first appearance among the distinct ones."""
    rows = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        rows = rows * (int(column.max()) + 2) + column + 1
    known: dict[int, int] = {}
    return np.array([known.setdefault(row, len(known)) for row in rows.tolist()], dtype=np.int64)


def _ends(words: Words) -> tuple[Offsets, Offsets, Offsets]:
    """The first, the last but one and the last word of every line, as numbers; -1 where it has none."""
    count = np.bincount(words.line, minlength=words.lines)
    begin = np.cumsum(count) - count
    which = np.concatenate((words.which, [-1, -1]))
    head = np.where(count > 0, which[begin], -1)
    last = np.where(count > 0, which[begin + count - 1], -1)
    return head, np.where(count > 1, which[begin + count - 2], -1), last


def _shapes(kinds: npt.NDArray[np.uint8], codes: npt.NDArray[np.uint32], starts: Offsets, ends: Offsets) -> Offsets:
    """Lines by their first runs of letters, digits, blanks and marks."""
    mark = kinds == _MARK
    begins = mark.copy()
    begins[0] = True
    begins[1:] |= kinds[1:] != kinds[:-1]
    begins[starts] = True
    written = np.where(mark, codes & 127, kinds + 128).astype(np.uint8)[begins].tobytes()
    place = np.concatenate(([0], np.cumsum(begins)))
    first, last = place[starts], np.minimum(place[ends], place[starts] + _SHAPE)
    known: dict[bytes, int] = {}
    shapes = (written[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True))
    return np.array([known.setdefault(shape, len(known)) for shape in shapes], dtype=np.int64)


def measure_alike(groups: Sequence[Offsets], chars: Offsets, odds: Matrix) -> Matrix:
    """One row a line: of each group that it is in the size, the mean length, the mean odds of words, and the spread."""
    n = len(chars)
    index = np.arange(n)
    columns: list[Numbers] = []
    for which in groups:
        size = np.maximum(1, np.bincount(which))
        first, last = np.full(len(size), n), np.zeros(len(size), dtype=np.int64)
        np.minimum.at(first, which, index)
        np.maximum.at(last, which, index)
        length = np.bincount(which, weights=chars) / size
        values = (np.log1p(size), np.log1p(length), np.bincount(which, weights=odds) / size, (last - first + 1) / n)
        columns.extend(value[which] for value in values)
    return np.stack(columns, axis=1).astype(np.float32)
