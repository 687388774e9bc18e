"""What is measured of a line of text, to tell an article's own words from what stands around them.

Shape (length, punctuation, capitals, digits), kinds of words (function words, first and second person), place in the
document, likeness of its words to those of the running text, and the same of the lines around it. After the shallow
text features of Kohlschütter, Fankhauser and Nejdl (Boilerplate Detection using Shallow Text Features, WSDM 2010).
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rashomon.model.span import Span

Matrix = npt.NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@functools.cache
def _kinds() -> dict[str, frozenset[str]]:
    """English words by kind, read from words.tsv: function words, words of talk, words of telling."""
    table = importlib.resources.files("rashomon.extract").joinpath("words.tsv").read_text(encoding="utf-8")
    return {kind: frozenset(words.split()) for kind, words in (row.split("\t") for row in table.splitlines())}


_MARK = re.compile(r"[*+•·▪◦‣>»–—-]\s|\d{1,3}[.)]\s|[o]\s")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:/.]\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|@\w|\w@|\.com\b", re.IGNORECASE)
_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}$")
_INNER_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}\s+[\"“'‘(]?[^\W\d_a-z]")
_LOOSE = re.compile(r"[!?]{2}|\.{3}|…|\bi\b|[.!?] [a-z]|^[a-z]")
_LONG = 80
_SAMPLE = 4000  # characters: of a longer line its beginning and its end stand for it
_CHUNK = 10_000  # lines: longer texts are measured piece by piece, so that memory stays bounded
_NEAR = (1, 2, 3)
_WINDOWS = (5, 15)


@functools.cache
def _classes() -> npt.NDArray[np.uint8]:
    """For the first 65,536 code points: 1 lower, 2 upper, 3 other letter, 4 digit, 5 space, 6 mark, 7 odd symbol."""
    table = np.full(65536, 7, dtype=np.uint8)
    for code in range(65536):
        char = chr(code)
        if char.isalpha():
            table[code] = 1 if char.islower() else 2 if char.isupper() else 3
        elif char.isdigit():
            table[code] = 4
        elif char.isspace():
            table[code] = 5
    for char in ".,;:!?'\"()-–—“”‘’…[]&$%€£":
        table[ord(char)] = 6
    return table


def _classed(text: str) -> npt.NDArray[np.uint8]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _classes()[np.minimum(codes, 65535)]


def _shape(text: str, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Matrix:
    """Shares of kinds of characters and words of every line, counted over the whole text at once."""
    kinds = _classed(text)
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


@functools.cache
def word_weights() -> Mapping[str, float]:
    """Words and pairs of words with their log odds of standing in an article's own lines; made by training/lines.py."""
    table = importlib.resources.files("rashomon.extract").joinpath("word_weights.tsv").read_text(encoding="utf-8")
    return {words: float(odds) for words, odds in (row.split("\t") for row in table.splitlines())}


def weighed(words: Sequence[str], weights: Mapping[str, float]) -> tuple[float, float, float]:
    """The mean weight of a line's words and pairs of words, of its first four, and the lowest of all."""
    known = [weights.get(term, 0.0) for term in terms(words[:60])]
    if not known:
        return 0.0, 0.0, 0.0
    head = known[:7]
    return sum(known) / len(known), sum(head) / len(head), min(known) / 3


def terms(words: Sequence[str]) -> list[str]:
    """The words of a line and its pairs of neighbouring words, each pair behind its first word."""
    out = []
    for i, word in enumerate(words):
        out.append(word)
        if i + 1 < len(words):
            out.append(f"{word} {words[i + 1]}")
    return out


def tokens(line: str) -> list[str]:
    """The words of a line as they are counted, lower-cased."""
    return _WORD.findall(line.lower().replace("’", "'"))


def _words(lines: Sequence[str], weights: Mapping[str, float]) -> tuple[Matrix, Matrix, list[list[str]]]:
    """Shares of kinds of words and marks told by pattern, the words' weights, and the content words of every line."""
    rows, contents, weights_of = [], [], []
    lines = [line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 100]} {line[-99:]}" for line in lines]
    kinds = _kinds()
    functional, person, telling = kinds["function"], kinds["person"], kinds["telling"]
    for line in lines:
        words = tokens(line)
        weights_of.append(weighed(words, weights))
        content = [word for word in words if len(word) > 3 and word not in functional]
        some = max(1, len(words))
        function = sum(word in functional for word in words)
        ended = _END.search(line, max(0, len(line) - 6)) is not None
        rows.append(
            (
                function / some,
                sum(word in person for word in words) / some,
                sum(word in telling for word in words) / some,
                ended,
                _MARK.match(line) is not None,
                len(line) < 400 and _DATE.search(line) is not None,
                _ADDRESS.search(line) is not None,
                min(4, len(_INNER_END.findall(line))) / 2 if len(line) > 30 else 0.0,
                ended and len(words) > 6 and function / some > 0.2,
                min(4, sum("'" in word for word in words)) / 4,
                _LOOSE.search(line) is not None,
                line.endswith(("...", "…")),
                sum(word.isupper() and len(word) > 1 for word in line[:60].split()[:4]) / 4,
                line[0] in "[(" and line[-1] in "])",
            )
        )
        contents.append(content)
    return np.array(rows, dtype=np.float32), np.array(weights_of, dtype=np.float32), contents


def _likeness(contents: list[list[str]], core: npt.NDArray[np.bool_]) -> Matrix:
    """Which share of a line's content words the running text has too, in other lines; and how much of it they make."""
    holds: Counter[str] = Counter()
    for content, inside in zip(contents, core, strict=True):
        if inside:
            holds.update(set(content))
    total = max(1, int(core.sum()))
    rows = []
    for content, inside in zip(contents, core, strict=True):
        own = 1 if inside else 0
        kinds = set(content)
        if not kinds:
            rows.append((0.0, 0.0))
            continue
        others = [holds[word] - own for word in kinds]
        rows.append((sum(n > 0 for n in others) / len(kinds), sum(others) / len(kinds) / total * 4))
    return np.array(rows, dtype=np.float32)


def _place(text: str, spans: Sequence[Span], lines: Sequence[str], long: npt.NDArray[np.bool_]) -> Matrix:
    """Where the line stands: in the document, from the running text, after a blank line; how often it is repeated."""
    n = len(spans)
    index = np.arange(n)
    repeated = Counter(lines)
    at = np.flatnonzero(long)
    first, last = (int(at[0]), int(at[-1])) if len(at) else (n, -1)
    before = index - np.maximum.accumulate(np.where(long, index, -60))
    after = np.minimum.accumulate(np.where(long, index, n + 60)[::-1])[::-1] - index
    gaps = [text.count("\n", a.end, b.start) > 1 for a, b in itertools.pairwise(spans)]
    blank = np.array([True, *gaps, True])
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
    shape = _shape(text, starts, ends)
    words, odds, contents = _words(lines, word_weights() if weights is None else weights)
    long = ((ends - starts) >= _LONG) & (words[:, 0] > 0.2)
    near = np.concatenate((shape, words, _likeness(contents, long), odds), axis=1)
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
