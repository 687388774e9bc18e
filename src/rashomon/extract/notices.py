"""Captions, credits and notices among an article's own lines, whole lines or parts that were glued to a paragraph.

A line model sees whole lines. What newsrooms write around their articles by habit is told by its first words or by the
credit at its end; the table notices.tsv has a pattern a row, with the role it tells and how far it goes: the `line`,
the `rest` of it, its `sentence`, the line if it has no full stop (`unended`), or the line and the headlines listed
behind it (`list`). A pattern that fits elsewhere than at
the beginning of a line names words of which the line must hold one, so that most lines need no search.
"""

from __future__ import annotations

import bisect
import functools
import importlib.resources
import re
from collections.abc import Iterator, Sequence

from rashomon.model.span import Span

Part = tuple[Span, tuple[str, float]]

_SURE, _LIKELY = 0.8, 0.5  # told by its words; told by its want of a full stop, as are headlines in a summary
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9]|\s*$)")
_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_TAIL = 20  # characters: no more marks than these stand behind an end
# Of lines that stop without a full stop, those of a caption's length are captions where nearly all others are ended.
# Subheadings are shorter. The bounds are those of the captions that a page's markup marks, nine in ten of them.
_FEWEST, _SHORTEST, _LONGEST = 8, 45, 300
_MOSTLY = 0.75
_HEADLINE = 150  # characters; of what is listed
_OWN = ("body", "title", "byline", "dateline")


@functools.cache
def _rows() -> tuple[tuple[str, str, str, str], ...]:
    """Role, extent, words of which a line must hold one (a bar between them), pattern."""
    text = importlib.resources.files("rashomon.extract").joinpath("notices.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple((role, extent, holding, pattern) for role, extent, holding, pattern in rows)


@functools.cache
def _table() -> tuple[tuple[str, str, tuple[str, ...], re.Pattern[str]], ...]:
    """Role, extent, words held and pattern of the rows that are looked for in own lines."""
    rows = (row for row in _rows() if row[1] != "list")
    return tuple((role, extent, _split(holding), re.compile(pattern)) for role, extent, holding, pattern in rows)


def _split(holding: str) -> tuple[str, ...]:
    return tuple(filter(None, holding.split("|")))


@functools.cache
def _heads() -> re.Pattern[str]:
    """Lines that head a list of other articles."""
    return re.compile("|".join(f"(?:{pattern})" for _, extent, _, pattern in _rows() if extent == "list"))


@functools.cache
def _beginnings() -> re.Pattern[str]:
    rows = (pattern for _, extent, holding, pattern in _rows() if not holding and extent != "list")
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows))


@functools.cache
def _held() -> tuple[str, ...]:
    return tuple(sorted({words for _, _, holding, _ in _rows() for words in _split(holding)}))


def _holding(text: str) -> list[int]:
    """Where the text has words of which a line must hold one, in order."""
    held = (words for words in _held() if words in text)
    return sorted(match.start() for words in held for match in re.finditer(re.escape(words), text))


def parted(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with notices among their own lines labelled, glued ones cut off; together the same characters."""
    places = _holding(text)
    found: list[Part] = []
    for span, (role, sure) in parts:
        if role in _OWN:
            at = bisect.bisect_left(places, span.start)
            line = span.of(text)
            if (at < len(places) and places[at] < span.end) or _beginnings().match(line):
                found.extend(_cut(span, line, (role, sure)))
                continue
        found.append((span, (role, sure)))
    return _captioned(text, _listed(text, found))


def _cut(span: Span, line: str, label: tuple[str, float]) -> Iterator[Part]:
    """A line as its own parts and its notices, in order."""
    at = 0
    for start, end, role in _notices(line):
        if line[at:start].strip():
            yield _trimmed(span.start + at, line[at:start]), label
        yield _trimmed(span.start + start, line[start:end]), (role, _SURE)
        at = end
    if line[at:].strip():
        yield _trimmed(span.start + at, line[at:]), label


def _trimmed(start: int, words: str) -> Span:
    begin = start + len(words) - len(words.lstrip())
    return Span(begin, start + len(words.rstrip()))


def _notices(line: str) -> list[tuple[int, int, str]]:
    """Where notices stand in a line, apart from each other; the longest where they overlap."""
    found: list[tuple[int, int, str]] = []
    for role, extent, holding, pattern in _table():
        for match in _matches(line, holding, pattern):
            if extent == "line" or (extent == "unended" and not _ended(line)):
                found.append((0, len(line), role))
            elif extent == "rest":
                found.append((match.start(), len(line), role))
            elif extent == "sentence":
                ended = _SENTENCE_END.search(line, match.end())
                found.append((match.start(), ended.end() if ended else len(line), role))
    kept: list[tuple[int, int, str]] = []
    for start, end, role in sorted(found, key=lambda item: (item[0] - item[1], item)):
        if all(end <= low or start >= high for low, high, _ in kept):
            kept.append((start, end, role))
    return sorted(kept)


def _matches(line: str, holding: tuple[str, ...], pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Where a row fits: at the line's beginning only, unless it names words that the line must hold."""
    if not holding:
        return [match] if (match := pattern.match(line)) else []
    return list(pattern.finditer(line)) if any(words in line for words in holding) else []


def _listed(text: str, parts: list[Part]) -> list[Part]:
    """Headlines behind a line that heads a list are furniture, up to the first line that is long or ended."""
    listed = False
    for i, (span, (role, _)) in enumerate(parts):
        if span.end - span.start > _HEADLINE:
            listed = False
            continue
        line = span.of(text)
        listed = _heads().match(line) is not None or (listed and not _ended(line))
        if listed and role in _OWN:
            parts[i] = (span, ("furniture", _SURE))
    return parts


def _ended(line: str) -> bool:
    return _ENDED.search(line, max(0, len(line) - _TAIL)) is not None


def _captioned(text: str, parts: list[Part]) -> list[Part]:
    """Lines between ended ones that stop without a full stop, as captions do, are captions."""
    body = [i for i, (_, (role, _)) in enumerate(parts) if role == "body"]
    ended = {i for i in body if _ended(parts[i][0].of(text))}
    if len(body) < 4 or len(ended) < _MOSTLY * len(body):
        return parts
    for i in body:
        span, (_, sure) = parts[i]
        line = span.of(text)
        if i not in ended and _SHORTEST <= len(line) <= _LONGEST and len(line.split()) >= _FEWEST and "\n" not in line:
            parts[i] = (span, ("caption", min(sure, _LIKELY)))
    return parts
