from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.compare.wording import loaded, probability


def test_slurs_are_more_loaded_than_titles():
    assert loaded("disgraceful puppet") > 0.3 > loaded("president")


def test_the_most_loaded_word_counts():
    assert loaded("the disgraceful president") == loaded("disgraceful")
    assert loaded("the of and") == 0.0


def test_invective_is_more_likely_biased_than_a_report():
    report = "The council of Maren met on Tuesday and voted on the ferry timetable."
    invective = "The disgraceful puppets of the Maren council once again betrayed honest people on Tuesday."
    assert probability(report) < 0.5 < probability(invective)


@given(st.text(max_size=60))
def test_scores_stay_between_nought_and_one(text):
    assert 0.0 <= probability(text) <= 1.0
    assert 0.0 <= loaded(text) <= 1.0
