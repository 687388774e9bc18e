"""Addresses as the versions of one article share them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Parameters of addresses that tell whence a reader came, not what is read.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|cmpid|ns_\w+|at_\w+|smid|src|share", re.IGNORECASE)


def address(url: str | None) -> str | None:
    """An address as versions share it: without scheme, `www.`, fragment and tracking.

    None where there is none, and for front pages, which tell something else every hour.
    """
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    kept = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)))
    if not host or not (path or kept):
        return None
    return f"{host}{path}?{kept}" if kept else host + path
