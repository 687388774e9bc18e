"""Events read by hand beside those of task `accounts`: 91 more, of articles from `events`, `coreference`, `timelines`.

    rows(pathlib.Path("../shared/data"))

`readings.json` holds places only (set, article, start, end) with kind and relation: no sentence of the data. They were
read as the six events of `accounts` were, in one go each and by other readers; two of the six were read again by them,
to see how far two readings agree (benchmarks/results/accounts.md). Articles of `coreference` and
`timelines` are rebuilt from tokens: spaces that these left are taken out first, and places count in what is left.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import re
from typing import Any

Row = dict[str, Any]

_HERE = pathlib.Path(__file__).with_name("readings.json")
_ADDRESS = re.compile(r"\s*(https?|www)\s*[:.]")
_MENDING = (
    (re.compile(r"``|''"), '"'),
    (re.compile(r"(?<=\d): (?=\d\d)"), ":"),
    (re.compile(r"(?<=\d), (?=\d{3}\b)"), ","),
    (re.compile(r"(?<=\d)\. (?=\d)"), "."),
    (re.compile(r" (?=[%])"), ""),
    (re.compile(r"(?<=[$£€]) (?=\d)"), ""),
    (re.compile(r"(?<=\w) ' s\b"), "'s"),
)
_APART = re.compile(r"(?<=\w) - (?=\w)")
_TOKENS = (
    (re.compile(r"``|''"), '"'),
    (re.compile(r" ([,.;:?!%)])"), r"\1"),
    (re.compile(r"([($]) "), r"\1"),
    (re.compile(r" ('s|n't|'re|'ve|'ll|'d|'m)\b"), r"\1"),
    (re.compile(r"\n{2,}"), "\n"),
)


def mended(text: str) -> str:
    """A text of the task `coreference` without addresses and without the spaces that its tokens leave in figures."""
    text = "\n".join(line for line in text.split("\n") if not _ADDRESS.match(line))
    text = _MENDING[0][0].sub(_MENDING[0][1], text)
    if not re.search(r"\w-\w", text):
        text = _APART.sub("-", text)
    for pattern, into in _MENDING[1:]:
        text = pattern.sub(into, text)
    return text.strip()


def joined(text: str) -> str:
    """A text of the task `timelines` without the spaces that its tokens leave around marks."""
    text = text.replace("\\/", "/")
    for pattern, into in _TOKENS:
        text = pattern.sub(into, text)
    return text.strip()


def _lines(path: pathlib.Path) -> list[Row]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _articles(data: pathlib.Path) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in _lines(data / "events" / "dev.jsonl.gz"):
        found["events", str(row["doc"])] = row
    for row in _lines(data / "coreference" / "dev.jsonl.gz"):
        found["coreference", str(row["doc"])] = {"text": mended(row["text"]), "date": None}
    for topic in _lines(data / "timelines" / "dev.jsonl.gz"):
        for row in topic["docs"]:
            told = {"text": joined(row["text"]), "date": row["date"]}
            found["timelines", f"{topic['topic']}/{row['doc']}"] = told
    return found


def rows(data: pathlib.Path) -> list[Row]:
    """The events in the format of the task `accounts`; members have `start` and `end` beside their `text`."""
    articles = _articles(data)
    found: list[Row] = []
    for event in json.loads(_HERE.read_text(encoding="utf-8")):
        told = []
        for number, name in enumerate(event["articles"]):
            article = articles[event["task"], name]
            outlet, title = f"outlet {number}", article["text"].split("\n")[0][:120]
            told.append({"outlet": outlet, "title": title, **article, "doc": number})

        def members(places: list[list[int]], told: list[Row] = told) -> list[Row]:
            return [{"doc": d, "start": s, "end": e, "text": told[d]["text"][s:e]} for d, s, e in places]

        found.append(
            {
                "event": event["event"],
                "round": event["round"],
                "articles": told,
                "same": [{"members": members(places)} for places in event["same"]],
                "differ": [
                    {"kind": kind, "relation": relation, "sides": members(places)}
                    for kind, relation, places in event["differ"]
                ],
                "only": members(event["only"]),
                "utterances": [{"members": members(places)} for places in event["utterances"]],
                "furniture": [],
            }
        )
    return found
