"""The words of two names laid side by side, each pair with how the two words agree."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from rashomon.resolve.lexicon import given_names
from rashomon.resolve.romanise import far, near, skeleton

SAME, ROMANISED, KNOWN, INITIAL, MISSPELT = "same", "romanised", "known", "initial", "misspelt"
"""How two words agree: letter by letter; as spellings of the same sounds; as forms of one given name; as an initial of
the other; only but for some letters."""

_FAR_LENGTH = 5
"""Shorter words are not compared by their far key: Lima and Lome, Mali and Male share one."""

_HOPELESS = 0.7
"""Words that differ in more of their letters are not romanised: that is what costs time, and it finds nothing there."""

_VOWEL_RUN = re.compile(r"[aeiouy]+")

_LEAST = 0.5
"""Words less alike than this are not laid side by side."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words (or runs of words written together) that answer to each other."""

    left: tuple[int, ...]  # places in the first name
    right: tuple[int, ...]
    kind: str
    likeness: float
    edits: int  # letters to change, after romanisation


@dataclass(frozen=True, slots=True)
class Alignment:
    """All pairs, best first, and the words of each name that found no partner."""

    pairs: tuple[Pair, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]


@functools.lru_cache(maxsize=1 << 18)
def agree(left: str, right: str) -> tuple[str, float, int]:
    """How two folded words agree: kind, likeness 0..1, letters to change."""
    if left == right:
        return SAME, 1.0, 0
    if len(left) == 1 or len(right) == 1:
        return (INITIAL, 0.8, 0) if left[0] == right[0] else (MISSPELT, 0.0, max(len(left), len(right)))
    sets = given_names()
    if sets.get(left, frozenset()) & sets.get(right, frozenset()):
        return KNOWN, 0.95, 0
    edits, longer = OSA.distance(left, right), max(len(left), len(right))
    if edits > _HOPELESS * longer:
        return MISSPELT, 0.0, edits
    if near(left) == near(right):
        return ROMANISED, 0.97, 0
    if min(len(left), len(right)) >= _FAR_LENGTH and far(left) == far(right):
        return ROMANISED, 0.93, 0
    edits = min(edits, OSA.distance(near(left), near(right)))
    if edits > 1 and _syllables(left) != _syllables(right):
        edits += 2  # a lost syllable is more than a slip: Lavrov is not Lvov
    return MISSPELT, max(0.0, 1.0 - edits / longer), edits


def _syllables(word: str) -> int:
    return len(_VOWEL_RUN.findall(word.removesuffix("e")))


@functools.lru_cache(maxsize=1 << 16)
def agree_unvowelled(left: str, right: str) -> tuple[str, float, int]:
    """As `agree`, where one of the two was written without vowels: consonants only."""
    first, second = skeleton(left).lstrip("aiu"), skeleton(right).lstrip("aiu")
    if first == second and len(first) > 1:
        return ROMANISED, 0.93, 0
    edits = OSA.distance(first, second)
    return MISSPELT, max(0.0, 1.0 - edits / max(len(first), len(second), 1)), edits


def _equal(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The words that both names have letter by letter, each with the nearest of its like."""
    free: dict[str, list[int]] = {}
    for j, word in enumerate(right):
        free.setdefault(word, []).append(j)
    pairs = []
    for i, word in enumerate(left):
        if places := free.get(word):
            j = min(places, key=lambda place: abs(place - i))
            places.remove(j)
            pairs.append(Pair((i,), (j,), SAME, 1.0, 0))
    return pairs


def _alike(left: dict[int, str], right: dict[int, str], unvowelled: bool) -> list[Pair]:
    """All pairs of words that are alike enough; words by their places."""
    measure = agree_unvowelled if unvowelled else agree
    pairs = []
    for i, one in left.items():
        for j, other in right.items():
            kind, likeness, edits = measure(one, other)
            if likeness >= _LEAST:
                pairs.append(Pair((i,), (j,), kind, likeness, edits))
    return pairs


def _joined(run: dict[int, str], single: dict[int, str]) -> list[Pair]:
    """Neighbouring words of one name against one word of the other: van der bilt, vanderbilt; jean claude, jc."""
    found = []
    for i in run:
        for size in (2, 3):
            places = tuple(range(i, i + size))
            if not all(place in run for place in places):
                break
            word = "".join(run[place] for place in places)
            letters = "".join(run[place][0] for place in places)
            for j, other in single.items():
                if other == letters and other != word:
                    found.append(Pair(places, (j,), INITIAL, 0.8, 0))
                if len(other) > 3 and abs(len(other) - len(word)) <= 1:
                    kind, likeness, edits = agree(word, other)
                    if kind in (SAME, ROMANISED) or (kind == MISSPELT and edits == 1 and len(word) > 7):
                        found.append(Pair(places, (j,), kind, likeness, edits))
    return found


def align(left: Sequence[str], right: Sequence[str], unvowelled: bool = False) -> Alignment:
    """Lay two names' words side by side, the most alike first, longer words before shorter, in order where equal."""
    pairs = _equal(left, right)
    taken_left, taken_right = {pair.left[0] for pair in pairs}, {pair.right[0] for pair in pairs}
    free_left = {i: word for i, word in enumerate(left) if i not in taken_left}
    free_right = {j: word for j, word in enumerate(right) if j not in taken_right}
    if not free_left or not free_right:
        return Alignment(tuple(pairs), tuple(free_left), tuple(free_right))
    candidates = _alike(free_left, free_right, unvowelled)
    if len(free_left) > 1:
        candidates += _joined(free_left, free_right)
    if len(free_right) > 1:
        turned = _joined(free_right, free_left)
        candidates += [Pair(pair.right, pair.left, pair.kind, pair.likeness, pair.edits) for pair in turned]

    def rank(pair: Pair) -> tuple[float, int, int, tuple[int, ...], tuple[int, ...]]:
        letters = sum(len(left[i]) for i in pair.left)
        return (-pair.likeness, -letters, abs(pair.left[0] - pair.right[0]), pair.left, pair.right)

    for pair in sorted(candidates, key=rank):
        if all(i in free_left for i in pair.left) and all(j in free_right for j in pair.right):
            pairs.append(pair)
            for i in pair.left:
                del free_left[i]
            for j in pair.right:
                del free_right[j]
    return Alignment(tuple(pairs), tuple(free_left), tuple(free_right))
