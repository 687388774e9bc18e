"""`rashomon export`: a table, or a part of the dossier, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.errors import QueryError
from rashomon.export.formats import FORMATS, export_part
from rashomon.export.tables import export
from rashomon.store.dossier import Dossier
from rashomon.store.library import Library

_OF = "An id of what is exported: of an event, storyline, article, entity, difference, claim ...; the whole without it."
_FORMS = f"Of a table jsonl, csv or parquet; of a part {', '.join(FORMATS)}."


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to export from.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    table: Annotated[str | None, typer.Option(help="A table, for instance claims, as it is.")] = None,
    of: Annotated[list[str] | None, typer.Option("--of", help=_OF)] = None,
    form: Annotated[str, typer.Option("--format", help=_FORMS)] = "jsonl",
) -> None:
    """Write one table, or a part of the dossier with its passages, to a file."""
    if table is not None:
        if of:
            raise QueryError("A table is exported whole: give --table or --of, not both.")
        rows = export(Dossier(dossier), table, form, out)
        typer.echo(f"{rows} rows of {table}: {out}")
        return
    size = export_part(Library.current(dossier), of or None, form, out)
    typer.echo(f"{size:,} bytes of {', '.join(of) if of else dossier}: {out}")
