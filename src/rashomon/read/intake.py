"""What a call of `read` may take in, and how: the user's choices that are no settings of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rashomon.model.flow import Known
from rashomon.read import knowledge, mapping

COMMAND_LINE = "the command line"  # what named an address that the user gave


@dataclass(frozen=True, slots=True)
class Intake:
    """The choices of one call."""

    fields: str | None = None  # names of fields mapped to ours: `text=body,date=when`
    online: bool = False  # whether addresses that stand inside files, feeds and lists may be fetched
    private: bool = False  # whether private and loopback addresses may be fetched
    known: tuple[Known, ...] = ()  # entities that the user knows, to be kept with the dossier

    @classmethod
    def of(cls, fields: str | None, online: bool, private: bool, entities: Path | None = None) -> Intake:
        """The choices, looked through first.

        RashomonError where `fields` maps nothing that is known, or the file `entities` does not name anybody.
        """
        mapping.pairs(fields or "")
        return cls(fields, online, private, tuple(knowledge.known(entities)) if entities else ())


@dataclass(frozen=True, slots=True)
class Address:
    """An address found in a list, a feed or a sitemap: something to fetch, if that is allowed."""

    url: str
    found_in: str  # source_uri of what named it
    told: tuple[tuple[str, str, str], ...] = ()  # what that told of it: field, value, and where it stands there
