"""How one unit's index, or the mean behind a gap, answers to moves of its levers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from stiscore.methods.aggregate import Arithmetic, Geometric, shares_present
from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Bough, climb
from stiscore.methods.least_change import Bend
from stiscore.methods.weight import Weights
from stiscore.scores import Fitted, Scores


def floor_over(fitted: Fitted, place: int) -> float:
    """The score under which a node's parent takes it for that score; minus infinity for none."""
    bough = next((b for b in fitted.boughs if place in b.children), None)
    if bough is None or not isinstance(bough.joiner, Geometric):
        return -np.inf
    return bough.joiner.floor or -np.inf


class IndexResponse:
    """The index of one row; frame, other figures and other units stay.

    ``places``: the levers' leaves. ``starts``: the scores from which their moves count, which is
    the floor where a score lies below it. Groups are joined by arithmetic or geometric means.
    """

    def __init__(self, scores: Scores, row: int, places: Sequence[int], starts: Array) -> None:
        self._fitted, self._places, self._starts = scores.fitted, list(places), starts
        self._base = scores.normalised[row].copy()
        self._observed = ~np.isnan(scores.raw[row])
        self._weights = Weights(**scores.fitted.weights.model_dump())

    @property
    def bend(self) -> Bend:
        """Concave where any group is joined by a geometric mean."""
        curved = any(isinstance(b.joiner, Geometric) for b in self._fitted.boughs)
        return "concave" if curved else "linear"

    def values(self, moves: Array) -> Array:
        """The index after ``moves`` (rows, levers), (rows,)."""
        return self._nodes(moves)[:, -1]

    def slopes(self, moves: Array) -> Array:
        """Points of the index a point of each lever adds, (levers,).

        Arithmetic means: the product of the weights of what the unit has. A geometric mean S of
        children s with weights w adds ``w S / s``; below a floor, what it adds at the floor.
        """
        nodes = self._nodes(moves[None, :])[0]
        told = np.zeros(nodes.size)
        told[-1] = 1.0
        for bough in reversed(self._fitted.boughs):
            told[list(bough.children)] = told[bough.group] * _shares(bough, nodes)
        return told[self._places]

    @cached_property
    def sunk(self) -> Mask:
        """Which levers stand below a group that lies under a floor, (levers,).

        There the index answers only once the group has risen to the floor: it is not concave.
        """
        tree, fitted = self._fitted.tree, self._fitted
        nodes = self._nodes(np.zeros((1, len(self._places))))[0]
        low = {g for g in tree.groups if g != tree.root and nodes[g] < floor_over(fitted, g)}
        return np.array([bool(low & {*tree.above(p)}) for p in self._places], bool)

    def _nodes(self, moves: Array) -> Array:
        """Scores of all nodes, (rows, nodes)."""
        leaves = np.tile(self._base, (len(moves), 1))
        leaves[:, self._places] = np.where(moves > 0, self._starts + moves, leaves[:, self._places])
        fitted = self._fitted
        told = climb(
            fitted.tree,
            self._weights,
            fitted.boughs,
            leaves,
            np.tile(self._observed, (len(moves), 1)),
            min_coverage=fitted.framework.method.coverage.min_area_coverage,
        )
        return np.column_stack([leaves, told.groups])


class GapResponse:
    """The weighted mean of the scores behind one gap, of which severity is the way to the top.

    ``leaves``: their places; only those the row has count, with their declared weights.
    """

    bend: Bend = "linear"

    def __init__(
        self, scores: Scores, row: int, places: Sequence[int], leaves: Sequence[int]
    ) -> None:
        parts = scores.normalised[[row]][:, list(leaves)]
        weights = [scores.fitted.tree.weight[leaf] for leaf in leaves]
        share = dict(zip(leaves, np.nan_to_num(shares_present(parts, weights))[0], strict=True))
        self._shares = np.array([share.get(place, 0.0) for place in places])
        self._mean = float(Arithmetic().combine(parts, weights).score[0])

    def values(self, moves: Array) -> Array:
        """The mean after ``moves`` (rows, levers), (rows,)."""
        return np.asarray(self._mean + moves @ self._shares)

    def slopes(self, moves: Array) -> Array:
        """Each lever's weight among what the row has, (levers,), wherever ``moves`` is."""
        del moves
        return self._shares


def _shares(bough: Bough, nodes: Array) -> Array:
    """What a point of each child adds to its group, (children,)."""
    parts = nodes[None, list(bough.children)]
    shares = np.nan_to_num(shares_present(parts, bough.weights))[0]
    if not isinstance(bough.joiner, Geometric):
        return np.asarray(shares)
    raised = np.fmax(parts[0], bough.joiner.floor or parts[0])
    return np.asarray(np.nan_to_num(shares * nodes[bough.group] / raised))
