"""`rashomon demo`: the main job on the packaged samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rashomon.cli.console import progress
from rashomon.cli.read import told
from rashomon.report.brief import brief
from rashomon.report.page import write
from rashomon.report.terminal import render
from rashomon.run.job import Job
from rashomon.run.local import Local
from rashomon.settings import Settings
from rashomon.store.dossier import Dossier

SAMPLES = Path(__file__).parent.parent / "samples"


def run(
    into: Annotated[Path, typer.Option(help="The dossier to make.")] = Path("demo.dossier"),
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML report to write.")] = Path("report.html"),
) -> None:
    """Read the packaged samples, print the brief, and write the report."""
    settings = Settings.of()
    summary = Job(into, settings, Local(settings.workers), progress()).run([str(SAMPLES)])
    dossier = Dossier(into)
    render(brief(dossier), Console())
    write(dossier, out)
    typer.echo(f"\n{told(summary)}\nReport: {out}")
