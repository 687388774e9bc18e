"""What the forms of an actor's page do: a judgement is given or withdrawn, and what it touches is made anew."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi.concurrency import run_in_threadpool

from rashomon.errors import QueryError
from rashomon.model.records import Entity, Judgement, Mention
from rashomon.run import judging
from rashomon.run.job import Job
from rashomon.run.local import Local
from rashomon.run.progress import Silent
from rashomon.settings import Settings
from rashomon.store.dossier import Dossier
from rashomon.store.library import Library

VERBS = ("merge", "split", "rename", "confirm", "undo")


async def corrected(dossier: Path, entity_id: str, given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Give the judgement that the form asks for; the entity to show next, and the judgement's id. QueryError if not."""
    return await run_in_threadpool(_corrected, dossier, entity_id, given)


def _corrected(dossier: Path, entity_id: str, given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    verb = _one(given, "verb")
    before = {m.mention_id for m in Library.current(dossier).of(Mention, "entity_id", entity_id)}
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    settings = Settings.of({"workers": 1})
    job = Job(dossier, settings, Local(settings.workers), Silent())
    if verb == "undo":
        withdrawn = _one(given, "judgement")
        job.judge(lambda log: judging.retired(log, withdrawn, now))
        return _now_called(dossier, entity_id, before), withdrawn
    made = _judgement(Dossier(dossier), entity_id, verb, given, now)
    job.judge(lambda log: judging.given(log, made))
    return _now_called(dossier, entity_id, before), made.judgement_id


def _judgement(dossier: Dossier, entity_id: str, verb: str, given: Mapping[str, Sequence[str]], at: str) -> Judgement:
    if verb not in VERBS:
        raise QueryError(f"There is no correction '{verb}'; there are {', '.join(VERBS)}.")
    about = [judging.meant(dossier, entity_id)]
    if verb == "merge":
        about.append(judging.meant(dossier, _one(given, "other")))
    names = given.get("spelling", ()) if verb in ("split", "rename") else ()
    if verb in ("split", "rename") and not names:
        raise QueryError("No spelling was chosen: go back and choose one.")
    return judging.judgement(verb, about, names, (_account(), at, _one(given, "why", "")))


def _one(given: Mapping[str, Sequence[str]], name: str, missing: str | None = None) -> str:
    value = next(iter(given.get(name, ())), missing)
    if value is None or (missing is None and not value.strip()):
        raise QueryError(f"The form did not say '{name}': go back and fill it in.")
    return value.strip()


def _now_called(dossier: Path, entity_id: str, before: set[str]) -> str:
    """The entity that now holds most of the mentions that the corrected one held; it may have another id."""
    library = Library.current(dossier)
    if library.find(Entity, entity_id) is not None:
        return entity_id
    held: dict[str, int] = {}
    for mention_id in sorted(before):
        mention = library.find(Mention, mention_id)
        if mention is not None and mention.entity_id:
            held[mention.entity_id] = held.get(mention.entity_id, 0) + 1
    return max(held, key=lambda e: (held[e], e), default=entity_id)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
