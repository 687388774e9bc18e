"""The visible text of a page in reading order, all of it, each stretch with what the markup says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from rashomon.model.span import Span

_UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "head", "svg", "canvas", "iframe", "object", "select", "datalist"]
    + ["audio", "video", "map", "math", "textarea", "frameset", "noframes", "param", "source"]
)
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"]
    + ["kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"]
    + ["time", "tt", "u", "var", "wbr", "label", "img", "picture", "input", "button"]
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_NAMED = (
    ("comment", re.compile(r"(?:^|[\s_-])(?:comments?|commentlist|disqus\w*|respond|replies|reply)(?:$|[\s_-])", re.I)),
    ("byline", re.compile(r"(?:^|[\s_-])(?:byline|author(?:s|-name)?|dateline|pubdate|timestamp)(?:$|[\s_-])", re.I)),
    ("caption", re.compile(r"(?:^|[\s_-])(?:caption|wp-caption-text|figcaption|photo-credit)(?:$|[\s_-])", re.I)),
)
_TAGS = {
    "nav": "furniture",
    "footer": "furniture",
    "aside": "furniture",
    "button": "furniture",
    "form": "furniture",
    "figcaption": "caption",
    "h1": "title",
}


@dataclass(slots=True)
class Stretch:
    """One block element's text: where it stands, and the role its markup hints at (None: nothing)."""

    span: Span
    hint: str | None
    linked: int  # how many of its characters are inside links


@dataclass(slots=True)
class Page:
    """A page's visible text and its stretches in order."""

    text: str
    stretches: list[Stretch]


@dataclass(slots=True)
class _Writer:
    """Collects the text; block elements end the line."""

    parts: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    linked: int = 0
    hint: str | None = None
    length: int = 0

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.line.append(text)
            if in_link:
                self.linked += len(text.strip())

    def end_line(self, hint: str | None) -> None:
        """Finish the line that is open; what follows has the hint given."""
        if self.line:
            text = _SPACE.sub(" ", "".join(self.line)).strip()
            if text:
                self.stretches.append(Stretch(Span(self.length, self.length + len(text)), self.hint, self.linked))
                self.parts.append(text)
                self.length += len(text) + 1
            self.line = []
            self.linked = 0
        self.hint = hint


def tree(text: str) -> Any:
    """The page as an lxml element, however broken or deep it is; None if there is no element in it."""
    parser = html.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def visible(root: Any) -> Page:
    """The visible text under `root`: a line a block element, white space collapsed. Works without recursion."""
    writer = _Writer()
    # (element, hint, in a link, whether the element is being left)
    waiting: list[tuple[Any, str | None, bool, bool]] = [(root, None, False, False)]
    while waiting:
        element, hint, in_link, leaving = waiting.pop()
        inline = element.tag in _INLINE
        if leaving:
            if not inline:
                writer.end_line(hint)
            writer.add(element.tail, in_link)
            continue
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _unseen(element):
            writer.add(element.tail, in_link)
            continue
        waiting.append((element, hint, in_link, True))
        own = _hint(element) or hint
        link = in_link or element.tag == "a"
        if not inline:
            writer.end_line(own)
        elif element.tag == "time" and not writer.line:
            writer.hint = "byline"
        writer.add(element.text, link)
        waiting.extend((child, own, link, False) for child in reversed(element))
    writer.end_line(None)
    return Page("\n".join(writer.parts), writer.stretches)


def _unseen(element: Any) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _hint(element: Any) -> str | None:
    """The role that an element's tag, class or id names."""
    by_tag = _TAGS.get(element.tag)
    if by_tag is not None:
        return by_tag
    names = f"{element.get('class', '')} {element.get('id', '')}"[:300]
    if len(names) > 1 and element.tag not in ("body", "html", "main", "article"):
        for role, pattern in _NAMED:
            if pattern.search(names):
                return role
    return None
