"""Where the paragraphs of a text without markup stand: its lines, with hard-wrapped ones joined."""

from __future__ import annotations

import itertools
import re

import numpy as np

from rashomon.model.span import Span

_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_MARKED = re.compile(r"\s*(?:[*•·▪◦‣+>–—-]|\d{1,3}[.)])\s")
# Printed mail and wire text is wrapped between 45 and 100 columns; an unwrapped paragraph is longer than that.
_NARROWEST, _WIDEST = 45, 100
_SHARE = 0.7


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text` in order, each without the white space around it; together all non-blank characters.

    A paragraph is a line, unless the text was wrapped at a fixed width; then the lines of a paragraph are joined.
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    width = _wrapped_at(text, lines)
    if width is None:
        return lines
    joined: list[Span] = []
    for span in lines:
        if joined and _continues(text, joined[-1], span, width):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _adjoining(text: str, before: Span, after: Span) -> bool:
    """Whether one line end and no blank line stands between the two."""
    between = text[before.end : after.start].replace("\r\n", "\n").replace("\r", "\n")
    return between.count("\n") == 1


def _last_line(text: str, span: Span) -> int:
    """How many characters the last line of a paragraph has."""
    line_end = max(text.rfind("\n", span.start, span.end), text.rfind("\r", span.start, span.end))
    return span.end - 1 - max(line_end, span.start - 1)


def _continues(text: str, before: Span, after: Span, width: int) -> bool:
    """Whether `after` is the next line of the wrapped paragraph `before`: its first word had no room there."""
    if not _adjoining(text, before, after) or _MARKED.match(text, after.start, after.end):
        return False
    first = text[after.start : after.end].split(maxsplit=1)[0]
    return _last_line(text, before) + 1 + len(first) > width - 2


def _wrapped_at(text: str, lines: list[Span]) -> int | None:
    """The column at which the text was wrapped, or None if it was not."""
    if len(lines) < 4:
        return None
    lengths = np.array([line.end - line.start for line in lines])
    if lengths.max() > 2 * _WIDEST:
        return None
    width = int(np.quantile(lengths, 0.97))
    if not _NARROWEST <= width <= _WIDEST:
        return None
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _adjoining(text, a, b)]
    full = [(a, b) for a, b in pairs if _continues(text, a, b, width)]
    unended = sum(text[a.end - 1] not in '.!?:"”' for a, _ in full)
    if len(full) < 3 or len(full) < _SHARE * 0.5 * len(lines) or unended < _SHARE * len(full):
        return None
    return width
