"""Judgements as the pages show them: what was corrected here, what the last one changed, whether this browser may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.desk.outcome import Altered
from rashomon.desk.shelf import Shelf
from rashomon.model.judging import Detail
from rashomon.model.records import Judgement
from rashomon.report import words
from rashomon.store import judgements


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement as the pages list it."""

    judgement_id: str
    verb: str
    told: str  # what it is about, in words
    why: str
    by: str
    at: str
    standing: bool
    address: str | None  # a page of what it is about, as long as that is there


@dataclass(frozen=True, slots=True)
class Bench:
    """Who asks for a page, as far as judgements go."""

    writes: bool  # whether this browser may correct
    given: str = ""  # the judgement that was just given or withdrawn
    outcome: tuple[Altered, ...] | None = None  # what it changed, as long as the desk remembers


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of a page: those that stand and those that were withdrawn, the latest first."""

    bench: Bench
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class JudgementsPage:
    """What the page of all judgements shows."""

    dossier: str
    judged: Judged


def judged(shelf: Shelf, bench: Bench, ids: Iterable[str], articles: Iterable[str] = ()) -> Judged:
    """The judgements about any of the ids, or that dismiss what some of the articles tell."""
    wanted, told = set(ids), set(articles)
    found = [
        j
        for j in judgements.load(shelf.library.path)
        if wanted & set((detail := Detail.of(j.detail)).ids) or told & {p.article_id for p in detail.places}
    ]
    return Judged(bench, _listed(shelf, found))


def judgements_page(shelf: Shelf, bench: Bench) -> JudgementsPage:
    """Every judgement ever given."""
    return JudgementsPage(shelf.name, Judged(bench, _listed(shelf, judgements.load(shelf.library.path))))


def _listed(shelf: Shelf, found: Iterable[Judgement]) -> tuple[Ruling, ...]:
    ordered = sorted(found, key=lambda j: (j.at, j.judgement_id), reverse=True)
    return tuple(_ruling(shelf, j) for j in ordered)


def _ruling(shelf: Shelf, judgement: Judgement) -> Ruling:
    detail = Detail.of(judgement.detail)
    fullest = [max(names, key=lambda name: (len(name.split()), len(name)), default="?") for names in detail.spellings]
    told = " + ".join(fullest) + (f": {', '.join(detail.names)}" if detail.names else "")
    noun = judgement.table.removesuffix("s")
    return Ruling(
        judgement.judgement_id,
        judgement.verb,
        told or f"{noun} “{words.one_line(detail.about)}”",
        detail.why,
        judgement.by,
        judgement.at,
        judgement.retired_at is None,
        next(filter(None, map(shelf.address, detail.ids)), None),
    )
