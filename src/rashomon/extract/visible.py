"""The visible text of a page in reading order, all of it, each line with what the markup says of it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from rashomon.model.span import Span

_UNSEEN = frozenset(
    {"script", "style", "template", "head", "svg", "canvas", "iframe", "object", "select", "datalist"}
    | {"audio", "video", "map", "math", "textarea", "frameset", "noframes"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr", "label", "img", "picture", "input", "button"}
)
_WHOLE = frozenset(["html", "body", "main", "article"])
_SCRIPT = re.compile(r"<(script|style|template|svg|head)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>?")
_LONG = 8000  # characters of a tag
_LONG_TAG = re.compile(rf"<([a-zA-Z][\w:-]*)[^<>]{{{_LONG},}}>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 2000
_BARE = 2000  # characters: longer than what pages show before their scripts have run, shorter than an article's page
_NOTHING = 200  # characters: what no page with an article shows less than, its menus included
_NAME = re.compile(r"[a-z]{2,}")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Words that authors of pages use in classes and ids for parts of a page; the lists follow Readability's and the HTML
# standard's names of parts, one flag each, weighed by the page model.
NAMED = (
    ("comment", re.compile(r"comment|disqus|respond|repl(?:y|ies)|discuss", re.IGNORECASE)),
    ("byline", re.compile(r"byline|author|dateline|pubdate|timestamp|posted|contributor|meta\b", re.IGNORECASE)),
    ("caption", re.compile(r"caption|credit", re.IGNORECASE)),
    ("main", re.compile(r"article|content|story|entry|post|text|body|main|message", re.IGNORECASE)),
    (
        "aside",
        re.compile(
            r"nav|menu|foot|head(?:er)?\b|sidebar|side|widget|relat|recommend|promo|share|social|breadcrumb|banner|"
            r"cookie|consent|newsletter|subscri|sponsor|advert|\bad[s-]|modal|popup|signature|toolbar|pagination|tag",
            re.IGNORECASE,
        ),
    ),
)
_ENCLOSING = ("nav", "footer", "header", "aside", "form", "figcaption", "article", "main", "table", "ul", "blockquote")
TAGS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "td", "div", "dd", "pre", "figcaption", "blockquote", "section")
FLAGS = tuple(name for name, _ in NAMED) + _ENCLOSING


@dataclass(slots=True)
class Line:
    """One line of a page: where it stands, and what the markup around it says."""

    span: Span
    tag: str  # of the block element that it stands in
    flags: int  # bit i: FLAGS[i] holds for the element or one that it lies in
    above: tuple[int, int, int]  # numbers of the three nearest block elements that hold its own
    depth: int
    linked: int  # how many of its characters are inside links
    path: tuple[str, str, str]  # the three nearest block elements, each by its tag and the words of its class and id


@dataclass(slots=True)
class Page:
    """A page's visible text and its lines in order."""

    text: str
    lines: list[Line]


@dataclass(slots=True)
class _Block:
    """A block element that is open."""

    tag: str
    flags: int
    number: int
    name: str


@dataclass(slots=True)
class _Writer:
    """Collects the text; block elements end the line."""

    open: list[_Block] = field(default_factory=lambda: [_Block("", 0, 0, "")])
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    links: int = 0  # link elements that are open
    linked: int = 0
    length: int = 0
    numbered: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.line.append(text)
            if self.links:
                self.linked += len(text)

    def end_line(self) -> None:
        if not self.line:
            return
        text = " ".join("".join(self.line).split())
        if text:
            blocks = self.open[-4:]
            numbers = [0] * (4 - len(blocks)) + [block.number for block in blocks]
            here = blocks[-1]
            above = (numbers[2], numbers[1], numbers[0])
            names = [""] * (4 - len(blocks)) + [block.name for block in blocks]
            path = (names[3], names[2], names[1])
            span = Span(self.length, self.length + len(text))
            depth = len(self.open)
            self.lines.append(Line(span, here.tag, here.flags, above, depth, min(self.linked, len(text)), path))
            self.parts.append(text)
            self.length += len(text) + 1
        self.line = []
        self.linked = 0

    def enter(self, tag: str, flags: int, name: str) -> None:
        self.end_line()
        self.numbered += 1
        self.open.append(_Block(tag, self.open[-1].flags | flags, self.numbered, name))

    def leave(self) -> None:
        self.end_line()
        self.open.pop()


_MARKUP = re.compile(
    r"<(p|div|br|h[1-6]|ul|ol|li|article|section|table|blockquote|html|body|span)\b[^<>]*>", re.IGNORECASE
)


def is_markup(text: str) -> bool:
    """Whether a text that should be plain is markup: it begins with an element, or holds several."""
    head = text[:20_000]
    return _MARKUP.match(head.lstrip()) is not None or len(_MARKUP.findall(head)) >= 3


def tree(text: str) -> Any:
    """The page as an lxml element, however broken or deep it is; None if there is no element in it.

    libxml2 gives up a page nested more than 2,048 deep. Such a page is read again as its words with a line for every
    tag: its structure says nothing to anyone.
    """
    if any(len(part) > _LONG and not -1 < part.find(">") < _LONG for part in text.split("<")):  # few pages have one
        text = _LONG_TAG.sub(_bared, text)
    root, deep = _parsed(text)
    if deep:
        root, _ = _parsed(_TAG.sub("<br>", _SCRIPT.sub("<br>", text)))
    return root


def _bared(tag: re.Match[str]) -> str:
    """A tag as it is, without attributes if it has thousands: libxml2 compares each with all others."""
    return tag[0] if len(_QUOTED.sub("", tag[0]).split()) < _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _parsed(text: str) -> tuple[Any, bool]:
    """The root element or None, and whether the parser stopped at the depth of the page."""
    parser = html.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return root, any("Excessive depth" in entry.message for entry in parser.error_log)


def visible(root: Any) -> Page:
    """The visible text under `root`: a line a block element, white space collapsed.

    What stands in `noscript` is left out, unless it is longer than all the rest: then the page needs scripts to show
    itself, and says there what it would show. So is what is hidden, unless nearly nothing is shown: then scripts will
    show it (React sends the parts of a page hidden and puts them in place).
    """
    page = _walked(root, _UNSEEN | {"noscript"})
    if len(page.text) < _BARE and (bare := _walked(root, _UNSEEN)) and len(bare.text) > 2 * len(page.text):
        page = bare
    if len(page.text) < _NOTHING and (laid := _walked(root, _UNSEEN, hidden=True)) and len(laid.text) > _BARE:
        page = laid
    return page


def _walked(root: Any, unseen: frozenset[str], hidden: bool = False) -> Page:
    """The text outside of elements that are not seen, and hidden ones if asked for. No recursion: any depth will do."""
    writer = _Writer()
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: Any = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in unseen or not isinstance(tag, str) or (not hidden and element.attrib and _unseen(element)):
                walk.skip_subtree()
                skipped = element
            else:
                if tag == "a":
                    writer.links += 1
                if tag not in _INLINE:
                    classes, name = element.get("class", ""), element.get("id", "")
                    writer.enter(tag, _flags(tag, classes, name), _named(tag, classes, name))
                writer.add(element.text)
        elif element is skipped:
            skipped = None
            if tag not in _INLINE and tag not in unseen:
                writer.end_line()
            writer.add(element.tail)
        else:
            if tag == "a":
                writer.links -= 1
            if tag not in _INLINE:
                writer.leave()
            writer.add(element.tail)
    writer.end_line()
    return Page("\n".join(writer.parts), writer.lines)


def _unseen(element: Any) -> bool:
    attributes = element.attrib
    if element.tag in _WHOLE:
        return False  # hidden until its scripts have run, as on pages made for phones
    if "hidden" in attributes or (element.tag in _INLINE and attributes.get("aria-hidden") == "true"):
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


@functools.lru_cache(maxsize=20_000)
def _named(tag: str, classes: str, name: str) -> str:
    """The tag and the words in the class and id of an element, as `div post body`; numbers in them are left out."""
    return " ".join((tag, *_NAME.findall(f"{classes} {name}"[:120].lower())))


@functools.lru_cache(maxsize=20_000)
def _flags(tag: str, classes: str, name: str) -> int:
    """Which of FLAGS the tag, class and id of one element show."""
    flags = 0
    if tag in _ENCLOSING:
        flags |= 1 << (len(NAMED) + _ENCLOSING.index(tag))
    names = f"{classes} {name}"[:200]
    if len(names) > 1 and tag not in ("body", "html"):
        for i, (_, pattern) in enumerate(NAMED):
            if pattern.search(names):
                flags |= 1 << i
    return flags
