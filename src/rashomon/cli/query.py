"""`rashomon query`: SQL over the tables, read-only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rashomon.errors import QueryError
from rashomon.export.tables import text
from rashomon.store.dossier import Dossier


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to query.")],
    sql: Annotated[str, typer.Argument(help="One SELECT, in DuckDB's SQL.")],
    form: Annotated[str, typer.Option("--format", help="table, jsonl or csv.")] = "table",
) -> None:
    """Run one SELECT over the dossier's tables."""
    found = Dossier(dossier).sql(sql)
    if form in ("jsonl", "csv"):
        typer.echo(text(found, form), nl=False)
        return
    if form != "table":
        raise QueryError(f"There is no format '{form}'; there are table, jsonl and csv.")
    shown = Table(*found.column_names, row_styles=["", "dim"], header_style="bold")
    for row in found.to_pylist():
        shown.add_row(*(_cell(value) for value in row.values()))
    Console().print(shown, markup=False)
    typer.echo(f"{found.num_rows} row{'s' if found.num_rows != 1 else ''}")


def _cell(value: object) -> str:
    """A value for the terminal, without control characters that could write to it."""
    return "" if value is None else "".join(c if c.isprintable() else " " for c in str(value))
