"""The index of the search: one SQLite file for each state of a dossier, made aside and published by rename.

It holds no texts: a table of documents (what, where, whose, when) and the inverted lists of FTS5 (BM25, positions).
Words are made here, not by SQLite, so that what is found and what is marked cannot fall apart. Furniture and comments
of an article are not searched.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rashomon.errors import DossierError
from rashomon.model.identity import digest
from rashomon.model.records import Article, Block, Claim, ClaimPassage, Quotation
from rashomon.store.files import aside
from rashomon.store.library import Library
from rashomon.store.search.words import forms

_LAYOUT = 2  # raised when what is written here changes
_SILENT = ("furniture", "comment")
_SOURCES = ("articles", "blocks", "quotations", "claims", "claim_passages")
_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, article_id TEXT NOT NULL, event_id TEXT,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, earliest TEXT, latest TEXT, speaker_id TEXT
);
CREATE TABLE outlets (outlet TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (outlet, number)) WITHOUT ROWID;
CREATE TABLE kinds (kind TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii');
"""

Document = tuple[tuple[Any, ...], set[str], str, str]  # its row of documents, outlets, words of title and body


def opened(library: Library) -> sqlite3.Connection:
    """A connection to the index of a dossier, made first if it is not there; in memory where nothing can be written."""
    state = repr((_LAYOUT, [library.dossier.manifest.tables.get(name, []) for name in _SOURCES]))
    path = library.path / "work" / "search" / f"{digest(state.encode())[:16]}.sqlite"
    if not path.is_file():
        try:
            _publish(path, library)
        except (DossierError, OSError):  # a medium that is only read, or full
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            _write(connection, library)
            return connection
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _publish(path: Path, library: Library) -> None:
    with aside(path) as temporary:
        temporary.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(temporary)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _write(connection, library)
    for old in path.parent.glob("*.sqlite"):  # of an earlier state of the dossier; whoever reads it keeps it open
        if old != path:
            old.unlink(missing_ok=True)


def _write(connection: sqlite3.Connection, library: Library) -> None:
    connection.executescript(_SCHEMA)
    for number, (row, outlets, title, body) in enumerate(_documents(library), 1):
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
        connection.executemany("INSERT INTO outlets VALUES (?, ?)", [(outlet, number) for outlet in sorted(outlets)])
        connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, title, body))
    # Numbers of one kind follow each other, so that a kind is a range of numbers.
    connection.execute("INSERT INTO kinds SELECT kind, min(number), max(number) FROM documents GROUP BY kind")
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()


def _documents(library: Library) -> Iterator[Document]:
    """Articles, quotations and claims, each kind in the order of its table."""
    columns = ("article_id", "outlet", "title", "published_earliest", "published_latest", "event_id")
    heads = {row[0]: row for row in zip(*(library.column(Article, c).to_pylist() for c in columns), strict=True)}
    yield from _articles(library, heads)
    yield from _quotations(library, heads)
    yield from _claims(library, heads)


def _articles(library: Library, heads: dict[str, Any]) -> Iterator[Document]:
    silent: dict[str, list[Block]] = defaultdict(list)
    for block in library.records(Block):
        if block.role in _SILENT:
            silent[block.article_id].append(block)
    texts = library.column(Article, "text")
    for number, (article_id, outlet, title, earliest, latest, event_id) in enumerate(heads.values()):
        text = texts[number].as_py()
        parts, at = [], 0
        for block in silent[article_id]:
            parts.append(text[at : block.start])
            at = block.end
        row = ("article", article_id, article_id, event_id, 0, len(text), earliest, latest, None)
        yield row, _known(outlet), _joined([title or ""]), _joined([*parts, text[at:]])


def _quotations(library: Library, heads: dict[str, Any]) -> Iterator[Document]:
    for quotation in library.records(Quotation):
        _, outlet, _, earliest, latest, event_id = heads[quotation.article_id]
        start, end = quotation.content[0].start, max(extent.end for extent in quotation.content)
        where = (quotation.article_id, event_id, start, end)
        row = ("quotation", quotation.quotation_id, *where, earliest, latest, quotation.speaker_id)
        yield row, _known(outlet), "", _joined([quotation.text])


def _claims(library: Library, heads: dict[str, Any]) -> Iterator[Document]:
    passages: dict[str, list[ClaimPassage]] = defaultdict(list)
    for passage in library.records(ClaimPassage):
        passages[passage.claim_id].append(passage)
    for claim in library.records(Claim):
        told = passages[claim.claim_id]
        clearest = next((passage for passage in told if passage.text == claim.text), None)
        if clearest is None:
            continue
        tellers = [heads[passage.article_id] for passage in told]
        earliest = min((teller[3] for teller in tellers if teller[3]), default=None)
        latest = max((teller[4] for teller in tellers if teller[4]), default=None)
        where = (clearest.article_id, claim.event_id, clearest.start, clearest.end)
        row = ("claim", claim.claim_id, *where, earliest, latest, None)
        yield row, {teller[1] for teller in tellers if teller[1]}, "", _joined([claim.text])


def _known(outlet: str | None) -> set[str]:
    return {outlet} if outlet else set()


def _joined(parts: Iterable[str]) -> str:
    return " ".join([form for part in parts for form in forms(part)])
