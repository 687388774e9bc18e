"""Many newsrooms tell one event: what they tell alike, where they differ, and the characters that say so.

import rashomon

dossier = rashomon.read(["articles/"], into="story.dossier")
for event in dossier.events():
    for difference in dossier.differences(event):
        print(difference.reason)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import rashomon.read as _read_package  # bound first: the function `read` below then keeps its name for good
from rashomon.model.records import Article, Judgement
from rashomon.model.span import Span
from rashomon.store.dossier import Dossier

__all__ = ["Article", "Choices", "Dossier", "Span", "judge", "open", "read", "undo"]

del _read_package


class Choices(TypedDict, total=False):
    """What a call of `read` may be told beside what it reads."""

    fields: str | None  # names of the fields of records: `text=body,published=meta.date`
    online: bool  # whether addresses that stand in files are fetched
    private: bool  # whether private and loopback addresses may be fetched
    entities: str | os.PathLike[str] | None  # a file of entities that are known, in FollowTheMoney JSON


def read(
    paths: Sequence[str | os.PathLike[str]],
    into: str | os.PathLike[str],
    workers: int = 1,
    **choices: Unpack[Choices],
) -> Dossier:
    """Read files, folders, patterns and addresses into a dossier, and open it; what it holds is not read again.

    What may be chosen beside is told by `Choices`. `workers` above 1 uses so many processes, and a script that asks for
    them needs `if __name__ == "__main__":`. Raises RashomonError or one of its kinds (rashomon.errors), whose message
    says what to do.
    """
    from rashomon.read.intake import Intake
    from rashomon.run.job import Job
    from rashomon.run.local import Local
    from rashomon.run.progress import Silent
    from rashomon.settings import Settings

    settings, known = Settings.of({"workers": workers}), choices.get("entities")
    intake = Intake.of(
        choices.get("fields"),
        choices.get("online", False),
        choices.get("private", False),
        Path(known) if known is not None else None,
    )
    Job(Path(into), settings, Local(settings.workers), Silent()).run([os.fspath(path) for path in paths], intake)
    return Dossier(Path(into))


def open(path: str | os.PathLike[str]) -> Dossier:
    """Open a dossier for reading; DossierError if it is none, is damaged, or was made by a newer version."""
    return Dossier(Path(path))


class Said(TypedDict, total=False):
    """What a judgement may say beside what it is about."""

    names: Sequence[str]  # spellings: those that are somebody else (split), the one that names the entity (rename)
    why: str
    by: str  # who judges; the name of the account where not given


def judge(path: str | os.PathLike[str], verb: str, *about: str, **said: Unpack[Said]) -> Judgement:
    """Correct a dossier, now and at every later run; open it again to see what changed.

    `merge`, `split`, `rename` and `confirm` are about entities, named by id or spelling; `move` about an article and
    the event that it tells, or `new`; `dismiss` about a difference or a claim. QueryError where that says nothing.
    """
    from rashomon.run.judging import Correction
    from rashomon.run.judging import judge as given

    names, why, by = tuple(said.get("names", ())), said.get("why", ""), said.get("by", "")
    return given(Path(path), Correction(verb, about, names, why, by))


def undo(path: str | os.PathLike[str], judgement_id: str) -> Judgement:
    """Withdraw a judgement: it stays in the log and is applied no more. UnknownId if none of that id stands."""
    from rashomon.run.judging import retire

    return retire(Path(path), judgement_id)
