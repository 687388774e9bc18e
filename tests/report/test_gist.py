"""What a gist may say over its passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.report.gist import _EMPTY, LONGEST, _words, refusal

PASSAGES = (
    "The harbour office of Lorne said on Monday that seven barges had been towed to Pell.",
    "Seven barges were towed away to Pell, Lorne's harbour master announced.",
)
DENIED = ("The council did not close the ferry.", "The ferry wasn't closed, the council said.")


@pytest.mark.parametrize(
    ("gist", "passages", "why"),
    [
        ("Seven barges were towed to Pell.", PASSAGES, None),
        ("The harbour master of Lorne announces that seven barges are towed.", PASSAGES, None),
        ("Eight barges were towed to Pell.", PASSAGES, "no passage has 'eight'"),
        ("Seventy barges were towed to Pell.", PASSAGES, "no passage has 'seventy'"),
        ("7 barges were towed to Pell.", PASSAGES, "no passage has '7'"),
        ("Seven barges were towed to Marrow.", PASSAGES, "no passage has 'marrow'"),
        ("Seven barges were not towed to Pell.", PASSAGES, "no passage has 'not'"),
        ("The “barges” were towed to Pell.", PASSAGES, "it has a quotation mark (“)"),
        ("The council closed the ferry.", DENIED, "it leaves out a denial that every passage has"),
        ("The ferry was not closed, the council said.", DENIED, None),
        ("The harbour master announced it.", PASSAGES, "one passage has less than half of its words"),
        ("", PASSAGES, "it is empty"),
        ("They were there.", PASSAGES, "it says nothing"),
        ("barges " * 60, PASSAGES, f"it is longer than {LONGEST} characters"),
    ],
)
def test_a_gist_says_nothing_that_its_passages_do_not(gist, passages, why):
    assert refusal(gist, passages) == why


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=LONGEST).filter(str.strip))
def test_a_passage_is_a_gist_of_itself_wherever_it_says_something(passage):
    plain = passage.translate(dict.fromkeys(map(ord, '"“”«»„')))
    if plain.strip():
        says = any(word not in _EMPTY for word in _words(plain))
        assert refusal(plain, [plain]) == (None if says else "it says nothing")
