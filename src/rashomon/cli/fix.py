"""`rashomon fix`: an analyst's corrections of who is who; logged, applied at every run, never erased."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import progress
from rashomon.errors import DossierError, RashomonError
from rashomon.model.records import Entity, Judgement
from rashomon.resolve.judged import Detail
from rashomon.run import judging
from rashomon.run.job import Job
from rashomon.run.local import Local
from rashomon.settings import Settings
from rashomon.store import judgements
from rashomon.store.dossier import Dossier

app = typer.Typer(
    help="Correct who is who. Entities are named by id or by a spelling; every correction is logged and can be undone.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Where = Annotated[Path, typer.Argument(help="The dossier.")]
Whom = Annotated[str, typer.Argument(help="The entity: its id, or one of its spellings.")]
By = Annotated[str | None, typer.Option(help="Who judges; the name of the account where not given.")]
Why = Annotated[str, typer.Option(help="Why, for whoever reads it later.")]


@app.command()
def merge(
    dossier: Where,
    entities: Annotated[list[str], typer.Argument(help="Two entities or more; the first keeps its name and id.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say that several entities are one."""
    _judge(dossier, "merge", entities, (), (by, why))


@app.command()
def split(
    dossier: Where,
    entity: Whom,
    spellings: Annotated[list[str], typer.Argument(help="The spellings that are somebody else.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say that some spellings of an entity are somebody else."""
    _judge(dossier, "split", [entity], spellings, (by, why))


@app.command()
def rename(
    dossier: Where,
    entity: Whom,
    name: Annotated[str, typer.Argument(help="The spelling, one of its own, that is to stand for it.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say which of its spellings names an entity."""
    _judge(dossier, "rename", [entity], [name], (by, why))


@app.command()
def confirm(dossier: Where, entity: Whom, by: By = None, why: Why = "") -> None:
    """Say that the spellings of an entity are one, whatever is read later."""
    _judge(dossier, "confirm", [entity], (), (by, why))


@app.command()
def undo(dossier: Where, judgement: Annotated[str, typer.Argument(help="The id of the judgement.")]) -> None:
    """Withdraw a judgement; it stays in the log."""
    _job(dossier).judge(lambda log: judging.retired(log, judgement, _now()))
    typer.echo(f"Withdrawn: {judgement}")


@app.command("list")
def listed(dossier: Where) -> None:
    """List every judgement: what it says, and whether it is applied, withdrawn, or finds nothing."""
    reasons = " ".join(entity.reason for entity in Dossier(dossier).records(Entity))
    for judgement in judgements.load(dossier):
        state = "withdrawn" if judgement.retired_at else "applied" if judgement.judgement_id in reasons else "idle"
        typer.echo(f"{judgement.judgement_id}  {judgement.at[:10]}  {judgement.by}  {state:9}  {_told(judgement)}")


@app.command()
def export(
    dossier: Where, out: Annotated[Path | None, typer.Option("-o", help="A file; standard output if not given.")] = None
) -> None:
    """Write the log of judgements, JSON lines."""
    text = judgements.text(judgements.load(dossier))
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DossierError(f"{out} cannot be written ({error.strerror}): check the path.") from error


@app.command("import")
def imported(dossier: Where, log: Annotated[Path, typer.Argument(help="A log that `export` wrote.")]) -> None:
    """Add the judgements of another dossier's log; those that find nothing here lie idle."""
    try:
        others = judgements.parsed(log.read_bytes(), str(log))
    except OSError as error:
        raise RashomonError(f"{log} cannot be read ({error.strerror}): check the path.") from error
    before = len(judgements.load(dossier))
    _job(dossier).judge(lambda mine: judgements.merged(mine, others))
    typer.echo(f"{len(judgements.load(dossier)) - before} judgements added.")


def _judge(
    folder: Path, verb: str, entities: Sequence[str], names: Sequence[str], said: tuple[str | None, str]
) -> None:
    dossier = Dossier(folder)
    about = [judging.meant(dossier, name) for name in entities]
    made = judging.judgement(verb, about, names, (said[0] or _account(), _now(), said[1]))
    _job(folder).judge(lambda log: judging.given(log, made))
    typer.echo(f"{made.judgement_id}: {_told(made)}. Undo: rashomon fix undo {folder} {made.judgement_id}")


def _told(judgement: Judgement) -> str:
    """A judgement in a few words."""
    detail = Detail.of(judgement.detail)
    fullest = [max(names, key=lambda name: (len(name.split()), len(name)), default="?") for names in detail.spellings]
    named = [f"{name} ({entity})" for name, entity in zip(fullest, detail.ids, strict=False)]
    names = ", ".join(detail.names)
    said = f"{judgement.verb} {' + '.join(named)}{f': {names}' if names else ''}"
    return f"{said} ({detail.why})" if detail.why else said


def _job(folder: Path) -> Job:
    settings = Settings.of({"workers": 1})
    return Job(folder, settings, Local(settings.workers), progress())


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
