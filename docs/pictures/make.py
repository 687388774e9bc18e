"""Make the pictures of the documentation again: the report on the packaged samples, in a real browser.

    python docs/pictures/make.py [DOSSIER]

Without a dossier the samples are read first. Needs `pip install playwright` (no browser download) and a Chromium on the
PATH or named by RASHOMON_CHROMIUM. The pictures are written beside this file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import rashomon
from rashomon.report.page import write
from rashomon.store.dossier import Dossier

HERE = Path(__file__).parent
SAMPLES = Path(rashomon.__file__).parent / "samples"
ARTICLES = (".txt", ".html", ".jsonl")


@dataclass(frozen=True, slots=True)
class Picture:
    """What one picture shows."""

    name: str
    width: int
    height: int
    scheme: str  # light, dark
    scale: int  # device pixels a pixel
    opened: bool  # with an article open at the first side of a difference, or else at the first line


PICTURES = (
    Picture("report-laptop", 1280, 860, "light", 1, opened=True),
    Picture("report-dark", 1280, 860, "dark", 1, opened=True),
    Picture("report-top", 1280, 860, "light", 1, opened=False),
    Picture("report-phone", 390, 780, "light", 2, opened=False),
    Picture("report-phone-article", 390, 780, "light", 2, opened=True),
)


def take(browser: Browser, page: Path, picture: Picture) -> None:
    """Take one picture of the report at `page`."""
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=size, color_scheme=picture.scheme, device_scale_factor=picture.scale)
    tab = context.new_page()
    tab.goto(page.as_uri())
    lines = tab.locator(".side .line")
    line = lines.first if lines.count() else tab.locator(".claim .line").first
    if picture.opened:
        line.evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - innerHeight * 0.35)")
        line.click()
        tab.locator("#opened mark").first.wait_for()
        tab.mouse.move(0, 0)
        tab.wait_for_timeout(400)  # until transitions have ended
    tab.screenshot(path=HERE / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Read the samples where no dossier is given, write the report, take the pictures."""
    binary = os.environ.get("RASHOMON_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        if len(sys.argv) > 1:
            dossier = Dossier(sys.argv[1])
        else:
            samples = sorted(path for path in SAMPLES.iterdir() if path.suffix in ARTICLES)
            dossier = rashomon.read(samples, into=Path(folder) / "samples.dossier")
        write(dossier, page)
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-quic"])
            for picture in PICTURES:
                take(browser, page, picture)
            browser.close()


if __name__ == "__main__":
    main()
