"""What two values can be to each other, by what they name and count, whatever a model says."""

from __future__ import annotations

from rashomon.compare import days
from rashomon.compare.amounts import compatible, equal
from rashomon.compare.candidates import Candidate
from rashomon.compare.numbers import said
from rashomon.compare.values import Value
from rashomon.model.span import Interval

DEAD = "dead"
"""The fate of people who are none of those that live."""
_MOSTLY = 0.6  # share of a value's characters that are its figure


def barred(pair: Candidate) -> frozenset[str]:
    """Kinds and relations that the values rule out.

    No number where not both have a figure, or all figures are the same; no date where neither has a time; no update
    where no telling is known to be later. Two figures or two times that cannot both hold are neither vague and exact
    nor two names, and two that can are no contradiction. One word for another (`border`, `frontier`) is not more exact.
    """
    ours, theirs = (Value(side) for side in pair.sides)
    found: set[str] = set() if _later(pair) else {"update"}
    if not (ours.timed or theirs.timed):
        found.add("date")
    if not (ours.amounts and theirs.amounts) or _figures(ours) == _figures(theirs):
        found.add("number")
    if _swapped(ours, theirs):
        found.add("granularity")
    hold = _both_hold(ours, theirs)
    if hold is not None:
        found |= {"contradiction"} if hold else {"granularity", "naming", "framing"}
    return frozenset(found)


def pointless(pair: Candidate) -> bool:
    """Whether the values cannot be one point told differently.

    So where both are one figure and little else, and the same, hedged or not (`more than 50`, `over 50`; `600`, `about
    600`: of 50 such pairs readers called 2 a difference), where one counts the dead and the other those that live, and
    where two times share no day and are not told exactly enough to contradict each other (`2021`, `Monday`).
    """
    ours, theirs = (Value(side) for side in pair.sides)
    fates = [_fates(v) for v in (ours, theirs)]
    if all(fates) and (DEAD in fates[0]) != (DEAD in fates[1]):
        return True
    if len(ours.amounts) == len(theirs.amounts) == 1 and equal(ours.amounts[0], theirs.amounts[0]):
        return all(len(v.amounts[0].amount.text) >= _MOSTLY * len(v.value) for v in (ours, theirs))
    return (
        _both_hold(ours, theirs) is False
        and _timed(ours, theirs)
        and days.judge(ours.times[0], theirs.times[0]) is None
    )


def _fates(value: Value) -> frozenset[str]:
    """What happened to the people that the value's one figure counts."""
    return said(value.passage, value.amounts[0])[2] if len(value.amounts) == 1 else frozenset()


def _swapped(ours: Value, theirs: Value) -> bool:
    """Whether the values have all but one word in common, and that one neither a name, nor a figure, nor a time."""
    own, other = ours.words - theirs.words, theirs.words - ours.words
    if len(own) != 1 or len(other) != 1 or not ours.words & theirs.words:
        return False
    plain = all(word in v.value for v, words in ((ours, own), (theirs, other)) for word in words)  # not capitalised
    return plain and _figures(ours) == _figures(theirs) and not (ours.times or theirs.times)


def _timed(ours: Value, theirs: Value) -> bool:
    return len(ours.times) == len(theirs.times) == 1 and not (ours.amounts or theirs.amounts)


def _later(pair: Candidate) -> bool:
    """Whether the rule found words of growth or change, or the tellings are of different days."""
    published = {(s.passage.article.published_best or "")[:10] for s in pair.sides}
    return pair.relation == "update" or (len(published) > 1 and "" not in published)


def _figures(value: Value) -> set[tuple[float | None, float | None, bool]]:
    return {(m.low, m.high, m.exact) for m in value.amounts}


def _both_hold(ours: Value, theirs: Value) -> bool | None:
    """Whether the one figure, or the one time, of each can be true beside the other's; None where that is not known."""
    if len(ours.amounts) == len(theirs.amounts) == 1:
        one, other = ours.amounts[0], theirs.amounts[0]
        return compatible(one, other) if one.unit == other.unit else None
    if _timed(ours, theirs):
        a, b = (Interval.iso(t.earliest, t.latest) for t in (ours.times[0], theirs.times[0]))
        return None if a is None or b is None or ours.times[0].type != theirs.times[0].type else a.meets(b)
    return None
