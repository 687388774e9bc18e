from __future__ import annotations

import pytest

from rashomon.annotate.clauses import LONGEST, find
from rashomon.annotate.language import parse
from rashomon.model.records import Block, Clause

STORY = (
    "Nine sailors drowned and a dozen others were rescued when a ferry, which had left Dorvik at noon, sank "
    "near the mole. The minister said on Monday that the army would not withdraw. According to officials, the ship was "
    "carrying grain bought in Karsk. He may have blacked out. Nobody was hurt. Anna Velin, head of the harbour police, "
    "arrested the driver and searched his flat. Strong winds had delayed the boat."
)


def clauses(text: str) -> tuple[Clause, ...]:
    return find(parse("a-test", text, [Block("a-test", 0, len(text), "body", 1.0)]))


@pytest.fixture(scope="module")
def story() -> dict[str, Clause]:
    return {STORY[c.start : c.end]: c for c in clauses(STORY)}


@pytest.mark.parametrize(
    ("text", "predicate", "role", "modality", "negated"),
    [
        ("Nine sailors drowned", "drown", "main", "fact", False),
        ("a dozen others were rescued", "rescue", "coordinated", "fact", False),
        ("which had left Dorvik at noon", "leave", "relative", "fact", False),
        ("the army would not withdraw", "withdraw", "complement", "planned", True),
        ("According to officials, the ship was carrying grain", "carry", "main", "reported", False),
        ("bought in Karsk", "buy", "participial", "fact", False),
        ("He may have blacked out", "black", "main", "possible", False),
        ("Nobody was hurt", "hurt", "main", "fact", True),
        ("searched his flat", "search", "coordinated", "fact", False),
        ("head of the harbour police", "head", "nominal", "fact", False),
        ("Strong winds", "wind", "modified", "fact", False),
    ],
)
def test_frames(story, text, predicate, role, modality, negated):
    clause = story[text]
    assert (clause.predicate, clause.role, clause.modality, clause.negated) == (predicate, role, modality, negated)


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Tolmenian Defence Minister Yevgeny Tarsov spoke.", "Yevgeny Tarsov", "Tolmenian Defence Minister"),
        ("The police met 21-year-old student Mary Poe.", "Mary Poe", "21-year-old student"),
        ("The police met three students and the old mayor Anna Weiss.", "Anna Weiss", "old mayor"),
    ],
)
def test_a_description_is_whole_and_without_its_article(text, name, description):
    found = {text[c.subject_start : c.subject_end]: text[c.start : c.end] for c in clauses(text) if c.role == "nominal"}
    assert found[name] == description


def test_what_a_headline_is_about_is_no_description():
    assert not [c for c in clauses("Maren in Zhelgorod: warm words, cold guns") if c.role == "nominal"]


@pytest.mark.parametrize(
    ("text", "subject", "source"),
    [
        ("the army would not withdraw", "the army", "The minister"),
        ("According to officials, the ship was carrying grain", "the ship", "officials"),
        ("which had left Dorvik at noon", "a ferry", None),
        ("head of the harbour police", "Anna Velin", None),
    ],
)
def test_participants(story, text, subject, source):
    clause = story[text]
    assert STORY[clause.subject_start : clause.subject_end] == subject
    assert (STORY[clause.source_start : clause.source_end] if clause.source_start is not None else None) == source


def test_spans_are_short_trimmed_and_in_order():
    text = "The " + "very old and much loved grey " * 40 + "ferry sank, and the crew swam ashore. " + STORY
    found = clauses(text)
    assert [(c.start, c.end) for c in found] == sorted((c.start, c.end) for c in found)
    for clause in found:
        words = text[clause.start : clause.end]
        assert 0 < len(words) <= LONGEST
        assert words == words.strip(" ,;:.!?")
