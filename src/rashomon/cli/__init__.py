"""The command line: one thin file a command."""

from __future__ import annotations

import sys

import typer

from rashomon.cli import (
    demo,
    desk,
    doctor,
    export,
    fix,
    follow,
    gists,
    mcp,
    query,
    read,
    report,
    search,
    show,
    verify,
    why,
)
from rashomon.cli.console import err
from rashomon.errors import RashomonError
from rashomon.version import VERSION

app = typer.Typer(
    help="Many newsrooms tell one event: what they tell alike, where they differ, and the characters that say so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (read, follow, show, desk, search, report, why, verify, export, query, gists, mcp, doctor, demo):
    app.command(command.__name__.rpartition(".")[2])(command.run)
app.add_typer(fix.app, name="fix")


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        typer.echo(f"rashomon {VERSION}")
        raise typer.Exit


STOPPED = 130


def main() -> None:
    """Run the command line; an error that the user can mend is one line on stderr and exit code 1."""
    try:
        app()
    except RashomonError as error:
        err(f"rashomon: {error}")
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except SystemExit as end:
        if end.code == STOPPED:  # what Typer makes of an interrupt
            err("rashomon: stopped. What was finished is kept: run the same command again to go on.")
        raise
