"""The text as the annotators read it, beside the text as it is stored, with the way back from every character.

What hides words from a reader of letters is taken out or written as usual: soft hyphens, characters without width,
marks of direction, odd blanks, ligatures, full-width letters, marks set behind their letter, and letters garbled by a
wrong encoding (found and mended by ftfy). The stored text is never changed: all spans lead back to it.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import ftfy
import ftfy.badness
import numpy as np
import numpy.typing as npt

from rashomon.model.records import Block, Quotation, Reading

R = TypeVar("R")

_HIDDEN = "\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SHAPES = "\ufb00-\ufb06\uff01-\uff5e"  # ligatures; full-width forms
_ODD = re.compile(f"[{_HIDDEN}]+|[{_BLANKS}]|[{_SHAPES}]|[^\\W\\d_][\u0300-\u036f]+")
# Letters that the first byte of a UTF-8 character looks like when it is read as Windows-1252, and one that follows.
_GARBLED = re.compile("[\u00c2-\u00f4][^\x00-\x7f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ANY = re.compile(f"[{_HIDDEN}{_BLANKS}{_SHAPES}\u0300-\u036f]|{_GARBLED.pattern}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as it is read; `starts` and `ends` tell of each of its characters where it stands in the stored text."""

    text: str
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, text: str) -> Normalised | None:
        """The text as it is read; None where that is the text itself, as with most."""
        if text.isascii() or not _ANY.search(text):
            return None
        parts: list[str] = []
        starts: list[npt.NDArray[np.int64]] = []
        ends: list[npt.NDArray[np.int64]] = []
        at = 0
        for start, end, instead in [*_replacements(text), (len(text), len(text), "")]:
            parts += [text[at:start], instead]
            starts += [np.arange(at, start), np.full(len(instead), start)]
            ends += [np.arange(at + 1, start + 1), np.full(len(instead), end)]
            at = end
        read = "".join(parts)
        return None if read == text else cls(read, np.concatenate(starts), np.concatenate(ends))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` (half open, not empty) stand in the stored text."""
        return int(self.starts[start]), int(self.ends[end - 1])

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """The characters read of a stretch of the stored text; empty where it only holds what is not read."""
        return int(np.searchsorted(self.starts, start)), int(np.searchsorted(self.starts, end))


def plain(text: str) -> str:
    """A short text as it is read."""
    read = Normalised.of(text)
    return text if read is None else read.text


def _replacements(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is read instead), in order and apart from each other."""
    garbled = dict(_mended(text)) if _GARBLED.search(text) else {}
    at = 0
    for match in re.finditer(f"{_FOREIGN.pattern}|{_ODD.pattern}", text) if garbled else _ODD.finditer(text):
        if match.start() < at:
            continue
        if match.start() in garbled:
            at = match.end()
            yield match.start(), at, garbled[match.start()]
            continue
        for odd in _ODD.finditer(text, match.start()):
            if odd.start() >= match.end():
                break
            at = odd.end()
            yield odd.start(), at, _usual(odd[0])


def _mended(text: str) -> Iterator[tuple[int, str]]:
    """Where a run of garbled letters begins, and what it was; only in lines that are surely garbled."""
    for line in re.finditer(r"[^\n]+", text):
        if not _GARBLED.search(line[0]) or not ftfy.badness.is_bad(line[0]):
            continue
        for run in _FOREIGN.finditer(line[0]):
            mended = ftfy.fix_encoding(run[0])
            if mended != run[0]:
                yield line.start() + run.start(), "".join(_usual(char) for char in mended)


def _usual(odd: str) -> str:
    if re.fullmatch(f"[{_HIDDEN}]+", odd):
        return ""
    if re.fullmatch(f"[{_BLANKS}]", odd):
        return " "
    return unicodedata.normalize("NFKC" if re.fullmatch(f"[{_SHAPES}]", odd) else "NFC", odd)


def read_blocks(read: Normalised, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks over the text as it is read; those of which nothing is read are left out."""
    found = []
    for block in blocks:
        start, end = read.forth(block.start, block.end)
        if read.text[start:end].strip():
            found.append(dataclasses.replace(block, start=start, end=end))
    return tuple(found)


def restored(read: Normalised, reading: Reading, text: str) -> dict[str, Any]:
    """The reading's annotations with all spans and words as they stand in the stored `text`, by field."""
    names = ("sentences", "mentions", "quotations", "times", "amounts", "clauses")
    return {name: tuple(put_back(read, item, text) for item in getattr(reading, name)) for name in names}


def put_back(read: Normalised, record: R, text: str) -> R:
    """One record over the stored text: its spans led back, its verbatim words taken from there."""
    given: dict[str, Any] = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}  # type: ignore[arg-type]
    for name, value in list(given.items()):
        if name.endswith("start") and value is not None:
            other = f"{name.removesuffix('start')}end"
            start, end = read.back(value, given.get(other) or value + 1)
            given[name] = start
            if other in given:
                given[other] = end
    if isinstance(record, Quotation):
        given["content"] = tuple(put_back(read, extent, text) for extent in record.content)
        given["text"] = " ".join(text[extent.start : extent.end] for extent in given["content"])
    elif "text" in given:
        given["text"] = text[given["start"] : given["end"]]
    if given.get("of_start") is not None:
        given["of"] = text[given["of_start"] : given["of_end"]]
    return type(record)(**given)
