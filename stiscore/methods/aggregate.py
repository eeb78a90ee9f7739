"""Aggregation: the scores of a group's children become the group's score.

Sums run in framework order, column by column: a matrix product on a subset of rows, or another
order of columns, differs in its last bits, and ties and identical output depend on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.combined import (
    Combined,
    Combining,
    NonPositive,
    kept_inside,
    no_points,
    raised_to,
    shares_present,
)
from stiscore.methods.means import GeneralisedMean, Harmonic
from stiscore.methods.outrank import Copeland
from stiscore.methods.penalised import AdjustedMazziottaPareto, MazziottaPareto, MeanMin

__all__ = [
    "AdjustedMazziottaPareto",
    "Aggregate",
    "Arithmetic",
    "Combined",
    "Copeland",
    "GeneralisedMean",
    "Geometric",
    "Harmonic",
    "MazziottaPareto",
    "MeanMin",
    "NonPositive",
    "shares_present",
]


class Arithmetic(Combining):
    """Weighted arithmetic mean ``sum(w s) / sum(w)`` over the children a unit has.

    ``parts``: (units, children), ``weights``: one a child. Range: that of the parts. Missing
    children are left out and the rest renormalised; with no child the score is missing. A child's
    points are ``w s``; they add up to the score. Full compensation: a low part is made up for by a
    high one.

    Reference: OECD/JRC Handbook (2008), section 6.10, additive aggregation.

    >>> Arithmetic().combine(np.array([[40.0, 80.0], [40.0, np.nan]]), [3, 1]).score
    array([50., 40.])
    """

    id: Literal["arithmetic"] = "arithmetic"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.10"

    def combine(
        self,
        parts: Array,
        weights: Sequence[float],
        reference: Array | None = None,
        *,
        points: bool = True,
    ) -> Combined:
        """Score and points of ``parts`` (units, children); no ``reference`` is needed."""
        del reference
        unfloored = np.zeros(parts.shape, dtype=bool)
        if not points and not np.isnan(parts).any():
            return Combined(_full_mean(parts, weights), no_points(parts), unfloored)
        shares = shares_present(parts, weights)
        told = shares * np.where(np.isnan(parts), 0.0, parts)
        score = np.zeros(parts.shape[0])
        for j in range(parts.shape[1]):
            score += told[:, j]
        return Combined(kept_inside(score, parts), told if points else no_points(parts), unfloored)


def _full_mean(parts: Array, weights: Sequence[float]) -> Array:
    """The mean of rows that lack nothing: the same operations, so the same bits, in columns."""
    columns, whole = np.ascontiguousarray(parts.T), float(sum(weights))
    score = np.zeros(parts.shape[0])
    with np.errstate(invalid="ignore"):
        for column, weight in zip(columns, weights, strict=True):
            score += np.float64(weight) / whole * column
    inside: Array = np.minimum(np.maximum(score, columns.min(axis=0)), columns.max(axis=0))
    return inside


class Geometric(Combining):
    """Weighted geometric mean ``prod(s ** w)`` over the children a unit has, weights summing to 1.

    ``parts``: (units, children), ``weights``: one a child. Scores below ``floor`` are raised to it
    and flagged, since one zero would wipe out all the rest; without a floor a score that is not
    positive raises NonPositive. Range: floor to the highest part. Missing children are left out and
    the rest renormalised. Partial compensation: one more point helps most where the score is low.

    Points: the Shapley value of each child, counted from all children at the floor (1 when there is
    none), and the floor itself shared by weight, so that points add up to the score and would be
    ``w s`` for an arithmetic mean.

    Reference: OECD/JRC Handbook (2008), section 6.11, geometric aggregation; Shapley (1953) in the
    multilinear form of Owen (1972).

    >>> Geometric().combine(np.array([[25.0, 100.0], [0.0, 100.0]]), [1, 1]).score.round(9)
    array([50., 10.])
    """

    id: Literal["geometric"] = "geometric"
    floor: Annotated[float, Field(gt=0)] | None = 1.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.11; Owen (1972)"

    @property
    def positive(self) -> bool:
        """Every child must be above 0, by itself or by the floor."""
        return True

    def combine(
        self,
        parts: Array,
        weights: Sequence[float],
        reference: Array | None = None,
        *,
        points: bool = True,
    ) -> Combined:
        """Score, points and floored children of ``parts`` (units, children); no ``reference``."""
        del reference
        raised, floored = raised_to(self.floor, parts)
        shares = shares_present(parts, weights)
        logs = np.zeros(parts.shape[0])
        for j in range(parts.shape[1]):
            # A contiguous copy keeps numpy on one code path whatever the number of rows.
            column = np.ascontiguousarray(np.where(np.isnan(parts[:, j]), 1.0, raised[:, j]))
            logs += np.where(shares[:, j] > 0, shares[:, j] * np.log(column), 0.0)
        score = np.where(np.isnan(shares[:, 0]), np.nan, np.exp(logs))
        told = self._points(raised, shares) if points else no_points(parts)
        return Combined(kept_inside(score, raised), told, floored)

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


Aggregate = Annotated[
    Arithmetic
    | Geometric
    | Harmonic
    | GeneralisedMean
    | MazziottaPareto
    | AdjustedMazziottaPareto
    | MeanMin
    | Copeland,
    Field(discriminator="id"),
]
