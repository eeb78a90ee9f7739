"""Pairs of units: who is ahead whatever the weights, and how little weight brings two level."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from stiscore.methods.aggregate import Arithmetic, Geometric
from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Bough
from stiscore.robust.dominance import dominates
from stiscore.robust.swaps import swap
from stiscore.scores import Scores


@dataclass(frozen=True, slots=True, eq=False)
class Dominance:
    """Who is at least as good as whom in every area and better in one.

    ``rows``: the ranked rows by rank; ``over``: (rows, rows), whether the row's unit is over the
    column's. ``compared``: (rows,), those of them with every measured area; the others are in no
    pair.
    """

    rows: tuple[int, ...]
    over: Mask
    compared: Mask

    @property
    def above(self) -> list[int]:
        """How many units each is over, by row."""
        return [int(n) for n in self.over.sum(axis=1)]

    @property
    def below(self) -> list[int]:
        """How many units are over each, by row."""
        return [int(n) for n in self.over.sum(axis=0)]

    @property
    def pairs(self) -> tuple[int, int]:
        """Pairs in which one is over the other, of all pairs that are compared."""
        many = int(self.compared.sum())
        return int(self.over.sum()), many * (many - 1) // 2


@dataclass(frozen=True, slots=True)
class Closeness:
    """A unit and the next below it: the smallest change of area weights that brings them level.

    ``moved``: share of all weight that moves, 0-1; None where no weights do it (``dominated``) or
    where one of them lacks an area that has weight and the other has. ``weights``: by area id the
    weight before and after, all summing to 1; empty where nothing was worked out.
    """

    above: int
    below: int
    moved: float | None
    weights: dict[str, tuple[float, float]] = field(default_factory=dict)
    dominated: bool = False

    @property
    def changes(self) -> dict[str, float]:
        """By area id how much weight it gains; what it loses is below 0."""
        return {area: after - before for area, (before, after) in self.weights.items()}


def dominance(scores: Scores, rows: tuple[int, ...]) -> Dominance:
    """Dominance among ``rows`` over the measured areas; scores within a tie are equal."""
    fitted = scores.fitted
    measured = [area for area in fitted.areas if fitted.measures(area)]
    parts = np.column_stack([scores.node(area) for area in measured])[list(rows)]
    compared: Mask = np.asarray(scores.complete[list(rows)])
    return Dominance(rows, dominates(parts, scores.tie), compared)


def closeness(scores: Scores, rows: tuple[int, ...]) -> tuple[Closeness, ...] | None:
    """Each of ``rows``, by rank, and the next; None where the index is no mean of its areas.

    Exact for the weighted arithmetic mean, and for the geometric one on logarithms.
    """
    root = next(b for b in scores.fitted.boughs if b.group == scores.fitted.tree.root)
    parts = _parts(scores, root)
    if parts is None:
        return None
    weights = np.array(root.weights) / sum(root.weights)
    ids = [scores.fitted.tree.ids[child] for child in root.children]
    return tuple(_pair((above, below), parts, weights, ids) for above, below in pairwise(rows))


def _parts(scores: Scores, root: Bough) -> Array | None:
    """What the index is a weighted sum of, (rows, areas); None where it is no such sum."""
    areas = np.column_stack([scores.node(child) for child in root.children])
    joiner = root.joiner
    if isinstance(joiner, Arithmetic):
        return areas
    if not isinstance(joiner, Geometric):
        return None
    raised = areas if joiner.floor is None else np.maximum(areas, joiner.floor)
    # Only an area without weight can hold what has no logarithm.
    logs: Array = np.log(raised, out=np.full(raised.shape, np.nan), where=raised > 0)
    return logs


def _pair(pair: tuple[int, int], parts: Array, weights: Array, ids: list[str]) -> Closeness:
    above, below = parts[list(pair)]
    missing = np.isnan(parts[list(pair)])
    if ((missing[0] != missing[1]) & (weights > 0)).any():
        return Closeness(*pair, moved=None)
    # An area neither has puts neither ahead, and takes the same share of weight from both.
    above, below = np.where(missing.all(axis=0), 0.0, parts[list(pair)])
    nearest = swap(above, below, weights)
    if nearest is None:
        return Closeness(*pair, moved=None, dominated=True)
    told = zip(ids, zip(weights.tolist(), nearest.weights, strict=True), strict=True)
    return Closeness(*pair, moved=nearest.moved, weights=dict(told))
