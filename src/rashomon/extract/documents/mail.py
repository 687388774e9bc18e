"""Mail and pages saved as mail (MHTML): the text or page that the message shows, and its headers."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import email.utils
from collections.abc import Iterator

from rashomon.errors import UnreadableSource
from rashomon.extract.decoding import decode
from rashomon.extract.told import Told
from rashomon.model.records import Source

_MOST_PARTS = 1000
_HEADERS = {"Subject": "title", "Date": "published"}
_SAVED_PAGE = "Snapshot-Content-Location"


def read(source: Source) -> tuple[Told, ...]:
    """The message's own text, else its page; of a saved page the page. Attachments are sources of their own."""
    try:
        message = email.message_from_bytes(source.data)
        parts = [part for part, _ in zip(_shown(message), range(_MOST_PARTS), strict=False)]
    except (email.errors.MessageError, ValueError, LookupError, RecursionError) as error:
        detail = f"It is no message that can be read: {type(error).__name__}: {str(error)[:200]}."
        raise UnreadableSource(source.source_uri, "extract", "malformed", detail) from error
    saved = message.get(_SAVED_PAGE) or (message.get_content_type() == "multipart/related" and not message.get("From"))
    wanted = ("text/html", "text/plain") if saved else ("text/plain", "text/html")
    for kind in wanted:
        said = [(words, part) for part in parts if part.get_content_type() == kind and (words := _said(part))]
        if said:
            # A mail with pictures in its midst has a part before and behind each; a saved page has one for each frame.
            words = said[0][0] if saved else "\n\n".join(words for words, _ in said)
            field, origin = ("html", "mail page") if kind == "text/html" else ("text", "mail text")
            return (Told(field, words, origin), *_headers(message, said[0][1], bool(saved)))
    raise UnreadableSource(source.source_uri, "extract", "no text", "No part of the message is a text or a page.")


def _shown(message: email.message.Message) -> Iterator[email.message.Message]:
    """The parts that are shown: no attachments, and nothing inside of forwarded messages that are attached."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_disposition() == "attachment":
            continue
        if part.is_multipart() and isinstance(inner, list):
            waiting[:0] = [item for item in inner if isinstance(item, email.message.Message)]
        else:
            yield part


def _said(part: email.message.Message) -> str:
    """The characters of a part, by the charset that it declares, else as those of any text; nothing without letters."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    decoded = decode(data, page=part.get_content_type() == "text/html", declared=part.get_content_charset())
    return decoded.text if decoded is not None and any(map(str.isalpha, decoded.text)) else ""


def _headers(message: email.message.Message, part: email.message.Message, saved: bool) -> Iterator[Told]:
    for name, field in _HEADERS.items():
        value = _header(message, name)
        # A page's day of saving is not its day of publication.
        if value and not (saved and field == "published"):
            yield Told(field, value, f"mail header {name}")
    if saved:
        address = _header(message, _SAVED_PAGE) or _header(part, "Content-Location")
        if address:
            yield Told("url", address, "mail header Content-Location")
        return
    name, address = email.utils.parseaddr(_header(message, "From"))
    if name or address:
        yield Told("byline", name or address, "mail header From")
    if "@" in address:
        yield Told("outlet", address.rpartition("@")[2], "mail header From")


def _header(message: email.message.Message, name: str) -> str:
    """A header, its encoded words read."""
    told = message.get(name)
    if told is None:
        return ""
    try:
        return " ".join(str(email.header.make_header(email.header.decode_header(str(told)))).split())
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return " ".join(str(told).encode("utf-8", "replace").decode("utf-8").split())
