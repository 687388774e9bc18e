"""The places of a storyline on the outlines of Natural Earth (1:110 million, public domain)."""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from rashomon.resolve.parts import folded

WIDTH, HEIGHT = 640.0, 360.0
_LEAST = 14.0  # degrees of longitude across at the least, so that a coast is in sight
_PAD = 0.25  # of the places' own extent, on each side

_LETTER = 7.0  # width of a letter of a name, as a rule

Ring = tuple[tuple[float, float], ...]
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be shown: its id and name, degrees north and east, and how many articles name it."""

    entity_id: str
    name: str
    latitude: float
    longitude: float
    articles: int
    exact: bool  # a town; the middle of a country neither widens the map nor stands beyond its edge


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map."""

    spot: Spot
    x: float
    y: float
    radius: float
    name: tuple[float, float, str] | None  # where its name stands, and its anchor; None where there is no room


@dataclass(frozen=True, slots=True)
class Atlas:
    """The outlines in view as one SVG path, and the places."""

    land: str
    dots: tuple[Dot, ...]


@functools.cache
def _countries() -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    told = json.loads(resources.files(__package__).joinpath("world.json").read_text("utf-8"))
    return tuple((c["name"], tuple(tuple((x, y) for x, y in ring) for ring in c["rings"])) for c in told)


def middle(name: str) -> tuple[float, float] | None:
    """Degrees north and east of the centroid of a country's largest outline; None if no country has that name."""
    wanted = folded(name)
    for country, rings in _countries():
        if folded(country) == wanted:
            return max(map(_centroid, rings))[1]
    return None


def _centroid(ring: Ring) -> tuple[float, tuple[float, float]]:
    """The area of an outline in square degrees, and its centroid: degrees north, degrees east."""
    area = north = east = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, north, east = area + cross, north + (y1 + y2) * cross, east + (x1 + x2) * cross
    return abs(area) / 2, (north / (3 * area), east / (3 * area)) if area else (ring[0][1], ring[0][0])


def atlas(spots: Sequence[Spot]) -> Atlas | None:
    """The map around the places; None where there is none."""
    if not spots:
        return None
    west, east, south, north = _window([s for s in spots if s.exact] or spots)
    spots = [s for s in spots if west <= s.longitude <= east and south <= s.latitude <= north]
    scale = WIDTH / (east - west)
    stretch = scale / math.cos(math.radians((south + north) / 2))

    def x(longitude: float) -> float:
        return round((longitude - west) * scale, 1)

    def y(latitude: float) -> float:
        return round((north - latitude) * stretch, 1)

    land = "".join(
        "M" + "L".join(f"{x(lon)} {y(lat)}" for lon, lat in ring) + "Z"
        for _, rings in _countries()
        for ring in rings
        if max(p[0] for p in ring) >= west
        and min(p[0] for p in ring) <= east
        and max(p[1] for p in ring) >= south
        and min(p[1] for p in ring) <= north
    )
    most = max(spot.articles for spot in spots)
    sized = [(s, x(s.longitude), y(s.latitude), round(4 + 5 * math.sqrt(s.articles / most), 1)) for s in spots]
    boxes = [(left - r, top - r, left + r, top + r) for _, left, top, r in sized]
    dots = tuple(Dot(s, left, top, r, _named(s.name, (left, top, r), boxes)) for s, left, top, r in sized)
    return Atlas(land, dots)


def _named(name: str, dot: tuple[float, float, float], taken: list[_Box]) -> tuple[float, float, str] | None:
    """Right of its dot, left, above or below, where it covers nothing of `taken`, to which it is added."""
    x, y, radius = dot
    long, out = _LETTER * len(name), radius + 4
    for left, base, anchor in (
        (x + out, y + 4, "start"),
        (x - out - long, y + 4, "end"),
        (x - long / 2, y - out, "middle"),
        (x - long / 2, y + out + 9, "middle"),
    ):
        box = (left, base - 11, left + long, base + 3)
        own = (x - radius, y - radius, x + radius, y + radius)
        if box[0] >= 0 and box[2] <= WIDTH and not any(_cover(box, other) for other in taken if other != own):
            taken.append(box)
            return round(left + {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * long, 1), round(base, 1), anchor
    return None


def _cover(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _window(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """West, east, south and north of what is shown, in the proportions of the picture."""
    low, high = min(s.latitude for s in spots), max(s.latitude for s in spots)
    left, right = min(s.longitude for s in spots), max(s.longitude for s in spots)
    flat = max(0.2, math.cos(math.radians((low + high) / 2)))
    across = max(_LEAST, (right - left) * (1 + 2 * _PAD), (high - low) * (1 + 2 * _PAD) / flat * WIDTH / HEIGHT)
    upright = across * flat * HEIGHT / WIDTH
    centre, height = (left + right) / 2, (low + high) / 2
    return centre - across / 2, centre + across / 2, height - upright / 2, height + upright / 2
