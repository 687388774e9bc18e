"""What the dossier is made of, and what is not in any event: told, not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rashomon.desk.shelf import Shelf
from rashomon.model.records import Article, Rejected
from rashomon.report import words
from rashomon.resolve import gazetteer
from rashomon.version import VERSION

_LISTED = 200  # rows of each list; the export has all


@dataclass(frozen=True, slots=True)
class Loose:
    """An article that a list of this page names."""

    article_id: str
    title: str
    outlet: str
    day: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What the page about the dossier shows."""

    dossier: str
    folder: str
    version: str  # of what serves this page
    made_by: str  # the version that made the dossier
    models: tuple[tuple[str, str], ...]  # package and version
    rows: tuple[tuple[str, int], ...]  # table and number of rows
    inputs: int
    placed: bool  # whether the gazetteer is installed
    reasons: tuple[tuple[str, int], ...]  # why sources were rejected, and how many
    rejected: tuple[Rejected, ...]
    alone: tuple[Loose, ...]  # articles in no event
    undated: tuple[Loose, ...]  # articles whose day is unknown
    counts: tuple[int, int, int]  # of all rejected, alone, undated


def about(shelf: Shelf) -> AboutPage:
    """The page about the dossier."""
    library, manifest = shelf.library, shelf.library.dossier.manifest
    alone = _where(shelf, "event_id", lambda value: value is None)
    undated = _where(shelf, "published_basis", lambda value: value == "unknown")
    return AboutPage(
        dossier=shelf.name,
        folder=str(library.path),
        version=VERSION,
        made_by=manifest.version,
        models=tuple(sorted(manifest.models.items())),
        rows=tuple((name, count) for name, count in manifest.rows.items() if count),
        inputs=len(manifest.inputs),
        placed=gazetteer.available(),
        reasons=tuple(sorted(manifest.rejected.items(), key=lambda item: (-item[1], item[0]))),
        rejected=tuple(library.at(Rejected, range(min(_LISTED, library.count(Rejected))))),
        alone=_loose(shelf, alone[:_LISTED]),
        undated=_loose(shelf, undated[:_LISTED]),
        counts=(library.count(Rejected), len(alone), len(undated)),
    )


def _where(shelf: Shelf, column: str, wanted: Callable[[str | None], bool]) -> list[int]:
    values = shelf.library.column(Article, column).to_pylist()
    return [n for n, value in enumerate(values) if wanted(value)]


def _loose(shelf: Shelf, numbers: Iterable[int]) -> tuple[Loose, ...]:
    found = [
        Loose(
            a.article_id,
            a.title or a.source_uri,
            a.outlet or "outlet not told",
            words.days(a.published_earliest, a.published_latest),
        )
        for a in shelf.library.at(Article, list(numbers))
    ]
    return tuple(sorted(found, key=lambda a: (a.title.casefold(), a.article_id)))
