"""Which of the differences found are shown: asked for by readers, which need no language model."""

from __future__ import annotations

SHOWN = 0.43
"""Least confidence of a difference that is shown; chosen so that at least half of those shown on the development events
stand in their reading by hand, each event judged by weights made from the other five."""
LOADED = 0.3
"""From this score on words count as loaded, and a difference from plain ones as framing: of words that reach it readers
marked one in two as biased (benchmarks/results/wording.md)."""
HELD = 0.35
"""Confidence that a contradiction not sure enough to be told as one is held at: below SHOWN."""
