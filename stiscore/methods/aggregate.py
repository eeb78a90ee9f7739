"""Aggregation: the scores of a group's children become the group's score.

Sums run in framework order, column by column: a matrix product on a subset of rows, or another
order of columns, differs in its last bits, and ties and identical output depend on them.
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask, Method


class Combined(NamedTuple):
    """A group's score (units,), its children's points (units, children), where a floor served."""

    score: Array
    points: Array
    floored: Mask


class NonPositive(ArithmeticError):
    """A mean that needs positive scores met one that is not; ``row`` and ``child`` say where."""

    def __init__(self, row: int, child: int, score: float) -> None:
        super().__init__(f"score {score} in row {row}, child {child} is not positive")
        self.row, self.child, self.score = row, child, score


def shares_present(parts: Array, weights: Sequence[float]) -> Array:
    """Weights renormalised over the children each unit has: (units, children), 0 where missing."""
    mass = np.zeros(parts.shape[0])
    counted = np.zeros(parts.shape)
    for j, weight in enumerate(weights):
        counted[:, j] = np.where(np.isnan(parts[:, j]), 0.0, weight)
        mass += counted[:, j]
    with np.errstate(invalid="ignore"):
        return counted / mass[:, None]


def _kept_inside(score: Array, parts: Array) -> Array:
    """A mean lies between its parts; rounding must not push it out."""
    lowest, highest = parts[:, 0], parts[:, 0]
    for j in range(1, parts.shape[1]):
        lowest, highest = np.fmin(lowest, parts[:, j]), np.fmax(highest, parts[:, j])
    inside: Array = np.minimum(np.maximum(score, lowest), highest)
    return inside


class Arithmetic(Method):
    """Weighted arithmetic mean ``sum(w s) / sum(w)`` over the children a unit has.

    ``parts``: (units, children), ``weights``: one a child. Range: that of the parts. Missing
    children are left out and the rest renormalised; with no child the score is missing. A child's
    points are ``w s``; they add up to the score. Full compensation: a low part is made up for by a
    high one.

    Reference: OECD/JRC Handbook (2008), step 7, linear aggregation.

    >>> Arithmetic().combine(np.array([[40.0, 80.0], [40.0, np.nan]]), [3, 1]).score
    array([50., 40.])
    """

    id: Literal["arithmetic"] = "arithmetic"
    stage: ClassVar[str] = "aggregate"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 7"

    def combine(self, parts: Array, weights: Sequence[float]) -> Combined:
        """Score and points of ``parts`` (units, children)."""
        shares = shares_present(parts, weights)
        points = shares * np.where(np.isnan(parts), 0.0, parts)
        score = np.zeros(parts.shape[0])
        for j in range(parts.shape[1]):
            score += points[:, j]
        return Combined(_kept_inside(score, parts), points, np.zeros(parts.shape, dtype=bool))


class Geometric(Method):
    """Weighted geometric mean ``prod(s ** w)`` over the children a unit has, weights summing to 1.

    ``parts``: (units, children), ``weights``: one a child. Scores below ``floor`` are raised to it
    and flagged, since one zero would wipe out all the rest; without a floor a score that is not
    positive raises NonPositive. Range: floor to the highest part. Missing children are left out and
    the rest renormalised. Partial compensation: one more point helps most where the score is low.

    Points: the Shapley value of each child, counted from all children at the floor (1 when there is
    none), and the floor itself shared by weight, so that points add up to the score and would be
    ``w s`` for an arithmetic mean.

    Reference: OECD/JRC Handbook (2008), step 7, geometric aggregation; Shapley (1953) in the
    multilinear form of Owen (1972).

    >>> Geometric().combine(np.array([[25.0, 100.0], [0.0, 100.0]]), [1, 1]).score.round(9)
    array([50., 10.])
    """

    id: Literal["geometric"] = "geometric"
    floor: Annotated[float, Field(gt=0)] | None = 1.0
    stage: ClassVar[str] = "aggregate"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 7; Owen (1972)"

    def combine(self, parts: Array, weights: Sequence[float]) -> Combined:
        """Score, points and floored children of ``parts`` (units, children)."""
        raised, floored = self._raise_to_floor(parts)
        shares = shares_present(parts, weights)
        logs = np.zeros(parts.shape[0])
        for j in range(parts.shape[1]):
            # A contiguous copy keeps numpy on one code path whatever the number of rows.
            column = np.ascontiguousarray(np.where(np.isnan(parts[:, j]), 1.0, raised[:, j]))
            logs += np.where(shares[:, j] > 0, shares[:, j] * np.log(column), 0.0)
        score = np.where(np.isnan(shares[:, 0]), np.nan, np.exp(logs))
        return Combined(_kept_inside(score, raised), self._points(raised, shares), floored)

    def _raise_to_floor(self, parts: Array) -> tuple[Array, Mask]:
        if self.floor is None:
            bad = np.argwhere(parts <= 0)
            if bad.size:
                row, child = (int(i) for i in bad[0])
                raise NonPositive(row, child, float(parts[row, child]))
            return parts, np.zeros(parts.shape, dtype=bool)
        floored: Mask = parts < self.floor
        return np.where(floored, self.floor, parts), floored

    def _points(self, raised: Array, shares: Array) -> Array:
        """Shapley values by Gauss-Legendre on the multilinear extension: exact for a product."""
        base = self.floor or 1.0
        ratio = np.where(np.isnan(raised), 1.0, (raised / base)) ** np.where(
            np.isnan(raised), 0.0, shares
        )
        children = raised.shape[1]
        nodes, heights = np.polynomial.legendre.leggauss(children // 2 + 1)
        gained = np.zeros(raised.shape)
        for node, height in zip((nodes + 1) / 2, heights / 2, strict=True):
            factors = 1.0 - node + node * ratio
            for j in range(children):
                others = np.ones(raised.shape[0])
                for i in range(children):
                    if i != j:
                        others = others * factors[:, i]
                gained[:, j] += height * (ratio[:, j] - 1.0) * others
        points: Array = base * (gained + np.where(np.isnan(raised), 0.0, shares))
        return points


Aggregate = Annotated[Arithmetic | Geometric, Field(discriminator="id")]
