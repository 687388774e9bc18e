"""Texts to the word pieces of an uncased BERT vocabulary, each with its place in the text (Devlin et al. 2019)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

_LONGEST_WORD = 100  # characters: longer words are one unknown piece
UNKNOWN, BEGIN, APART = 100, 101, 102
"""The vocabulary's pieces for an unknown word, the beginning of a text and what stands between two texts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: its number in the vocabulary, and where its characters stand in the text."""

    number: int
    start: int
    end: int


@functools.cache
def _vocabulary() -> dict[str, int]:
    lines = resources.files(__package__).joinpath("wordpieces.txt").read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def pieces(text: str, most: int) -> list[Piece]:
    """The first `most` pieces of a text."""
    found: list[Piece] = []
    for word in _words(text):
        found.extend(_split(word))
        if len(found) >= most:
            break
    return found[:most]


_Word = list[tuple[str, int]]  # a word's letters, each with its place in the text


def _words(text: str) -> Iterator[_Word]:
    """Lower-cased words without accents; every mark of punctuation and every ideograph is a word of its own."""
    word: _Word = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFD", character.lower()):
            category = unicodedata.category(letter)
            if category == "Mn" or letter == "\ufffd" or (category[0] == "C" and letter not in "\t\n\r"):
                continue
            alone = _mark(letter, category) or _ideograph(ord(letter))
            if (letter.isspace() or alone) and word:
                yield word
                word = []
            if alone:
                yield [(letter, place)]
            elif not letter.isspace():
                word.append((letter, place))
    if word:
        yield word


def _mark(letter: str, category: str) -> bool:
    return category[0] == "P" or (letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " ")


def _ideograph(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F
    )


def _split(word: _Word) -> list[Piece]:
    """The longest pieces from the left; the whole word unknown where they do not cover it."""
    vocabulary, letters = _vocabulary(), "".join(letter for letter, _ in word)
    whole = [Piece(UNKNOWN, word[0][1], word[-1][1] + 1)]
    if len(word) > _LONGEST_WORD:
        return whole
    found: list[Piece] = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start and ("##" * bool(start) + letters[start:end]) not in vocabulary:
            end -= 1
        if end == start:
            return whole
        number = vocabulary["##" * bool(start) + letters[start:end]]
        found.append(Piece(number, word[start][1], word[end - 1][1] + 1))
        start = end
    return found
