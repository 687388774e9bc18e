"""Addresses to sources: pages as they are, feeds, sitemaps and lists followed to what they name."""

from __future__ import annotations

import datetime as dt
import io
import json
import pickle
import tempfile
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from rashomon.model.records import Rejected, Source
from rashomon.read import feeds
from rashomon.read.addresses import is_list
from rashomon.read.intake import COMMAND_LINE, Address, Intake
from rashomon.read.opened import Opened, whole
from rashomon.read.sources import READERS, by_look, by_name, unpacked
from rashomon.read.web.client import Answer, Client
from rashomon.read.web.guard import Refused, Resolve, resolved
from rashomon.read.web.memory import Memory, Visit
from rashomon.settings import Settings

_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/json": "json",
    "application/feed+json": "json",
    "application/x-ndjson": "json lines",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/vnd.apache.parquet": "parquet",
    "application/warc": "warc",
    "message/rfc822": "mail",
}
_GENERAL = (
    *("", "application/xml", "text/xml", "application/octet-stream", "binary/octet-stream", "text/plain"),
    *("application/gzip", "application/x-gzip"),
)
_PAGES = ("html", "text", "pdf", "docx", "mail")
_DEPTH = 3  # a sitemap of sitemaps of pages, and one more


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What came of one address: items in order, among them addresses to follow."""

    address: Address
    items: tuple[Source | Rejected | Address, ...]
    visit: Visit | None


class Web:
    """Fetches addresses for one run, with what is remembered of earlier ones; call `save` once the sources are safe."""

    def __init__(self, settings: Settings, intake: Intake, memory: Memory, resolve: Resolve = resolved) -> None:
        self._settings, self._intake, self._memory = settings, intake, memory
        self._client = Client(settings, intake.private, resolve)
        self._asked: set[str] = set()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def save(self) -> None:
        """Keep for the next run what this one saw."""
        self._memory.save()

    def __call__(self, addresses: Iterable[Address]) -> Iterator[Source | Rejected]:
        """What the addresses answered, in their order, and then what the feeds and lists among them named.

        Each failure is a Rejected row. An address is asked once; a page that a list named is not asked again within
        `web_recheck` hours, and one that has not changed since gives nothing.
        """
        wave = self._new(addresses)
        for depth in range(_DEPTH + 1):
            following: list[Address] = []
            for fetched in self._together(wave):
                named = [item for item in fetched.items if isinstance(item, Address)]
                yield from (item for item in fetched.items if not isinstance(item, Address))
                if fetched.visit is not None:
                    leads = tuple(item.url for item in named)
                    self._memory.keep(fetched.address.url, replace(fetched.visit, leads=leads))
                yield from self._beyond(fetched.address, named, depth)
                following += named[: self._settings.web_addresses] if depth < _DEPTH else []
            wave = self._new(following)
            if not wave:
                return

    def _new(self, addresses: Iterable[Address]) -> list[Address]:
        """Those not asked in this run, and not fresh from an earlier one."""
        now, hours = dt.datetime.now(dt.UTC), self._settings.web_recheck
        found = []
        for address in addresses:
            named = address.found_in != COMMAND_LINE
            if address.url in self._asked or (named and self._memory.is_fresh(address.url, now, hours)):
                continue
            self._asked.add(address.url)
            found.append(address)
        return found

    def _beyond(self, address: Address, named: list[Address], depth: int) -> Iterator[Rejected]:
        """What is not followed is told."""
        most = self._settings.web_addresses
        if named and depth >= _DEPTH:
            yield Rejected(address.url, "read", "too deep", f"The {len(named)} addresses in it are not followed.")
        elif len(named) > most:
            detail = f"It names {len(named):,} addresses; the first {most:,} are followed: see web_addresses."
            yield Rejected(address.url, "read", "too many", detail)

    def _together(self, wave: list[Address]) -> Iterator[_Fetched]:
        """Several hosts at a time, each host's addresses one after another; the results in the order of the wave.

        What came before its turn waits on disk, so that a wave may be of any size. Whoever stops taking stops the rest.
        """
        hosts: dict[str, list[int]] = {}
        for place, address in enumerate(wave):
            hosts.setdefault(_host(address.url), []).append(place)
        done: list[Future[Path]] = [Future() for _ in wave]
        enough = threading.Event()
        with (
            tempfile.TemporaryDirectory(prefix="rashomon-") as folder,
            ThreadPoolExecutor(max(1, self._settings.web_hosts)) as pool,
        ):
            try:
                for places in hosts.values():
                    pool.submit(self._run, [(wave[n], done[n], Path(folder, str(n))) for n in places], enough)
                for future in done:
                    waiting = future.result()
                    fetched: _Fetched = pickle.loads(waiting.read_bytes())
                    waiting.unlink()
                    yield fetched
            finally:
                enough.set()
                pool.shutdown(cancel_futures=True)

    def _run(self, wanted: list[tuple[Address, Future[Path], Path]], enough: threading.Event) -> None:
        for address, future, place in wanted:
            if enough.is_set():
                return
            try:
                place.write_bytes(pickle.dumps(self._one(address)))
                future.set_result(place)
            except BaseException as error:
                future.set_exception(error)

    def _one(self, address: Address) -> _Fetched:
        before = self._memory.of(address.url)
        try:
            answer = self._client.get(address.url, before)
        except Refused as error:
            found_in = "" if address.found_in == COMMAND_LINE else f" Named in {address.found_in}."
            row = Rejected(address.url, "read", error.reason, error.detail + found_in)
            return _Fetched(address, (row,), None)
        if answer.data is None:
            leads = tuple(Address(url, address.url) for url in answer.visit.leads)
            return _Fetched(address, leads, answer.visit)
        return _Fetched(address, tuple(self._items(address, answer, answer.data)), answer.visit)

    def _items(self, address: Address, answer: Answer, data: bytes) -> Iterator[Source | Rejected | Address]:
        kind = self._kind(address, answer, data)
        if kind is None:
            yield Rejected(address.url, "read", "unsupported", f"It is {answer.content_type}, which is not read.")
            return
        given = Opened(address.url, io.BytesIO(data), self._settings.max_source, self._intake.fields)
        if kind == "gzip":
            yield from (_told(item, answer) for item in unpacked(given, base=answer.url))
        elif kind in _PAGES:
            found = _told(whole(address.url, kind, data, self._settings.max_source), answer)
            named = json.dumps(address.told) if address.told else None
            yield replace(found, named=named) if isinstance(found, Source) else found
        else:
            read = READERS[kind] if kind != "feed" else partial(feeds.read, base=answer.url)
            yield from (_told(item, answer) for item in read(given))

    def _kind(self, address: Address, answer: Answer, data: bytes) -> str | None:
        """The format of an answer: by its type, where that says little by the name in the address, else by its look."""
        kind = _TYPES.get(answer.content_type)
        if kind is not None and kind != "text":
            return kind
        if answer.content_type not in _GENERAL:
            return None
        shown = by_look(data, self._intake.fields)
        named, packed = by_name(urlsplit(answer.url).path)
        if shown == "gzip" or kind is None:
            return named if named and not packed and shown == "text" else shown
        # What is called a plain text is one, unless it shows at once that it is not; a list of addresses is a choice.
        if shown in ("feed", "html", "table", "json", "json lines"):
            return shown
        return "addresses" if address.found_in == COMMAND_LINE and is_list(data) else "text"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""  # told when it is asked


def _told(item: Source | Rejected | Address, answer: Answer) -> Source | Rejected | Address:
    """A source with what the transport told of it."""
    if not isinstance(item, Source):
        return item
    retrieved = answer.visit.retrieved
    if item.kind == "json":
        return replace(item, retrieved=retrieved)
    return replace(item, url=answer.url, charset=answer.charset, retrieved=retrieved)
