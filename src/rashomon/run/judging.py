"""Judgements as a user gives them: of entities named by id or by any of their spellings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rashomon.errors import QueryError
from rashomon.model.identity import identify
from rashomon.model.records import Entity, Judgement
from rashomon.resolve.judged import Detail
from rashomon.store.dossier import Dossier


def meant(dossier: Dossier, name: str) -> Entity:
    """The entity of an id, a name or a spelling. QueryError, listing them, where there is none or are several."""
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
    raise QueryError(
        f"Nothing in {dossier.path} is called '{name}'. See what there is: "
        f'rashomon query {dossier.path} "SELECT entity_id, name, kind FROM entities"'
    )


def judgement(verb: str, about: Sequence[Entity], names: Sequence[str], said: tuple[str, str, str]) -> Judgement:
    """A judgement on entities; `said` is who gave it, when (ISO 8601) and why (may be empty).

    QueryError where it would say nothing: one entity joined with itself, a spelling that the entity does not have.
    """
    by, at, why = said
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
    detail = Detail(spellings, tuple(ids), tuple(names), why).text()
    made = identify("j", verb, "entities", ids[0], detail, at, by)
    return Judgement(made, at, by, verb, "entities", ids[0], detail, None)


def given(log: Sequence[Judgement], new: Judgement) -> list[Judgement]:
    """The log with one more."""
    return [*log, new]


def retired(log: Sequence[Judgement], judgement_id: str, at: str) -> list[Judgement]:
    """The log with one withdrawn, not erased. QueryError if it is not in it or was withdrawn before."""
    found = next((j for j in log if j.judgement_id == judgement_id), None)
    if found is None or found.retired_at is not None:
        standing = ", ".join(j.judgement_id for j in log if j.retired_at is None) or "none"
        raise QueryError(f"No judgement '{judgement_id}' stands; those that do: {standing}.")
    return [dataclasses.replace(j, retired_at=at) if j is found else j for j in log]
