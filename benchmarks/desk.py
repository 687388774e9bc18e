"""How fast a large dossier answers: `python -m benchmarks.desk [--articles N] [--dossier FOLDER]`. Prints JSON.

Searches, the pages of the desk and the lists of the API, over HTTP on this machine's own address, each several times;
the first page also right after the start, when nothing has been read. Beside every time stands its ratio to the desk's
emptiest page (one that says that there is no such page) on the same machine, which says what the machine is worth.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from benchmarks._invented import Inventor
from rashomon.desk.app import application
from rashomon.model.records import Article, Entity, Event
from rashomon.store.dossier import Dossier
from rashomon.store.library import Library
from rashomon.store.search.hits import Search

TIMES = 7
EMPTY = "/there-is-no-such-page"


def timed(run: Callable[[], object], times: int = TIMES) -> dict[str, float]:
    """The median of a call's milliseconds by the clock, and of the processor's: what others do here does not count."""
    taken, worked = [], []
    for _ in range(times):
        start, working = time.perf_counter(), time.process_time()
        run()
        taken.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.process_time() - working))
    return {"ms": round(statistics.median(taken), 2), "processor_ms": round(statistics.median(worked), 2)}


def queries(library: Library) -> dict[str, str]:
    """Searches for what is rare and what is common, as people type them, in the words of this dossier."""
    words = sorted(set(library.text(_first(library)).lower().split()))
    names = [entity.name for entity in library.of(Entity, "kind", "person")[:3]]
    counted = {word: total for word in words if word.isalpha() and (total := library.search.find(word, limit=1).total)}
    common, *_ = sorted(counted, key=lambda word: -counted[word])
    rare, *_ = sorted(counted, key=lambda word: (counted[word], word))
    middle = sorted(counted, key=lambda word: counted[word])[len(counted) // 2]
    return {
        "a rare word": rare,
        "a word of the middle": middle,
        "the commonest word": common,
        "two words": f"{middle} {rare}",
        "a name": f'"{names[0]}"',
        "either name": f'"{names[0]}" OR "{names[1]}"',
        "a beginning": f"{middle[:3]}*",
        "a common word without another": f"{common} -{middle}",
    }


def _first(library: Library) -> str:
    return str(library.column(Article, "article_id")[0].as_py())


def searches(folder: Path) -> dict[str, Any]:
    """How long the index takes to make, its size, and each search."""
    library = Library(Dossier(folder))
    shutil.rmtree(folder / "work" / "search", ignore_errors=True)
    start, working = time.perf_counter(), time.process_time()
    Search(library).prepare()
    made, worked = round(time.perf_counter() - start, 1), round(time.process_time() - working, 1)
    (index,) = (folder / "work" / "search").glob("*.sqlite")
    found = {}
    for name, query in queries(library).items():
        total = library.search.find(query).total

        def run(asked: str = query) -> object:
            return library.search.find(asked)

        found[name] = {"hits": total, **timed(run)}
    return {
        "index_seconds": made,
        "index_processor_seconds": worked,
        "index_mb": round(index.stat().st_size / 1e6, 1),
        "searches": found,
    }


def addresses(folder: Path) -> dict[str, str]:
    """The pages of the desk and of the API, each of something typical."""
    library = Library(Dossier(folder))
    event = library.records(Event)[len(library.column(Event, "event_id")) // 2]
    article = library.of(Article, "event_id", event.event_id)[0]
    actor = max(library.of(Entity, "kind", "person"), key=lambda e: sum(v.articles for v in e.variants))
    return {
        "front": "/",
        "storyline": f"/storylines/{event.storyline_id}",
        "event": f"/events/{event.event_id}",
        "article": f"/articles/{article.article_id}",
        "actor": f"/entities/{actor.entity_id}",
        "search": f"/search?q={actor.name.split()[0]}",
        "api: events": "/api/events",
        "api: events of an outlet": f"/api/events?outlet={article.outlet}",
        "api: claims": "/api/claims",
        "api: claims of an event": f"/api/claims?event={event.event_id}",
        "api: differences": "/api/differences",
        "api: quotations of an actor": f"/api/quotations?speaker={actor.entity_id}",
        "api: entities by name": f"/api/entities?name={actor.name[:4]}",
        "api: search": f"/api/search?q={actor.name.split()[0]}",
        "api: passage": f"/api/passages?article_id={article.article_id}&start=0&end=100",
        "export: event, JSON-LD": f"/api/export/events/{event.event_id}.jsonld",
        "export: event, report": f"/api/export/events/{event.event_id}.html",
    }


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The desk on a free port of this machine, just started."""
    Library._open.clear()  # as a process that has just begun
    server = uvicorn.Server(uvicorn.Config(application(folder), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def pages(folder: Path) -> dict[str, Any]:
    """How long each page takes, first and then; in milliseconds and in empty pages."""
    found: dict[str, Any] = {}
    asked = addresses(folder)
    with serving(folder) as base, httpx.Client(base_url=base, timeout=120) as client:

        def get(address: str) -> int:
            answer = client.get(address)
            if answer.status_code != 200 and address != EMPTY:
                raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
            return len(answer.content)

        get(EMPTY)  # templates are compiled once
        cold = timed(lambda: get("/"), times=1)
        empty = timed(lambda: get(EMPTY), times=4 * TIMES)
        for name, address in asked.items():
            ask = functools.partial(get, address)
            first = cold if name == "front" else timed(ask, times=1)
            then = timed(ask)
            ratio = round(then["processor_ms"] / empty["processor_ms"], 1)
            found[name] = {"first": first, "then": then, "empty_pages": ratio, "kb": round(ask() / 1e3)}
    return {"empty_page": empty, "pages": found}


def main() -> int:
    """Make the dossier if none is given, time it, print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.desk", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--dossier", type=Path, help="one that exists already")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.dossier or Path(scratch) / "invented.dossier"
        if args.dossier is None:
            Inventor(args.articles).write(folder)
        rows = Dossier(folder).manifest.rows
        figures = {"rows": {name: rows[name] for name in ("articles", "events", "mentions", "quotations", "claims")}}
        sys.stdout.write(json.dumps({**figures, **searches(folder), **pages(folder)}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
