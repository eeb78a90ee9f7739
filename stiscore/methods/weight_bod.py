"""Benefit of the doubt: each unit has the weights that suit it best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from stiscore.methods.base import Array, Unfit
from stiscore.methods.combined import Combined, NonPositive, no_points
from stiscore.methods.siblings import Siblings, Weighing

Share = Annotated[float, Field(ge=0, le=1)]
Bound = Literal["score", "weights"]


class Best(NamedTuple):
    """``score`` (units,), 0-1, and ``points`` (units, columns) ``w y`` that add up to it."""

    score: Array
    points: Array


def benefit_of_the_doubt(
    parts: Array,
    reference: Array,
    bounds: tuple[float, float] | None = None,
    on: Bound = "score",
) -> Best:
    """The best score any weights give each row of ``parts`` when no reference row passes 1.

    ``max w.y`` with ``w.r <= 1`` for every row ``r`` of ``reference`` and for ``y`` itself,
    ``w >= 0``: a linear programme a row. ``bounds`` (low, high) hold each column's share of the
    score ``w_j y_j``, or of the weights ``w_j``. Shapes: (units, columns), (reference units,
    columns), all 0 or more. Missing values (NaN): a column the unit lacks is left out and the
    bounds grow with the shares of the rest (times columns over columns held); one a reference unit
    lacks counts 0 there, so that nobody is held to what is not known. A row without any value has
    no score. The score is unique, the points are not where several weights give it. Units of
    measurement are free, unless bounds are on the weights.

    Reference: Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), Social Indicators Research 82,
    111-145; Kuosmanen (2009), Journal of the Operational Research Society 60, 1767-1774.

    >>> standard = np.array([[10.0, 2.0], [4.0, 8.0], [5.0, 4.0]])
    >>> benefit_of_the_doubt(standard, standard).score.round(3)
    array([1.  , 1.  , 0.75])
    """
    known, rows = np.nan_to_num(reference), np.nan_to_num(parts)
    front = _front(known) if known.size else known
    # Equal rows have equal scores, and each is solved for alone: nothing depends on the others.
    different, back = np.unique(np.where(np.isnan(parts), -1.0, rows), axis=0, return_inverse=True)
    told = [_best(row, front, bounds, on) for row in different]
    points = np.array(told).reshape(different.shape)[back.reshape(-1)]
    score = np.zeros(parts.shape[0])
    for j in range(parts.shape[1]):
        score += points[:, j]
    return Best(np.where(np.isnan(parts).all(axis=1), np.nan, np.minimum(score, 1.0)), points)


def _front(reference: Array) -> Array:
    """The reference rows that no other matches in every column: the rest never bind."""
    rows = np.unique(reference, axis=0)
    rows = rows[np.argsort(-(rows / _largest(rows)).sum(axis=1), kind="stable")]
    kept = np.empty_like(rows)
    count = 0
    for row in rows:
        if not (kept[:count] >= row).all(axis=1).any():
            kept[count] = row
            count += 1
    return kept[:count]


def _largest(rows: Array) -> Array:
    """The largest value of each column; 1 where all are 0."""
    top = rows.max(axis=0)
    scale: Array = np.where(top > 0, top, 1.0)
    return scale


def _best(row: Array, front: Array, bounds: tuple[float, float] | None, on: Bound) -> Array:
    """Points (columns,) of one row, whose missing columns are below 0."""
    held = np.flatnonzero(row >= 0)
    points = np.zeros(row.size)
    if not (row > 0).any():
        return points
    rows = np.vstack([front[:, held], row[held]])
    # Bounds on weights compare columns as they are; else each may have a scale of its own.
    top = _largest(rows) if on == "score" else np.full(held.size, rows.max())
    rows = rows / top
    limits = _limits(rows[-1], bounds, row.size, on)
    ends = np.concatenate([np.ones(len(rows)), np.zeros(len(limits))])
    weights = _maximised(rows[-1], np.vstack([rows, limits]), ends)
    worth = weights * rows[-1]
    # By the weights' own best unit, so that no tolerance of the solver is left in the score.
    most = float((rows @ weights).max())
    points[held] = worth / most if most > 0 else 0.0
    return points


def _maximised(rise: Array, limits: Array, ends: Array) -> Array:
    """The weights of 0 or more with the largest ``rise . w`` under ``limits w <= ends``.

    By HiGHS. ``w = 0`` is always possible and every weight is limited, so there is a solution.
    """
    # Slow to import, and few runs need it. Without whole numbers it is a linear programme, and
    # reaches the same solver with less around it than ``linprog``.
    from scipy.optimize import LinearConstraint, milp

    told = milp(-rise, constraints=LinearConstraint(limits, -np.inf, ends))
    weights: Array = np.maximum(told.x, 0.0)
    return weights


def _limits(own: Array, bounds: tuple[float, float] | None, columns: int, on: Bound) -> Array:
    """Rows ``a`` with ``a.w <= 0`` that hold the shares within the bounds, (limits, held)."""
    if bounds is None:
        return np.empty((0, own.size))
    # A child alone, or as many as the bound allows for, can have no other than even shares.
    low = min(bounds[0] * columns, 1.0) / own.size
    high = max(bounds[1] * columns, 1.0) / own.size
    each = np.diag(own) if on == "score" else np.eye(own.size)
    whole = np.broadcast_to(each.sum(axis=0), each.shape)
    return np.vstack([low * whole - each, each - high * whole])


class BenefitOfTheDoubt(Weighing):
    """Benefit of the doubt: every unit is scored with the weights that suit it best.

    Formula, missing values and errors as in the function ``benefit_of_the_doubt``, times 100: best
    practice scores 100. A unit is compared with the reference units and with itself, so that its
    score depends on no other row. Range: 0-100. ``bounds`` (low, high) hold each child's share of
    the score, or with ``bounds_on: weights`` its share of the unit's weights, as the Handbook does
    for its example; without them a unit may ignore all it is bad at, and with a lower bound on the
    score one child at 0 makes it 0. The method joins the children as well; its points ``100 w y``
    add up to the score. As weights of the children stand the mean shares of the score over the
    reference units (ours). Needs scores of 0 or more.

    Reference: OECD/JRC Handbook (2008), section 6.3; Cherchye, Moesen, Rogge and Van Puyenbroeck
    (2007), Social Indicators Research 82, 111-145.

    >>> parts = np.array([[100.0, 20.0], [40.0, 80.0], [50.0, 40.0]])
    >>> BenefitOfTheDoubt().combine(parts, [1, 1]).score.round(1)
    array([100., 100.,  75.])
    """

    id: Literal["benefit-of-the-doubt"] = "benefit-of-the-doubt"
    bounds: tuple[Share, Share] | None = None
    bounds_on: Bound = "score"
    uses_data: ClassVar[bool] = True
    per_unit: ClassVar[bool] = True
    compares: ClassVar[bool] = True
    own_ends: ClassVar[tuple[float, float] | None] = (0.0, 100.0)
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.3; Cherchye et al. (2007)"

    @model_validator(mode="after")
    def _in_order(self) -> BenefitOfTheDoubt:
        if self.bounds and not self.bounds[0] <= self.bounds[1] > 0:
            raise Unfit("bounds_order", "bounds go from the lower share to the higher")
        return self

    def combine(
        self,
        parts: Array,
        weights: Sequence[float],
        reference: Array | None = None,
        *,
        points: bool = True,
    ) -> Combined:
        """Score and points of ``parts`` (units, children) against ``reference``, or each other.

        ``weights`` play no part. Raises NonPositive at the first score below 0.
        """
        del weights
        below = np.argwhere(parts < 0)
        if below.size:
            row, child = (int(i) for i in below[0])
            raise NonPositive(row, child, float(parts[row, child]))
        standard = parts if reference is None else reference
        best = benefit_of_the_doubt(parts, standard, self.bounds, self.bounds_on)
        told = 100.0 * best.points if points else no_points(parts)
        return Combined(100.0 * best.score, told, np.zeros(parts.shape, dtype=bool))

    def _weights(self, siblings: Siblings) -> Iterable[float]:
        parts = self._enough(siblings, 1)
        self._refuse(siblings, (parts < 0).any(axis=0), "below_zero")
        count = len(siblings.ids)
        if self.bounds and not self.bounds[0] * count <= 1 <= self.bounds[1] * count:
            message = f"it cannot hold {count} shares within its bounds"
            raise Unfit("bounds", message, count=count)
        best = benefit_of_the_doubt(parts, parts, self.bounds, self.bounds_on)
        scored = best.score > 0
        pies: Array = best.points[scored] / best.score[scored, None]
        return [float(share) for share in pies.sum(axis=0)]
