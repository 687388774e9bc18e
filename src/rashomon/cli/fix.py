"""`rashomon fix`: an analyst's corrections; logged, applied at every run, never erased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import progress
from rashomon.errors import DossierError, RashomonError
from rashomon.model.judging import Detail
from rashomon.model.records import Judgement
from rashomon.report import words
from rashomon.run import judging
from rashomon.run.judging import Correction
from rashomon.store import judgements, log
from rashomon.store.dossier import Dossier

app = typer.Typer(
    help="Correct what was found: who is who, which event an article tells, what is no difference. All can be undone.",
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
    _judge(dossier, Correction("merge", tuple(entities), (), why, by or ""))


@app.command()
def split(
    dossier: Where,
    entity: Whom,
    spellings: Annotated[list[str], typer.Argument(help="The spellings that are somebody else.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say that some spellings of an entity are somebody else."""
    _judge(dossier, Correction("split", (entity,), tuple(spellings), why, by or ""))


@app.command()
def rename(
    dossier: Where,
    entity: Whom,
    name: Annotated[str, typer.Argument(help="The spelling, one of its own, that is to stand for it.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say which of its spellings names an entity."""
    _judge(dossier, Correction("rename", (entity,), (name,), why, by or ""))


@app.command()
def confirm(dossier: Where, entity: Whom, by: By = None, why: Why = "") -> None:
    """Say that the spellings of an entity are one, whatever is read later."""
    _judge(dossier, Correction("confirm", (entity,), (), why, by or ""))


@app.command()
def move(
    dossier: Where,
    article: Annotated[str, typer.Argument(help="The id of the article; its copies go along.")],
    event: Annotated[str, typer.Argument(help="The id of the event that it tells, or: new.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say that an article tells another event, or one of its own."""
    _judge(dossier, Correction("move", (article, event), (), why, by or ""))


@app.command()
def dismiss(
    dossier: Where,
    row: Annotated[str, typer.Argument(help="The id of a difference or a claim.")],
    by: By = None,
    why: Why = "",
) -> None:
    """Say that a difference is none, or that a claim is not worth telling."""
    _judge(dossier, Correction("dismiss", (row,), (), why, by or ""))


@app.command()
def undo(dossier: Where, judgement: Annotated[str, typer.Argument(help="The id of the judgement.")]) -> None:
    """Withdraw a judgement; it stays in the log."""
    judging.retire(dossier, judgement, progress())
    typer.echo(f"Withdrawn: {judgement}")


@app.command("list")
def listed(dossier: Where) -> None:
    """List every judgement: what it says, and whether it is applied, withdrawn, or finds nothing."""
    idle = judging.idle(Dossier(dossier))
    for judgement in judgements.load(dossier):
        state = "withdrawn" if judgement.retired_at else "idle" if judgement.judgement_id in idle else "applied"
        typer.echo(f"{judgement.judgement_id}  {judgement.at[:10]}  {judgement.by}  {state:9}  {_told(judgement)}")


@app.command()
def export(
    dossier: Where, out: Annotated[Path | None, typer.Option("-o", help="A file; standard output if not given.")] = None
) -> None:
    """Write the log of judgements, JSON lines."""
    text = log.text(judgements.load(dossier))
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DossierError(f"{out} cannot be written ({error.strerror}): check the path.") from error


@app.command("import")
def imported(
    dossier: Where, given: Annotated[Path, typer.Argument(metavar="LOG", help="A log that `export` wrote.")]
) -> None:
    """Add the judgements of another dossier's log; those that find nothing here lie idle."""
    try:
        others = log.parsed(Judgement, given.read_bytes(), str(given))
    except OSError as error:
        raise RashomonError(f"{given} cannot be read ({error.strerror}): check the path.") from error
    before = len(judgements.load(dossier))
    judging.adopt(dossier, others, progress())
    typer.echo(f"{len(judgements.load(dossier)) - before} judgements added.")


def _judge(folder: Path, correction: Correction) -> None:
    made = judging.judge(folder, correction, progress())
    typer.echo(f"{made.judgement_id}: {_told(made)}. Undo: rashomon fix undo {folder} {made.judgement_id}")


def _told(judgement: Judgement) -> str:
    """A judgement in a few words."""
    detail = Detail.of(judgement.detail)
    if judgement.table != "entities":
        said = f"{judgement.verb} {' to '.join(detail.ids)}: {words.one_line(detail.about)}"
        return f"{said} ({detail.why})" if detail.why else said
    fullest = [max(names, key=lambda name: (len(name.split()), len(name)), default="?") for names in detail.spellings]
    named = [f"{name} ({entity})" for name, entity in zip(fullest, detail.ids, strict=False)]
    names = ", ".join(detail.names)
    said = f"{judgement.verb} {' + '.join(named)}{f': {names}' if names else ''}"
    return f"{said} ({detail.why})" if detail.why else said
