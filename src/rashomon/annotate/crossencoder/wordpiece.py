"""Words in pieces, as uncased BERT reads them (Devlin et al. 2019; Wu et al. 2016 for the pieces)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

_LONGEST_WORD = 100  # letters; a longer word is one unknown piece
UNKNOWN, BEGIN, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"


class WordPiece:
    """Texts to numbers of pieces by a vocabulary, one piece a line, in the order of their numbers."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.begin, self.separator = self._numbers[BEGIN], self._numbers[SEPARATOR]
        self._unknown = self._numbers[UNKNOWN]
        self._known = functools.lru_cache(maxsize=1 << 15)(self._pieces)

    def encode(self, text: str) -> list[int]:
        """The pieces of a text, without the marks around it."""
        return [number for word in _words(text) for number in self._known(word)]

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The longest known pieces from left to right; one unknown where that fails."""
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._numbers.get(word[start:end] if not start else f"##{word[start:end]}")
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def _words(text: str) -> list[str]:
    """Lower-cased words without accents; marks and Chinese characters stand alone."""
    plain = unicodedata.normalize("NFD", text.lower())
    out: list[str] = []
    for char in plain:
        category = unicodedata.category(char)
        if category == "Mn" or char in "\x00\ufffd":
            continue
        if char.isspace():
            out.append(" ")
        elif category.startswith("C"):
            continue
        elif _alone(char, category):
            out.append(f" {char} ")
        else:
            out.append(char)
    return "".join(out).split()


def _alone(char: str, category: str) -> bool:
    code = ord(char)
    if category.startswith("P") or 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F
    )
