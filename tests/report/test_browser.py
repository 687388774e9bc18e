"""The page in a real Chromium: what a reader does, at both widths and in both colours; no errors, no requests.

Needs the Python package `playwright` (`pip install playwright`, no browser download) and a Chromium on this machine,
found on the PATH or named by RASHOMON_CHROMIUM.
"""

from __future__ import annotations

import os
import shutil

import pytest

from rashomon.report.page import write

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test the page in a browser")
BINARY = os.environ.get("RASHOMON_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not BINARY, reason="no chromium on the PATH, and RASHOMON_CHROMIUM is not set")

QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 812}
DEAD = "#a-lantern:107-131"


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BINARY, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, tmp_path):
    """Opens a dossier's page; on leaving, holds it to no errors, no foreign request and no horizontal scrolling."""
    contexts, noise = [], []

    def go(dossier, size=LAPTOP, address="", **options):
        out = tmp_path / "report.html"
        write(dossier, out)
        context = chromium.new_context(viewport=size, **options)
        tab = context.new_page()
        contexts.append((context, tab))
        tab.on("console", lambda message: noise.append(message.text))
        tab.on("pageerror", lambda error: noise.append(str(error)))
        tab.on("request", lambda asked: noise.append(asked.url) if asked.url.split("#")[0] != out.as_uri() else None)
        tab.on("dialog", lambda dialog: noise.append("a dialog"))
        tab.goto(out.as_uri() + address)
        return tab

    yield go
    for context, tab in contexts:
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()
    assert [line for line in noise if line != "data:,"] == []


def in_view(tab, locator):
    box = locator.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= tab.viewport_size["height"]


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_click_on_a_line_opens_the_article_at_the_passage(visit, shelf, size):
    tab = visit(shelf, size)
    tab.get_by_role("link", name="seven people were killed").click()
    mark = tab.locator("#opened mark")
    assert mark.inner_text() == "seven people were killed"
    assert in_view(tab, mark)
    assert tab.url.endswith(DEAD)
    assert tab.evaluate("document.activeElement.tagName") == "MARK"
    facts = tab.locator(".facts").inner_text()
    assert "4 March 2031" in facts
    assert "against the day of the sinking" in facts
    assert "Uppering Echo" in facts


def test_opening_an_article_moves_nothing_on_a_laptop(visit, shelf):
    tab = visit(shelf)
    line = tab.get_by_role("link", name="Nine people lost their lives").first
    line.scroll_into_view_if_needed()
    before = line.bounding_box()
    line.click()
    assert tab.locator("#opened mark").is_visible()
    assert line.bounding_box() == before


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_keys_open_and_close_and_give_the_place_back(visit, shelf, size):
    tab = visit(shelf, size)
    line = tab.get_by_role("link", name="The Halda carried 112 passengers.")
    line.focus()
    scrolled = tab.evaluate("scrollY")
    tab.keyboard.press("Enter")
    assert tab.locator("#opened mark").inner_text() == "The Halda carried 112 passengers."
    tab.keyboard.press("Escape")
    assert tab.locator("#opened").is_hidden()
    assert line.evaluate("node => node === document.activeElement")
    assert "#" not in tab.url
    assert tab.evaluate("scrollY") == scrolled


def test_a_step_within_the_brief_leaves_the_article_open_beside_it(visit, shelf):
    tab = visit(shelf, LAPTOP, DEAD)
    tab.locator(".jump a").first.click()
    assert tab.locator("#opened mark").is_visible()
    tab.keyboard.press("Escape")
    assert tab.locator("#opened").is_hidden()


def test_back_closes_and_forward_opens_again(visit, shelf):
    tab = visit(shelf, PHONE)
    tab.get_by_role("link", name="seven people were killed").click()
    tab.go_back()
    assert tab.locator("#opened").is_hidden()
    tab.go_forward()
    assert tab.locator("#opened mark").inner_text() == "seven people were killed"


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_deep_link_opens_the_passage_and_survives_a_reload(visit, shelf, size):
    tab = visit(shelf, size, DEAD)
    for _ in range(2):
        assert tab.locator("#opened mark").inner_text() == "seven people were killed"
        assert in_view(tab, tab.locator("#opened mark"))
        tab.reload()


@pytest.mark.parametrize(
    "address", ["#a-nobody:1-2", "#a-lantern:9-3", "#a-lantern:99999-100000", "#%E0%A4%A", "#constructor", "#e-1"]
)
def test_a_wrong_address_harms_nothing(visit, shelf, address):
    tab = visit(shelf, address=address)
    assert tab.locator("#opened mark").count() == 0
    assert tab.get_by_role("heading", name="The Halda").first.is_visible()


def test_offsets_count_characters_not_utf16_units(visit, shelf):
    tab = visit(shelf)
    tab.get_by_role("link", name="floating coffin").first.click()
    assert tab.locator("#opened mark").inner_text() == "floating coffin"


def test_furniture_and_comments_are_set_back_and_named(visit, shelf):
    tab = visit(shelf, address=DEAD)
    for role, name in (("furniture", "page furniture"), ("comment", "reader comment")):
        run = tab.locator(f"#opened .run.{role}")
        assert name in run.inner_text()
        own = tab.locator("#opened .run.plain .lines").first
        colours = [node.evaluate("node => getComputedStyle(node).color") for node in (run.locator(".lines"), own)]
        assert colours[0] != colours[1]


def test_the_steps_walk_through_the_cited_passages(visit, shelf):
    tab = visit(shelf, address=DEAD)
    tab.get_by_role("button", name="Next cited passage").click()
    tab.wait_for_function("!location.hash.endsWith('107-131')")
    assert tab.locator("#opened mark").inner_text() == "The Halda carried 112 passengers."


def test_on_a_phone_the_article_is_a_dialog_and_the_brief_is_out_of_reach(visit, shelf):
    tab = visit(shelf, PHONE, DEAD)
    assert tab.locator("#reader").get_attribute("role") == "dialog"
    assert tab.locator("#brief").evaluate("node => node.inert")
    box = tab.locator("#reader").bounding_box()
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    tab.get_by_role("button", name="Close the article").click()
    assert not tab.locator("#brief").evaluate("node => node.inert")


def test_differences_are_sifted_by_relation_and_kind(visit, many):
    tab = visit(many)
    points = tab.locator(".point:visible")
    everything = points.count()
    tab.get_by_role("button", name="contradiction").click()
    assert points.count() == 1
    assert f"1 of {everything}" in tab.locator(".filter .count").inner_text()
    tab.get_by_role("button", name="contradiction").click()
    assert points.count() == everything


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", DEAD])
def test_every_text_has_contrast(visit, shelf, scheme, address):
    tab = visit(shelf, address=address, color_scheme=scheme)
    poor = tab.evaluate(CONTRAST)
    assert poor == []


CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
    if (!own || !node.checkVisibility() || node.closest("svg, script, .hush, .skip, :disabled")) continue;
    const [a, b] = [light(parts(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([node.className, node.textContent.slice(0, 40), ratio]);
  }
  return poor;
}"""


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_nothing_in_an_article_runs_or_reads_backwards(visit, hostile, size):
    tab = visit(hostile, size)
    for number in range(tab.locator("main .line").count()):
        line = tab.locator("main .line").nth(number)
        tab.evaluate("href => { location.hash = href }", line.get_attribute("href"))
        tab.locator("#opened mark").first.wait_for()
        assert tab.locator("#opened svg, #opened img, #opened script, #opened style").count() == 0
        assert tab.locator("#opened a[href^='javascript']").count() == 0
        for text in (tab.locator("#opened").inner_text(), tab.locator("main").inner_text()):
            assert not any(c in text for c in "\u202e\u2066\x1b\x07")
    assert tab.evaluate("window.owned") is None


def test_without_scripts_the_brief_is_all_there(visit, shelf):
    tab = visit(shelf, PHONE, java_script_enabled=False)
    assert tab.get_by_text("seven people were killed").first.is_visible()
    assert tab.get_by_text("Scripts are off").is_visible()
    assert tab.locator("#reader").is_hidden()


def test_two_hundred_articles_stay_quick(visit, crowd):
    tab = visit(crowd)
    tab.locator("main .line").first.click()
    took = tab.evaluate(
        "async () => { const start = performance.now(); location.hash = document.querySelectorAll('main .line')[5]"
        ".getAttribute('href'); await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
        " return performance.now() - start }"
    )
    bare = tab.evaluate(
        "async () => { const start = performance.now();"
        " await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
        " return performance.now() - start }"
    )
    assert took < bare + 500
    assert tab.locator("#opened mark").is_visible()
