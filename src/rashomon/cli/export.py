"""`rashomon export`: one table to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.export.tables import export
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to export from.")],
    table: Annotated[str, typer.Option(help="The table, for instance claims.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet.")] = "jsonl",
) -> None:
    """Write one table to a file."""
    rows = export(Dossier(dossier), table, form, out)
    typer.echo(f"{rows} rows of {table}: {out}")
