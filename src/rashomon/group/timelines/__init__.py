"""Timelines: the days of a story on which something happened, each told by the best sentences of its articles."""

from rashomon.group.timelines.telling import Line, Telling, telling
from rashomon.group.timelines.timeline import Entry, Passage, timeline

__all__ = ["Entry", "Line", "Passage", "Telling", "telling", "timeline"]
