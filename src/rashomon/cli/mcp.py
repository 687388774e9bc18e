"""`rashomon mcp`: the dossier as tools for a program that speaks the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rashomon.errors import MissingExtra


def run(dossier: Annotated[Path, typer.Argument(help="The dossier to serve.")]) -> None:
    """Serve the dossier, read only, over standard input and output, to whatever speaks the Model Context Protocol."""
    try:
        from rashomon.desk.tools import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise MissingExtra("mcp", "`rashomon mcp`") from error
    server(dossier).run("stdio")
