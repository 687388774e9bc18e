"""The direction in time of the words around an expression, from auxiliaries and common verb forms; no parser."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import resources

PAST, FUTURE, NONE = "past", "future", "none"

_REACH = 40  # tokens
_BESIDE = 1  # tokens between a verb of saying and the time when something was said


@functools.cache
def _words(name: str) -> frozenset[str]:
    """The words of one class of tense.tsv."""
    lines = resources.files(__package__).joinpath("tense.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return frozenset(word for word, kind in rows if kind == name)


def _cue(words: Sequence[str], i: int) -> str | None:
    """The direction that the word at `i` tells, PAST or FUTURE, or None."""
    word = words[i]
    before = words[i - 1] if i else ""
    if word in _words("modal") or word.endswith("'ll"):
        return FUTURE
    if word == "to" and i + 1 < len(words):
        planned = before in _words("plan") and words[i + 1].isalpha() and not _was(words, i - 1)
        return FUTURE if planned or words[i + 1] in _words("begin") else None
    if before in _words("passive"):
        return None
    if word in _words("future"):
        return None if _was(words, i) else FUTURE
    if word in _words("past") or (len(word) > 4 and word.endswith("ed") and word not in _words("noverb")):
        return PAST
    return None


def _was(words: Sequence[str], i: int) -> bool:
    """Whether a plan told at `i` is one of the past: `had been scheduled`; `was to` is a plan seen from then."""
    return any(word == "had" for word in words[max(0, i - 2) : i])


def _sweep(words: Sequence[str], places: Sequence[int]) -> tuple[str | None, str | None]:
    """The nearest cue on one side, and the nearest verb of saying that stands for want of one."""
    saying = None
    for i in places:
        cue = _cue(words, i)
        if cue and words[i] in _words("saying"):
            if abs(i - places[0]) <= _BESIDE:
                return cue, saying
            saying = saying or cue
        elif cue:
            return cue, saying
    return None, saying


def direction(words: Sequence[str], start: int, end: int) -> str:
    """PAST, FUTURE or NONE for the expression at tokens `start:end` of one sentence's lower-case words.

    The nearest verb before it decides, then the nearest after it; verbs of saying only where they stand beside it or
    there is no other, because what was said yesterday may be about tomorrow.
    """
    if start and words[start - 1] in _words("until"):
        return PAST if any(word in ("had", "hadn't") for word in words) else FUTURE
    cue, saying = _sweep(words, range(start - 1, max(-1, start - _REACH), -1))
    if cue:
        return cue
    cue, later = _sweep(words, range(end, min(len(words), end + _REACH)))
    return cue or saying or later or NONE
