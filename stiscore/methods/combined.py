"""What all aggregations share: their answer, their refusal, and the care with missing children."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

import numpy as np

from stiscore.methods.base import Array, Mask, Method
from stiscore.methods.shapley import shapley


class Combined(NamedTuple):
    """A group's score (units,), its children's points (units, children), where a floor served.

    ``points`` is (units, 0) where they were not asked for.
    """

    score: Array
    points: Array
    floored: Mask


class NonPositive(ArithmeticError):
    """A mean that needs positive scores met one that is not; ``row`` and ``child`` say where."""

    def __init__(self, row: int, child: int, score: float) -> None:
        super().__init__(f"score {score} in row {row}, child {child} is not positive")
        self.row, self.child, self.score = row, child, score


class Combining(Method):
    """What a caller must know of an aggregation before it runs it.

    ``compares``: a unit's score depends on the reference units, which must be handed in.
    ``per_unit``: each unit has weights of its own; never so for a mean.
    ``between_parts``: the score lies between the lowest and the highest child. ``needs``: the kind
    of normalisation the method is defined for, None where any will do. ``own_ends``: the ends of
    the scale it scores on whatever it is given, None where that is the scale of the parts.
    """

    stage: ClassVar[str] = "aggregate"
    compares: ClassVar[bool] = False
    per_unit: ClassVar[bool] = False
    between_parts: ClassVar[bool] = True
    needs: ClassVar[Literal["z-score", "positive-scale"] | None] = None
    own_ends: ClassVar[tuple[float, float] | None] = None

    @property
    def positive(self) -> bool:
        """Whether every child must be above 0, by itself or by the floor."""
        return False


class Compensating(Combining):
    """A row-wise combination whose points are Shapley values counted from one base.

    A method gives its ``base`` and the score of full rows; what is missing, floors and points are
    seen to here.
    """

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
        shares = shares_present(parts, weights)
        counted = np.where(np.isnan(shares), 0.0, shares)
        raised, floored = self._admit(parts, counted)
        filled = np.ascontiguousarray(np.where(counted > 0, raised, self.base))
        with np.errstate(all="ignore"):
            score = np.where(np.isnan(shares[:, 0]), np.nan, self._score(filled, counted))
            if self.between_parts:
                score = kept_inside(score, raised)
            if not points:
                return Combined(score, no_points(parts), floored)
            told = shapley(self._score, filled, counted, self.base, score)
        return Combined(score, told, floored)

    @property
    def base(self) -> float:
        """The score of all children from which points are counted."""
        return 0.0

    def _admit(self, parts: Array, shares: Array) -> tuple[Array, Mask]:
        """``parts`` as they enter, and where a floor served; raises NonPositive."""
        del shares
        return parts, np.zeros(parts.shape, dtype=bool)

    @abstractmethod
    def _score(self, parts: Array, shares: Array) -> Array:
        """Scores (units,) of full rows; a child with a share of 0 does not count."""


def shares_present(parts: Array, weights: Sequence[float]) -> Array:
    """Weights renormalised over the children each unit has: (units, children), 0 where missing."""
    mass = np.zeros(parts.shape[0])
    counted = np.zeros(parts.shape)
    for j, weight in enumerate(weights):
        counted[:, j] = np.where(np.isnan(parts[:, j]), 0.0, weight)
        mass += counted[:, j]
    with np.errstate(invalid="ignore"):
        return counted / mass[:, None]


def kept_inside(score: Array, parts: Array) -> Array:
    """A mean lies between its parts; rounding must not push it out."""
    lowest, highest = parts[:, 0], parts[:, 0]
    for j in range(1, parts.shape[1]):
        lowest, highest = np.fmin(lowest, parts[:, j]), np.fmax(highest, parts[:, j])
    inside: Array = np.minimum(np.maximum(score, lowest), highest)
    return inside


def raised_to(floor: float | None, parts: Array) -> tuple[Array, Mask]:
    """Scores below the floor raised to it, and where; without one NonPositive at the first."""
    if floor is None:
        bad = np.argwhere(parts <= 0)
        if bad.size:
            row, child = (int(i) for i in bad[0])
            raise NonPositive(row, child, float(parts[row, child]))
        return parts, np.zeros(parts.shape, dtype=bool)
    floored: Mask = parts < floor
    return np.where(floored, floor, parts), floored


def weighted_sum(parts: Array, shares: Array) -> Array:
    """``sum(w s)`` of full rows, child by child in framework order."""
    total = np.zeros(parts.shape[0])
    for j in range(parts.shape[1]):
        total += shares[:, j] * parts[:, j]
    return total


def no_points(parts: Array) -> Array:
    """The points of those who did not ask for any."""
    return np.zeros((parts.shape[0], 0))
