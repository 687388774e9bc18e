"""Long stretches of a text as shorter ones, so that what takes time by the square of a length stays bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.model.span import Span

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+")
_ENDLESS = re.compile(r"\S{1000}")


def pieces(text: str, span: Span, longest: int) -> Iterator[Span]:
    """A span as spans of at most `longest` characters, cut behind a sentence, else a blank, else anywhere."""
    start = span.start
    while span.end - start > longest:
        window = text[start : start + longest]
        ends = [match.end() for match in _SENTENCE_END.finditer(window)] or [window.rfind(" ") + 1 or longest]
        yield Span(start, start + ends[-1])
        start += ends[-1]
    yield Span(start, span.end)


def spoken(text: str, span: Span, longest: int) -> Iterator[Span]:
    """The pieces of a span, cut also in the midst of what no blank ends for a thousand characters."""
    for piece in pieces(text, span, longest):
        start = piece.start
        for run in _ENDLESS.finditer(text, piece.start, piece.end):
            if run.end() < piece.end:
                yield Span(start, run.end())
                start = run.end()
        yield Span(start, piece.end)
