"""Average-linkage agglomeration over sparse pairs: what was never a candidate counts as unlike."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rashomon.group.candidates import NEIGHBOURS


def clusters(size: int, linked: Iterable[tuple[int, int, float]], tied: Sequence[int], threshold: float) -> list[int]:
    """For each of `size` items the number of its cluster, which is its smallest item.

    `linked` are pairs with how likely the two belong together; `tied[i]` is an item that i stays with whatever the
    pairs say (itself for none). The two clusters with the highest mean over all their pairs are joined until no mean
    reaches `threshold`. A cluster larger than an item's list of neighbours is held to that many of its items, or no
    large event could ever be whole.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for item in range(size):
        members[tied[item]].append(item)
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, value in linked:
        a, b = tied[one], tied[other]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + value

    def mean(a: int, b: int) -> float:
        small, large = sorted((len(members[a]), len(members[b])))
        return sums[a][b] / (small * min(large, NEIGHBOURS))

    # Means below the threshold stay out of the heap: if a join raises one, it is put there anew.
    heap = [(-value, a, b) for a in sums for b in sums[a] if a < b and (value := mean(a, b)) >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if b not in sums.get(a, ()) or -mean(a, b) != negative:
            continue
        members[a] += members.pop(b)
        for other, value in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + value
        for other in sums[a]:
            if (value := mean(a, other)) >= threshold:
                heapq.heappush(heap, (-value, min(a, other), max(a, other)))
    found = [0] * size
    for items in members.values():
        for item in items:
            found[item] = min(items)
    return found
