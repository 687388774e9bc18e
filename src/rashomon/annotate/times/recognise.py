"""Finding time expressions: which characters, what kind, which parts; what they mean is left to resolve.py.

The two are apart so that expressions can be resolved again when an article's publication interval narrows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rashomon.annotate.pieces import spoken
from rashomon.annotate.times import tense
from rashomon.annotate.times.grammar import grammar
from rashomon.annotate.times.tokens import Tokens, tokenize
from rashomon.model.span import Span

_LONGEST = 5000  # characters looked through at a time, cut behind a sentence; few paragraphs are longer


@dataclass(frozen=True, slots=True)
class Expression:
    """A recognised time expression before it means anything: offsets into the article, kind, named parts, direction."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]  # part name -> its lower-case words, joined by one space
    direction: str  # tense.PAST, FUTURE or NONE


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    order: int
    kind: str
    groups: dict[str, tuple[int, int]]


def _compact(letters: str) -> tuple[str, list[int]]:
    """The letters that rules can match, with a neighbour on each side, and the place of each; most text falls away."""
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for run in grammar().runs.finditer(letters):
        first, last = max(done, run.start() - 1), min(len(letters), run.end() + 1)
        kept.append(letters[first:last])
        places.extend(range(first, last))
        done = last
    return "".join(kept), places


def _matches(letters: str) -> Iterator[_Match]:
    compact, places = _compact(letters)
    for order, rule in enumerate(grammar().rules):
        position = 0
        while match := rule.pattern.search(compact, position):
            groups = {}
            for name, words in match.groupdict().items():
                if words:
                    first, last = match.span(name)
                    groups[name.split("__")[0]] = places[first], places[last - 1] + 1
            yield _Match(places[match.start()], places[match.end() - 1] + 1, order, rule.kind, groups)
            position = match.start() + 1


def _longest(matches: Iterator[_Match]) -> list[_Match]:
    """From left to right, the longest match at each place that is still free."""
    chosen: list[_Match] = []
    free = 0
    for match in sorted(matches, key=lambda m: (m.start, -m.end, m.order)):
        if match.start >= free:
            chosen.append(match)
            free = match.end
    return chosen


def _sentence(tokens: Tokens, start: int, end: int, bounds: Sequence[int]) -> tuple[int, int]:
    first = max((b for b in bounds if b < start), default=-1) + 1
    last = min((b for b in bounds if b >= end), default=len(tokens.words))
    return first, last


def recognise(text: str, own: Sequence[Span]) -> tuple[Expression, ...]:
    """All time expressions inside the `own` spans of `text`, in order of the spans given, none overlapping another."""
    found: list[Expression] = []
    alphabet = grammar().alphabet
    for span in (piece for long in own for piece in spoken(text, long, _LONGEST)):
        tokens = tokenize(text, span.start, span.end, alphabet)
        bounds = [i for i, word in enumerate(tokens.lower) if word in (".", "!", "?") or word.startswith("\n")]
        for match in _longest(_matches(tokens.letters)):
            parts = {name: " ".join(tokens.lower[a:b]) for name, (a, b) in match.groups.items()}
            first, last = _sentence(tokens, match.start, match.end, bounds)
            direction = tense.direction(tokens.lower[first:last], match.start - first, match.end - first)
            start, end = tokens.starts[match.start], tokens.ends[match.end - 1]
            found.append(Expression(start, end, match.kind, parts, direction))
    return tuple(found)
