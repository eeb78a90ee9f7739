"""Headings and row names of the tables on reliability, weights, leaving out, size and evidence."""

from __future__ import annotations

import numpy as np

from stiscore.analysis.audit.table import Head, node_name
from stiscore.methods.base import Array
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import HEADS


def text(*ids: str) -> tuple[Head, ...]:
    """Headings of words."""
    return tuple(Head(each, HEADS[each]) for each in ids)


def count(*ids: str) -> tuple[Head, ...]:
    """Headings of whole numbers."""
    return tuple(Head(each, HEADS[each], "count") for each in ids)


def number(*ids: str, digits: int | None = 2) -> tuple[Head, ...]:
    """Headings of figures with decimals, or as measured."""
    return tuple(Head(each, HEADS[each], "number", digits) for each in ids)


def percent(*ids: str, digits: int = 0) -> tuple[Head, ...]:
    """Headings of shares, 0-1."""
    return tuple(Head(each, HEADS[each], "percent", digits) for each in ids)


def measured_parts(scores: Scores, group: int) -> tuple[int, ...]:
    """The children of a group that count in it and have a score in some row."""
    fitted = scores.fitted
    return tuple(
        child
        for child in fitted.tree.children(group)
        if fitted.measures(child) and not np.isnan(scores.node(child)).all()
    )


def parts_of(scores: Scores, places: tuple[int, ...]) -> Array:
    """Scores of some nodes side by side, (rows, places)."""
    return np.column_stack([scores.node(place) for place in places])


def parent_name(scores: Scores, place: int) -> Words:
    """What tables call the group a node lies in."""
    return node_name(scores, scores.fitted.tree.parent[place])
