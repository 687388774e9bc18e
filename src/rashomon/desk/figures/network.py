"""Who is told of together: the actors of a storyline on a circle, joined where sentences of it name both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rashomon.model.records import Entity, Mention, Sentence
from rashomon.report import words

SIZE = 560.0
_RADIUS = 180.0
_MOST = 14  # actors: as many names as a circle holds apart
_LEAST = 2  # sentences that name both, for a line


@dataclass(frozen=True, slots=True)
class Node:
    """An actor on the circle."""

    entity_id: str
    name: str
    kind: str
    sentences: int
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str  # start, middle, end


@dataclass(frozen=True, slots=True)
class Edge:
    """Two actors that sentences name together."""

    one: Node
    other: Node
    sentences: int
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    """The actors and what joins them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(
    sentences: Iterable[Sentence], mentions: Iterable[Mention], entities: Mapping[str, Entity]
) -> Network | None:
    """The actors that most sentences name, and the pairs of them; None for fewer than three."""
    together = _together(sentences, mentions, entities)
    count = Counter(e for named in together for e in named)
    pairs = Counter(pair for named in together for pair in combinations(sorted(named), 2))
    joined = {e for pair, n in pairs.items() if n >= _LEAST for e in pair}
    shown = joined if len(joined) >= 3 else set(count)
    chosen = sorted(shown, key=lambda e: (-count[e], entities[e].name, e))[:_MOST]
    if len(chosen) < 3:
        return None
    order = _order(chosen, pairs)
    most = max(count[e] for e in order)
    nodes = {e: _node(entities[e], count[e], most, n, len(order)) for n, e in enumerate(order)}
    kept = [(a, b, n) for (a, b), n in sorted(pairs.items()) if n >= _LEAST and a in nodes and b in nodes]
    strongest = max((n for _, _, n in kept), default=1)
    edges = tuple(Edge(nodes[a], nodes[b], n, round(1 + 5 * n / strongest, 2)) for a, b, n in kept)
    return Network(tuple(nodes.values()), edges)


def _together(
    sentences: Iterable[Sentence], mentions: Iterable[Mention], entities: Mapping[str, Entity]
) -> list[set[str]]:
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        entity = entities.get(mention.entity_id or "")
        if entity is not None and entity.kind in ("person", "organisation"):
            named.setdefault(mention.article_id, []).append(mention)
    return [
        {m.entity_id for m in named.get(s.article_id, ()) if m.entity_id and s.start <= m.start and m.end <= s.end}
        for s in sentences
    ]


def _order(chosen: Sequence[str], pairs: Counter[tuple[str, str]]) -> list[str]:
    """Around the circle: each beside the one, of those left, that is told with it most."""
    order, left = [chosen[0]], list(chosen[1:])
    while left:
        last = order[-1]
        nearest = max(left, key=lambda e: (pairs[min(last, e), max(last, e)], -chosen.index(e)))
        order.append(nearest)
        left.remove(nearest)
    return order


def _node(entity: Entity, sentences: int, most: int, place: int, of: int) -> Node:
    angle = 2 * math.pi * place / of - math.pi / 2
    x, y = SIZE / 2 + _RADIUS * math.cos(angle), SIZE / 2 + _RADIUS * math.sin(angle)
    radius = 5 + 9 * math.sqrt(sentences / most)
    out = radius + 6
    sideways = math.cos(angle)
    return Node(
        *(entity.entity_id, words.shorten(words.one_line(entity.name), 24), entity.kind, sentences),
        *(round(x, 1), round(y, 1), round(radius, 1)),
        round(x + out * sideways, 1),
        round(y + out * math.sin(angle) + 4, 1),
        "middle" if abs(sideways) < 0.2 else "start" if sideways > 0 else "end",
    )
