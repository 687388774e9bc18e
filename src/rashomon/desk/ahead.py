"""What the first pages and searches need, read while the browser opens, so that nobody waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

from rashomon.errors import RashomonError
from rashomon.resolve import gazetteer
from rashomon.store.library import Library
from rashomon.store.tables import TABLES


def begin(dossier: Path) -> threading.Thread:
    """Start reading ahead in the background; it ends with the process."""
    thread = threading.Thread(target=read, args=(dossier,), name="read ahead", daemon=True)
    thread.start()
    return thread


def read(dossier: Path) -> None:
    """Read the columns by which rows are looked up, the names of places, and make the index of the search."""
    try:
        library = Library.current(dossier)
        for spec in TABLES:
            for column in sorted({spec.key, *(column for column, _, _ in spec.refers)} - {None}, key=str):
                library.numbers(spec.record, str(column), "")
        gazetteer.available()
        library.search.prepare()
    except RashomonError:
        return  # the page that needs it says what is wrong
