"""The named chains of an article: what is kept together and what falls apart."""

import pytest

from rashomon.model.records import Mention
from rashomon.resolve.chains import bare, units, untitled


def chain(kind, *texts):
    """One chain of one article; `~` before nominals."""
    return [
        Mention(f"m-{k}", "a-1", 50 * k, 50 * k + len(text), text.strip("~"), kind, form, 0, "")
        for k, text in enumerate(texts)
        for form in ["nominal" if text.startswith("~") else "name"]
    ]


def test_nominals_follow_the_largest_part_of_a_chain_of_unlike_names():
    first, second = units(chain("person", "Viktor Maren", "Maren", "Mikhail Dorvenko", "~the president"))
    assert first.name == "Viktor Maren" and [m.text for m in first.followers] == ["the president"]
    assert second.name == "Mikhail Dorvenko" and not second.followers


def test_an_acronym_stays_with_its_name():
    (unit,) = units(chain("organisation", "Velmoran Rail Union", "VRU"))
    assert unit.name == "Velmoran Rail Union" and len(unit.names) == 2


def test_the_fullest_name_stands_for_a_chain():
    (unit,) = units(chain("person", "Maren", "V. Maren", "Viktor Maren", "Maren"))
    assert unit.name == "Viktor Maren"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Maren’s", "Maren"),
        ("Hallgrens'", "Hallgrens"),
        ("“Viktor  Maren”", "Viktor Maren"),
        ("Viktor\nMaren |", "Viktor Maren"),
        ("U.S.", "U.S."),
    ],
)
def test_bare(text, expected):
    assert bare(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Superintendent Anna Rosvik", "Anna Rosvik"),
        ("Velmoran Foreign Minister Anna Rosvik", "Anna Rosvik"),
        ("President Maren", "President Maren"),
        ("Maren", "Maren"),
        ("King Viktor", "King Viktor"),
    ],
)
def test_untitled(text, expected):
    assert untitled(text) == expected
