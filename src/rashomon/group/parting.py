"""Parts an event that is two: tellings alike in words and names that fall into groups by the times they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from rashomon.group.evidence import Corpus
from rashomon.group.linkage import clusters
from rashomon.group.weighing import Floats

# Chosen on the development corpora: no figure falls, ECB+ gains .007 of BCubed F1; with .35 true events break.
BETWEEN = 0.25  # mean likeness of the times told by two groups, at most
WITHIN = 0.5  # and inside each, at least
_TELLING = 3  # marks of time; an article with fewer goes where its words are
_MOST = 200  # a larger event is left whole


def parts(corpus: Corpus, members: Sequence[int], likeness: Callable[[int, int], float]) -> list[list[int]]:
    """The parts of an event by the times told: `members` whole unless two groups of two or more part clearly.

    Two visits of the same people a year apart use the same words and names; what differs are the days, months and years
    that their tellings mention. `likeness` says where a member with few marks of time belongs.
    """
    telling = [m for m in members if len(corpus.articles[m].marks) >= _TELLING]
    if len(telling) < 4 or len(members) > _MOST:
        return [list(members)]
    alike = np.sqrt(
        np.maximum([corpus.marks.cosines(corpus.marks.row(m), np.array(telling, dtype=np.int64)) for m in telling], 0.0)
    )
    size = len(telling)
    linked = [(a, b, float(alike[a, b])) for a in range(size) for b in range(a + 1, size)]
    groups: dict[int, list[int]] = defaultdict(list)
    for number, leader in enumerate(clusters(size, linked, range(size), BETWEEN)):
        groups[leader].append(number)
    cores = [group for group in groups.values() if len(group) > 1 and _cohesion(alike, group) >= WITHIN]
    if len(cores) < 2:
        return [list(members)]
    found = [[telling[n] for n in group] for group in cores]
    placed = {m for part in found for m in part}
    for member in (m for m in members if m not in placed):
        near = [
            float(np.mean([likeness(member, o) for o in part[: len(core)]]))
            for part, core in zip(found, cores, strict=True)
        ]
        found[near.index(max(near))].append(member)
    return [sorted(part) for part in found]


def _cohesion(alike: Floats, group: Sequence[int]) -> float:
    """The mean likeness of the pairs of a group."""
    return float(np.mean([alike[a, b] for k, b in enumerate(group) for a in group[:k]]))
