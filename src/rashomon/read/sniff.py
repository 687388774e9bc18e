"""Whether bytes are text at all, told from the bytes alone."""

from __future__ import annotations

import re

# First bytes of the file formats that most often carry a text ending by mistake, as libmagic lists them.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
)
# First bytes, after white space, of formats that have no ending to tell them by.
_BEGINNINGS = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04"), "docx"),
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"PAR1"), "parquet"),
    (re.compile(rb"WARC/[01]\.\d"), "warc"),
    (re.compile(rb"<(?:\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<)?(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b"), "feed"),
    (re.compile(rb"<(?:!doctype|html|head|body|\?xml|[a-z]+[\s>])", re.IGNORECASE), "html"),
    (re.compile(rb"\{[^\n]*\}\s*(?:\n\s*\{|\Z)"), "json lines"),
    (re.compile(rb"[\[{]\s*[\"{\[]"), "json"),
    (re.compile(rb"(?:[A-Z][A-Za-z-]*: [^\n]*\n(?:[ \t][^\n]*\n)*){3}", re.DOTALL), "mail"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
# Text may hold a stray control character (form feeds are not counted); one in a hundred is more than any text had
# among the development pages, and far less than the twelfth that random bytes have.
_CONTROL_SHARE = 0.01
_LOOKED_AT = 65536


def wide_text(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 encoding that the zero bytes of `data` show, with or without a mark; None if none."""
    if data.startswith((b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00")):
        return "utf-32"
    if data.startswith(_WIDE_MARKS):
        return "utf-16"
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def binary(data: bytes) -> str | None:
    """What `data` is when it is no text, in words; None if it may be text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if wide_text(data) is not None:
        return None
    sample = data[:_LOOKED_AT]
    if b"\x00" in sample:
        return f"binary data: {sample.count(0)} zero bytes among the first {len(sample)}"
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > _CONTROL_SHARE * len(sample):
        return f"binary data: {control} control characters among the first {len(sample)} bytes"
    return None


def kind_of(data: bytes) -> str:
    """The format that the first bytes show; `text` where they show nothing else."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((kind for pattern, kind in _BEGINNINGS if pattern.match(head)), "text")
