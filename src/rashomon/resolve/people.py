"""Persons across articles: full names first, then initials, then surnames alone where only one person can be meant.

Precision first: given names that differ keep two people apart whatever else they share, and a surname alone is joined
only to a person whom its own article names in full, or else to the only bearer in the corpus or in the articles that
share other names with it.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.resolve.align import INITIAL, KNOWN, MISSPELT, ROMANISED, SAME, Alignment, Pair, align
from rashomon.resolve.clusters import Clusters
from rashomon.resolve.context import Context
from rashomon.resolve.lexicon import given_names
from rashomon.resolve.parts import Parts
from rashomon.resolve.reasons import agreement_clauses
from rashomon.resolve.romanise import far, skeleton

_BLOCK = 150
"""Surnames with more full names than this are compared within given names only, so that pairs grow near-linearly."""


_SLIP_LENGTH = 5
"""Shorter words are not taken for slips of one another."""

_SHARED = 2
"""So many other names must articles share for a slip of a letter to be one."""


@dataclass(frozen=True, slots=True)
class Join:
    """How two full names agree: the lower `rank`, the surer."""

    rank: int
    why: str
    forms: bool = False  # by two forms of one given name, which may be two people's in one family


def _good(pair: Pair, left: Parts, right: Parts) -> bool:
    """Whether two words of people's names agree well enough: no slips, and known forms only of given names."""
    if pair.kind in (SAME, ROMANISED):
        return True
    last = len(left.words) - 1 in pair.left or len(right.words) - 1 in pair.right
    if pair.kind == INITIAL:  # a first name's initial stands first: J. Smith is not Anna J. Smith
        return not last and (pair.left[0] == 0) == (pair.right[0] == 0)
    return pair.kind == KNOWN and not last


def agreement(left: Parts, right: Parts) -> Join | None:
    """How two full names can be one person's; None where they cannot."""
    if left.generation and right.generation and left.generation != right.generation:
        return None
    if left.words == right.words:
        return Join(0, "")
    laid = align(left.words, right.words, left.unvowelled != right.unvowelled)
    if (laid.left and laid.right) or not all(_good(pair, left, right) for pair in laid.pairs):
        return None
    if not (_share_last(left, right, laid.pairs) or _turned(left, right, laid.pairs) or _leads(left, right, laid)):
        return None
    if _other_initials(left, right, laid):
        return None
    solid = [pair for pair in laid.pairs if pair.kind != INITIAL]
    weak = len(solid) < 2 and sum(len(pair.left) for pair in solid) < 2
    why = "; ".join(agreement_clauses(left, right, laid, True))
    forms = any(pair.kind == KNOWN for pair in laid.pairs)
    return Join(2 if weak else 1 if laid.left or laid.right else 0, why, forms)


def _share_last(left: Parts, right: Parts, pairs: Sequence[Pair]) -> bool:
    """Whether the last words of two names answer to each other."""
    return any(len(left.words) - 1 in pair.left and len(right.words) - 1 in pair.right for pair in pairs)


def _leads(left: Parts, right: Parts, laid: Alignment) -> bool:
    """Whether three words or more are the whole of one name and the start of the other (two family names, or one)."""
    whole = not laid.left or not laid.right
    straight = all(pair.left == pair.right and pair.kind in (SAME, ROMANISED) for pair in laid.pairs)
    return whole and straight and len(laid.pairs) >= 3


def _other_initials(left: Parts, right: Parts, laid: Alignment) -> bool:
    """Whether both names have something between first and last, and one an initial more: George H. W., George W."""
    middles = min(len(left.words), len(right.words)) > 2
    return middles and any(
        len(parts.words[place]) == 1 for parts, places in ((left, laid.left), (right, laid.right)) for place in places
    )


def _turned(left: Parts, right: Parts, pairs: Sequence[Pair]) -> bool:
    """Whether two names hold the same words in another order, as where the family name stands first."""
    return len(left.words) == len(right.words) == len(pairs) and all(p.kind in (SAME, ROMANISED) for p in pairs)


def slip(left: Parts, right: Parts) -> Join | None:
    """One word spelt with a letter more, less or other, all else alike; only where context supports it.

    Not a final a (a woman's surname), not two known given names (Marta, Maria), not a word of fewer than five letters.
    """
    laid = align(left.words, right.words)
    wrong = [pair for pair in laid.pairs if pair.kind == MISSPELT]
    if laid.left or laid.right or len(wrong) != 1 or wrong[0].edits != 1 or left.unvowelled != right.unvowelled:
        return None
    if not all(_good(pair, left, right) and pair.kind != INITIAL for pair in laid.pairs if pair.kind != MISSPELT):
        return None
    one, other = left.words[wrong[0].left[0]], right.words[wrong[0].right[0]]
    known = given_names()
    if min(len(one), len(other)) < _SLIP_LENGTH or (one in known and other in known):
        return None
    if one.removesuffix("a") == other or other.removesuffix("a") == one:
        return None
    return Join(3, "; ".join(agreement_clauses(left, right, laid, True)))


@dataclass(frozen=True, slots=True)
class FullName:
    """A name of two words or more, as written, and the articles where it stands."""

    parts: Parts
    shown: str
    articles: frozenset[str]


def _keys(parts: Parts) -> set[str]:
    """What two names of one person have in common, one key at least: see `agreement` and `slip`."""
    bones = [skeleton(word) for word in parts.words]
    keys = {bones[-1], "|".join(sorted(bones)), f"{bones[0]}|{parts.words[-1][:2]}"}
    return keys | {"|".join(bones[:3])} if len(bones) > 2 else keys


def _blocks(names: Sequence[FullName]) -> Iterable[list[int]]:
    """Full names that may be one; large blocks are parted by given name."""
    blocks: dict[str, list[int]] = collections.defaultdict(list)
    for k, name in enumerate(names):
        for key in sorted(_keys(name.parts)):
            blocks[key].append(k)
    for _, block in sorted(blocks.items()):
        if len(block) <= _BLOCK:
            yield block
            continue
        smaller: dict[str, list[int]] = collections.defaultdict(list)
        for k in block:
            for key in _given_keys(names[k].parts.words[0]):
                smaller[key].append(k)
        for _, group in sorted(smaller.items()):  # in alphabetical order, so that like names share a stretch
            yield from (group[at : at + _BLOCK] for at in range(0, len(group), _BLOCK // 2))


def _given_keys(word: str) -> list[str]:
    return [str(n) for n in sorted(given_names().get(word, ()))] or [skeleton(word)]


class _Agreements:
    """How pairs of full names agree, asked once a pair."""

    def __init__(self, names: Sequence[FullName], context: Context) -> None:
        self._names = names
        self._context = context
        self._cache: dict[tuple[int, int], Join | None] = {}

    def __call__(self, i: int, j: int) -> Join | None:
        key = (i, j) if i < j else (j, i)
        if key not in self._cache:
            one, other = self._names[key[0]], self._names[key[1]]
            join = agreement(one.parts, other.parts) or self._slip(one, other)
            # An article that has Anna and Hanna of one family name tells of two people.
            self._cache[key] = None if join and join.forms and one.articles & other.articles else join
        return self._cache[key]

    def _slip(self, one: FullName, other: FullName) -> Join | None:
        """A slip, where the two stand in different articles that share other names."""
        if one.articles & other.articles:
            return None
        join = slip(one.parts, other.parts)
        if not join:
            return None
        own = {far(name.parts.words[-1]) for name in (one, other)}
        shared = (self._context.telling(one.articles) & self._context.telling(other.articles)) - own
        return join if len(shared) >= _SHARED else None


def full_names(names: Sequence[FullName], context: Context) -> Clusters:
    """Join full names (two words or more) that can be one person's, the surest joins first.

    Of equally sure joins those of names that stand together come first. Names with an initial, or with fewer words, are
    left alone where they fit two people who cannot be one.
    """
    agree = _Agreements(names, context)
    clusters = Clusters(len(names), lambda i, j: agree(i, j) is None)
    edges: dict[tuple[int, int], Join] = {}
    for block in _blocks(names):
        for at, i in enumerate(block):
            for j in block[at + 1 :]:
                join = agree(i, j)
                if join:
                    edges[i, j] = join
    fits: dict[int, list[int]] = collections.defaultdict(list)
    for i, j in edges:
        fits[i].append(j)
        fits[j].append(i)
    order = sorted(edges, key=lambda e: (edges[e].rank, -len(names[e[0]].articles & names[e[1]].articles), e))
    for i, j in order:
        join = edges[i, j]
        if join.rank and (_torn(fits[i], clusters, agree) or _torn(fits[j], clusters, agree)):
            continue
        clusters.join(i, j, f"'{names[i].shown}' and '{names[j].shown}': {join.why}" if join.why else "")
    return clusters


def _torn(others: Sequence[int], clusters: Clusters, agree: _Agreements) -> bool:
    """Whether a name fits two that cannot be one person."""
    return any(
        clusters.find(a) != clusters.find(b) and agree(a, b) is None
        for k, a in enumerate(others)
        for b in others[k + 1 :]
    )
