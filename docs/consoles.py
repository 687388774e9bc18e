"""Run the commands that the pages show and write down what they say: python docs/consoles.py [PAGE...]

Every block that is marked `console` is run in one fresh folder that holds samples/, page by page, each line behind a
`$` is followed by its real output. A block of Python whose first line is a comment with a file's name is that file.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/tutorial/first-dossier.md", *(f"docs/how-to/{n}.md" for n in ("query", "export", "python")))
PAGES += ("docs/how-to/follow-a-line.md",)
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", flags=re.M | re.S)
_FILE = re.compile(r"# (\w+\.py)\n")
_WIDTH = 100  # columns of the terminal that the pages show


def _run(command: str, folder: Path) -> str:
    """What a command prints, without trailing blanks; SystemExit if it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": str(_WIDTH), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 141):  # 141: the reader of a pipe had enough
        raise SystemExit(f"{command}\n{done.stdout}{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def refreshed(page: str, folder: Path) -> str:
    """The page with the output of its commands as it is now; files that the commands make are left in `folder`."""

    def block(found: re.Match[str]) -> str:
        kind, content = found.groups()
        if kind == "python":
            name = _FILE.match(content)
            if name:
                (folder / name[1]).write_text(content, encoding="utf-8")
            return found[0]
        commands = [line[2:] for line in content.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {command}\n{_run(command, folder)}" for command in commands) + "```"

    return _BLOCK.sub(block, page)


def main(pages: Sequence[str]) -> None:
    """Refresh the pages given, or all."""
    for name in pages or PAGES:
        path = ROOT / name
        if not path.exists():
            raise SystemExit(f"There is no page {name}.")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "samples", Path(folder) / "samples")
            before = path.read_text(encoding="utf-8")
            after = refreshed(before, Path(folder))
            if after != before:
                path.write_text(after, encoding="utf-8")
                sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
