"""Words as the search knows them: runs of letters and digits, without case and diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.model.span import Span

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans("łøđ", "lod")  # which have no decomposition


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and the form under which it is looked up."""

    span: Span
    form: str


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of `text` between two offsets, in order; the offsets of each are those of the whole text."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(Span(found.start(), found.end()), folded(found.group()))


def forms(text: str) -> list[str]:
    """The forms of the words of `text`, in order."""
    if text.isascii():  # the same, at once: this is where the time of making an index goes
        return _WORD.findall(text.lower())
    return [word.lower() if word.isascii() else folded(word) for word in _WORD.findall(text)]


def folded(word: str) -> str:
    """The form under which a word is looked up: `Łódź` and `lodz` are one, and so are `Straße` and `STRASSE`."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return (plain or word).casefold().translate(_LETTERS)


def folded_text(text: str) -> str:
    """A whole text in the form of its words, signs and blanks left standing."""
    if text.isascii():
        return text.lower()
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(plain).casefold().translate(_LETTERS)
