from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.compare.wording import loaded, probability


def test_slurs_are_more_loaded_than_titles():
    assert loaded("disgraceful strongman", "The disgraceful strongman Orlo Vant spoke.") > loaded(
        "president", "The president Orlo Vant spoke."
    )


@given(st.text(max_size=60))
def test_scores_stay_between_nought_and_one(text):
    assert 0.0 <= probability(text) <= 1.0
    assert 0.0 <= loaded(text, f"It is {text}.") <= 1.0
