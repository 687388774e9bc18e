"""Pictures of the report as a browser shows it: python docs/pictures/make.py report.html

Needs Chromium (Debian: apt-get install chromium). It is driven over its DevTools pipe because a window of headless
Chromium is never narrower than 500 pixels, and a phone is.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
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


def main(arguments: list[str]) -> None:
    """Take the pictures of a report: `REPORT [FOLDER]`."""
    if not arguments:
        raise SystemExit(__doc__)
    report = Path(arguments[0]).resolve()
    folder = Path(arguments[1]) if len(arguments) > 1 else HERE
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            for picture in PICTURES:
                browser.open(report.as_uri(), picture)
                if picture.opened:
                    browser.run(_OPEN)
                browser.picture(folder / f"{picture.name}.png")
        finally:
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
