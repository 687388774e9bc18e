"""What is measured of a line of text, to tell an article's own words from what stands around them.

Shape (length, punctuation, capitals, digits), kinds of words (function words, first and second person), place in the
document, likeness of its words to those of the running text, and the same of the lines around it. After the shallow
text features of Kohlschütter, Fankhauser and Nejdl (Boilerplate Detection using Shallow Text Features, WSDM 2010).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.lexical import KINDS, Matrix, Numbers, Offsets, Weights, Words, classed, packaged
from rashomon.model.span import Span

_MARK = re.compile(r"[*+•·▪◦‣>»–—-]\s|\d{1,3}[.)]\s|[o]\s")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[hw.@](?:(?<=h)ttps?:|(?<=w)ww\.|(?<=\.)com\b|(?<=@))")  # in small letters
_INNER_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}\s+[\"“'‘(]?[^\W\d_a-z]")
_LOOSE = re.compile(r"[!?.…](?:(?<=…)|(?<=[!?])[!?]|(?<=\.)\.\.|(?<!…) [a-z])")
_LONG = 80
_CAPITALS, _DIGITS, _BEGINS_UPPER, _SMALL = 3, 4, 13, 14  # columns of `_shape`
_CHUNK = 10_000  # lines: longer texts are measured piece by piece, so that memory stays bounded
_NEAR = (1, 2, 3)
_WINDOWS = (5, 15)


def _shape(text: str, starts: Offsets, ends: Offsets) -> Matrix:
    """Shares of kinds of characters and words of every line, counted over the whole text at once."""
    kinds = classed(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    n = len(starts)
    # What stands between the lines is blank, and blanks are not counted: each line runs up to the next one.
    line = np.repeat(np.arange(-1, n), np.diff(np.concatenate(([0], starts, [len(text)]))))
    line[: int(starts[0])] = 0

    def count(at: Offsets, which: npt.NDArray[np.integer], most: int) -> Numbers:
        """One row a value of `which` below `most`, one column a line."""
        found = np.bincount(line[at] * most + which, minlength=n * most)
        return found.reshape(n, most).T.astype(np.float64)

    of_kind = np.bincount(line * 8 + kinds, minlength=n * 8).reshape(n, 8).T.astype(np.float64)
    letter = (kinds >= 1) & (kinds <= 3)
    begins = letter.copy()
    begins[1:] &= ~letter[:-1]
    at = np.flatnonzero(begins)
    upper = kinds[at] == 2
    second = kinds[np.minimum(at + 1, len(kinds) - 1)] == 2
    small, capital, capitals = count(at, upper + (upper & second & (at + 1 < len(kinds))).astype(np.int64), 3)
    marks = np.flatnonzero(kinds == 6)
    bits = count(marks, _MARKS[np.minimum(codes[marks], len(_MARKS) - 1)], 9)
    commas, quotes, questions, calls = bits[[1, 2, 4, 8]]
    chars = (ends - starts).astype(np.float64)
    words = small + capital + capitals
    some = np.maximum(words, 1)
    columns = [
        np.log1p(chars),
        np.log1p(words),
        (capital + capitals) / some,
        capitals / some,
        of_kind[4] / chars,
        of_kind[6] / chars,
        of_kind[7] / chars,
        of_kind[3] / chars,
        np.minimum(commas / some, 0.5),
        np.minimum(quotes, 4),
        np.minimum(questions, 3),
        np.minimum(calls, 3),
        np.minimum(of_kind[1:4].sum(axis=0) / some, 12) / 6,
        kinds[starts] == 2,
        kinds[starts] == 1,
        kinds[starts] == 4,
        codes[ends - 1] == 58,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _table(*kinds: str) -> npt.NDArray[np.uint8]:
    """By code point the bits of the kinds that a mark is of; marks beyond the table's end are of none."""
    table = np.zeros(0x2040, dtype=np.uint8)
    for bit, marks in enumerate(kinds):
        table[[ord(mark) for mark in marks]] |= 1 << bit
    return table


_MARKS = _table(",", '"“”', "?", "!")
_ENDS, _CLOSING, _OPEN, _SHUT, _TRAILING = (1 << bit for bit in range(5))
_EDGES = _table(".!?…", "'\"”’)]", "[(", "])", ".…")


def _found(pattern: re.Pattern[str], text: str, starts: Offsets, ends: Offsets) -> Numbers:
    """How often each line has what the pattern finds in the whole text; what runs over a line's end is not counted."""
    places = np.array([match.span() for match in pattern.finditer(text)], dtype=np.int64).reshape(-1, 2)
    line = np.searchsorted(starts, places[:, 0], side="right") - 1
    inside = places[:, 1] <= ends[line]
    return np.bincount(line[inside], minlength=len(starts)).astype(np.float64)


def _told(text: str, words: Words, places: tuple[Offsets, Offsets], shape: Matrix) -> Matrix:
    """Shares of kinds of words, and marks told by pattern, of every line."""
    starts, ends = places
    count = words.total(np.ones(len(words.which)))
    some = np.maximum(1, count)
    function, person, telling = (words.total((words.kinds & bit > 0).astype(np.float64)) / some for bit in KINDS)
    ended, marked, dated, trailing, capitals, bracketed = _of_lines(text, starts, ends, shape)
    alone = words.each([word == "i" for word in words.distinct]) * words.small
    loose = _found(_LOOSE, text, starts, ends) + words.total(alone)
    inner = np.minimum(4, _found(_INNER_END, text, starts, ends)) / 2
    columns = [
        function,
        person,
        telling,
        ended,
        marked,
        dated,
        _found(_ADDRESS, words.lowered, starts, ends) > 0,
        np.where(ends - starts > 30, inner, 0.0),
        (ended > 0) & (count > 6) & (function > 0.2),
        np.minimum(4, words.total(words.each(["'" in word for word in words.distinct]))) / 4,
        (loose > 0) | (shape[:, _SMALL] > 0),
        trailing,
        capitals,
        bracketed,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _of_lines(text: str, starts: Offsets, ends: Offsets, shape: Matrix) -> Numbers:
    """An end, a mark at the head, a date, trailing dots, capitals, brackets of every line.

    Patterns are looked up only in the lines that can have them.
    """
    n = len(starts)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    first = _EDGES[np.minimum(codes[starts], len(_EDGES) - 1)]
    tail = np.maximum(ends - 1 - np.arange(4)[:, None], starts)  # the last four characters, from the end on
    last = _EDGES[np.minimum(codes[tail], len(_EDGES) - 1)]
    ended = last[3] & _ENDS > 0
    for k in (2, 1, 0):
        ended = np.where(last[k] & _CLOSING > 0, ended, last[k] & _ENDS > 0)
    marked, dated, trailing, capitals = (np.zeros(n) for _ in range(4))
    for i in np.flatnonzero(shape[:, _BEGINS_UPPER : _SMALL + 1].max(axis=1) < 1).tolist():
        marked[i] = _MARK.match(text, starts[i], ends[i]) is not None
    for i in np.flatnonzero(codes[starts] == ord("o")).tolist():
        marked[i] = _MARK.match(text, starts[i], ends[i]) is not None
    for i in np.flatnonzero((shape[:, _DIGITS] > 0) & (ends - starts < 400)).tolist():
        dated[i] = _DATE.search(text, starts[i], ends[i]) is not None
    for i in np.flatnonzero(last[0] & _TRAILING).tolist():
        trailing[i] = text.endswith(("...", "…"), int(starts[i]), int(ends[i]))
    for i in np.flatnonzero(shape[:, _CAPITALS] > 0).tolist():
        head = text[starts[i] : min(ends[i], starts[i] + 60)].split(None, 4)[:4]
        capitals[i] = sum(word.isupper() and len(word) > 1 for word in head) / 4
    bracketed = (first & _OPEN > 0) & (last[0] & _SHUT > 0)
    return np.stack((ended, marked, dated, trailing, capitals, bracketed)).astype(np.float64)


def _place(text: str, spans: Sequence[Span], lines: Sequence[str], long: npt.NDArray[np.bool_]) -> Matrix:
    """Where the line stands: in the document, from the running text, after a blank line; how often it is repeated."""
    n = len(spans)
    index = np.arange(n)
    repeated = Counter(lines)
    at = np.flatnonzero(long)
    first, last = (int(at[0]), int(at[-1])) if len(at) else (n, -1)
    before = index - np.maximum.accumulate(np.where(long, index, -60))
    after = np.minimum.accumulate(np.where(long, index, n + 60)[::-1])[::-1] - index
    breaks = np.flatnonzero(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) == ord("\n"))
    ends, starts = [span.end for span in spans[:-1]], [span.start for span in spans[1:]]
    gaps = np.searchsorted(breaks, starts) - np.searchsorted(breaks, ends) > 1
    blank = np.concatenate(([True], gaps, [True]))
    chars = np.array([len(line) for line in lines], dtype=np.float64)
    done = np.cumsum(chars) / max(1.0, chars.sum())
    run = _around(long[:, None].astype(np.float32), 8)[:, 0]
    columns = [
        index / max(1, n - 1),
        done,
        np.log1p(index) / 3,
        np.log1p(n - 1 - index) / 3,
        np.log1p(np.minimum(before, 60)),
        np.log1p(np.minimum(after, 60)),
        (index < first).astype(np.float64),
        (index > last).astype(np.float64),
        np.array([min(3, repeated[line] - 1) for line in lines], dtype=np.float64),
        blank[:-1].astype(np.float64),
        blank[1:].astype(np.float64),
        run,
        np.full(n, np.log1p(n) / 3),
        np.full(n, blank[1:-1].mean() if n > 1 else 0.0),
        np.full(n, chars[long].sum() / max(1.0, chars.sum())),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def shifted(values: Matrix, by: int) -> Matrix:
    """Row i holds row i + by of `values`; zeros beyond the ends."""
    out = np.zeros_like(values)
    if abs(by) >= len(values):
        return out
    if by > 0:
        out[:-by] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def _around(values: Matrix, reach: int) -> Matrix:
    """The mean of the rows up to `reach` before and after each row, itself included."""
    n = len(values)
    total = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)))
    index = np.arange(n)
    low, high = np.maximum(0, index - reach), np.minimum(n, index + reach + 1)
    mean: Matrix = ((total[high] - total[low]) / (high - low)[:, None]).astype(np.float32)
    return mean


def measure(
    text: str, spans: Sequence[Span], weights: Mapping[str, float] | None = None, words: Words | None = None
) -> Matrix:
    """One row of features a span (at least one), of the span and the spans around it, as float32.

    `weights` stand in for the packaged weights of words; training measures with those of other documents. `words` are
    those of the text, where they are known.
    """
    if words is not None and len(spans) <= _CHUNK:
        return _measured(text, spans, weights, words)
    rows = []
    for i in range(0, len(spans), _CHUNK):
        base, end = spans[i].start, spans[min(i + _CHUNK, len(spans)) - 1].end
        piece = [Span(span.start - base, span.end - base) for span in spans[i : i + _CHUNK]]
        mine = Words.of(text[base:end], np.array([span.start for span in piece]))
        rows.append(_measured(text[base:end], piece, weights, mine))
    return np.concatenate(rows)


def _measured(text: str, spans: Sequence[Span], weights: Mapping[str, float] | None, words: Words) -> Matrix:
    starts = np.array([span.start for span in spans])
    ends = np.array([span.end for span in spans])
    lines = [text[span.start : span.end] for span in spans]
    shape = _shape(text, starts, ends)
    told = _told(text, words, (starts, ends), shape)
    long = ((ends - starts) >= _LONG) & (told[:, 0] > 0.2)
    odds = words.weighed(packaged() if weights is None else Weights.of(weights))
    near = np.concatenate((shape, told, words.likeness(long), odds), axis=1)
    place = _place(text, spans, lines, long)
    key = near[:, _KEY]
    return np.concatenate((near, place, window(key)), axis=1)


def window(values: Matrix) -> Matrix:
    """The same values of the lines up to three before and after, and their means over wider stretches."""
    parts = [shifted(values, by) for reach in _NEAR for by in (-reach, reach)]
    parts.extend(_around(values, reach) for reach in _WINDOWS)
    return np.concatenate(parts, axis=1)


# Of the lines around a line, the features that say most: lengths, capitals, digits, function words, persons, ends,
# marks, looseness and likeness.
_KEY = (0, 2, 4, 5, 6, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 31, 33, 35)


def voice(features: Matrix) -> Matrix:
    """The part of `measure`'s features that tells how a line speaks, wherever it stands and whatever it is about."""
    return features[:, :_ALIKE_AT]


_ALIKE_AT = 31
ODDS = 33  # the column of the mean odds of a line's words
