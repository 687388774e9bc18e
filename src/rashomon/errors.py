"""Everything Rashomon raises on purpose: one base class; each message says what happened, to what, and what to do."""

from __future__ import annotations


class RashomonError(Exception):
    """Base of all errors that a user can do something about.

    The message is a full sentence: what happened, to what, and the remedy.
    """


class UnreadableSource(RashomonError):
    """One source (or one line of it) cannot be made into an article; it becomes a row in the table `rejected`."""

    def __init__(self, source_uri: str, stage: str, reason: str, detail: str) -> None:
        super().__init__(f"{source_uri}: {reason}: {detail}")
        self.source_uri = source_uri
        self.stage = stage
        self.reason = reason
        self.detail = detail


class NothingReadable(RashomonError):
    """None of the given paths held a single readable article."""


class DossierError(RashomonError):
    """A folder is not a dossier, is damaged, or was made by a newer version."""


class SpanError(RashomonError):
    """A span does not fit its article: out of bounds, empty, or with another text than was recorded."""


class PipelineError(RashomonError):
    """The declared chain of stages does not fit together."""


class QueryError(RashomonError):
    """A query or an export names something that the dossier does not have, or tries to write."""


class UnknownId(QueryError):
    """A query names a row by an id that the dossier does not have."""


class DeskError(RashomonError):
    """The desk cannot be opened: its address is taken, or is none of this machine."""


class EndpointError(RashomonError):
    """A language model's address gives no answer that can be used."""


class MissingExtra(RashomonError):
    """An optional dependency is needed and absent; the message holds the exact install line."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the optional extra '{extra}': pip install 'rashomon[{extra}]'")
        self.extra = extra
