"""The desk in a real Chromium: what a reader does, at both widths and in both colours, by mouse and by keyboard.

Screenshots of every page are left in build/screens/, to be looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

import rashomon
from rashomon.desk.app import application
from rashomon.model.records import Entity
from tests.desk.conftest import TOKEN

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test the desk in a browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
BINARY = os.environ.get("RASHOMON_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not BINARY, reason="no chromium on the PATH, and RASHOMON_CHROMIUM is not set")
SCREENS = Path(__file__).parents[2] / "build" / "screens"
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 375, "height": 812}
QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


class Served:
    """A desk on a free port, until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(application(folder, TOKEN), log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BINARY, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(folder):
    served = Served(folder)
    yield served
    served.close()


@pytest.fixture
def visit(chromium, desk):
    """Opens a page; on leaving, holds it to no errors, no request to elsewhere and no scrolling sideways."""
    noise, contexts = [], []

    def go(address, size=LAPTOP, served=desk, **options):
        context = chromium.new_context(viewport=size, **options)
        tab = context.new_page()
        contexts.append((context, tab))
        tab.on("console", lambda m: noise.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda e: noise.append(str(e)))
        tab.on("dialog", lambda d: noise.append("a dialog"))
        tab.on("request", lambda r: None if r.url.startswith((served.base, "data:", "blob:")) else noise.append(r.url))
        tab.goto(served.base + address)
        return tab

    yield go
    for context, tab in contexts:
        wide = tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        context.close()
        assert not wide, "the page scrolls sideways"
    assert noise == []


def addresses(tab):
    """One page of each kind, by its name."""
    events = tab.eval_on_selector_all("a[href^='/events/']", "all => all.map(a => a.getAttribute('href'))")
    lines = tab.eval_on_selector_all("a[href^='/storylines/']", "all => all.map(a => a.getAttribute('href'))")
    return {"front": "/", "event": events[1], "storyline": lines[0], "search": "/search?q=ferry", "about": "/about"}


def every_page(visit):
    tab = visit("/")
    pages = addresses(tab)
    base = re.match(r"http://[^/]+", tab.url)[0]
    tab.goto(base + pages["event"])
    pages["article"] = tab.get_attribute("a.line[href^='/articles/']", "href")
    tab.goto(base + pages["article"].split("?")[0])
    pages["entity"] = tab.get_attribute("a.mentions", "href")
    return pages


@pytest.mark.parametrize("look", ["laptop", "phone", "dark"])
def test_every_page_is_whole_and_has_no_serious_barrier(visit, look):
    options = {"color_scheme": "dark"} if look == "dark" else {}
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name, address in every_page(visit).items():
        tab = visit(address, PHONE if look == "phone" else LAPTOP, **options)
        tab.screenshot(path=str(SCREENS / f"{name}-{look}.png"), full_page=True)
        found = axe.Axe().run(tab).response["violations"]
        grave = [
            (v["id"], n["html"][:120]) for v in found if v["impact"] in ("serious", "critical") for n in v["nodes"]
        ]
        assert grave == [], (name, grave[:4])


def test_filters_of_differences_leave_the_kind_asked_for(visit):
    tab = visit(every_page(visit)["event"])
    button = tab.locator(".filter button[data-by='relation']").first
    chosen = button.get_attribute("data-value")
    button.click()
    shown = tab.locator(".point:visible")
    assert shown.count() and all(shown.nth(n).get_attribute("data-relation") == chosen for n in range(shown.count()))
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert tab.locator(".point:visible").count() == tab.locator(".point").count()


def test_the_table_of_who_tells_what_is_put_in_order(visit):
    tab = visit(every_page(visit)["event"])
    rows = "all => all.map(r => [r.cells[0].textContent.trim(), r.cells[2].querySelector('.yes') !== null])"
    before = tab.eval_on_selector_all("table.coverage tbody tr", rows)
    head = tab.locator("table.coverage thead th").nth(2)
    head.locator("button").click()
    after = tab.eval_on_selector_all("table.coverage tbody tr", rows)
    assert [told for _, told in after] == sorted((told for _, told in before), reverse=True)
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert tab.eval_on_selector_all("table.coverage tbody tr", rows) == before


def test_layers_are_switched_and_kept(visit):
    pages = every_page(visit)
    tab = visit(pages["article"])
    mention = tab.locator("a.mentions").first
    line = "node => getComputedStyle(node).borderBottomStyle"
    assert mention.evaluate(line) == "none"
    tab.check("[data-layer='mentions']")
    assert mention.evaluate(line) == "dotted"
    tab.uncheck("[data-layer='aside']")
    tab.reload()
    assert tab.is_checked("[data-layer='mentions']") and not tab.is_checked("[data-layer='aside']")
    assert tab.locator(".part-furniture:visible, .part-comment:visible").count() == 0


def test_a_deep_link_is_in_sight(visit):
    tab = visit(every_page(visit)["article"], PHONE)
    place = tab.locator("mark#at").bounding_box()
    assert place and 0 <= place["y"] < PHONE["height"]


def test_the_keyboard_is_enough(visit):
    tab = visit("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.type("ferry")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=ferry")
    assert tab.locator(".hits li").count()


def test_the_timeline_zooms_by_keys_and_buttons(visit):
    tab = visit(every_page(visit)["storyline"])
    width = "document.querySelector('.zoomed').clientWidth"
    before = tab.evaluate(width)
    tab.focus(".zoom")
    tab.keyboard.press("+")
    assert tab.evaluate(width) > before * 1.4
    tab.keyboard.press("0")
    assert tab.evaluate(width) == before
    tab.click("[data-zoom='in']")
    assert tab.evaluate(width) > before * 1.4


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_figure_is_saved(visit, kind, tmp_path):
    tab = visit(every_page(visit)["storyline"])
    with tab.expect_download() as waited:
        tab.locator(f".save button[data-as='{kind}']").first.click()
    waited.value.save_as(tmp_path / "figure")
    head = (tmp_path / "figure").read_bytes()[:64]
    assert head.startswith(b"\x89PNG" if kind == "png" else b"<svg")


def test_nothing_moves_after_the_first_paint(visit):
    for address in every_page(visit).values():
        tab = visit(address)
        moved = tab.evaluate(
            "new Promise(told => { let sum = 0;"
            "new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })"
            ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => told(sum), 300); })"
        )
        assert moved < 0.05, address


def test_a_difference_is_dismissed_by_keyboard_and_comes_back(visit, own):
    served = Served(own)
    try:
        tab = visit(f"/?token={TOKEN}", served=served)
        tab.goto(served.base + addresses(tab)["event"])
        point = tab.locator(".point").first
        identity = point.get_attribute("id")
        point.locator(".dismiss summary").focus()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        tab.keyboard.type("not the same thing")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**#done")
        assert "differences" in tab.locator("#done").inner_text()
        assert tab.locator(f"#{identity}").count() == 0
        SCREENS.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=str(SCREENS / "event-changed.png"))
        tab.goto(f"{served.base}/judgements")
        assert "not the same thing" in tab.locator(".rulings").inner_text()
        tab.locator(".rulings button").click()
        tab.locator(".rulings .withdrawn").wait_for()
        tab.screenshot(path=str(SCREENS / "judgements-laptop.png"))
        grave = [v for v in axe.Axe().run(tab).response["violations"] if v["impact"] in ("serious", "critical")]
        assert grave == []
    finally:
        served.close()


def test_the_list_is_narrowed_in_the_form(visit):
    tab = visit("/")
    everything = tab.locator(".cards .inner li").count()
    tab.select_option("select[name='outlet']", "Karvonia Monitor")
    tab.fill("input[name='since']", "2024-12-01")
    tab.click(".narrow button")
    tab.wait_for_url("**outlet=Karvonia**")
    assert 0 < tab.locator(".cards .inner li").count() < everything
    assert tab.input_value("input[name='since']") == "2024-12-01"
    tab.click(".narrow .clear")
    assert tab.locator(".cards .inner li").count() == everything


def test_its_own_letters_are_shown(visit):
    tab = visit("/")
    shown = tab.evaluate("document.fonts.ready.then(all => [...all].filter(f => f.status === 'loaded').length)")
    assert shown >= 2


def test_a_judgement_is_given_and_undone_on_the_page(visit, own):
    served = Served(own)
    try:
        entity = next(e for e in rashomon.open(own).records(Entity) if e.name == "Anna Rosvik")
        tab = visit(f"/?token={TOKEN}", served=served)
        tab.goto(f"{served.base}/entities/{entity.entity_id}")
        confirm = tab.locator("form", has=tab.locator("input[value='confirm']"))
        confirm.locator("input[name='why']").fill("seen in a browser")
        confirm.locator("button").click()
        assert "seen in a browser" in tab.locator(".rulings").inner_text()
        assert "compared anew" in tab.locator(".done").inner_text()
        tab.locator(".rulings button").click()
        assert "withdrawn" in tab.locator(".rulings").inner_text()
    finally:
        served.close()
