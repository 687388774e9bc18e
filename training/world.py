"""Makes src/rashomon/desk/figures/world.json, the shapes of countries on the map of places.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m training.world package/countries-110m.json

Natural Earth, 1:110 million, in the public domain; the npm package world-atlas (ISC) carries it as TopoJSON.
Coordinates are kept to a tenth of a degree.
"""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

OUT = pathlib.Path(__file__).parents[1] / "src" / "rashomon" / "desk" / "figures" / "world.json"
Point = tuple[float, float]


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON holds whole numbers, each the distance from the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * sx + tx, 1), round(y * sy + ty, 1)))
        found.append(points)
    return found


def _ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """One outline; a negative number is an arc gone backwards."""
    ring: list[Point] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        for point in points[1 if ring else 0 :]:
            if not ring or point != ring[-1]:
                ring.append(point)
    return ring


def main(path: str) -> None:
    """Write the outlines of each country."""
    topology = json.loads(pathlib.Path(path).read_text("utf-8"))
    arcs = _arcs(topology)
    countries = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring for polygon in polygons for part in polygon if len(ring := _ring(arcs, part)) > 3]
        countries.append({"name": shape["properties"]["name"], "rings": rings})
    countries.sort(key=lambda country: country["name"])
    OUT.write_text(json.dumps(countries, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
