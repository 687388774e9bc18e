"""`rashomon read`: sources into a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.cli.console import progress
from rashomon.run.job import Job, Summary
from rashomon.run.local import Local
from rashomon.settings import Settings


def run(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt, .html, .jsonl.")],
    into: Annotated[Path, typer.Option(help="The dossier to make or add to.")],
    workers: Annotated[int | None, typer.Option(help="Processes; 0 means one for each core.")] = None,
) -> None:
    """Read articles into a dossier; what it already holds is not read again."""
    settings = Settings.of({"workers": workers})
    typer.echo(told(Job(into, settings, Local(settings.workers), progress()).run([str(path) for path in paths])))


def told(summary: Summary) -> str:
    """A run's last line."""
    rows = summary.rows
    counts = ", ".join(
        f"{rows[table]} {table if rows[table] != 1 else singular}"
        for table, singular in (
            ("articles", "article"),
            ("events", "event"),
            ("storylines", "storyline"),
            ("claims", "claim"),
            ("differences", "difference"),
            ("quotations", "quotation"),
            ("rejected", "rejected"),
        )
    )
    first = f"{summary.new} new. " if summary.changed else "Nothing new to read. "
    return f"{first}{counts}. Dossier: {summary.path}"
