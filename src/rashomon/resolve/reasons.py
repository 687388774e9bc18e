"""Sentences on how two names agree, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.resolve.align import INITIAL, KNOWN, ROMANISED, SAME, Alignment, Pair
from rashomon.resolve.parts import Parts


def quoted(parts: Parts, places: Sequence[int]) -> str:
    """Words of a name as shown to people; they are folded, not verbatim."""
    return "'" + " ".join(parts.words[place].capitalize() for place in places) + "'"


def label(left: Parts, right: Parts, pair: Pair) -> str:
    """Which part of two people's names a pair is: given names, surnames; empty where a name is one word."""
    if len(left.words) < 2 or len(right.words) < 2:
        return ""
    last = len(left.words) - 1 in pair.left and len(right.words) - 1 in pair.right
    return "surnames " if last else "given names "


def clause(left: Parts, right: Parts, pair: Pair, people: bool) -> str:
    """How two words agree."""
    what = label(left, right, pair) if people else ""
    one, other = quoted(left, pair.left), quoted(right, pair.right)
    if pair.kind == ROMANISED:
        return f"{what}{one} and {other} are romanisations of one another"
    if pair.kind == KNOWN:
        return f"{what}{one} and {other} are forms of one name"
    if pair.kind == INITIAL:
        return f"{what}{one} and {other} agree as an initial"
    return f"{what}{one} and {other} differ in {pair.edits} letter{'s' * (pair.edits != 1)}"


def identical(left: Parts, right: Parts, pairs: Sequence[Pair], people: bool) -> str:
    """The words that are the same in both: by what they are where that is plain, else by themselves."""
    same = [pair for pair in pairs if pair.kind == SAME]
    if not same:
        return ""
    if people and len(same) == 1 and (what := label(left, right, same[0])):
        return f"{what.strip()} identical"
    return f"{' and '.join(quoted(left, pair.left) for pair in same)} identical"


def agreement_clauses(left: Parts, right: Parts, laid: Alignment, people: bool) -> list[str]:
    """How two names agree and where they do not, a clause a point."""
    pairs = sorted(laid.pairs, key=lambda pair: pair.left)
    clauses = [clause(left, right, pair, people) for pair in pairs if pair.kind != SAME]
    clauses += filter(None, [identical(left, right, pairs, people)])
    if laid.left and laid.right:
        clauses.append(f"{quoted(left, laid.left)} and {quoted(right, laid.right)} do not agree")
    elif laid.left or laid.right:
        only = quoted(left, laid.left) if laid.left else quoted(right, laid.right)
        clauses.append(f"{only} stands in one only")
    return clauses
