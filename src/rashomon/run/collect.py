"""The first step of a run: new sources into partitions, and what could not be read into `rejected`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from rashomon.model.arrow import from_arrow, to_table
from rashomon.model.identity import digest
from rashomon.model.records import Rejected, Source
from rashomon.read.intake import Address, Intake
from rashomon.read.sources import collect
from rashomon.run.progress import Progress
from rashomon.settings import Settings
from rashomon.store.files import write_parquet

if TYPE_CHECKING:
    from rashomon.read.web.reading import Web


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection met: sources new to the dossier, sources already there, and what was rejected."""

    new: int
    known: int
    rejected: int


def held(work: Path) -> list[tuple[str, str]]:
    """(source_uri, SHA-256) of every source in the dossier, sorted."""
    found: list[tuple[str, str]] = []
    for path in (work / "sources").glob("*.parquet"):
        table = pq.read_table(path, columns=["source_uri", "sha256"])
        found += zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True)
    return sorted(found)


def rejections(work: Path) -> list[Rejected]:
    """What earlier collections and this one could not read, sorted."""
    path = work / "rejected.parquet"
    return from_arrow(Rejected, pq.read_table(path)) if path.is_file() else []


def gather(
    work: Path, inputs: Sequence[str], settings: Settings, progress: Progress, intake: Intake | None = None
) -> Collected:
    """Read `inputs` and keep what is new, a partition a file of `work`/sources, named by its content.

    They are taken in sorted order, so that partitions do not depend on the order in which they were given. A path
    rejected before and read now is rejected no more.
    """
    known = set(held(work))
    before = len(known)
    rejected: list[Rejected] = []
    met: set[str] = set()
    progress.begin("collect", 0)
    fetch = _Fetching(work, settings, intake or Intake())
    fresh = _fresh(collect(sorted(set(inputs)), settings.max_source, intake, fetch), known, rejected, met)
    new = 0
    while chunk := list(itertools.islice(fresh, settings.partition)):
        name = digest("\n".join(f"{s.source_uri} {s.sha256}" for s in chunk).encode())[:16]
        write_parquet(work / "sources" / f"{name}.parquet", to_table(Source, chunk))
        new += len(chunk)
        progress.advance(len(chunk))
    progress.end()
    kept = [row for row in rejections(work) if row.source_uri not in met]
    rows = sorted(set(kept + rejected), key=lambda r: (r.source_uri, r.stage, r.reason, r.detail))
    write_parquet(work / "rejected.parquet", to_table(Rejected, rows))
    fetch.end()
    return Collected(new, len(met) - new - len({r.source_uri for r in rejected}) if before else 0, len(rejected))


class _Fetching:
    """The network, made ready when a first address is to be fetched."""

    def __init__(self, work: Path, settings: Settings, intake: Intake) -> None:
        self._work, self._settings, self._intake = work, settings, intake
        self._web: Web | None = None

    def __call__(self, addresses: Iterable[Address]) -> Iterator[Source | Rejected]:
        from rashomon.read.web.memory import Memory
        from rashomon.read.web.reading import Web  # late: most runs read files only

        if self._web is None:
            self._web = Web(self._settings, self._intake, Memory(self._work / "web.json"))
        return self._web(addresses)

    def end(self) -> None:
        """Remember what was seen, now that the sources are written."""
        if self._web is not None:
            self._web.save()
            self._web.close()


def _fresh(
    found: Iterable[Source | Rejected], known: set[tuple[str, str]], rejected: list[Rejected], met: set[str]
) -> Iterator[Source]:
    """The sources that the dossier does not have; fills `rejected` and `met` with what goes by."""
    for item in found:
        met.add(item.source_uri)
        if isinstance(item, Rejected):
            rejected.append(item)
        elif (item.source_uri, item.sha256) not in known:
            known.add((item.source_uri, item.sha256))
            yield item


def sizes(work: Path) -> dict[str, int]:
    """The partitions of the dossier by name, sorted, and how many sources each holds."""
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted((work / "sources").glob("*.parquet"))}


def rejected_table(rows: Iterable[Rejected]) -> pa.Table:
    """Rows of the table `rejected`, sorted, each once."""
    ordered = sorted(set(rows), key=lambda r: (r.source_uri, r.stage, r.reason, r.detail))
    return to_table(Rejected, ordered)
