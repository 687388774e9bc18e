"""The local executor: a pool of processes on one machine, or this process alone where that is quicker."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from rashomon.errors import RashomonError
from rashomon.run.progress import Progress
from rashomon.run.tasks import GroupTask, MapTask, do


class Executor(Protocol):
    """Anything that gets tasks done, each exactly once, in whatever order and place."""

    def run(self, tasks: Sequence[MapTask | GroupTask], progress: Progress) -> None:
        """Do all tasks; an error of one is raised after those under way have ended."""
        ...

    def close(self) -> None:
        """Let go of what was held for running; `run` may still be called again."""
        ...


class Local:
    """Processes of this machine, kept from stage to stage so that each loads its models once.

    They are started afresh (spawn), so a script that asks for more than one worker needs the usual
    `if __name__ == "__main__":`. A single task, or one worker, is done in this process.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, tasks: Sequence[MapTask | GroupTask], progress: Progress) -> None:
        """Do all tasks; RashomonError if a worker process dies (finished tasks are kept)."""
        if min(self._workers, len(tasks)) <= 1:
            for task in tasks:
                progress.advance(do(task))
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        waiting = [self._pool.submit(do, task) for task in tasks]
        try:
            for future in as_completed(waiting):
                progress.advance(future.result())
        except BrokenProcessPool as error:
            raise RashomonError(
                "A worker process died, most likely for want of memory. What was finished is kept: "
                "run the same command again, with fewer workers (--workers 1)."
            ) from error
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """End the worker processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
