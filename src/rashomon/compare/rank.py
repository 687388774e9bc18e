"""Which of the differences found are shown: asked for by readers, which need no language model."""

from __future__ import annotations

SHOWN = 0.3
"""Least confidence of a difference that is shown, as the probability that a reader would call it one; chosen so that a
third of the points of the six development events are found. The surest stand first."""
SURE = 0.5
"""From this confidence on a difference is likelier right than wrong: these stand before all others, whatever their
relation."""
LOADED = 0.3
"""From this score on words count as loaded, and a difference from plain ones as framing: of words that reach it readers
marked one in two as biased (benchmarks/results/wording.md)."""
HELD = 0.25
"""Confidence that a contradiction which no strict rule tells is held at: below SHOWN."""
