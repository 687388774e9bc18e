"""Judgements as a user gives them: of what, named by id or by a spelling; recorded, and the dossier brought up to date.

The command line, Python, the REST API and the desk all give judgements through `judge` and take them back through
`retire`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import getpass
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import QueryError, UnknownId
from rashomon.model.identity import identify
from rashomon.model.judging import Detail
from rashomon.model.records import (
    Article,
    Claim,
    ClaimPassage,
    Difference,
    DifferenceSide,
    Entity,
    Event,
    Judgement,
    Place,
)
from rashomon.run.job import Job, Summary
from rashomon.run.local import Local
from rashomon.run.progress import Progress, Silent
from rashomon.settings import Settings
from rashomon.store import judgements
from rashomon.store.dossier import Dossier
from rashomon.store.library import Library

VERBS = ("merge", "split", "rename", "confirm", "move", "dismiss")
_MANY = 1000
_ABOUT = {"merge": (2, _MANY, "two entities or more"), "move": (2, 2, "an article, and its event or 'new'")}
_NAMES = {"split": (1, _MANY, "spellings that are somebody else"), "rename": (1, 1, "the spelling that names it")}
NEW = "new"  # where an article is moved that belongs to no event there is


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody knows better.

    `about` names entities (merge: two or more, the first stays; split, rename, confirm: one) by id or spelling; an
    article and its event, or `new` (move); a difference or a claim (dismiss), by id. `names` are spellings: those that
    are somebody else (split), the one that names the entity (rename).
    """

    verb: str  # one of VERBS
    about: tuple[str, ...]
    names: tuple[str, ...] = ()
    why: str = ""
    by: str = ""  # who judges; the name of the account where not given


def judge(folder: Path, correction: Correction, progress: Progress | None = None) -> Judgement:
    """Record a correction and apply it, at this and every later run.

    QueryError (UnknownId for an id or spelling that there is not) where it says nothing; DossierError as a run.
    """
    made = _made(Library.current(folder), correction, _now())
    _job(folder, progress).judge(lambda log: given(log, made))
    return made


def retire(folder: Path, judgement_id: str, progress: Progress | None = None) -> Judgement:
    """Withdraw a judgement: it stays in the log, and is applied no more. UnknownId if none of that id stands."""
    at = _now()
    _job(folder, progress).judge(lambda log: retired(log, judgement_id, at))
    return next(j for j in judgements.load(folder) if j.judgement_id == judgement_id)


def adopt(folder: Path, others: Sequence[Judgement], progress: Progress | None = None) -> Summary:
    """Add the judgements of another dossier's log; those that find nothing lie idle."""
    return _job(folder, progress).judge(lambda mine: judgements.merged(mine, others))


def idle(dossier: Dossier) -> set[str]:
    """The ids of judgements that stand and change nothing: what they were about is not there, or has come back."""
    library = Library(dossier)
    told = " ".join(entity.reason for entity in library.records(Entity))
    told += " ".join(filter(None, library.column(Article, "event_reason").to_pylist()))
    standing = [j for j in judgements.load(dossier.path) if j.retired_at is None]
    return {
        j.judgement_id
        for j in standing
        if (not _left_out(library, j) if j.verb == "dismiss" else j.judgement_id not in told)
    }


def _left_out(library: Library, judgement: Judgement) -> bool:
    """Whether the articles of what was dismissed are there, and no row has all its passages (and tells its values)."""
    detail = Detail.of(judgement.detail)
    claims = judgement.table == "claims"
    having: list[set[str]] = []
    for place in detail.places:
        if not len(library.numbers(Article, "article_id", place.article_id)):
            return False
        rows: Sequence[ClaimPassage] | Sequence[DifferenceSide]
        if claims:
            rows = library.of(ClaimPassage, "article_id", place.article_id)
        else:
            rows = library.of(DifferenceSide, "article_id", place.article_id)
        having.append({_row(r) for r in rows if (r.start, r.end) == (place.start, place.end)})
    back = set.intersection(*having) if having else set()
    if claims:
        return not back
    values: dict[str, set[str]] = defaultdict(set)
    for side in library.of_any(DifferenceSide, "difference_id", back):
        values[side.difference_id].add(side.value)
    told = [d for d in library.of_any(Difference, "difference_id", back) if d.kind == detail.kind]
    return not any(set(detail.values) <= values[d.difference_id] for d in told)


def _row(passage: ClaimPassage | DifferenceSide) -> str:
    return passage.claim_id if isinstance(passage, ClaimPassage) else passage.difference_id


def meant(dossier: Dossier | Library, name: str) -> Entity:
    """The entity of an id, a name or a spelling. QueryError, listing them, where there are several; UnknownId: none."""
    entities = dossier.records(Entity)
    for found in (
        [e for e in entities if e.entity_id == name],
        [e for e in entities if e.name == name],
        [e for e in entities if any(v.text == name for v in e.variants)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{e.entity_id} ({e.name}, {e.kind})" for e in found)
            raise QueryError(f"'{name}' names {len(found)} entities: say which by its id: {listed}.")
    raise UnknownId(
        f"Nothing in {dossier.path} is called '{name}'. See what there is: "
        f'rashomon query {dossier.path} "SELECT entity_id, name, kind FROM entities"'
    )


def given(log: Sequence[Judgement], new: Judgement) -> list[Judgement]:
    """The log with one more."""
    return [*log, new]


def retired(log: Sequence[Judgement], judgement_id: str, at: str) -> list[Judgement]:
    """The log with one withdrawn, not erased. UnknownId if it is not in it or was withdrawn before."""
    found = next((j for j in log if j.judgement_id == judgement_id), None)
    if found is None or found.retired_at is not None:
        standing = ", ".join(j.judgement_id for j in log if j.retired_at is None) or "none"
        raise UnknownId(f"No judgement '{judgement_id}' stands; those that do: {standing}.")
    return [dataclasses.replace(j, retired_at=at) if j is found else j for j in log]


def judgement(verb: str, about: Sequence[Entity], names: Sequence[str], said: tuple[str, str, str]) -> Judgement:
    """A judgement on entities; `said` is who gave it, when (ISO 8601) and why (may be empty).

    QueryError where it would say nothing: one entity joined with itself, a spelling that the entity does not have.
    """
    ids = [entity.entity_id for entity in about]
    if verb == "merge" and len(set(ids)) < 2:
        raise QueryError(f"{about[0].name} is one entity already ({ids[0]}): name two.")
    spelt = {variant.text for variant in about[0].variants}
    for name in names:
        if name not in spelt:
            raise QueryError(f"{about[0].name} is not written '{name}'; it is written {', '.join(sorted(spelt))}.")
    if verb == "split" and spelt <= set(names):
        raise QueryError(f"These are all the spellings of {about[0].name}: one at least must stay.")
    spellings = tuple(tuple(sorted(variant.text for variant in entity.variants)) for entity in about)
    return _recorded(verb, "entities", Detail(spellings, tuple(ids), tuple(names)), said)


def _recorded(verb: str, table: str, detail: Detail, said: tuple[str, str, str]) -> Judgement:
    by, at, why = said
    text, subject = dataclasses.replace(detail, why=why).text(), detail.ids[0]
    return Judgement(identify("j", verb, table, subject, text, at, by), at, by, verb, table, subject, text, None)


def _made(library: Library, correction: Correction, at: str) -> Judgement:
    verb, about, names = correction.verb, correction.about, correction.names
    if verb not in VERBS:
        raise QueryError(f"There is no judgement '{verb}'; there are {', '.join(VERBS)}.")
    least, most, told = _ABOUT.get(verb, (1, 1, "one thing"))
    if not least <= len(about) <= most:
        raise QueryError(f"To {verb}, name {told}; {len(about)} were named.")
    least, most, told = _NAMES.get(verb, (0, 0, "no spellings"))
    if not least <= len(names) <= most:
        raise QueryError(f"To {verb}, give {told}; {len(names)} were given.")
    said = (correction.by or _account(), at, correction.why)
    if verb == "move":
        return _recorded(verb, "articles", _move(library, about[0], about[1]), said)
    if verb == "dismiss":
        table, detail = _dismiss(library, about[0])
        return _recorded(verb, table, detail, said)
    return judgement(verb, [meant(library, name) for name in about], names, said)


def _move(library: Library, article_id: str, event_id: str) -> Detail:
    article = library.one(Article, article_id)
    if event_id == NEW:
        return Detail(ids=(article_id,), about=article.title or article_id)
    event = library.one(Event, event_id)
    if article.event_id == event_id:
        raise QueryError(f"The article {article_id} is in the event {event_id} already.")
    members = tuple(sorted(a.article_id for a in library.of(Article, "event_id", event_id)))
    return Detail(ids=(article_id, event_id), articles=members, about=event.title)


def _dismiss(library: Library, identity: str) -> tuple[str, Detail]:
    difference = library.find(Difference, identity)
    if difference is not None:
        sides = library.of(DifferenceSide, "difference_id", identity)
        places = tuple(Place(s.article_id, s.start, s.end) for s in sides)
        values, kind = tuple(s.value for s in sides), difference.kind
        return "differences", Detail(ids=(identity,), places=places, values=values, kind=kind, about=difference.reason)
    claim = library.find(Claim, identity)
    if claim is None:
        raise UnknownId(f"There is no difference and no claim '{identity}' in {library.path}.")
    told = library.of(ClaimPassage, "claim_id", identity)
    places = tuple(Place(p.article_id, p.start, p.end) for p in told)
    return "claims", Detail(ids=(identity,), places=places, about=claim.text)


def _job(folder: Path, progress: Progress | None) -> Job:
    settings = Settings.of({"workers": 1})
    return Job(folder, settings, Local(settings.workers), progress or Silent())


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
