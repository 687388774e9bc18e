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


def _candidates(left: Sequence[str], right: Sequence[str], unvowelled: bool) -> list[Pair]:
    measure = agree_unvowelled if unvowelled else agree
    pairs = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            kind, likeness, edits = measure(one, other)
            if likeness >= _LEAST:
                pairs.append(Pair((i,), (j,), kind, likeness, edits))
    if len(left) != len(right) or len(left) > 1:
        pairs += _joined(left, right)
        pairs += [Pair(p.right, p.left, p.kind, p.likeness, p.edits) for p in _joined(right, left)]
    return pairs


def _joined(run: Sequence[str], single: Sequence[str]) -> list[Pair]:
    """Neighbouring words of one name against one word of the other: van der bilt, vanderbilt; jean claude, jc."""
    found = []
    for size in (2, 3):
        for i in range(len(run) - size + 1):
            word = "".join(run[i : i + size])
            letters = "".join(part[0] for part in run[i : i + size])
            for j, other in enumerate(single):
                if other == letters and other != word:
                    found.append(Pair(tuple(range(i, i + size)), (j,), INITIAL, 0.8, 0))
                if len(other) > 3 and abs(len(other) - len(word)) <= 1:
                    kind, likeness, edits = agree(word, other)
                    if kind in (SAME, ROMANISED) or (kind == MISSPELT and edits == 1 and len(word) > 7):
                        found.append(Pair(tuple(range(i, i + size)), (j,), kind, likeness, edits))
    return found


def align(left: Sequence[str], right: Sequence[str], unvowelled: bool = False) -> Alignment:
    """Lay two names' words side by side, the most alike first, longer words before shorter, in order where equal."""
    candidates = _candidates(left, right, unvowelled)

    def rank(pair: Pair) -> tuple[float, int, int, tuple[int, ...], tuple[int, ...]]:
        letters = sum(len(left[i]) for i in pair.left)
        return (-pair.likeness, -letters, abs(pair.left[0] - pair.right[0]), pair.left, pair.right)

    free_left, free_right = set(range(len(left))), set(range(len(right)))
    pairs = []
    for pair in sorted(candidates, key=rank):
        if free_left.issuperset(pair.left) and free_right.issuperset(pair.right):
            pairs.append(pair)
            free_left.difference_update(pair.left)
            free_right.difference_update(pair.right)
    return Alignment(tuple(pairs), tuple(sorted(free_left)), tuple(sorted(free_right)))
