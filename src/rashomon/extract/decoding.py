"""Bytes to text: which encoding, and how it is known."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from rashomon.extract import single_byte
from rashomon.read.sniff import wide_text

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']""", re.IGNORECASE)
# Pages call Latin-1 what browsers read as Windows-1252 (WHATWG Encoding, section 4.2).
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
# Codecs that no document is written in: for names of hosts, for programs; UTF-7 is forbidden by the same standard.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
)
_GUESSED_FROM = 200_000
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, the encoding it was read in, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool
    replaced: int  # characters that could not be decoded and stand as U+FFFD

    @property
    def told(self) -> str:
        """The encoding in words: its name, whether it was guessed, and what could not be read in it."""
        told = [self.encoding, *(["guessed"] if self.guessed else [])]
        if self.replaced:
            told.append(f"{self.replaced} character{'s' if self.replaced > 1 else ''} not readable in it")
        return ", ".join(told)


def decode(data: bytes, page: bool = False, declared: str | None = None) -> Decoded | None:
    """Bytes as text: by byte order mark, as UTF-8, as declared, else guessed; None if nothing fits.

    `declared` is the encoding that a transport named (HTTP, mail); where it does not fit, the one that a page names.

    Line ends stay as they are. A byte order mark is not part of the text. UTF-8 with a few broken bytes (at most one
    in a thousand, and as many whole characters beyond ASCII) is still UTF-8, the broken ones replaced and counted.
    """
    wide = wide_text(data)
    if wide is not None:
        text = data.decode(wide, "replace").removeprefix("\ufeff")
        return Decoded(text, wide, False, text.count("\ufffd"))
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8", False, 0)
    except UnicodeDecodeError:
        pass
    for name in (_known(declared), _declared(data) if page else None):
        if name is not None:
            text = data.decode(name, "replace")
            broken = text.count("\ufffd")
            if broken <= len(text) // 1000 + 2:
                return Decoded(text, name, False, broken)
    text = data.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    if broken <= len(text) // 1000 and broken <= len(_BEYOND_ASCII.findall(text)) - broken:
        return Decoded(text, "utf-8", False, broken)
    return _guess(data)


def _declared(data: bytes) -> str | None:
    head = data[:4096]
    match = _DECLARED.search(head) or _XML_DECLARED.search(head)
    return _known(match[1].decode("ascii")) if match is not None else None


def _known(name: str | None) -> str | None:
    """The codec of a declared encoding of one byte a letter, or of East Asian ones; None if there is none such."""
    try:
        info = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    if info.name.startswith(("utf-16", "utf-32", "utf-8")) or info.name in _NO_CHARSETS or not info._is_text_encoding:
        return None
    return _WEB_NAMES.get(info.name, info.name)


def _guess(data: bytes) -> Decoded | None:
    name = single_byte.told(data[:_GUESSED_FROM])
    if name is None:
        best = charset_normalizer.from_bytes(data[:_GUESSED_FROM]).best()
        name = best.encoding if best is not None else None
    if name is None:
        return None
    text = data.decode(name, "replace")
    return Decoded(text, name, True, text.count("\ufffd"))
