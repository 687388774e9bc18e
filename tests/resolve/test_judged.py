"""Judgements and knowledge applied to entities: what moves, what is told, what finds nothing."""

from __future__ import annotations

import dataclasses

import pytest

from rashomon.model.flow import Judged, Known, Link
from rashomon.model.judging import Detail
from rashomon.model.records import Entity, Judgement, Mention, Variant
from rashomon.resolve.judged import judged

NAMES = [  # entity, article, chain, text, form
    ("n-1", "a-1", 1, "Ilse Tovander", "name"),
    ("n-1", "a-1", 1, "she", "pronoun"),
    ("n-1", "a-2", 1, "Tovander", "name"),
    ("n-1", "a-3", 4, "Ilsa Tovandre", "name"),
    ("n-1", "a-3", 4, "her", "pronoun"),
    ("n-2", "a-2", 2, "Ilze Tovandere", "name"),
    ("n-3", "a-3", 1, "Norra Line", "name"),
]
MENTIONS = tuple(
    Mention(
        f"m-{n}",
        article,
        n * 20,
        n * 20 + len(text),
        text,
        "organisation" if entity == "n-3" else "person",
        form,
        chain,
        "",
    )
    for n, (entity, article, chain, text, form) in enumerate(NAMES)
)
LINKS = tuple(Link(m.mention_id, row[0]) for m, row in zip(MENTIONS, NAMES, strict=True))
ENTITIES = (
    Entity(
        "n-1",
        "person",
        "Ilse Tovander",
        (Variant("Ilse Tovander", 1), Variant("Tovander", 1), Variant("Ilsa Tovandre", 1)),
        "Three.",
    ),
    Entity("n-2", "person", "Ilze Tovandere", (Variant("Ilze Tovandere", 1),), "One."),
    Entity("n-3", "organisation", "Norra Line", (Variant("Norra Line", 1),), "One."),
)


def judgement(verb, ids, names=(), spellings=None, at="2031-03-04T10:00:00Z", number=1):
    held = {e.entity_id: tuple(v.text for v in e.variants) for e in ENTITIES}
    spelt = spellings or tuple(held.get(i, ()) for i in ids)
    return Judgement(
        f"j-{number}", at, "Mo", verb, "entities", ids[0], Detail(spelt, ids, names, "a look").text(), None
    )


def after(*judgements, known=()):
    found = judged(Judged(ENTITIES, LINKS, MENTIONS, judgements, known))
    return {e.entity_id: e for e in found.entities}, {link.mention_id: link.entity_id for link in found.links}


def test_without_judgements_nothing_moves():
    entities, links = after()
    assert links == {link.mention_id: link.entity_id for link in LINKS}
    assert {e.name for e in entities.values()} == {"Ilse Tovander", "Ilze Tovandere", "Norra Line"}


def test_merged_entities_keep_the_first_id_and_name_and_say_who_joined_them():
    entities, links = after(judgement("merge", ("n-1", "n-2")))
    assert set(entities) == {"n-1", "n-3"}
    assert links["m-5"] == "n-1"
    assert {v.text for v in entities["n-1"].variants} == {
        "Ilse Tovander",
        "Tovander",
        "Ilsa Tovandre",
        "Ilze Tovandere",
    }
    assert entities["n-1"].reason == "Three. Joined by Mo, 2031-03-04 (j-1): a look."


def test_a_split_takes_the_pronouns_that_follow_the_name_along():
    entities, links = after(judgement("split", ("n-1",), ("Ilsa Tovandre",)))
    (other,) = set(entities) - {"n-1", "n-2", "n-3"}
    assert {m for m, e in links.items() if e == other} == {"m-3", "m-4"}
    assert entities[other].name == "Ilsa Tovandre"
    assert "Parted from Ilse Tovander by Mo" in entities[other].reason
    assert {v.text for v in entities["n-1"].variants} == {"Ilse Tovander", "Tovander"}


def test_a_split_of_every_spelling_does_nothing():
    entities, _ = after(judgement("split", ("n-2",), ("Ilze Tovandere",)))
    assert set(entities) == {"n-1", "n-2", "n-3"}


def test_a_name_is_one_of_its_spellings():
    entities, _ = after(judgement("rename", ("n-1",), ("Ilsa Tovandre",)))
    assert entities["n-1"].name == "Ilsa Tovandre"
    entities, _ = after(judgement("rename", ("n-1",), ("The Harbour Witch",)))
    assert entities["n-1"].name == "Ilse Tovander"


def test_confirmed_spellings_come_back_when_a_later_run_parts_them():
    confirmed = judgement("confirm", ("n-1",), spellings=(("Ilse Tovander", "Ilze Tovandere", "Tovander"),))
    entities, links = after(confirmed)
    assert links["m-5"] == "n-1" and "Confirmed by Mo" in entities["n-1"].reason


def test_an_entity_whose_id_changed_is_found_by_its_spellings():
    spelt = (("Ilse Tovander", "Tovander"), ("Ilze Tovandere",))
    entities, _ = after(judgement("merge", ("n-gone", "n-2"), spellings=spelt))
    assert set(entities) == {"n-1", "n-3"}


def test_judgements_that_find_nothing_or_are_withdrawn_change_nothing():
    lost = judgement("merge", ("n-8", "n-9"), spellings=(("Nobody Here",), ("Nor Here",)))
    withdrawn = dataclasses.replace(judgement("merge", ("n-1", "n-2")), retired_at="2031-03-05T00:00:00Z")
    entities, _ = after(lost, withdrawn)
    assert [e.reason for e in entities.values()] == ["Three.", "One.", "One."]


def test_they_are_applied_in_the_order_in_which_they_were_given():
    joined = judgement("merge", ("n-1", "n-2"), number=1)
    parted = judgement("split", ("n-1",), ("Ilze Tovandere",), (("Ilse Tovander",),), "2031-03-05T00:00:00Z", 2)
    entities, links = after(parted, joined)
    assert links["m-5"] not in ("n-1", "n-2")
    assert len(entities) == 3


def test_what_is_known_joins_its_names_and_gives_its_id():
    known = Known("Q7", "person", ("Ilse Tovander", "TOVANDERE, Ilze"))
    entities, links = after(known=(known,))
    assert entities["n-1"].known_as == "Q7" and links["m-5"] == "n-1"
    assert "The knowledge brought names it: Ilse Tovander (Q7)" in entities["n-1"].reason


@pytest.mark.parametrize(
    "known",
    [
        (Known("Q8", "person", ("Tovander",)),),  # a surname alone is many people's
        (Known("Q7", "person", ("Ilse Tovander",)), Known("Q8", "person", ("Ilse Tovander",))),
        (Known("Q9", "organisation", ("Ilse Tovander",)),),
    ],
)
def test_what_may_be_somebody_else_is_not_known(known):
    entities, _ = after(known=known)
    assert all(e.known_as is None for e in entities.values()) and len(entities) == 3
