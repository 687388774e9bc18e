"""The figures of task accounts: agreement, differences, utterances, what only one tells, furniture.

A predicted passage hits a gold one if they share at least half of the shorter; passages over 400 characters count for
nothing. A group links gold members if it hits members in two articles.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

Row = dict[str, Any]
Place = tuple[int, int, int]  # doc, start, end
LONGEST = 400
FACTUAL = ("contradiction", "update", "scope", "granularity")
OWN = ("title", "body", "dateline")


def hits(a: Place, b: Place) -> bool:
    """Whether two places of one article share at least half of the shorter."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and shared > 0 and shared >= 0.5 * min(a[2] - a[1], b[2] - b[1])


def links(members: Sequence[Place], group: Sequence[Place]) -> bool:
    """Whether the group hits members in at least two articles."""
    return len({m[0] for m in members if any(hits(m, x) for x in group)}) >= 2


def _places(passages: Sequence[Row]) -> list[Place]:
    found = [(x["doc"], x["start"], x["end"]) for x in passages]
    return [x for x in found if x[2] - x[1] <= LONGEST]


def _pairs(places: Sequence[Place]) -> list[tuple[Place, Place]]:
    return [(a, b) for a, b in itertools.combinations(places, 2) if a[0] != b[0]]


def _fits(one: tuple[Place, Place], other: tuple[Place, Place]) -> bool:
    (a, b), (x, y) = one, other
    return (hits(a, x) and hits(b, y)) or (hits(a, y) and hits(b, x))


class Gold:
    """One event's gold, its passages found in the texts."""

    def __init__(self, row: Row) -> None:
        self._text = {a["doc"]: a["text"] for a in row["articles"]}
        self.same = [self._members(s["members"]) for s in row["same"]]
        self.differ = [(self._members(d["sides"]), d) for d in row["differ"]]
        self.only = [self._at(m) for m in row["only"]]
        self.utterances = [self._members(u["members"]) for u in row["utterances"]]
        self.furniture = [self._at(m) for m in row["furniture"]]

    def _at(self, member: Row) -> Place:
        start = self._text[member["doc"]].index(member["text"])
        return member["doc"], start, start + len(member["text"])

    def _members(self, members: Sequence[Row]) -> list[Place]:
        return [self._at(m) for m in members]


def _agreement(gold: Gold, groups: Sequence[Sequence[Place]], count: Counter[str]) -> None:
    claims = [g for g in groups if len({x[0] for x in g}) >= 2]
    count["same_gold"] += len(gold.same)
    count["same_found"] += sum(any(links(s, g) for g in claims) for s in gold.same)
    count["claims_pred"] += len(claims)
    count["claims_confirmed"] += sum(any(links(s, g) for s in gold.same) for g in claims)
    wanted = [pair for s in gold.same for pair in _pairs(s)]
    given = [pair for g in claims for pair in _pairs(g)]
    count["pairs_gold"] += len(wanted)
    count["pairs_pred"] += len(given)
    count["pairs_right"] += sum(any(_fits(w, g) for w in wanted) for g in given)
    count["pairs_found"] += sum(any(_fits(w, g) for g in given) for w in wanted)
    alone = [g[0] for g in groups if len({x[0] for x in g}) == 1]
    count["only_gold"] += len(gold.only)
    count["only_found"] += sum(any(hits(m, x) for x in alone) for m in gold.only)


def _closeness(members: Sequence[Place], sides: Sequence[Place]) -> float:
    total = 0.0
    for m in members:
        best = 0.0
        for x in sides:
            if x[0] == m[0]:
                shared = max(0, min(m[2], x[2]) - max(m[1], x[1]))
                best = max(best, shared / (max(m[2], x[2]) - min(m[1], x[1])))
        total += best
    return total


def _differences(gold: Gold, told: Sequence[tuple[list[Place], Row]], count: Counter[str]) -> None:
    used: set[int] = set()
    for factual in (True, False):
        name = "factual" if factual else "wording"
        for members, difference in gold.differ:
            if (difference["relation"] in FACTUAL) != factual:
                continue
            count[name + "_gold"] += 1
            fitting = [
                (_closeness(members, sides), n not in used, -n)
                for n, (sides, _) in enumerate(told)
                if links(members, sides)
            ]
            if fitting:
                n = -max(fitting)[2]
                used.add(n)
                count[name + "_found"] += 1
                count["matched"] += 1
                count["relation_ok"] += told[n][1].get("relation") == difference["relation"]
                count["kind_ok"] += told[n][1].get("kind") == difference["kind"]
    count["diffs_pred"] += len(told)
    for sides, _ in told:
        confirmed = any(links(members, sides) for members, _ in gold.differ)
        count["diffs_confirmed"] += confirmed
        count["diffs_are_same"] += not confirmed and any(links(members, sides) for members in gold.same)


def _utterances(gold: Gold, told: Sequence[Sequence[Place]], count: Counter[str]) -> None:
    count["utt_gold"] += len(gold.utterances)
    count["utt_found"] += sum(any(links(u, t) for t in told) for u in gold.utterances)
    count["utt_pred"] += len(told)
    count["utt_confirmed"] += sum(any(links(u, t) for u in gold.utterances) for t in told)


def _blocks(gold: Gold, blocks: Sequence[Row], count: Counter[str]) -> None:
    own = [(b["doc"], b["start"], b["end"]) for b in blocks if b["role"] in OWN]

    def inside(m: Place) -> bool:
        mine = [b for b in own if b[0] == m[0]]
        if any(b[1] <= m[1] + 2 and b[2] >= m[2] - 2 for b in mine):
            return True
        covered = sum(max(0, min(b[2], m[2]) - max(b[1], m[1])) for b in mine)
        return bool(covered >= 0.9 * (m[2] - m[1]))

    told = [m for s in gold.same for m in s] + [m for s, _ in gold.differ for m in s] + gold.only
    count["body_gold"] += len(told)
    count["body_kept"] += sum(inside(m) for m in told)
    count["furn_gold"] += len(gold.furniture)
    count["furn_dropped"] += sum(not inside(m) for m in gold.furniture)


def _events(gold: list[Row], predicted: list[Row]) -> Iterator[tuple[Gold, Row]]:
    by_event = {p["event"]: p for p in predicted}
    nothing: Row = {"claims": [], "differences": [], "utterances": [], "blocks": []}
    for row in gold:
        yield Gold(row), by_event.get(row["event"]) or nothing


def score(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """All figures over the events of `gold`; an event without a prediction counts as one that says nothing."""
    count: Counter[str] = Counter()
    for event, given in _events(gold, predicted):
        groups = [g for c in given["claims"] if (g := _places(c["passages"]))]
        _agreement(event, groups, count)
        told = [(_places(d["sides"]), d) for d in given["differences"]]
        _differences(event, [(s, d) for s, d in told if len({x[0] for x in s}) >= 2], count)
        _utterances(event, [_places(u["passages"]) for u in given.get("utterances", [])], count)
        _blocks(event, given.get("blocks", []), count)
    return _figures(count)


def _figures(count: Counter[str]) -> dict[str, Any]:
    def ratio(a: str, b: str) -> float | None:
        return round(count[a] / count[b], 4) if count[b] else None

    p = count["pairs_right"] / max(1, count["pairs_pred"])
    r = count["pairs_found"] / max(1, count["pairs_gold"])
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {
        "agreement_pairs": {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4)},
        "same_recall": ratio("same_found", "same_gold"),
        "claims_confirmed": ratio("claims_confirmed", "claims_pred"),
        "claims_pred": count["claims_pred"],
        "same_gold": count["same_gold"],
        "factual_difference_recall": ratio("factual_found", "factual_gold"),
        "wording_difference_recall": ratio("wording_found", "wording_gold"),
        "differences_confirmed": ratio("diffs_confirmed", "diffs_pred"),
        "differences_that_gold_calls_same": ratio("diffs_are_same", "diffs_pred"),
        "diffs_pred": count["diffs_pred"],
        "diff_gold": count["factual_gold"] + count["wording_gold"],
        "relation_accuracy": ratio("relation_ok", "matched"),
        "kind_accuracy": ratio("kind_ok", "matched"),
        "utterance_recall": ratio("utt_found", "utt_gold"),
        "utterances_confirmed": ratio("utt_confirmed", "utt_pred"),
        "only_recall": ratio("only_found", "only_gold"),
        "body_kept": ratio("body_kept", "body_gold"),
        "furniture_dropped": ratio("furn_dropped", "furn_gold"),
    }
