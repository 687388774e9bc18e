"""Which of the differences found are shown: asked for by readers, which need no language model."""

from __future__ import annotations

SHOWN = 0.3
"""Least confidence of a difference that is shown, as the probability that most readers would call it one; chosen so
that of the points shown in the six development events more than half are points of the reading by hand as well."""
SURE = 0.5
"""From this confidence on a difference is likelier right than wrong: these stand before all others, whatever their
relation."""
LOADED = 0.3
"""From this score on words count as loaded, and a difference from plain ones as framing: of words that reach it readers
marked one in two as biased (benchmarks/results/wording.md)."""
HELD = 0.2
"""Confidence that a contradiction which no strict rule tells is held at: below SHOWN."""
