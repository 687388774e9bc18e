"""Mail: the message itself, and the press texts attached to it as sources of their own."""

from __future__ import annotations

import email
import email.errors
import email.message
import email.policy
import itertools
from collections.abc import Iterator

from rashomon.model.records import Rejected, Source
from rashomon.read.opened import Opened, whole

# Of an attachment by its type, or by the ending of its name.
_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/html": "html",
    "text/plain": "text",
    "message/rfc822": "mail",
}
_ENDINGS = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".txt": "text", ".eml": "mail"}
_MOST_PARTS = 1000


def parts(file: Opened) -> Iterator[Source | Rejected]:
    """The message as one source, then its attachments that are press texts; the other attachments are told."""
    message = file.whole("mail")
    yield message
    if isinstance(message, Rejected):
        return
    try:
        parsed = email.message_from_bytes(message.data, policy=email.policy.compat32)
        found = list(itertools.islice(parsed.walk(), 1, _MOST_PARTS))
    except (email.errors.MessageError, ValueError, LookupError, RecursionError) as error:
        yield file.rejected("malformed", f"Its parts cannot be told apart: {str(error)[:200]}.")
        return
    number = 0
    for part in found:
        if part.get_content_disposition() == "attachment" or _is_document(part):
            number += 1
            yield _attached(file, number, part)
    if len(found) == _MOST_PARTS - 1:
        yield file.rejected("too large", f"It has {_MOST_PARTS:,} parts or more; the others were not looked at.")


def _is_document(part: email.message.Message) -> bool:
    """Whether a part is a press text with a name of its own, though the mail shows it in its midst."""
    return part.get_filename() is not None and _kind(part) in ("pdf", "docx")


def _kind(part: email.message.Message) -> str | None:
    name = str(part.get_filename() or "")
    return _ENDINGS.get(name[name.rfind(".") :].lower() if "." in name else "") or _TYPES.get(part.get_content_type())


def _attached(file: Opened, number: int, part: email.message.Message) -> Source | Rejected:
    name = str(part.get_filename() or "without a name")
    kind = _kind(part)
    if kind is None:
        detail = f"The attachment {name[:100]!r} is {part.get_content_type()}, which is not read."
        return Rejected(file.at(number), "read", "unsupported", detail)
    try:
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], email.message.Message):
            data: object = inner[0].as_bytes()  # a message that is attached whole
        else:
            data = part.get_payload(decode=True)
    except (email.errors.MessageError, ValueError, LookupError, RecursionError) as error:
        return Rejected(file.at(number), "read", "malformed", f"The attachment {name[:100]!r}: {str(error)[:200]}.")
    return whole(file.at(number), kind, data if isinstance(data, bytes) else b"", file.max_bytes)
