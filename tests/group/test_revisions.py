"""An article that changed at its address: which versions it has, what changed, and that support counts it once."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.group.address import address
from rashomon.group.revisions import revision
from rashomon.model.flow import Version, Versions
from rashomon.model.records import Block
from rashomon.store.verify import verify

URL = "https://www.gazette.example/2031/03/04/crane"
FIRST = (
    "The harbour of Ostrel was closed on Monday after a crane fell onto the northern quay, the port authority said.\n"
    "Two dockers were hurt and taken to the hospital of Velm.\n"
    "The authority's head, Ilva Torn, said that the quay would open again on Wednesday.\n"
)
SECOND = FIRST.replace("Two dockers were hurt", "Three dockers were hurt, one of them badly,")
THIRD = SECOND.replace(" again on Wednesday", "") + "A fourth docker was found under the wreck at noon.\n"
OTHER = "The council of Velm voted on Thursday to raise the price of water by a tenth.\nThe mayor voted against it.\n"


def record(text: str, retrieved: str | None, url: str = URL, title: str = "Crane falls") -> dict[str, str]:
    told = {"text": text, "url": url, "title": title, "outlet": "Velm Gazette", "published": "2031-03-04"}
    return told | ({"modified": retrieved} if retrieved else {})


VERSIONS = [
    record(FIRST, "2031-03-04T08:00:00Z"),
    record(SECOND, "2031-03-04T12:00:00Z", URL.replace("https://www.", "http://") + "/?utm_source=feed#top"),
    record(THIRD, "2031-03-05T07:00:00Z"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[::2])
def test_versions_are_told_in_any_order(tmp_path, order):
    for number, place in enumerate(order):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(VERSIONS[place]))
    dossier = rashomon.read([tmp_path], into=tmp_path / "d")
    verify(dossier)
    texts = {row["article_id"]: row for row in dossier.table("articles").to_pylist()}
    rows = sorted(dossier.table("revisions").to_pylist(), key=lambda row: row["at"])
    assert [(texts[r["previous_id"]]["text"], texts[r["article_id"]]["text"]) for r in rows] == [
        (FIRST, SECOND),
        (SECOND, THIRD),
    ]
    assert all(row["ordered"] for row in rows)
    first, later = (row["changes"] for row in rows)
    assert [(c["previous_text"], c["text"]) for c in first] == [("Two", "Three"), ("hurt", "hurt, one of them badly,")]
    assert later[-1]["text"].endswith("A fourth docker was found under the wreck at noon.")
    latest = next(a for a, row in texts.items() if row["text"] == THIRD)
    assert {row["copy_of"] for row in texts.values()} == {None, latest}
    (event,) = dossier.table("events").to_pylist()
    assert (event["articles"], event["origins"]) == (3, 1)
    assert not dossier.table("differences").num_rows


def test_two_articles_at_one_address_are_no_versions(tmp_path):
    given_ = [record(FIRST, None), record(OTHER, None, title="Water")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, given_)))
    dossier = rashomon.read([tmp_path / "a.jsonl"], into=tmp_path / "d")
    assert not dossier.table("revisions").num_rows


def test_where_nothing_tells_the_order_that_is_said(tmp_path):
    given_ = [record(FIRST, None), record(SECOND, None)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, given_)))
    dossier = rashomon.read([tmp_path / "a.jsonl"], into=tmp_path / "d")
    (row,) = dossier.table("revisions").to_pylist()
    assert row["ordered"] is False and row["at"] is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, None),
        ("https://gazette.example/", None),
        ("https://www.gazette.example", None),
        ("http://www.gazette.example/a/", "gazette.example/a"),
        ("https://gazette.example/a?utm_source=x&id=7#c", "gazette.example/a?id=7"),
        ("https://gazette.example/?p=9", "gazette.example?p=9"),
        ("https://[broken", None),
    ],
)
def test_addresses_as_versions_share_them(url, expected):
    assert address(url) == expected


SOME = ["the", "crane", "of", "Ostrel", "fell", "on", "two", "men", "today", ",", "and", "rose"]
words = st.lists(st.sampled_from(SOME), max_size=12).map(" ".join)


@given(st.lists(words.filter(bool), min_size=1, max_size=5), st.lists(words.filter(bool), min_size=1, max_size=5))
def test_changes_stand_in_both_texts_and_nothing_else_changed(old, new):
    def blocks(lines):
        starts = itertools.accumulate([0, *(len(line) + 1 for line in lines[:-1])])
        return tuple(Block("a", s, s + len(line), "body", 1.0) for s, line in zip(starts, lines, strict=True))

    pair = Versions(Version("b", "a", None, False), None, "\n".join(new), "\n".join(old), blocks(new), blocks(old))
    made = revision(pair)
    text, at = [], 0
    for change in made.changes:
        assert pair.text[change.start : change.end] == change.text
        assert pair.previous_text[change.previous_start : change.previous_end] == change.previous_text
        text += [pair.previous_text[at : change.previous_start], " ", change.text, " "]
        at = change.previous_end
    text.append(pair.previous_text[at:])
    assert "".join(text).split() == pair.text.split()
