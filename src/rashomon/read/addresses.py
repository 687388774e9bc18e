"""Lists of addresses: one a line, with remarks after `#`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.model.records import Rejected
from rashomon.read.intake import Address
from rashomon.read.opened import Opened, too_large

_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_LOOKED_AT = 65_536


def is_address(text: str) -> bool:
    """Whether a string is an address that can be fetched."""
    return _ADDRESS.fullmatch(text) is not None


def is_list(head: bytes) -> bool:
    """Whether a text is a list of addresses: every line of its beginning that says something is one, or a remark."""
    lines = head[:_LOOKED_AT].decode("utf-8-sig", "replace").splitlines()
    if len(head) > _LOOKED_AT:
        lines = lines[:-1]
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return bool(said) and all(map(is_address, said))


def listed(file: Opened) -> Iterator[Address | Rejected]:
    """The addresses of a list in its order; lines that are none are told."""
    data = file.stream.read(file.max_bytes + 1)
    if len(data) > file.max_bytes:
        yield file.rejected("too large", too_large(file.max_bytes))
        return
    empty = True
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        told = line.strip()
        if not told or told.startswith("#"):
            continue
        empty = False
        if is_address(told):
            yield Address(told, file.uri)
        else:
            yield Rejected(file.at(number), "read", "malformed", f"Line {number} is no http(s) address: {told[:100]}.")
    if empty:
        yield file.rejected("empty", "The list holds no address.")
