"""Pictures of the report and the desk as a browser shows them: python docs/pictures/make.py report.html NAME.dossier

Needs Chromium (Debian: apt-get install chromium). It is driven over its DevTools pipe because a window of headless
Chromium is never narrower than 500 pixels, and a phone is.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's name, the screen in CSS pixels, and what is to be seen."""

    name: str
    width: int
    height: int
    scale: float  # device pixels a CSS pixel
    dark: bool
    opened: bool  # with an article open at a passage


PICTURES = (
    Picture("report-laptop", 1280, 800, 1.5, dark=False, opened=True),
    Picture("report-dark", 1280, 800, 1.5, dark=True, opened=True),
    Picture("report-phone", 390, 844, 2.0, dark=False, opened=False),
    Picture("report-phone-article", 390, 844, 2.0, dark=False, opened=True),
)


DESK = {
    "front": Picture("desk-front", 1280, 800, 1.5, dark=False, opened=False),
    "event": Picture("desk-event", 1280, 800, 1.5, dark=False, opened=False),
    "storyline": Picture("desk-storyline", 1280, 800, 1.5, dark=True, opened=False),
    "article": Picture("desk-article", 1280, 800, 1.5, dark=False, opened=False),
    "event on a phone": Picture("desk-phone", 390, 844, 2.0, dark=False, opened=False),
}


class Browser:
    """A headless Chromium with one page, spoken to over a pipe (DevTools protocol, messages ended by a zero)."""

    def __init__(self, profile: str) -> None:
        program = next(filter(None, map(shutil.which, _NAMES)), None)
        if program is None:
            raise SystemExit("No Chromium is installed: apt-get install chromium")
        theirs, ours = os.pipe(), os.pipe()
        command = f'exec "$0" "$@" 3<&{theirs[0]} 4>&{ours[1]}'
        self._process = subprocess.Popen(
            ["sh", "-c", command, program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs[0], ours[1]),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs[0])
        os.close(ours[1])
        self._out, self._in = os.fdopen(theirs[1], "wb"), os.fdopen(ours[0], "rb")
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """The result of one method; SystemExit with the browser's words if it fails."""
        number = next(self._numbers)
        message: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        answer = self._until(lambda told: told.get("id") == number)
        if "error" in answer:
            raise SystemExit(f"Chromium: {method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            while b"\0" not in self._rest:
                chunk = os.read(self._in.fileno(), 1 << 16)
                if not chunk:
                    raise SystemExit("Chromium ended before the picture was taken.")
                self._rest += chunk
            line, _, self._rest = self._rest.partition(b"\0")
            told: dict[str, Any] = json.loads(line)
            if wanted(told):
                return told

    def open(self, url: str, picture: Picture) -> None:
        """Show a page on the picture's screen, in its colours, and wait until it has loaded."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=picture.width,
            height=picture.height,
            deviceScaleFactor=picture.scale,
            mobile=picture.width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if picture.dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)
        self._until(lambda told: told.get("method") == "Page.loadEventFired")
        self.run("new Promise(done => setTimeout(done, 400))")

    def run(self, script: str) -> Any:
        """The value of a script on the page, awaited."""
        given = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return given["result"].get("value")

    def picture(self, path: Path) -> None:
        """What the screen shows, as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        """End the browser."""
        self._out.close()
        self._in.close()
        self._process.terminate()
        self._process.wait()


# Opens the first side of the first difference (or the first claim), a third down the screen.
_OPEN = """(async () => {
  const line = document.querySelector(".side .line") ?? document.querySelector(".claim .line");
  scrollTo(0, line.getBoundingClientRect().top + scrollY - innerHeight * 0.35);
  line.click();
  await new Promise((done) => setTimeout(done, 600));
})()"""


# Where the differences of an event begin; where the figures of a storyline do.
_BEGIN = "document.querySelector({selector!r})?.scrollIntoView()"
_SIGHT = {"event": ".differences", "event on a phone": ".differences", "storyline": "#h-days, #h-counts"}
_FIRST = "[...document.querySelectorAll({selector!r})].map((a) => a.getAttribute('href'))"


@contextlib.contextmanager
def desk(dossier: Path) -> Iterator[str]:
    """The address of a desk on the dossier, as long as the block runs; whoever comes there only reads."""
    import uvicorn

    from rashomon.desk.app import application

    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(dossier), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def of_report(browser: Browser, report: Path, folder: Path) -> None:
    """Take the pictures of a report."""
    for picture in PICTURES:
        browser.open(report.as_uri(), picture)
        if picture.opened:
            browser.run(_OPEN)
        browser.picture(folder / f"{picture.name}.png")


def of_desk(browser: Browser, base: str, folder: Path) -> None:
    """Take the pictures of a desk: of the first storyline, its last event, a side of its first difference."""
    browser.open(base, DESK["front"])
    line = browser.run(_FIRST.format(selector="a[href^='/storylines/']"))[0]
    browser.open(base + line, DESK["storyline"])
    event = browser.run(_FIRST.format(selector=".entries a[href^='/events/']"))[-1]
    browser.open(base + event, DESK["event"])
    article = browser.run(_FIRST.format(selector=".side a.line, .claim a.line"))[0]
    addresses = {"front": "/", "storyline": line, "event": event, "event on a phone": event, "article": article}
    for name, picture in DESK.items():
        browser.open(base + addresses[name], picture)
        if name in _SIGHT:
            browser.run(_BEGIN.format(selector=_SIGHT[name]))
        browser.picture(folder / f"{picture.name}.png")


def main(arguments: list[str]) -> None:
    """Take the pictures of a report and of a dossier's desk: `REPORT [DOSSIER [FOLDER]]`."""
    if not arguments:
        raise SystemExit(__doc__)
    folder = Path(arguments[2]) if len(arguments) > 2 else HERE
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            of_report(browser, Path(arguments[0]).resolve(), folder)
            if len(arguments) > 1:
                with desk(Path(arguments[1])) as base:
                    of_desk(browser, base, folder)
        finally:
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
