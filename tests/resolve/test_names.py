"""Two spellings of a name: the verdict, and that its reason can be read."""

import gzip
import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import names as task
from rashomon.resolve.names import compare
from rashomon.resolve.romanise import far, kin, near

SHARED = pathlib.Path(__file__).parents[2].parent / "shared/data/names/dev.jsonl.gz"

MATCH = [
    ("Alyaksandr Lukashenko", "Alexander Lukashenko", "Person"),
    ("Mykhailo Dorvenka", "Mikhail Dorvenko", "Person"),
    ("Oleksandra Havrylenko", "Alexandra Gavrilenko", "Person"),
    ("TARSOV, Yevgeny", "Yevhen Tarsov", "Person"),
    ("Dr. Ingrid Falkner", "Ingrid Falkner", "Person"),
    ("I. Falkner", "Ingrid Falkner", "Person"),
    ("JP Falkner", "Jean-Pierre Falkner", "Person"),
    ("Viktor Ivanovich Maren", "Viktor Maren", "Person"),
    ("Bob Stenholm", "Robert Stenholm", "Person"),
    ("Виктор Марен", "Viktor Maren", "Person"),
    ("VictorMaren", "Victor Maren", "Person"),
    ("Brod Lines Ltd", "BROD LINES LIMITED", "Company"),
    ("OOO Brodlein", "Brodlein LLC", "Company"),
    ("Bank of Tarvinsk", "The Bank of Tarvinsk", "Organization"),
    ("MV Halcyon", "HALCYON", "Vessel"),
    ("Brigade forty-two", "Brigade 42", "Organization"),
]

NO_MATCH = [
    ("Sergei Lavrov", "Sergei Lvov", "Person"),
    ("Lavrov", "Lvov", "Person"),
    ("Vladimir Tarsov", "Volodymyr Branov", "Person"),
    ("Hassan bin Omar al-Karski", "Omar bin Hassan al-Karski", "Person"),
    ("Tomas Hallgren Jr.", "Tomas Hallgren Sr.", "Person"),
    ("Tomas Hallgren II", "Tomas Hallgren III", "Person"),
    ("Mikhail Dorvenko", "Pavel Dorvenko", "Person"),
    ("Anna Rosvik", "Anna Hallgren", "Person"),
    ("A. Maren", "Viktor Maren", "Person"),
    ("Hans Friedrich", "Friedrich Hans", "Person"),
    ("Third Fleet 3", "Third Fleet 4", "Organization"),
    ("Velmoran Gas Company", "Velmoran Oil Company", "Company"),
    ("", "Viktor Maren", "Person"),
    ("!?", "Viktor Maren", "Person"),
]


@pytest.mark.parametrize("name1, name2, schema", MATCH)
def test_matches(name1, name2, schema):
    assert compare(name1, name2, schema).match, compare(name1, name2, schema)


@pytest.mark.parametrize("name1, name2, schema", NO_MATCH)
def test_does_not_match(name1, name2, schema):
    assert not compare(name1, name2, schema).match, compare(name1, name2, schema)


def test_reason_names_the_parts():
    reason = compare("Alyaksandr Maren", "Alexander Maren").reason
    assert reason == "given names 'Alyaksandr' and 'Alexander' are forms of one name; surnames identical"


ONE_KEY = [
    (near, "sch", "sh"),
    (near, "kiev", "kyiv"),
    (near, "zelenskyy", "zelenskij"),
    (near, "tikhonoff", "tihonov"),
    (kin, "zhelgorod", "zhelhorod"),
    (far, "dorvenko", "dorvenka"),
    (far, "gavrilenko", "havrylenka"),
]
OTHER_KEYS = [
    (far, "lavrov", "lvov"),
    (near, "oman", "amman"),
    (kin, "auckland", "oakland"),
    (far, "berman", "bergman"),
]


@pytest.mark.parametrize("key, one, other", ONE_KEY)
def test_one_key(key, one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize("key, one, other", OTHER_KEYS)
def test_other_keys(key, one, other):
    assert key(one) != key(other)


NAME = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@settings(deadline=None)
@given(NAME, NAME, st.sampled_from(["Person", "Company", "Vessel"]))
def test_any_text_gets_a_verdict_that_does_not_depend_on_sides(name1, name2, schema):
    one, other = compare(name1, name2, schema), compare(name2, name1, schema)
    assert 0 <= one.score <= 1 and one.match == (one.score >= 0.5) and one.reason
    assert one.match == other.match and one.score == pytest.approx(other.score, abs=1e-3)


def test_development_pairs():
    if not SHARED.exists():
        pytest.skip("the development pairs are not on this machine")
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    predicted = list(task.predict({k: row[k] for k in ("name1", "name2", "schema")} for row in rows))
    assert task.score(rows, predicted)["f1"] >= 0.88
