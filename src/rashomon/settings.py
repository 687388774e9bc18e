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
    least: int = 1

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"RASHOMON_{self.name.upper()}"


SETTINGS = (
    Setting("workers", 0, "processes", "How many processes read and compare; 0 means one for each core.", 0),
    Setting("partition", 32, "articles", "How many articles a partition holds: the unit that is never redone."),
    Setting("max_source", 32_000_000, "bytes", "The largest source that is read; a larger one is rejected."),
    Setting("web_delay", 1000, "milliseconds", "How long to wait between two requests to one host.", 0),
    Setting("web_hosts", 4, "hosts", "How many hosts are asked at the same time."),
    Setting("web_timeout", 20, "seconds", "How long a server may say nothing."),
    Setting("web_total", 60, "seconds", "How long one answer may take in all."),
    Setting("web_retries", 3, "times", "How often a request that failed for the moment is tried again.", 0),
    Setting("web_patience", 120, "seconds", "The longest wait that a server may ask for (Retry-After, Crawl-delay)."),
    Setting("web_redirects", 5, "times", "How often an address may send on to another.", 0),
    Setting("web_addresses", 500, "addresses", "How many addresses one feed, sitemap or list may lead to."),
    Setting("web_recheck", 6, "hours", "How long a page that a feed or list named is taken to be unchanged.", 0),
)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; see `SETTINGS` for units and help."""

    workers: int
    partition: int
    max_source: int
    web_delay: int
    web_hosts: int
    web_timeout: int
    web_total: int
    web_retries: int
    web_patience: int
    web_redirects: int
    web_addresses: int
    web_recheck: int

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
            if value < setting.least:
                raise RashomonError(
                    f"The setting '{setting.name}' is {raw!r}, which is no number of {setting.unit}: "
                    f"give a whole number, or leave out {setting.variable}."
                )
            values[setting.name] = value
        if not values["workers"]:
            values["workers"] = _cores()
        return cls(**values)
