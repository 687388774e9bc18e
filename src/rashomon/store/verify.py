"""Proof of a dossier: every span re-sliced, every id resolved, every text found where it is said to stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rashomon.errors import DossierError, SpanError
from rashomon.model.identity import identify
from rashomon.model.span import Span
from rashomon.store.dossier import Dossier
from rashomon.store.tables import TABLES, TableSpec

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was checked."""

    rows: int
    spans: int
    references: int


def verify(dossier: Dossier) -> Verified:
    """Check the whole dossier.

    Raises SpanError for the first span that does not fit or has another text than recorded, DossierError for the first
    reference that leads nowhere, text that stands nowhere, or file that is missing.
    """
    texts = {row["article_id"]: row["text"] for row in _rows(dossier, "articles")}
    ids = {
        (table, column): set(dossier.table(table).column(column).to_pylist())
        for spec in TABLES
        for _, table, column in spec.refers
    }
    rows = spans = references = 0
    for spec in TABLES:
        for row in _rows(dossier, spec.name):
            rows += 1
            spans += _check_spans(spec, row, texts)
            references += _check_references(spec, row, ids)
    _check_articles(dossier)
    _check_blocks(dossier, texts)
    _check_verbatim(dossier, texts)
    _check_changes_of_events(dossier)
    return Verified(rows, spans, references)


def _rows(dossier: Dossier, name: str) -> Iterator[Row]:
    for batch in dossier.table(name).to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


def _spans(row: Row) -> Iterator[tuple[str, Span]]:
    """Every span of a row by the name of its columns: start/end, X_start/X_end, and lists of them."""
    for column, value in row.items():
        if column == "start" or column.endswith("_start"):
            stem = column.removesuffix("start")
            if f"{stem}end" in row and value is not None:
                yield stem.rstrip("_"), Span(value, row[f"{stem}end"])
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict) and "start" in item:
                    yield column, Span(item["start"], item["end"])


def _check_spans(spec: TableSpec, row: Row, texts: Mapping[str, str]) -> int:
    if "article_id" not in row or spec.name == "articles":
        return 0
    if spec.name == "revisions":
        return _check_changes(row, texts)
    text, sliced = texts[row["article_id"]], defaultdict(list)
    for name, span in _spans(row):
        try:
            sliced[name].append(span.of(text))
        except ValueError as error:
            raise SpanError(
                f"The table '{spec.name}' has a span that does not fit: {error} Row: {dict(row)}"
            ) from error
    for column, name in (("text", ""), ("text", "content"), ("of", "of")):
        if isinstance(row.get(column), str) and name in sliced and " ".join(sliced[name]) != row[column]:
            raise SpanError(f"The table '{spec.name}' has another text than its span: {sliced[name]} Row: {dict(row)}")
    return sum(map(len, sliced.values()))


def _check_changes(row: Row, texts: Mapping[str, str]) -> int:
    """Both sides of every change stand where they are said to; a side may be empty."""
    later, earlier = texts[row["article_id"]], texts[row["previous_id"]]
    for change in row["changes"]:
        sides = (
            (later, change["start"], change["end"], change["text"]),
            (
                earlier,
                change["previous_start"],
                change["previous_end"],
                change["previous_text"],
            ),
        )
        for text, start, end, told in sides:
            if not 0 <= start <= end <= len(text) or text[start:end] != told:
                raise SpanError(f"A change of revision {row['revision_id']} is not in the text at {start}: {told!r}")
    return 2 * len(row["changes"])


def _check_changes_of_events(dossier: Dossier) -> None:
    """The log of events leads to where its articles stand today: each change begins where the one before it ended.

    What an analyst moved stands elsewhere than it was grouped, and is in no log but that of judgements.
    """
    place = {row["article_id"]: row["event_id"] for row in _rows(dossier, "articles")}
    if any((row["table"], row["verb"]) == ("articles", "move") for row in _rows(dossier, "judgements")):
        place = {}
    logged: dict[str, str] = {}
    for row in _rows(dossier, "event_changes"):
        for article in row["articles"]:
            if logged.get(article, row["former_id"]) != row["former_id"]:
                raise DossierError(
                    f"Change {row['change_id']} takes {article} from {row['former_id']}, where it is not."
                )
            logged[article] = row["event_id"]
    for article, event in sorted(logged.items()):
        if place.get(article, event) != event:
            raise DossierError(f"{article} stands in {place[article]}, but 'event_changes' leads to {event}.")


def _check_references(spec: TableSpec, row: Row, ids: Mapping[tuple[str, str], set[str]]) -> int:
    checked = 0
    for column, table, target in spec.refers:
        if row[column] is not None:
            checked += 1
            if row[column] not in ids[table, target]:
                raise DossierError(f"'{spec.name}.{column}' names {row[column]}, which '{table}' does not have.")
    return checked


def _check_articles(dossier: Dossier) -> None:
    """An article's id is made from its text, so a changed text betrays itself."""
    for row in _rows(dossier, "articles"):
        if row["article_id"] != identify("a", row["outlet"] or "", row["url"] or "", row["text"]):
            raise DossierError(
                f"The text of article {row['article_id']} ({row['source_uri']}) is not the one first stored."
            )


def _check_blocks(dossier: Dossier, texts: Mapping[str, str]) -> None:
    """The blocks of an article do not overlap and hold every character that is not blank."""
    ends: dict[str, int] = defaultdict(int)
    for row in _rows(dossier, "blocks"):
        article = row["article_id"]
        if row["start"] < ends[article] or texts[article][ends[article] : row["start"]].strip():
            raise SpanError(f"The blocks of article {article} overlap or leave text out before {row['start']}.")
        ends[article] = row["end"]
    for article, text in texts.items():
        if text[ends[article] :].strip():
            raise SpanError(f"The blocks of article {article} leave out its text from {ends[article]} on.")


def _slice(texts: Mapping[str, str], place: Row) -> str:
    try:
        return Span(place["start"], place["end"]).of(texts[place["article_id"]])
    except ValueError as error:
        raise SpanError(f"The table 'utterances' has a place that does not fit: {error}") from error


def _check_verbatim(dossier: Dossier, texts: Mapping[str, str]) -> None:
    """Texts shown without a span of their own stand word for word in what they are said to come from."""

    def gather(table: str, key: str, value: Callable[[Row], str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in _rows(dossier, table):
            if row[key] is not None:
                found[row[key]].add(value(row))
        return found

    passages = gather("claim_passages", "claim_id", lambda r: r["text"])
    rendered = {
        row["utterance_id"]: {_slice(texts, place) for place in row["places"]} for row in _rows(dossier, "utterances")
    }
    named = gather("mentions", "entity_id", lambda r: r["text"])
    members: dict[str, set[str]] = defaultdict(set)
    for row in _rows(dossier, "articles"):
        members[row["event_id"]] |= {row["title"] or "", row["text"]}
    for table, key, sources in (
        ("claims", "claim_id", passages),
        ("utterances", "utterance_id", rendered),
    ):
        for row in _rows(dossier, table):
            if row["text"] not in sources[row[key]]:
                raise DossierError(f"The text of {row[key]} in '{table}' is none of its passages: {row['text']!r}")
    for row in _rows(dossier, "entities"):
        if row["name"] not in named[row["entity_id"]]:
            raise DossierError(f"The name of {row['entity_id']} is none of its mentions: {row['name']!r}")
    for row in _rows(dossier, "events"):
        if not any(row["title"] in text for text in members[row["event_id"]]):
            raise DossierError(f"The title of {row['event_id']} stands in none of its articles: {row['title']!r}")
