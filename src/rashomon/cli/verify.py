"""`rashomon verify`: proof that every span and every id holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.store.dossier import Dossier
from rashomon.store.verify import verify


def run(dossier: Annotated[Path, typer.Argument(help="The dossier to check.")]) -> None:
    """Re-slice every span, resolve every id, and fail on the first that does not hold."""
    done = verify(Dossier(dossier))
    typer.echo(f"All holds: {done.rows} rows, {done.spans} spans re-sliced, {done.references} references resolved.")
