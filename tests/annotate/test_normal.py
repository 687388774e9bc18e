"""What is read beside what is stored: every character leads back, and stored words stay verbatim."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import rashomon
from rashomon.annotate.normal import Normalised, plain
from rashomon.store.verify import verify

READ = [
    ("the har\u00adbour of Ostrel", "the harbour of Ostrel"),
    ("zero\u200bwidth \u2060joined\ufeff", "zerowidth joined"),
    ("\u202eforged\u202c and \u2067isolated\u2069", "forged and isolated"),
    ("ten\u00a0men, 4\u202f000 crowns", "ten men, 4 000 crowns"),
    ("the o\ufb03ce \ufb01led", "the office filed"),
    ("\uff21\uff22 wide", "AB wide"),
    ("Cafe\u0301 Nin\u0303o", "Caf\u00e9 Ni\u00f1o"),
    (
        "the mayor\u00e2\u20ac\u2122s cafÃ© said \u00e2\u20acœno\u00e2\u20ac\x9d",
        "the mayor\u2019s café said \u201cno\u201d",
    ),
    ("“Smart” quotes – stay, as does «CAFÉ» of Ærø", "“Smart” quotes – stay, as does «CAFÉ» of Ærø"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("stored", "read"), READ)
def test_what_is_read(stored, read):
    assert plain(stored) == read
    assert plain(read) == read


ODD = st.text(st.sampled_from("ab é\u00ad\u200b\u202e\u00a0ﬁÃ©â€™e\u0301\n.A\u2066"), max_size=40)


@given(st.one_of(st.text(max_size=40), ODD))
@example("\u0301a\u00ad")
def test_every_character_leads_back(text):
    read = Normalised.of(text)
    if read is None:
        return
    assert len(read.text) == len(read.starts) == len(read.ends)
    for i in range(len(read.text)):
        start, end = read.back(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert not i or start >= read.back(i - 1, i)[0]
    for start in range(0, len(text), 3):
        low, high = read.forth(start, min(len(text), start + 5))
        assert 0 <= low <= high <= len(read.text)


def test_a_dossier_of_odd_letters_is_verbatim_and_joins_spellings(tmp_path):
    lines = [
        "The harbour of Ostrel was closed on Monday, the head of the port, Mirela Toskan, said.",
        "Mirela Tos\u00adkan told re\u00adporters on 4\u00a0March 2031: \u201cTwo men were hurt.\u201d",
        "The mayor\u00e2\u20ac\u2122s o\ufb03ce said that \u202a12\u202c people had no water.",
    ]
    for number, line in enumerate(lines):
        text = "\n".join([*lines[:1], line, *lines[:1]]) if number else line
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({"text": text, "outlet": f"O{number}", "title": "Port"}))
    dossier = rashomon.read([tmp_path], into=tmp_path / "d")
    verify(dossier)
    texts = {row["article_id"]: row["text"] for row in dossier.table("articles").to_pylist()}
    mentions = dossier.table("mentions").to_pylist()
    assert all(texts[m["article_id"]][m["start"] : m["end"]] == m["text"] for m in mentions)
    hidden = [m for m in mentions if m["text"] == "Mirela Tos\u00adkan"]
    clear = [m for m in mentions if m["text"] == "Mirela Toskan"]
    assert hidden and {m["entity_id"] for m in hidden} == {m["entity_id"] for m in clear}
    times = {t["text"]: t["value"] for t in dossier.table("times").to_pylist()}
    assert times["4\u00a0March 2031"] == "2031-03-04"
    amounts = [a for a in dossier.table("amounts").to_pylist() if a["low"] == 12]
    assert amounts and "12" in amounts[0]["text"]
