"""Means that take something off for unevenness: a unit good at all things beats a lopsided one."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask
from stiscore.methods.combined import Compensating, NonPositive, weighted_sum

# The score of a unit that stands where the reference does, in both Mazziotta-Pareto indices.
REFERENCE_VALUE = 100.0

Penalty = Literal["negative", "positive"]


class MazziottaPareto(Compensating):
    """Mazziotta-Pareto index ``M - S ** 2 / M``: the mean less what unevenness costs.

    ``M`` and ``S`` are the weighted mean and standard deviation over a unit's own children, on
    z-scores with mean 100 and standard deviation 10. ``parts``: (units, children), ``weights``: one
    a child. Range: at most the mean with ``penalty: negative`` (a high score is good), at least the
    mean with ``positive`` (a high score is bad, as with poverty). Missing children are left out of
    both and the rest renormalised; one child is its own score; with none the score is missing.
    Raises NonPositive, naming the lowest child, when a unit's mean is not positive.

    ``ddof: 0``, as published, divides by the number of children; 1 divides by one less, as Compind
    does (``m / (m - 1)`` times the weighted variance over ``m`` children).

    Points: Shapley values counted from all children at 100, see ``shapley``; they add up.

    Reference: De Muro, Mazziotta and Pareto (2011), Social Indicators Research 104, 1-18; weights:
    Mazziotta and Pareto (2022), Rivista Italiana di Economia Demografia e Statistica 76.

    >>> MazziottaPareto().combine(np.array([[100.0, 100.0], [80.0, 120.0]]), [1, 1]).score
    array([100.,  96.])
    """

    id: Literal["mazziotta-pareto"] = "mazziotta-pareto"
    penalty: Penalty = "negative"
    ddof: Literal[0, 1] = 0
    between_parts: ClassVar[bool] = False
    needs: ClassVar[Literal["z-score", "positive-scale"] | None] = "z-score"
    reference: ClassVar[str] = "De Muro, Mazziotta and Pareto (2011)"

    @property
    def base(self) -> float:
        """The reference value of the scale."""
        return REFERENCE_VALUE

    def _admit(self, parts: Array, shares: Array) -> tuple[Array, Mask]:
        _refuse_without_mean(parts, shares)
        return super()._admit(parts, shares)

    def _score(self, parts: Array, shares: Array) -> Array:
        children = (shares > 0).sum(axis=1)
        corrected = children / np.maximum(children - self.ddof, 1)
        return _penalised(parts, shares, self.penalty, corrected)


class AdjustedMazziottaPareto(Compensating):
    """Adjusted Mazziotta-Pareto index ``M - S ** 2 / M`` on goalposts, comparable over the years.

    As ``mazziotta-pareto``, on scores min-maxed between goalposts to 70-130, where 100 is the
    reference. ``M`` and ``S`` are the weighted mean and standard deviation (divided by the number)
    over a unit's own children. ``parts``: (units, children), ``weights``: one a child. Range: at
    most the mean with ``penalty: negative``, at least the mean with ``positive``. Missing children
    are left out and the rest renormalised; one child is its own score; with none the score is
    missing. Raises NonPositive, naming the lowest child, when a unit's mean is not positive.

    Points: Shapley values counted from all children at 100, see ``shapley``; they add up.

    Reference: Mazziotta and Pareto (2016), Social Indicators Research 127, 983-1003; weights:
    Mazziotta and Pareto (2022), Rivista Italiana di Economia Demografia e Statistica 76.

    >>> AdjustedMazziottaPareto().combine(np.array([[80.0, 120.0]]), [1, 1]).score
    array([96.])
    """

    id: Literal["adjusted-mazziotta-pareto"] = "adjusted-mazziotta-pareto"
    penalty: Penalty = "negative"
    between_parts: ClassVar[bool] = False
    needs: ClassVar[Literal["z-score", "positive-scale"] | None] = "positive-scale"
    reference: ClassVar[str] = "Mazziotta and Pareto (2016)"

    @property
    def base(self) -> float:
        """The reference value of the scale."""
        return REFERENCE_VALUE

    def _admit(self, parts: Array, shares: Array) -> tuple[Array, Mask]:
        _refuse_without_mean(parts, shares)
        return super()._admit(parts, shares)

    def _score(self, parts: Array, shares: Array) -> Array:
        return _penalised(parts, shares, self.penalty)


class MeanMin(Compensating):
    """Mean-min function ``M - alpha (sqrt((M - min) ** 2 + beta ** 2) - beta)``.

    ``M`` is the weighted mean of a unit's children, ``min`` the lowest that has a weight. ``alpha``
    (0-1) says how hard unevenness is punished: 0 is the mean and, with ``beta`` 0, 1 the minimum.
    ``beta`` (0 or more, in points of the scale) is a gap that is largely let off. ``parts``:
    (units, children), ``weights``: one a child. Range: between the lowest part and the mean.
    Missing children are left out and the rest renormalised; with no child the score is missing.

    Points: Shapley values counted from all children at 0, see ``shapley``; they add up.

    Reference: Casadio Tarabusi and Guarini (2013), Social Indicators Research 112, 19-45; weights
    are ours.

    >>> MeanMin().combine(np.array([[20.0, 80.0], [50.0, np.nan]]), [1, 1]).score
    array([35., 50.])
    """

    id: Literal["mean-min"] = "mean-min"
    alpha: Annotated[float, Field(ge=0, le=1)] = 0.5
    beta: Annotated[float, Field(ge=0)] = 0.0
    reference: ClassVar[str] = "Casadio Tarabusi and Guarini (2013)"

    def _score(self, parts: Array, shares: Array) -> Array:
        mean = weighted_sum(parts, shares)
        lowest = np.where(shares > 0, parts, np.inf).min(axis=1)
        gap = np.maximum(mean - lowest, 0.0)
        # hypot(gap, beta) - beta, without the loss of digits where beta is much the larger.
        taken = np.where(gap > 0, gap * (gap / (np.hypot(gap, self.beta) + self.beta)), 0.0)
        score: Array = mean - self.alpha * taken
        return score


def _refuse_without_mean(parts: Array, shares: Array) -> None:
    """A coefficient of variation needs a mean above 0; NonPositive names the lowest child."""
    mean = weighted_sum(np.where(shares > 0, parts, 0.0), shares)
    bad = np.flatnonzero((mean <= 0) & (shares > 0).any(axis=1))
    if bad.size:
        row = int(bad[0])
        child = int(np.where(shares[row] > 0, parts[row], np.inf).argmin())
        raise NonPositive(row, child, float(parts[row, child]))


def _penalised(
    parts: Array, shares: Array, penalty: Penalty, corrected: Array | float = 1.0
) -> Array:
    """``M -+ c S ** 2 / M`` of full rows, ``c`` correcting the variance for its divisor."""
    mean = weighted_sum(parts, shares)
    off = np.where(shares > 0, parts - mean[:, None], 0.0)
    # Measured by the widest gap, squares stay between 0 and 1 at any magnitude.
    widest = np.abs(off).max(axis=1)
    unit = np.where(widest > 0, widest, 1.0)
    variance = corrected * weighted_sum((off / unit[:, None]) ** 2, shares)
    # On the way to a positive mean a coalition may pass one that is not: no penalty there.
    taken = np.where(mean > 0, unit * variance * (unit / mean), 0.0)
    score: Array = mean - taken if penalty == "negative" else mean + taken
    return score
