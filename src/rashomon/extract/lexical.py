"""The words of a text, each distinct one looked up once: kinds, weights, and how alike lines are in them."""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Offsets = npt.NDArray[np.int64]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
KINDS = FUNCTION, PERSON, TELLING = 1, 2, 4  # bits
_WEIGHED, _HEAD = 60, 4  # words of a line that are weighed, and those that make its beginning


@functools.cache
def kinds() -> Mapping[str, int]:
    """English words with the bits of KINDS: function words, words of talk, words of telling; read from words.tsv."""
    table = importlib.resources.files("rashomon.extract").joinpath("words.tsv").read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for bit, row in zip(KINDS, table.splitlines(), strict=True):
        for word in row.split("\t")[1].split():
            found[word] = found.get(word, 0) | bit
    return found


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


def classed(text: str) -> npt.NDArray[np.uint8]:
    """The class of every character, as `_classes` numbers them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _classes()[np.minimum(codes, 65535)]


@functools.cache
def word_weights() -> Mapping[str, float]:
    """Words and pairs of words with their log odds of standing in an article's own lines; made by training/lines.py."""
    table = importlib.resources.files("rashomon.extract").joinpath("word_weights.tsv").read_text(encoding="utf-8")
    return {words: float(odds) for words, odds in (row.split("\t") for row in table.splitlines())}


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


def _lowered(text: str) -> str:
    """The text in small letters, as long as it is, with one kind of apostrophe."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals have longer small letters
        lowered = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lowered.replace("’", "'")


def _numbers(table: Mapping[str, int], words: Sequence[str], other: int) -> Offsets:
    """The number of each word in the table, or `other`."""
    return np.fromiter(map(table.get, words, itertools.repeat(other)), np.int64, len(words))


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of words and of pairs of them, the pairs as sorted numbers, so that a text's are looked up at once."""

    words: Mapping[str, int]  # the row of each in the next two, whose last rows are those of all other words
    one: Numbers
    numbers: npt.NDArray[np.int64]  # of each among the `count` words that stand in a pair; -1 for the others
    count: int
    pairs: npt.NDArray[np.int64]
    of_pair: Numbers

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Weights:
        """From weights by word, and by two words with a blank between."""
        paired = [(term.split(" "), odds) for term, odds in weights.items() if " " in term]
        numbers = {word: n for n, word in enumerate(sorted({word for words, _ in paired for word in words}))}
        keys = sorted((numbers[a] * len(numbers) + numbers[b], odds) for (a, b), odds in paired)
        places, two = np.array([key for key, _ in keys], dtype=np.int64), np.array([odds for _, odds in keys])
        words = sorted({word for word in weights if " " not in word} | set(numbers))
        one = np.array([*(weights.get(word, 0.0) for word in words), 0.0])
        in_pairs = np.array([*(numbers.get(word, -1) for word in words), -1], dtype=np.int64)
        return cls({word: n for n, word in enumerate(words)}, one, in_pairs, len(numbers), places, two)

    def told(self, words: Words) -> tuple[Numbers, Numbers]:
        """The weight of each word, and of each with the one behind it; the last has none."""
        rows = _numbers(self.words, words.distinct, len(self.words))[words.which]
        one, two = self.one[rows], np.zeros(len(rows))
        if len(self.pairs) and len(words.which) > 1:
            known = self.numbers[rows]
            keys = known[:-1] * self.count + known[1:]
            place = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
            hit = (self.pairs[place] == keys) & (known[:-1] >= 0) & (known[1:] >= 0)
            two[:-1][hit] = self.of_pair[place[hit]]
        return one, two


@functools.cache
def packaged() -> Weights:
    """The weights in the package."""
    return Weights.of(word_weights())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, lower-cased: each distinct one once, and where it stands."""

    distinct: list[str]
    which: npt.NDArray[np.int64]  # for each word its number in `distinct`
    line: npt.NDArray[np.int64]  # and the line that it stands in
    at: npt.NDArray[np.int64]  # and how many words of its line stand before it
    lowered: str
    small: npt.NDArray[np.bool_]  # and whether it begins with a small letter
    kinds: npt.NDArray[np.int64]  # and its bits of KINDS
    lines: int

    @classmethod
    def of(cls, text: str, starts: Offsets) -> Words:
        """The words of a text whose lines begin at `starts`."""
        lowered = _lowered(text)
        classes = classed(lowered)
        inside = (classes >= 1) & (classes <= 3)
        letters = np.frombuffer(lowered.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        inside[1:-1] |= (letters[1:-1] == ord("'")) & inside[:-2] & inside[2:]
        edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.view(np.int8), [0]))))
        places, ends = edges[::2], edges[1::2]
        found = [lowered[a:b] for a, b in zip(places.tolist(), ends.tolist(), strict=True)]
        numbers = {word: number for number, word in enumerate(dict.fromkeys(found))}
        which = np.fromiter(map(numbers.__getitem__, found), np.int64, len(found))
        line = np.searchsorted(starts, places, side="right") - 1
        first = np.searchsorted(line, np.arange(len(starts)))
        same = letters == np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        of_kind = _numbers(kinds(), list(numbers), 0)[which]
        at = np.arange(len(which)) - first[line]
        return cls(list(numbers), which, line, at, lowered, same[places], of_kind, len(starts))

    def each(self, values: Sequence[float] | Sequence[bool]) -> Numbers:
        """One value a word from one value a distinct word."""
        return np.asarray(values, dtype=np.float64)[self.which] if len(self.which) else np.zeros(0)

    def total(self, values: Numbers, of: npt.NDArray[np.bool_] | None = None) -> Numbers:
        """The sum of one value a word over the words of each line (those that `of` holds for)."""
        line, given = (self.line, values) if of is None else (self.line[of], values[of])
        return np.bincount(line, weights=given, minlength=self.lines).astype(np.float64)

    def weighed(self, weights: Weights) -> Matrix:
        """The mean weight of each line's words and pairs of words, of its first ones, and the lowest of all."""
        one, two = weights.told(self)
        paired = np.zeros(len(one), dtype=bool)
        paired[:-1] = self.line[1:] == self.line[:-1]
        near, head = self.at < _WEIGHED, self.at < _HEAD
        all_pairs, head_pairs = paired & (self.at < _WEIGHED - 1), paired & (self.at < _HEAD - 1)
        ones = np.ones(len(one))
        count = self.total(ones, near) + self.total(ones, all_pairs)
        first = self.total(ones, head) + self.total(ones, head_pairs)
        lowest = np.zeros(self.lines)
        np.minimum.at(lowest, self.line[near], one[near])
        np.minimum.at(lowest, self.line[all_pairs], two[all_pairs])
        mean = (self.total(one, near) + self.total(two, all_pairs)) / np.maximum(1, count)
        begin = (self.total(one, head) + self.total(two, head_pairs)) / np.maximum(1, first)
        return np.stack((mean, begin, lowest / 3), axis=1).astype(np.float32)

    def likeness(self, core: npt.NDArray[np.bool_]) -> Matrix:
        """The share of a line's content words that other running lines have too, and how much of those they make."""
        content = (self.each([len(word) > 3 for word in self.distinct]) > 0) & (self.kinds & FUNCTION == 0)
        base = len(self.distinct) + 1
        pairs = np.sort(self.line[content] * base + self.which[content])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        line, word = pairs // base, pairs % base
        holds = np.bincount(word[core[line]], minlength=base)
        others = holds[word] - core[line]
        distinct = np.maximum(1, np.bincount(line, minlength=self.lines))
        share = np.bincount(line, weights=others > 0, minlength=self.lines) / distinct
        weight = np.bincount(line, weights=others, minlength=self.lines) / distinct / max(1, int(core.sum())) * 4
        return np.stack((share, weight), axis=1).astype(np.float32)
