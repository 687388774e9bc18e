"""Pages that show nothing of an article by themselves: their scripts, or the pages in their frames, would."""

from __future__ import annotations

import re
from typing import Any

# Of 455 development pages whose text is in the page none shows fewer than 91 words, furniture included; of the pages
# that wait for their scripts all show fewer than 32.
_FEWEST = 40
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S*[.!?…][\"”’)]*$")
_OF_SCRIPTS = re.compile(r"java ?script|browser|cookies|captcha|robot|human|loading|reload|enable", re.IGNORECASE)
_NO_SCRIPT = re.compile(r"json|template|text/html|importmap|speculationrules", re.IGNORECASE)
_NAMED = 3  # frames whose addresses are told


def why_unshown(root: Any, text: str) -> tuple[str, str] | None:
    """The reason and its detail why a page shows no article in its visible text; None if it may show one."""
    if _says_something(text):
        return None
    frames = [frame.get("src") for frame in root.iter("frame", "iframe") if frame.get("src")]
    if root.find(".//frameset") is not None or (frames and not text):
        named = ", ".join(frames[:_NAMED])[:200] or "none"
        return "frames only", f"The page shows other pages in its frames and no text of its own; they are at: {named}."
    if any(not _NO_SCRIPT.search(script.get("type") or "") for script in root.iter("script")):
        shown = f"only {text[:80]!r}" if text else "no text"
        detail = f"Without its scripts the page shows {shown}: save it from a browser once it has loaded."
        return "scripts only", detail
    return None if text else ("no text", "The page shows no text.")


def _says_something(text: str) -> bool:
    lines = text.split("\n")
    sentences = (line for line in lines if _SENTENCE.match(line))
    return len(text.split()) >= _FEWEST or any(not _OF_SCRIPTS.search(line) for line in sentences)
