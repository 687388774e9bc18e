"""Sets that grow by joining and remember why; joining is refused where two members may not meet."""

from __future__ import annotations

from collections.abc import Callable


class Clusters:
    """Union of items 0..n-1; `apart(i, j)` tells whether two items may never be in one cluster."""

    def __init__(self, size: int, apart: Callable[[int, int], bool]) -> None:
        self._parent = list(range(size))
        self._members = [[item] for item in range(size)]
        self._apart = apart
        self.why: dict[int, list[str]] = {}

    def find(self, item: int) -> int:
        """The item that stands for the cluster of `item`."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def members(self, item: int) -> list[int]:
        """All items of the cluster of `item`."""
        return self._members[self.find(item)]

    def join(self, one: int, other: int, why: str = "") -> bool:
        """Join two clusters unless a member of one may not meet a member of the other; says whether they are one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        if any(self._apart(i, j) for i in self._members[first] for j in self._members[second]):
            return False
        self._parent[second] = first
        self._members[first] += self._members[second]
        self._members[second] = []
        reasons = self.why.pop(first, []) + self.why.pop(second, []) + ([why] if why else [])
        if reasons:
            self.why[first] = reasons
        return True
