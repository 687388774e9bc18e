"""The version of this Rashomon, as installed."""

from __future__ import annotations

import importlib.metadata

VERSION = importlib.metadata.version("rashomon")
