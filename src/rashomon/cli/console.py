"""Where the commands write, and the live display of a run."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.text import Text

from rashomon.run.progress import Lines, Progress


def err(message: str) -> None:
    """A line on stderr."""
    typer.echo(message, err=True)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Units a second."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="dim")


class Live:
    """A bar a stage: name, done of total, rate, time left."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description:9}"),
            BarColumn(24),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        )
        self._bars = Bars(*columns, console=console)
        self._task = self._bars.add_task("", visible=False)

    def begin(self, stage: str, total: int) -> None:
        """Add the stage's bar."""
        self._bars.start()
        self._task = self._bars.add_task(stage, total=total or None)

    def advance(self, done: int) -> None:
        """Move the bar."""
        self._bars.advance(self._task, done)

    def end(self) -> None:
        """Leave the bar full."""
        task = next(t for t in self._bars.tasks if t.id == self._task)
        self._bars.update(self._task, total=task.completed, refresh=True)
        self._bars.stop()


def progress() -> Progress:
    """A live display on a terminal, plain lines elsewhere; both on stderr."""
    return Live(Console(stderr=True)) if sys.stderr.isatty() else Lines(sys.stderr)
