"""Stretches between quotation marks: every style of marks, nested ones, and paragraphs that only open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.model.span import Span

_DOUBLE = re.compile(r"[\"“”„«»]|``|''")
_SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[“\"—–-])|^)[‘'`](?=[\w“\"$£€])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,;:!?…”\"%)])[’'](?![\w’'])")
_ELISION = re.compile(r"['’‘](?:\d\ds?\b|(?:tis|twas|em|cause|til|till|n)\b)", re.IGNORECASE)
_SURE_END = '.,!?…”"'


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of an article between two marks, the marks included.

    `inner` leaves the marks out. `closed` is False where a paragraph ends before the closing mark. `depth` is 1 for a
    stretch inside another one.
    """

    start: int
    end: int
    inner: Span
    closed: bool
    depth: int


def stretches(text: str, paragraphs: Sequence[Span]) -> tuple[Stretch, ...]:
    """The quoted stretches of each paragraph of an article, in order of their start."""
    found: list[Stretch] = []
    for paragraph in paragraphs:
        doubles = _doubles(text, paragraph)
        found.extend(doubles)
        found.extend(_singles(text, paragraph, doubles))
    return tuple(sorted(found, key=lambda s: (s.start, -s.end)))


# Marks that close what another opened, though by themselves they open or close: „…“, »…«.
_TURNED = {"„": "“", "»": "«"}


def _opens(text: str, mark: re.Match[str], within: Span, opening: re.Match[str] | None) -> bool:
    """Whether a double mark opens a stretch; marks without a direction are told by the blanks around them."""
    sign, inside = mark.group(), opening is not None
    if opening is not None and _TURNED.get(opening.group()) == sign:
        return False
    if sign in ("“", "„", "«", "``"):
        return True
    before = text[mark.start() - 1] if mark.start() > within.start else " "
    after = text[mark.end()] if mark.end() < within.end else " "
    if sign in ("”", "»"):
        # Some pages print the closing mark on both sides.
        return not inside and before.isspace() and not after.isspace()
    if inside:
        return False
    return not after.isspace() and not (before.isalnum() and not after.isalnum())


def _doubles(text: str, within: Span) -> list[Stretch]:
    found: list[Stretch] = []
    opening: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, within.start, within.end):
        digit_before = mark.start() > within.start and text[mark.start() - 1].isdigit()
        if (
            opening is None
            and mark.group() in ('"', "''")
            and digit_before
            and not text[mark.end() : mark.end() + 1].isalpha()
        ):
            continue  # inches or seconds
        if _opens(text, mark, within, opening):
            opening = opening or mark
        elif opening is not None:
            if mark.start() > opening.end():
                found.append(_stretch(opening.start(), mark.end(), Span(opening.end(), mark.start()), True, 0))
            opening = None
    if opening is not None and opening.end() < within.end:
        found.append(_stretch(opening.start(), within.end, Span(opening.end(), within.end), False, 0))
    return found


def _stretch(start: int, end: int, inner: Span, closed: bool, depth: int) -> Stretch:
    return Stretch(start, end, inner, closed, depth)


def _singles(text: str, within: Span, doubles: Sequence[Stretch]) -> list[Stretch]:
    """Single marks, paired only where both sides look like marks; an apostrophe never opens a stretch."""
    found: list[Stretch] = []
    position = within.start
    while (opening := _SINGLE_OPEN.search(text, position, within.end)) is not None:
        position = opening.end()
        if _ELISION.match(text, opening.start()):
            continue
        holder = next((d for d in doubles if d.start < opening.start() < d.end), None)
        limit = (
            holder.inner.end if holder else min([d.start for d in doubles if d.start > opening.start()] + [within.end])
        )
        ends = list(_SINGLE_CLOSE.finditer(text, opening.end(), limit))
        if not ends:
            continue
        # A plural's apostrophe looks like a closing mark: one after a stop or comma is surer.
        sure = [m for m in ends if text[m.start() - 1] in _SURE_END]
        nearest = ends[0] if text[ends[0].start() - 1] != "s" or not sure else sure[0]
        found.append(
            _stretch(opening.start(), nearest.end(), Span(opening.end(), nearest.start()), True, 1 if holder else 0)
        )
        position = nearest.end()
    return found
