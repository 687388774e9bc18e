"""What is measured of a line of text, to tell an article's own words from what stands around them.

Shape (length, punctuation, capitals, digits), kinds of words (function words, first and second person), place in the
document, likeness of its words to those of the running text, and the same of the lines around it. After the shallow
text features of Kohlschütter, Fankhauser and Nejdl (Boilerplate Detection using Shallow Text Features, WSDM 2010).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.lexical import Matrix, Numbers, Offsets, Weights, Words, classed, kinds, packaged
from rashomon.model.span import Span

_MARK = re.compile(r"[*+•·▪◦‣>»–—-]\s|\d{1,3}[.)]\s|[o]\s")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[hw.@](?:(?<=h)ttps?:|(?<=w)ww\.|(?<=\.)com\b|(?<=@))")  # in small letters
_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}$")
_INNER_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}\s+[\"“'‘(]?[^\W\d_a-z]")
_LOOSE = re.compile(r"[!?.…](?:(?<=…)|(?<=[!?])[!?]|(?<=\.)\.\.|(?<!…) [a-z])")
_LETTERS = frozenset(string.ascii_letters)
_LONG = 80
_DIGITS = 4  # the column of `_shape` that holds the share of digits
_CHUNK = 10_000  # lines: longer texts are measured piece by piece, so that memory stays bounded
_NEAR = (1, 2, 3)
_WINDOWS = (5, 15)


def _shape(text: str, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Matrix:
    """Shares of kinds of characters and words of every line, counted over the whole text at once."""
    kinds = classed(text)
    letter = (kinds >= 1) & (kinds <= 3)
    upper = kinds == 2
    begins = letter.copy()
    begins[1:] &= ~letter[:-1]
    second_upper = np.zeros_like(upper)
    second_upper[:-1] = upper[1:]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    def count(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        total = np.concatenate(([0], np.cumsum(mask)))
        return (total[ends] - total[starts]).astype(np.float64)

    chars = (ends - starts).astype(np.float64)
    words = count(begins)
    some = np.maximum(words, 1)
    quotes = np.isin(codes, np.array([34, 0x201C, 0x201D], dtype=np.uint32))
    columns = [
        np.log1p(chars),
        np.log1p(words),
        count(begins & upper) / some,
        count(begins & upper & second_upper) / some,
        count(kinds == 4) / chars,
        count(kinds == 6) / chars,
        count(kinds == 7) / chars,
        count(kinds == 3) / chars,
        np.minimum(count(codes == 44) / some, 0.5),
        np.minimum(count(quotes), 4),
        np.minimum(count(codes == 63), 3),
        np.minimum(count(codes == 33), 3),
        np.minimum(count(letter) / some, 12) / 6,
        upper[starts].astype(np.float64),
        (kinds[starts] == 1).astype(np.float64),
        (kinds[starts] == 4).astype(np.float64),
        (codes[ends - 1] == 58).astype(np.float64),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _found(pattern: re.Pattern[str], text: str, starts: Offsets, ends: Offsets) -> Numbers:
    """How often each line has what the pattern finds in the whole text; what runs over a line's end is not counted."""
    places = np.array([match.span() for match in pattern.finditer(text)], dtype=np.int64).reshape(-1, 2)
    line = np.searchsorted(starts, places[:, 0], side="right") - 1
    inside = places[:, 1] <= ends[line]
    return np.bincount(line[inside], minlength=len(starts)).astype(np.float64)


def _told(text: str, words: Words, places: tuple[Offsets, Offsets], digits: npt.NDArray[np.bool_]) -> Matrix:
    """Shares of kinds of words, and marks told by pattern, of every line."""
    starts, ends = places
    of_kind = kinds()
    count = words.total(np.ones(len(words.which)))
    some = np.maximum(1, count)
    function, person, telling = (
        words.total(words.each([word in of_kind[kind] for word in words.distinct])) / some
        for kind in ("function", "person", "telling")
    )
    ended, marked, dated, trailing, capitals, bracketed = _of_lines(text, starts, ends, digits)
    alone = words.each([word == "i" for word in words.distinct]) * words.small
    loose = _found(_LOOSE, text, starts, ends) + words.total(alone)
    first = np.array([text[start].islower() for start in starts.tolist()])
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
        (loose > 0) | first,
        trailing,
        capitals,
        bracketed,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _of_lines(text: str, starts: Offsets, ends: Offsets, digits: npt.NDArray[np.bool_]) -> Numbers:
    """What is looked up line by line: an end, a mark at the head, a date, trailing dots, capitals, brackets."""
    rows = []
    for start, end, counted in zip(starts.tolist(), ends.tolist(), digits.tolist(), strict=True):
        line = text[start:end]
        capitals = [word for word in line[:60].split(None, 4)[:4] if word.isupper() and len(word) > 1]
        rows.append(
            (
                line[-1] not in _LETTERS and _END.search(line, max(0, len(line) - 6)) is not None,
                (line[0] not in _LETTERS or line[0] == "o") and _MARK.match(line) is not None,
                counted and len(line) < 400 and _DATE.search(line) is not None,
                line.endswith(("...", "…")),
                len(capitals) / 4,
                line[0] in "[(" and line[-1] in "])",
            )
        )
    return np.array(rows, dtype=np.float64).T


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


def _shifted(values: Matrix, by: int) -> Matrix:
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


def measure(text: str, spans: Sequence[Span], weights: Mapping[str, float] | None = None) -> Matrix:
    """One row of features a span (at least one), of the span and the spans around it, as float32.

    `weights` stand in for the packaged weights of words; training measures with those of other documents.
    """
    if len(spans) > _CHUNK:
        pieces = [spans[i : i + _CHUNK] for i in range(0, len(spans), _CHUNK)]
        return np.concatenate([_measured(text, piece, weights) for piece in pieces])
    return _measured(text, spans, weights)


def _measured(text: str, spans: Sequence[Span], weights: Mapping[str, float] | None) -> Matrix:
    base = spans[0].start
    text = text[base : spans[-1].end]
    spans = [Span(span.start - base, span.end - base) for span in spans] if base else spans
    starts = np.array([span.start for span in spans])
    ends = np.array([span.end for span in spans])
    lines = [text[span.start : span.end] for span in spans]
    words = Words.of(text, starts)
    shape = _shape(text, starts, ends)
    told = _told(text, words, (starts, ends), shape[:, _DIGITS] > 0)
    long = ((ends - starts) >= _LONG) & (told[:, 0] > 0.2)
    odds = words.weighed(packaged() if weights is None else Weights.of(weights))
    near = np.concatenate((shape, told, words.likeness(long), odds), axis=1)
    place = _place(text, spans, lines, long)
    key = near[:, _KEY]
    return np.concatenate((near, place, window(key)), axis=1)


def window(values: Matrix) -> Matrix:
    """The same values of the lines up to three before and after, and their means over wider stretches."""
    parts = [_shifted(values, by) for reach in _NEAR for by in (-reach, reach)]
    parts.extend(_around(values, reach) for reach in _WINDOWS)
    return np.concatenate(parts, axis=1)


# Of the lines around a line, the features that say most: lengths, capitals, digits, function words, persons, ends,
# marks, looseness and likeness.
_KEY = (0, 2, 4, 5, 6, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 31, 33, 35)


def voice(features: Matrix) -> Matrix:
    """The part of `measure`'s features that tells how a line speaks, wherever it stands and whatever it is about."""
    return features[:, :_ALIKE_AT]


_ALIKE_AT = 31
