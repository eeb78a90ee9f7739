"""The registry of scored units: provinces, economies, and the aggregates that are neither."""

from stiscore.units.near import suggest
from stiscore.units.normal import normalise
from stiscore.units.registry import Entry, entries, find

__all__ = ["Entry", "entries", "find", "normalise", "suggest"]
