"""One table of settings. They are read when a run starts, from arguments first, then from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from rashomon.errors import RashomonError


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default, the unit it is told in, and a line of help."""

    name: str
    default: int
    unit: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"RASHOMON_{self.name.upper()}"


SETTINGS = (
    Setting("workers", 0, "processes", "How many processes read and compare; 0 means one for each core."),
    Setting("partition", 32, "articles", "How many articles a partition holds: the unit that is never redone."),
    Setting("max_source", 16_000_000, "bytes", "The largest source that is read; a larger one is rejected."),
)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; see `SETTINGS` for units and help."""

    workers: int
    partition: int
    max_source: int

    @classmethod
    def of(cls, given: Mapping[str, int | None] | None = None) -> Settings:
        """Settings from what is given, then the environment, then the defaults.

        Raises RashomonError for a value that is no whole number, or is below 1 (0 for `workers`).
        """
        values: dict[str, int] = {}
        for setting in SETTINGS:
            raw: object = (given or {}).get(setting.name)
            if raw is None:
                raw = os.environ.get(setting.variable, setting.default)
            try:
                value = int(str(raw))
            except ValueError:
                value = -1
            if value < (0 if setting.name == "workers" else 1):
                raise RashomonError(
                    f"The setting '{setting.name}' is {raw!r}, which is no number of {setting.unit}: "
                    f"give a whole number, or leave out {setting.variable}."
                )
            values[setting.name] = value
        if not values["workers"]:
            values["workers"] = _cores()
        return cls(**values)
