"""Weights under which each child's importance is what the framework declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson
from stiscore.methods.siblings import Siblings, Weighing, correlated, near_one

Importance = Literal["pearson2", "pearson"]
# Shares nearer to the target than this have met it.
_MET = 1e-9


class Balanced(Weighing):
    """Weights whose effect is what is declared: a child's share of importance is its weight.

    Importance of a child: its squared Pearson correlation with the group's weighted mean
    (``pearson2``), or the correlation itself (``pearson``), over the sum of all children's. The
    target is the declared weight times the share of it that is measured. Where a child goes so much
    against the others that no weights above 0 reach it, every child keeps, in weight times standard
    deviation, at least ``least`` of its target, 0-1, and those weights are taken whose correlations
    are nearest in proportion to the ones wanted; the audit's table of importance shows what is
    left. Range: 0-1. Missing values: units that have every child count. Raises ValueError with
    fewer such units than children and one more (three at least), or for a constant child.

    Reference: Becker, Saisana, Paruolo and Vandecasteele (2017), Weights and importance in
    composite indicators: closing the gap, Ecological Indicators 80, 12-22.

    >>> parts = np.array([[1.0, 90.0], [2.0, 10.0], [3.0, 70.0], [4.0, 60.0]])
    >>> half = Siblings(("a", "b"), (1.0, 1.0), (1.0, 1.0), (1, 1), parts)
    >>> importance(parts, np.array(Balanced().weigh(half))).round(6)
    array([0.5, 0.5])
    """

    id: Literal["balanced"] = "balanced"
    importance: Importance = "pearson2"
    least: float = Field(default=0.1, ge=0, le=1)
    uses_data: ClassVar[bool] = True
    reference: ClassVar[str] = "Becker et al. (2017), Ecological Indicators 80, 12-22"

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        rows = correlated(siblings)
        aim = np.array(siblings.declared) * np.array(siblings.measured)
        return balanced(rows, aim / aim.sum(), self.importance, self.least)


def importance(matrix: Array, weights: Array, kind: Importance = "pearson2") -> Array:
    """Each column's share of the importance in the weighted mean of all, (columns,); see Balanced.

    ``matrix``: (units, columns), none missing or constant; ``weights``: (columns,).

    >>> importance(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]), np.array([0.9, 0.1])).round(6)
    array([0.5, 0.5])
    """
    return _importance(pearson(matrix).r, weights * near_one(matrix, each=False).std(axis=0), kind)


def balanced(
    matrix: Array, target: Array, kind: Importance = "pearson2", least: float = 0.0
) -> Array:
    """Weights (columns,) summing to 1 whose importance is ``target``, or nearest it.

    ``matrix``: (units, columns), none missing or constant; ``target``: (columns,), above 0, summing
    to 1. A mean's correlations with its parts are ``R v`` on a common scale, ``R`` the correlations
    between the parts and ``v`` the weights times their standard deviations: solving ``R v`` for the
    correlations wanted is exact wherever all of ``v`` comes out above 0. Elsewhere it is solved by
    least squares (Lawson and Hanson 1974) with no share of ``v`` below ``least`` times its target,
    which has one solution.

    >>> parts = np.array([[1.0, 90.0], [2.0, 10.0], [3.0, 70.0], [4.0, 60.0]])
    >>> importance(parts, balanced(parts, np.array([0.8, 0.2]))).round(6)
    array([0.8, 0.2])
    """
    from scipy.optimize import nnls

    r = pearson(matrix).r
    wanted = np.asarray(target ** (0.5 if kind == "pearson2" else 1.0), dtype=np.float64)
    # Children alike in everything share alike here; the other way one of them would have it all.
    found = np.asarray(np.linalg.lstsq(r, wanted, rcond=None)[0], dtype=np.float64)
    met = np.abs(_importance(r, found, kind) - target).max() < _MET
    if not met or (found <= _MET * found.max()).any():
        # All that keep the least are sums of these, with factors of 0 or more.
        corners = least * target[:, None] + (1 - least) * np.eye(target.size)
        found = corners @ nnls(r @ corners, wanted)[0]
    return _unscaled(found, matrix)


def _unscaled(found: Array, matrix: Array) -> Array:
    """Weights of the columns as they are from those of columns with a standard deviation of 1."""
    # Standard deviations may lie too far apart for one scale: their powers of two come last.
    powers = np.frexp(np.abs(matrix).max(axis=0))[1]
    near = found / near_one(matrix, each=True).std(axis=0)
    weights: Array = np.ldexp(near, powers.min() - powers)
    return weights / np.float64(weights.sum())


def _importance(r: Array, weights: Array, kind: Importance) -> Array:
    size = r @ weights
    size = size * size if kind == "pearson2" else size
    total = size.sum()
    told: Array = size / (total if total != 0 else 1.0)
    return told
