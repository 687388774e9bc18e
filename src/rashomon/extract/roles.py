"""The role of every paragraph of a text that has lost its markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rashomon.extract.alike import measure_lines
from rashomon.extract.comments import thread_start
from rashomon.extract.features import voice
from rashomon.extract.lexical import Matrix
from rashomon.extract.markup import measure_page
from rashomon.extract.model import chances
from rashomon.extract.templates import together
from rashomon.extract.visible import FLAGS, Page
from rashomon.model.span import Span

Labels = list[tuple[str, float]]  # one role and confidence a paragraph

_PIECE = 10_000  # lines of a page: ten times what the longest of the development pages have

_COMMENT, _CAPTION = FLAGS.index("comment"), FLAGS.index("figcaption")
_WORD = re.compile(r"[^\W\d_]{4,}")
_BY = re.compile(r"^(?:By|BY|Written by|Reported by|Text by)[:\s]\s*\S")
_DATED = re.compile(r"^(?:date|published|posted|updated|last updated|first published)\b.{0,60}$", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’/-]{2,40}(?:[,(].{0,60})?\s*[—–:-]{0,2}$")
# A headline of the development articles has 2 to 25 words and ends without a full stop.
_FEWEST, _MOST, _LONGEST = 2, 25, 140
_UNENDED = (".", ":", ",", ";", ")", "]", "…")
# Log odds that a line must bring to leave the run of its neighbours' class: the best of a small grid by cross-
# validation on task `plain`. And those that every line is given towards being the article's own: F1 is the same from 0
# to 0.4 (.943).
_HOLD, _TOWARDS_OWN = 0.3, 0.2
# What speaks as a thread does is none where the line model takes its lines for the article's own, at a mean chance
# above this: forums, and advice that says "you". The model has learned threads of pages left whole, of which this share
# of lines is furniture, but has seen few behind a bare article, where real ones reach .7. Cross-validated on task
# `plain`, F1 of all steps is .943 so, .941 with .85 for all, .935 without a bound.
_SURELY_OWN, _SURELY_OWN_BARE, _WHOLE = 0.5, 0.85, 0.3


def label(text: str, spans: Sequence[Span]) -> Labels:
    """One (role, confidence) for each span: title, byline, dateline, body, comment or furniture."""
    lines = [text[span.start : span.end] for span in spans]
    features, groups = measure_lines(text, spans)
    return labelled(lines, features, chances("lines", features, groups))


def labelled(lines: list[str], features: Matrix, likely: Matrix) -> Labels:
    """Roles from the chances of each line: the run of own lines, then the thread behind it, then the head."""
    own = owned(likely)
    if not own.any():
        own = _anything(lines, likely)
    sure = np.where(own, 1 - likely[:, 0], likely[:, 0])
    labels = [("body" if is_own else "furniture", float(p)) for is_own, p in zip(own, sure, strict=True)]
    first = int(np.flatnonzero(own)[0])
    for i in _thread(lines, features, likely, own):
        labels[i] = ("comment", labels[i][1])
    _head(lines, labels, first)
    return labels


def _thread(lines: list[str], features: Matrix, likely: Matrix, own: npt.NDArray[np.bool_]) -> list[int]:
    """The lines of a thread of comments behind the article: own ones, and those that were dropped but say something."""
    first = int(np.flatnonzero(own)[0])
    said = [i for i in range(first, len(lines)) if own[i] or _talk(lines[i])]
    start = thread_start(features[said])
    most = _SURELY_OWN if (~own).mean() > _WHOLE else _SURELY_OWN_BARE
    if start is None or likely[said[start:], 1].mean() > most:
        return []
    return said[start:]


def _head(lines: list[str], labels: Labels, first: int) -> None:
    """Mark the headline, the byline and the dateline around the first own line."""
    title = _headline(lines, [role for role, _ in labels], first)
    if title is not None:
        labels[title] = ("title", max(0.5, labels[title][1]))
    for i in range(max(0, (title or 0) - 2), min(len(lines), first + 3)):
        special = _special(lines[i], labels[i][0])
        if special is not None and i != title:
            labels[i] = (special, 0.7)


def label_page(page: Page, title: str | None) -> Labels:
    """One (role, confidence) for each line of a page, from its text and its markup.

    `title` is the headline that the page's metadata tell; the line that says the same is the title.
    """
    lines = [line.span.of(page.text) for line in page.lines]
    labels = labelled(lines, *_weighed(page))
    own = [line for line, (role, _) in zip(page.lines, labels, strict=True) if role in ("body", "comment")]
    # On a page of a forum nearly all own lines stand in elements named after posts or comments: they are the article.
    talked = sum(line.flags >> _COMMENT & 1 for line in own) > 0.5 * len(own)
    heads = _matching(lines, title)
    for i, line in enumerate(page.lines):
        role, sure = labels[i]
        if i in heads:
            labels[i] = ("title", max(0.5, sure))
        elif line.flags >> _CAPTION & 1 and len(lines[i]) < 400:
            labels[i] = ("caption", 0.8)
        elif role in ("body", "furniture") and line.flags >> _COMMENT & 1 and not talked and _talk(lines[i]):
            labels[i] = ("comment", 0.7)
        elif role == "title" and heads:
            labels[i] = ("furniture", 0.5)
    return labels


def _weighed(page: Page) -> tuple[Matrix, Matrix]:
    """How each line of a page speaks, and its chances; piece by piece, so that a page of any length can be weighed."""
    voices, likely = [], []
    for at in range(0, len(page.lines), _PIECE):
        piece = Page(page.text, page.lines[at : at + _PIECE])
        features = measure_page(piece)
        likely.append(chances("pages", features, together(piece.lines)))
        voices.append(voice(features))
    return np.concatenate(voices), np.concatenate(likely)


def _talk(line: str) -> bool:
    """Whether a line inside an element for comments is a comment, not the furniture between them."""
    return len(line.split()) >= 4 and line[-1] in ".!?…\"”')"


def _matching(lines: list[str], title: str | None) -> set[int]:
    """The first line that says the title, or begins it, as a set; empty if none does."""
    wanted = _letters(title or "")
    for i, line in enumerate(lines):
        said = _letters(line) if wanted and 10 <= len(line) <= _LONGEST else ""
        if said and (said == wanted or (wanted.startswith(said) and len(said) > 0.6 * len(wanted))):
            return {i}
    return set()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def owned(likely: Matrix) -> npt.NDArray[np.bool_]:
    """Which lines are somebody's running words, an article's or a commenter's, rather than furniture."""
    other = np.clip(likely[:, 0].astype(np.float64), 1e-6, 1 - 1e-6)
    return _smoothed((np.log((1 - other) / other) + _TOWARDS_OWN).tolist())


def _smoothed(odds: Sequence[float]) -> npt.NDArray[np.bool_]:
    """The likeliest sequence of own lines and others, where every change costs `_HOLD` (Viterbi with two states).

    `odds` are each line's log odds of being own; only their sums matter, so the other state weighs nothing.
    """
    other, own = 0.0, 0.0
    from_own: list[bool] = []  # whether the best way to be another line here comes from an own one before
    from_other: list[bool] = []
    for value in odds:
        from_own.append(own - _HOLD > other)
        from_other.append(other - _HOLD > own)
        other, own = max(other, own - _HOLD), max(own, other - _HOLD) + value
    path = np.zeros(len(from_own), dtype=bool)
    state = own > other
    for i in range(len(from_own) - 1, -1, -1):
        path[i] = state
        state = not from_other[i] if state else from_own[i]
    return path


def _anything(lines: list[str], likely: Matrix) -> npt.NDArray[np.bool_]:
    """Where no line looks like an article's own, the likeliest ones are taken: a text always says something."""
    own = (1 - likely[:, 0]) * np.sqrt([len(line) for line in lines])
    best: npt.NDArray[np.bool_] = own >= 0.5 * own.max()
    return best


def _headline(lines: list[str], roles: list[str], first: int) -> int | None:
    """The line that heads the text: before or at its first body line, in words that the body says again."""
    others = _words("\n".join(line for j, line in enumerate(lines) if roles[j] == "body" and j != first))
    said = others | (_words(lines[first]) if roles[first] == "body" else set())
    best, choice = 0.0, None
    for i in range(max(0, first - 25), first + 1):
        line = lines[i]
        words = line.split()
        if not (_FEWEST <= len(words) <= _MOST and len(line) <= _LONGEST) or line.endswith(_UNENDED):
            continue
        if _BY.match(line) or _DATED.match(line) or (i == first and len(lines) == 1):
            continue
        own = _words(line)
        if not own:
            continue
        likeness = len(own & (said if i != first else others)) / len(own)
        score = likeness * min(1.0, len(words) / 6) + (0.25 if i == 0 else 0.0) - 0.02 * (first - i)
        if score > max(best, 0.2):
            best, choice = score, i
    return choice


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _special(line: str, role: str) -> str | None:
    """byline or dateline, if the line near the head is one."""
    if len(line) > 120 or line.endswith((".", "!", "?")):
        return None
    if _BY.match(line) or _DATED.match(line):
        return "byline"
    if _DATELINE.match(line) and any(mark in line for mark in ",(—–") and role != "title":
        return "dateline"
    return None
