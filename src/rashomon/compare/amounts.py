"""Amounts of two tellings beside each other: whether they measure the same, and whether their values can both hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.annotate.amounts.units import base
from rashomon.model.records import Amount


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in base units; `what` is the last word counted, in lower case and without a plural s."""

    amount: Amount
    low: float | None
    high: float | None
    unit: str | None
    what: str | None
    words: frozenset[str]  # all words counted, singular

    @property
    def exact(self) -> bool:
        """Whether it tells one value without a hedge."""
        return self.low == self.high and not self.amount.approximate

    @property
    def middle(self) -> float:
        """The one value to compare by: the bound told, or the middle of both."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        return sum(bounds) / len(bounds)


def singular(word: str) -> str:
    """A noun without the plural's ending, in lower case: only to compare, never shown."""
    word = word.lower()
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("men", "man"), ("children", "child")):
        if word.endswith(ending):
            return word[: -len(ending)] + rest
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def measures(amount: Amount) -> Iterator[Measure]:
    """The amount in base units (one at most; none where it has no bound)."""
    if amount.low is None and amount.high is None:
        return
    unit, factor = base(amount.unit)
    what = singular(amount.of.split()[-1]) if amount.of else None
    yield Measure(
        amount,
        None if amount.low is None else amount.low * factor,
        None if amount.high is None else amount.high * factor,
        unit,
        what,
        frozenset(singular(word) for word in (amount.of or "").replace("-", " ").split()),
    )


def alike(a: Measure, b: Measure) -> bool:
    """Whether both may count the same: one unit, and the same noun, or people on both sides."""
    if a.unit != b.unit:
        return False
    if a.unit is None:
        return a.what is not None and a.what == b.what
    if a.unit == "people" or a.what is None or b.what is None:
        return True
    return bool(a.words & b.words)


def agree(a: Measure, b: Measure) -> bool:
    """Whether the two say one thing: equal values and hedges."""
    return equal(a, b) and (None in (a.low, a.high) or a.exact == b.exact)


def equal(a: Measure, b: Measure) -> bool:
    """Whether the values are equal, however written or hedged, within a hundredth where a unit was converted."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return (a.low, a.high) == (b.low, b.high)
    tolerance = 0.01 if a.amount.unit != b.amount.unit else 1e-9
    return all(abs(x - y) <= tolerance * max(abs(x), abs(y), 1e-9) for x, y in ((a.low, b.low), (a.high, b.high)))


def compatible(a: Measure, b: Measure) -> bool:
    """Whether both can be true of the same count at the same moment: their ranges meet, hedges taken widely."""
    lowest_a, highest_a = _range(a)
    lowest_b, highest_b = _range(b)
    return lowest_a <= highest_b and lowest_b <= highest_a


def _range(m: Measure) -> tuple[float, float]:
    """The values a hearer would accept: a hedged value a tenth either way, `nearly` down to six sevenths."""
    hedge = 0.1 if m.amount.approximate else 0.0
    if m.low is None:
        return (m.high or 0.0) * 6 / 7, m.high or 0.0
    if m.high is None:
        return m.low, float("inf")
    return m.low * (1 - hedge), m.high * (1 + hedge)
