"""Persons across articles: full names first, then initials, then surnames alone where only one person can be meant.

Precision first: given names that differ keep two people apart whatever else they share, and a surname alone is joined
only to a person whom its own article names in full, or else to the only bearer in the corpus or in the articles that
share other names with it.
"""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rashomon.resolve.align import INITIAL, KNOWN, ROMANISED, SAME, Alignment, Pair, align
from rashomon.resolve.clusters import Clusters
from rashomon.resolve.lexicon import given_names
from rashomon.resolve.parts import Parts
from rashomon.resolve.reasons import agreement_clauses
from rashomon.resolve.romanise import skeleton

_BLOCK = 150
"""Surnames with more full names than this are compared within given names only, so that pairs grow near-linearly."""


@dataclass(frozen=True, slots=True)
class Join:
    """How two full names agree: the lower `rank`, the surer."""

    rank: int
    why: str


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
    return Join(2 if weak else 1 if laid.left or laid.right else 0, why)


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


def _blocks(forms: Sequence[Parts], full: Iterable[int]) -> Iterable[list[int]]:
    """Full names that may be one, by the consonants of a word at either end; large blocks by given name as well."""
    blocks: dict[str, list[int]] = collections.defaultdict(list)
    for k in full:
        for word in sorted({skeleton(forms[k].words[-1]), skeleton(forms[k].words[0])}):
            blocks[word].append(k)
    for _, block in sorted(blocks.items()):
        if len(block) <= _BLOCK:
            yield block
            continue
        smaller: dict[str, list[int]] = collections.defaultdict(list)
        for k in block:
            for word in sorted({key for w in (forms[k].words[0], forms[k].words[-1]) for key in _given_keys(w)}):
                smaller[word].append(k)
        for _, group in sorted(smaller.items()):  # in alphabetical order, so that like names share a stretch
            yield from (group[at : at + _BLOCK] for at in range(0, len(group), _BLOCK // 2))


def _given_keys(word: str) -> list[str]:
    return [str(n) for n in sorted(given_names().get(word, ()))] or [skeleton(word)]


def full_names(forms: Sequence[Parts], articles: Sequence[frozenset[str]], shown: Sequence[str]) -> Clusters:
    """Join full names (two words or more) that can be one person's, the surest joins first.

    `shown`: each form as written. `articles`: where each stands; forms that stand together are joined before others of
    equal rank. Names with an initial, or with fewer words, are left alone where they fit two people who cannot be one.
    """
    cache: dict[tuple[int, int], Join | None] = {}

    def agree(i: int, j: int) -> Join | None:
        key = (i, j) if i < j else (j, i)
        if key not in cache:
            cache[key] = agreement(forms[key[0]], forms[key[1]])
        return cache[key]

    clusters = Clusters(len(forms), lambda i, j: agree(i, j) is None)
    edges: list[tuple[int, int, int, int]] = []
    seen: set[tuple[int, int]] = set()
    for block in _blocks(forms, range(len(forms))):
        for at, i in enumerate(block):
            for j in block[at + 1 :]:
                join = None if (i, j) in seen else agree(i, j)
                seen.add((i, j))
                if join:
                    edges.append((join.rank, -len(articles[i] & articles[j]), i, j))
    fits: dict[int, list[int]] = collections.defaultdict(list)
    for _, _, i, j in edges:
        fits[i].append(j)
        fits[j].append(i)
    for rank, _, i, j in sorted(edges):
        if rank and (_torn(i, fits, clusters, agree) or _torn(j, fits, clusters, agree)):
            continue
        join = agree(i, j)
        clusters.join(i, j, f"'{shown[i]}' and '{shown[j]}': {join.why}" if join and join.why else "")
    return clusters


def _torn(form: int, fits: dict[int, list[int]], clusters: Clusters, agree: Callable[[int, int], Join | None]) -> bool:
    """Whether a form fits two forms that cannot be one person."""
    others = fits[form]
    return any(
        agree(a, b) is None and clusters.find(a) != clusters.find(b)
        for k, a in enumerate(others)
        for b in others[k + 1 :]
    )
