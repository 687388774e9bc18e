"""What the pages' forms do: a judgement is given or withdrawn, and what it touches is made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi.concurrency import run_in_threadpool

from rashomon.desk.outcome import Altered, altered, picture
from rashomon.errors import QueryError
from rashomon.model.records import Article, Entity, Event, Mention
from rashomon.run import judging
from rashomon.store.library import Library

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Done:
    """A judgement given or withdrawn: its id, the page to show next, what it changed."""

    judgement_id: str
    address: str
    outcome: tuple[Altered, ...]


async def corrected(dossier: Path, noun: str, identity: str, given: Form) -> Done:
    """Do what a form on the page of `noun` and `identity` asks for. QueryError if it asks for nothing that can be."""
    return await run_in_threadpool(_corrected, dossier, noun, identity, given)


def _corrected(dossier: Path, noun: str, identity: str, given: Form) -> Done:
    before = Library.current(dossier)
    seen, held = picture(before), _members(before, noun, identity)
    verb = _one(given, "verb")
    if verb == "undo":
        done = judging.retire(dossier, _one(given, "judgement"))
    else:
        names = tuple(given.get("spelling", ())) if verb in ("split", "rename") else ()
        about = _about(verb, identity, given)
        done = judging.judge(dossier, judging.Correction(verb, about, names, _one(given, "why", "")))
    after = Library.current(dossier)
    return Done(done.judgement_id, _address(after, noun, identity, held), altered(seen, picture(after)))


def _about(verb: str, identity: str, given: Form) -> tuple[str, ...]:
    if verb in ("merge", "move"):
        return identity, _one(given, "other")
    return (_one(given, "about"),) if verb == "dismiss" else (identity,)


def _one(given: Form, name: str, missing: str | None = None) -> str:
    value = next(iter(given.get(name, ())), missing)
    if value is None or (missing is None and not value.strip()):
        raise QueryError(f"The form did not say '{name}': go back and fill it in.")
    return value.strip()


def _members(library: Library, noun: str, identity: str) -> list[str]:
    """What tells an entity or an event again that has another id: its mentions, its articles."""
    if noun == "entities":
        return [m.mention_id for m in library.of(Mention, "entity_id", identity)]
    return [a.article_id for a in library.of(Article, "event_id", identity)] if noun == "events" else []


def _address(library: Library, noun: str, identity: str, held: Sequence[str]) -> str:
    """The page that the form stood on, or that of what now holds most of what was on it."""
    if noun == "entities" and library.find(Entity, identity) is None:
        identity = _most([m.entity_id for k in held if (m := library.find(Mention, k)) is not None], identity)
    if noun == "events" and library.find(Event, identity) is None:
        identity = _most([a.event_id for k in held if (a := library.find(Article, k)) is not None], identity)
    return f"/{noun}/{identity}" if noun else "/judgements"


def _most(found: Sequence[str | None], missing: str) -> str:
    named = [key for key in found if key]
    return max(sorted(set(named)), key=named.count, default=missing)
