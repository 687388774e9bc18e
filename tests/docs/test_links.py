"""Every relative link of the pages leads somewhere, its anchor included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [path for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "samples" / "README.md") if path.exists()]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "benchmarks").rglob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src=\"([^\"]+)\"")


def prose(text: str) -> str:
    """The page without its code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def anchors(page: str) -> set[str]:
    """The anchors that headings get: lower case, punctuation dropped, blanks to hyphens."""
    headings = re.findall(r"^#+ +(.+)$", re.sub(r"^```.*?^```", "", page, flags=re.M | re.S), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    for found in LINK.finditer(prose(page.read_text(encoding="utf-8"))):
        target = found.group(1) or found.group(2)
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    for target in links(page):
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{target}: no such file"
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), f"{target}: no such heading"


def test_every_page_is_reached_from_the_index():
    docs = ROOT / "docs"
    seen, todo = set(), [docs / "index.md"]
    while todo:
        page = todo.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        todo += [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if link.partition("#")[0]]
    assert {path.resolve() for path in docs.rglob("*.md")} <= seen
