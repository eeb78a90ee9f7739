"""Placeholder."""

from stiscore.words.faults.saying import Saying

SAYINGS: dict[str, Saying] = {}
