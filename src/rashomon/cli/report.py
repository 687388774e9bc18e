"""`rashomon report`: one self-contained HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.report.page import write
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to report on.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path("report.html"),
) -> None:
    """Write the brief as one HTML file in which every line opens its article at the passage."""
    write(Dossier(dossier), out)
    typer.echo(f"Report: {out}")
