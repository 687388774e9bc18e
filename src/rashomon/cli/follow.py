"""`rashomon follow`: feeds read again and again, and what is new added."""

from __future__ import annotations

import datetime as dt
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from rashomon.cli.console import err, progress
from rashomon.cli.read import told
from rashomon.errors import RashomonError
from rashomon.read.intake import Intake
from rashomon.run.job import Job
from rashomon.run.local import Local
from rashomon.settings import Settings


def run(
    feeds: Annotated[list[str], typer.Argument(help="Addresses of feeds, sitemaps or pages; files that list them.")],
    into: Annotated[Path, typer.Option(help="The dossier to make or add to.")],
    every: Annotated[float, typer.Option(help="Minutes from the end of one round to the next.", min=0)] = 15,
    times: Annotated[int, typer.Option(help="Rounds; 0 goes on until it is stopped.", min=0)] = 0,
    fields: Annotated[
        str | None, typer.Option("--map", help="Fields of records: text=body,published=meta.date.")
    ] = None,
    private: Annotated[bool, typer.Option("--allow-private", help="Fetch private and loopback addresses.")] = False,
    workers: Annotated[int | None, typer.Option(help="Processes; 0 means one for each core.")] = None,
) -> None:
    """Read feeds again and again; new articles are added, changed ones kept as new versions."""
    settings = Settings.of({"workers": workers})
    intake = Intake.of(fields, online=True, private=private)
    signal.signal(signal.SIGTERM, _stop)
    done = 0
    while True:
        started = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        try:
            line = told(Job(into, settings, Local(settings.workers), progress()).run(feeds, intake))
            typer.echo(f"{started}  {line}")
        except RashomonError as error:
            # A round that fails is no reason to miss the next: networks come back.
            err(f"{started}  {error}")
        done += 1
        if times and done >= times:
            return
        time.sleep(60 * every)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """A polite end asked for by the system is one asked for by the user."""
    raise KeyboardInterrupt
