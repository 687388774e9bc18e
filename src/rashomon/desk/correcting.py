"""What the forms of an actor's page do: a judgement is given or withdrawn, and what it touches is made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi.concurrency import run_in_threadpool

from rashomon.errors import QueryError
from rashomon.model.records import Entity, Mention
from rashomon.run import judging
from rashomon.store.library import Library


async def corrected(dossier: Path, entity_id: str, given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Give the judgement that the form asks for; the entity to show next, and the judgement's id. QueryError if not."""
    return await run_in_threadpool(_corrected, dossier, entity_id, given)


def _corrected(dossier: Path, entity_id: str, given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    before = {m.mention_id for m in Library.current(dossier).of(Mention, "entity_id", entity_id)}
    verb = _one(given, "verb")
    if verb == "undo":
        done = judging.retire(dossier, _one(given, "judgement"))
    else:
        about = (entity_id, _one(given, "other")) if verb == "merge" else (entity_id,)
        names = tuple(given.get("spelling", ())) if verb in ("split", "rename") else ()
        done = judging.judge(dossier, judging.Correction(verb, about, names, _one(given, "why", "")))
    return _now_called(dossier, entity_id, before), done.judgement_id


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
