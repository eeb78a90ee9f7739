"""The registry of scored units: provinces, economies, and the aggregates that are neither."""

from stiscore.units.registry import Entry, entries, find, normalise, suggest

__all__ = ["Entry", "entries", "find", "normalise", "suggest"]
