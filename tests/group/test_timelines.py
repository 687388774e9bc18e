"""Timelines: days counted by origins, sentences verbatim, copies no support, the benchmark's score."""

from __future__ import annotations

import datetime as dt
import random

from benchmarks import timelines as task
from rashomon.group.timelines import Telling, timeline

DOCS = [
    {
        "doc": "a",
        "date": "2031-05-06",
        "text": "The bridge over the Maren fell on 4 May 2031, killing nine people. Divers searched the river all day.",
    },
    {
        "doc": "b",
        "date": "2031-05-20",
        "text": "Karvonia opened an inquiry on 19 May 2031 into the bridge. The bridge over the Maren fell on 4 May.",
    },
    {
        "doc": "c",
        "date": "2031-06-02",
        "text": "The minister resigned on 1 June 2031 over the bridge of the Maren, which fell on 4 May 2031.",
    },
    {
        "doc": "d",
        "date": "2031-06-03",
        "text": "Dorvenko said the minister resigned on 1 June 2031 because the bridge of the Maren fell.",
    },
]


def told(docs: list[dict[str, str]]) -> list[Telling]:
    return task.tellings(docs)[0]


def test_days_are_of_happening_and_counted_by_origin() -> None:
    entries = timeline(told(DOCS), days=2)
    assert [e.day for e in entries] == [dt.date(2031, 5, 4), dt.date(2031, 6, 1)]
    assert [e.origins for e in entries] == [3, 2]
    assert entries[0].articles == ("a", "b", "c")


def test_copies_add_articles_and_no_support() -> None:
    copied = DOCS + [{**DOCS[1], "doc": f"copy{n}"} for n in range(6)]
    entry = next(e for e in timeline(told(copied), days=9) if e.day == dt.date(2031, 5, 19))
    assert (len(entry.articles), entry.origins) == (7, 1)
    assert [e.day for e in timeline(told(copied), days=2)] == [e.day for e in timeline(told(DOCS), days=2)]


def test_sentences_are_verbatim_and_tell_their_day() -> None:
    tellings, texts = task.tellings(DOCS)
    for entry in timeline(tellings, days=3, sentences=2):
        for passage in entry.passages:
            sentence = texts[passage.article_id][passage.start : passage.end]
            assert sentence.endswith((".", "day."))
            assert any(w in sentence for w in ("bridge", "Divers"))


def test_the_order_of_articles_does_not_matter() -> None:
    shuffled = DOCS[:]
    random.Random(5).shuffle(shuffled)
    assert timeline(told(shuffled), days=3, sentences=2) == timeline(told(DOCS), days=3, sentences=2)


def test_a_plan_is_no_happening() -> None:
    planned = [
        *DOCS,
        {"doc": "e", "date": "2031-06-03", "text": "A vote is set for 9 August 2031 in the capital of Karvonia."},
    ]
    assert max(e.day for e in timeline(told(planned))) <= dt.date(2031, 6, 3)


def test_the_benchmark_predicts_lengths_and_scores_its_own_reference_as_whole() -> None:
    row = {"topic": "bridge", "docs": DOCS, "lengths": [{"dates": 1, "sentences_per_date": 1}, {"dates": 3}]}
    found = list(task.predict([row]))
    assert [len(p["timeline"]) for p in found] == [1, 3]
    gold = {
        "topic": "bridge",
        "timelines": [
            {"dates": [{"date": e["date"], "text": " ".join(e["sentences"])} for e in p["timeline"]]} for p in found
        ],
    }
    figures = task.score([gold], found)
    assert figures == {"date_f1": 1.0, "align_rouge1_f1": 1.0, "align_rouge2_f1": 1.0, "timelines": 2}
    assert task.score([gold], [])["date_f1"] == 0.0
