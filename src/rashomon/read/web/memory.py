"""What is remembered of an address from one run to the next, so that only what changed is fetched again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Visit:
    """The last answer of an address."""

    retrieved: str  # ISO 8601, UTC
    etag: str | None = None
    last_modified: str | None = None
    leads: tuple[str, ...] = ()  # addresses that it named, where it is a feed, a sitemap or a list


class Memory:
    """Visits by address; kept in a file that `save` writes, to be called once what was fetched is safe."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._visits: dict[str, Visit] = {}
        if path is not None and path.is_file():
            try:
                told = json.loads(path.read_text(encoding="utf-8"))
                self._visits = {url: Visit(**{**v, "leads": tuple(v["leads"])}) for url, v in told.items()}
            except (ValueError, TypeError, KeyError, AttributeError):
                self._visits = {}  # damaged: everything is fetched once more

    def of(self, url: str) -> Visit | None:
        """The last visit to an address; None if there was none."""
        return self._visits.get(url)

    def keep(self, url: str, visit: Visit) -> None:
        """Remember a visit."""
        self._visits[url] = visit

    def is_fresh(self, url: str, now: dt.datetime, hours: int) -> bool:
        """Whether the address was visited within so many hours."""
        visit = self._visits.get(url)
        return visit is not None and now - dt.datetime.fromisoformat(visit.retrieved) < dt.timedelta(hours=hours)

    def save(self) -> None:
        """Write what is remembered; nothing where there is nothing."""
        if self._path is None or not self._visits:
            return
        text = json.dumps({u: dataclasses.asdict(v) for u, v in sorted(self._visits.items())}, indent=0)
        aside = self._path.with_suffix(".aside")
        aside.write_text(text, encoding="utf-8")
        aside.replace(self._path)
