"""The role of every paragraph of a text that has lost its markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.features import Matrix, measure
from rashomon.extract.model import CLASSES, probabilities
from rashomon.model.span import Span

Classes = npt.NDArray[np.int64]
Labels = list[tuple[str, float]]  # one role and confidence a paragraph

_WORD = re.compile(r"[^\W\d_]{4,}")
_BY = re.compile(r"^(?:By|BY|Written by|Reported by|Text by)[:\s]\s*\S")
_DATED = re.compile(r"^(?:date|published|posted|updated|last updated|first published)\b.{0,60}$", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’/-]{2,40}(?:[,(].{0,60})?\s*[—–:-]{0,2}$")
# A headline of the development articles has 2 to 30 words and ends without a full stop.
_FEWEST, _MOST, _LONGEST = 2, 30, 220
_HOLD = 1.1  # log odds that a line must bring to break the run of its neighbours' class; chosen by cross-validation


def label(text: str, spans: Sequence[Span]) -> Labels:
    """One (role, confidence) for each span: title, byline, dateline, body, comment or furniture."""
    lines = [text[span.start : span.end] for span in spans]
    chances = probabilities(measure(text, spans))
    classes = _smoothed(chances)
    body = CLASSES.index("body")
    if body not in classes:
        classes[:] = _anything(lines, chances)
    labels = [(CLASSES[c], float(chances[i, c])) for i, c in enumerate(classes)]
    first = int(np.argmax(classes == body))
    title = _headline(lines, [role for role, _ in labels], first)
    if title is not None:
        labels[title] = ("title", max(0.5, labels[title][1]))
    for i in range(min(len(lines), first + 3)):
        special = _special(lines[i], labels[i][0])
        if special is not None and i != title and i >= (title or 0) - 2:
            labels[i] = (special, 0.7)
    return labels


def _smoothed(chances: Matrix) -> Classes:
    """The likeliest sequence of classes, where a change of class costs `_HOLD` (Viterbi)."""
    scores = np.log(np.maximum(chances, 1e-6))
    n, k = scores.shape
    best = scores[0].copy()
    back = np.zeros((n, k), dtype=np.int64)
    for i in range(1, n):
        top = int(best.argmax())
        change = best[top] - _HOLD
        stay = best >= change
        back[i] = np.where(stay, np.arange(k), top)
        best = np.where(stay, best, change) + scores[i]
    path = np.empty(n, dtype=np.int64)
    path[-1] = int(best.argmax())
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def _anything(lines: list[str], chances: Matrix) -> Classes:
    """Where no line looks like an article's own, the likeliest ones are taken: a text always says something."""
    own = chances[:, CLASSES.index("body")] * np.sqrt([len(line) for line in lines])
    return np.where(own >= 0.5 * own.max(), CLASSES.index("body"), CLASSES.index("furniture"))


def _headline(lines: list[str], roles: list[str], first: int) -> int | None:
    """The line that heads the text: before or at its first body line, in words that the body says again."""

    def said_without(i: int) -> set[str]:
        return {word for j, line in enumerate(lines) if roles[j] == "body" and j != i for word in _words(line)}

    said = said_without(-1)
    best, choice = 0.0, None
    for i in range(max(0, first - 25), first + 1):
        line = lines[i]
        words = line.split()
        if not (_FEWEST <= len(words) <= _MOST and len(line) <= _LONGEST) or line.endswith((".", ":", ",", ";")):
            continue
        if _BY.match(line) or _DATED.match(line) or (i == first and len(lines) == 1):
            continue
        own = _words(line)
        if not own:
            continue
        others = said if i != first else said_without(i)
        likeness = sum(word in others for word in own) / len(own)
        score = likeness * min(1.0, len(words) / 6) + (0.25 if i == 0 else 0.0) - 0.02 * (first - i)
        if score > max(best, 0.2):
            best, choice = score, i
    return choice


def _words(line: str) -> set[str]:
    return set(_WORD.findall(line.lower()))


def _special(line: str, role: str) -> str | None:
    """byline or dateline, if the line near the head is one."""
    if len(line) > 120 or line.endswith((".", "!", "?")):
        return None
    if _BY.match(line) or _DATED.match(line):
        return "byline"
    if _DATELINE.match(line) and any(mark in line for mark in ",(—–") and role != "title":
        return "dateline"
    return None
