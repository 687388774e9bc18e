"""Office documents (Office Open XML): the paragraphs of the main part, and the document's properties.

The format is ECMA-376, part 1: `word/document.xml` holds paragraphs `w:p` with runs of text `w:t`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from rashomon.errors import UnreadableSource
from rashomon.extract.told import Told
from rashomon.model.records import Source

_BODY, _CORE = "word/document.xml", "docProps/core.xml"
_LARGEST = 64_000_000  # bytes of one part, unpacked
_MOST_RATIO = 200
# What zipfile and zlib raise on damaged archives, found by fuzzing among others.
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError, NotImplementedError)
_PROPERTIES = {"title": "title", "creator": "byline", "created": "published", "modified": "modified"}


def read(source: Source) -> tuple[Told, ...]:
    """The text, a line a paragraph, and the document's properties."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            body = _part(source, archive, _BODY)
            core = _part(source, archive, _CORE) if _CORE in archive.namelist() else None
    except _DAMAGED as error:
        detail = f"It is no office document that can be read: {str(error)[:200]}."
        raise UnreadableSource(source.source_uri, "extract", "malformed", detail) from error
    text = "\n".join(filter(None, map(_paragraph, _named(body, "p"))))
    if not any(map(str.isalpha, text)):
        raise UnreadableSource(source.source_uri, "extract", "no text", "The document holds no letters.")
    return (Told("text", text, "document paragraphs"), *_properties(core))


def _part(source: Source, archive: zipfile.ZipFile, name: str) -> Any:
    """One part as XML. No entity is resolved: a part that needs one to say something does not say it."""
    told = archive.getinfo(name)
    if told.file_size > _LARGEST or told.file_size > 1_000_000 + _MOST_RATIO * told.compress_size:
        detail = f"Its part {name} unpacks to {told.file_size:,} bytes."
        raise UnreadableSource(source.source_uri, "extract", "too large", detail)
    with archive.open(told) as file:
        data = file.read(told.file_size + 1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise OSError(f"its part {name} is no XML ({error})") from error
    if root is None:
        raise OSError(f"its part {name} is no XML")
    return root


def _named(root: Any, name: str) -> Any:
    return (element for element in root.iter() if isinstance(element.tag, str) and _local(element) == name)


def _local(element: Any) -> str:
    return str(element.tag.rpartition("}")[2])


def _paragraph(paragraph: Any) -> str:
    """The words of a paragraph; its own line breaks become blanks, deleted text (tracked changes) is not read."""
    said = []
    for element in paragraph.iter():
        if not isinstance(element.tag, str):
            continue
        name = _local(element)
        if name == "t" and element.text:
            said.append(element.text)
        elif name in ("tab", "br", "cr"):
            said.append(" ")
        elif name == "noBreakHyphen":
            said.append("-")
    return "".join(said).replace("\n", " ").strip()


def _properties(core: Any) -> tuple[Told, ...]:
    if core is None:
        return ()
    told = ((_PROPERTIES[_local(e)], (e.text or "").strip(), _local(e)) for e in core if _is_known(e))
    return tuple(Told(field, value, f"document property {name}") for field, value, name in told if value)


def _is_known(element: Any) -> bool:
    return isinstance(element.tag, str) and _local(element) in _PROPERTIES
