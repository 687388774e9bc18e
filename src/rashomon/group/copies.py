"""Which articles repeat another's text: candidates by MinHash and shared shingles, each verified by aligned words."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rashomon.group.features import PERMUTATIONS, SHINGLE, ArticleFeatures
from rashomon.model.flow import Copy

NEAR = 0.6  # of the words of each of the two: a trimmed reprint, or one with a paragraph of its own
PARTIAL = 2 / 3  # of the words of one of the two, the tables' own definition of a partial copy
FEWEST = 25  # words; shorter texts coincide by chance (a headline, a picture's credit)
_BANDS = 32  # of 4 values: a pair with a third of its shingles in common is found nine times in ten
_SAMPLE = 8  # one shingle in eight stands for its text when a short text is looked for inside a long one
_SHARED = 3  # sampled shingles that two texts must share to be compared
_CROWD = 200  # a shingle in more articles than this is a standing phrase, not a trace of copying


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of the words of each of two texts stands, in runs of five, in the other."""

    first: float
    second: float


def _shingles(article: ArticleFeatures) -> npt.NDArray[np.uint32]:
    return np.frombuffer(article.shingles, dtype=np.uint32)


def _covered(own: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> float:
    """The share of the words of a text that lie in a shingle which the other has too."""
    hits = np.isin(own, other)
    words = np.zeros(len(own) + SHINGLE - 1, dtype=bool)
    for step in range(SHINGLE):
        words[step : step + len(own)] |= hits
    return float(words.mean())


def overlap(first: ArticleFeatures, second: ArticleFeatures) -> Overlap:
    """The aligned shares of two articles' words; zeros where either has none."""
    one, two = _shingles(first), _shingles(second)
    if not len(one) or not len(two):
        return Overlap(0.0, 0.0)
    return Overlap(_covered(one, two), _covered(two, one))


def _by_signature(articles: Sequence[ArticleFeatures]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band of their MinHash signatures."""
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    width = 4 * PERMUTATIONS // _BANDS
    for number, article in enumerate(articles):
        for band in range(_BANDS):
            buckets[band, article.signature[band * width : (band + 1) * width]].append(number)
    for members in buckets.values():
        yield from _chained(members)


def _chained(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a small group; in a large one each with the first and the one before it: cost stays linear."""
    if len(members) <= 16:
        yield from ((a, b) for k, b in enumerate(members) for a in members[:k])
        return
    for before, member in itertools.pairwise(members):
        yield members[0], member
        yield before, member


def _by_sample(articles: Sequence[ArticleFeatures]) -> Iterator[tuple[int, int]]:
    """Pairs that share several sampled shingles, whatever their lengths."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        hashes = np.unique(_shingles(article))
        for value in hashes[hashes % _SAMPLE == 0].tolist():
            holders[value].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in holders.values():
        if 1 < len(members) <= _CROWD:
            for pair in _chained(members):
                shared[pair] += 1
    yield from (pair for pair, count in shared.items() if count >= _SHARED)


def resembling(
    signatures: npt.NDArray[np.uint32], shingles: tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]], of: set[int]
) -> set[tuple[int, int]]:
    """The candidates among which the articles `of` are: pairs of numbers, ascending, as `copies` would look at them.

    `signatures` has a row an article; `shingles` tells where those of each article begin in the array beside it.
    """
    wanted = np.array(sorted(of), dtype=np.int64)
    found: set[tuple[int, int]] = set()
    halves = np.ascontiguousarray(signatures).view(np.uint64).reshape(len(signatures), _BANDS, -1)
    for band in range(_BANDS):
        mixed = halves[:, band, 0] * np.uint64(0x9E3779B97F4A7C15) ^ halves[:, band, 1]
        numbers = np.flatnonzero(np.isin(mixed, mixed[wanted]))
        found.update(pair for members in _sharing(mixed[numbers], numbers) for pair in _with(members, of))
    starts, hashes = shingles
    sampled = np.flatnonzero(hashes % _SAMPLE == 0)
    values, owners = hashes[sampled], np.searchsorted(starts, sampled, side="right") - 1
    taken = np.isin(values, values[np.isin(owners, wanted)])
    held = np.unique(values[taken].astype(np.int64) * len(starts) + owners[taken])
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in _sharing(held // len(starts), held % len(starts)):
        if len(members) <= _CROWD:
            for pair in _with(members, of):
                shared[pair] += 1
    return found | {pair for pair, count in shared.items() if count >= _SHARED}


def _sharing(values: npt.NDArray[Any], numbers: npt.NDArray[np.int64]) -> Iterator[list[int]]:
    """The numbers that have a value in common, two or more, ascending."""
    order = np.lexsort((numbers, values))
    bounds = np.flatnonzero(np.diff(values[order]) != 0) + 1
    for part in np.split(numbers[order], bounds):
        if len(part) > 1:
            yield part.tolist()


def _with(members: Sequence[int], of: set[int]) -> Iterator[tuple[int, int]]:
    yield from ((min(pair), max(pair)) for pair in _chained(members) if pair[0] in of or pair[1] in of)


def _age(article: ArticleFeatures) -> tuple[str, int, str]:
    """The order in which origins are chosen: earliest day, then most complete, then smallest id."""
    return article.published_latest or "9999", -article.words, article.article_id


def _reason(copy: ArticleFeatures, holder: ArticleFeatures, origin: ArticleFeatures, share: float) -> str:
    """What was found, for people; `holder` is the text that was compared, a copy itself where it is not the origin."""
    credit = f"; it credits {copy.credit}" if copy.credit else ""
    via = "" if holder is origin else f", itself a copy of {origin.article_id}"
    where = f"{holder.outlet or 'another outlet'} ({holder.article_id})"
    return f"{share:.0%} of its {copy.words} words stand in {where} in runs of {SHINGLE} or more{via}{credit}"


def _near(articles: Sequence[ArticleFeatures], pairs: dict[tuple[int, int], Overlap]) -> dict[int, int]:
    """Copies of much the same length, each pointing at its origin; an origin is nobody's copy."""
    close: dict[int, set[int]] = defaultdict(set)
    for (a, b), shares in pairs.items():
        if min(shares.first, shares.second) >= NEAR:
            close[a].add(b)
            close[b].add(a)
    origin_of: dict[int, int] = {}
    for number in sorted(close, key=lambda n: _age(articles[n])):
        earlier = [o for o in close[number] if _age(articles[o]) < _age(articles[number])]
        if earlier:
            first = min(earlier, key=lambda o: _age(articles[o]))
            origin_of[number] = origin_of.get(first, first)
    return origin_of


def _partial(
    articles: Sequence[ArticleFeatures], pairs: dict[tuple[int, int], Overlap], near: dict[int, int]
) -> dict[int, int]:
    """Texts that stand for two thirds or more inside a longer one: the longer is what they are a part of."""
    inside: dict[int, tuple[float, int]] = {}
    for (a, b), shares in pairs.items():
        for part, whole, share in ((a, b, shares.first), (b, a, shares.second)):
            whole = near.get(whole, whole)
            if part in near or whole == part or share < PARTIAL or articles[part].words >= articles[whole].words:
                continue
            if (share, -whole) > inside.get(part, (0.0, 0)):
                inside[part] = (share, -whole)
    return {part: -whole for part, (_, whole) in inside.items()}


def copies(articles: Sequence[ArticleFeatures]) -> tuple[Copy, ...]:
    """The copies among `articles` (sorted by id), each with its origin; near-linear in the number of articles.

    An exact copy has the very words of its origin; of a near copy and its origin each shares three fifths of its words
    with the other; a partial one stands for two thirds inside a longer text. MinHash after Broder (1997), by rensa.
    """
    long = [a for a in articles if a.words >= FEWEST]
    candidates = {(min(p), max(p)) for p in _by_signature(long)} | {(min(p), max(p)) for p in _by_sample(long)}
    pairs = {(a, b): overlap(long[a], long[b]) for a, b in sorted(candidates)}
    origin_of = _near(long, pairs)
    partial = _partial(long, pairs, origin_of)
    found = []
    for number, holder in sorted({**partial, **origin_of}.items()):
        first = holder
        while first in partial:  # lengths only grow along partial copies, so this ends
            first = partial[first]
        copy, origin = long[number], long[first]
        kind = "exact" if copy.shingles == origin.shingles else "near" if number in origin_of else "partial"
        reason = _reason(copy, long[holder], origin, overlap(copy, long[holder]).first)
        found.append(Copy(copy.article_id, origin.article_id, kind, overlap(copy, origin).first, reason))
    return tuple(found)
