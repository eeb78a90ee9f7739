"""Winsorising: the farthest values of a column with outliers take the next nearer ones.

A column that still fails when enough points are moved is transformed instead.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.moments import Moments, added, moments, shape, sums
from stiscore.methods.treat_maps import Clip, Transform, transform
from stiscore.methods.treat_shape import ByShape, Treated


class Winsorising(ByShape):
    """What is common to methods that move a few points, then transform what still fails."""

    winmax: int = Field(default=5, ge=1, description="Points moved before the next step is left")
    then: Transform | Literal["none"] = Field(
        default="log", description="What is done to a column that still fails"
    )
    lam: float | None = Field(
        default=None, ge=-5, le=5, description="Parameter of box-cox; none: what fits best"
    )
    combine: bool = Field(
        default=False, description="Transform the winsorised column, not the original"
    )

    @property
    def transforms(self) -> bool:
        """Whether a column may come out in other units than its own."""
        return self.then != "none"

    def treat(self, known: Array, before: Moments) -> Treated:
        """Winsorised, or transformed when that is not enough."""
        points, clip, after = self._moved(known, before)
        begun = self.begun(before)
        moved = self.then_by(begun, clip, after, points) if points else begun
        if moved.passes or self.then == "none":
            return moved
        if self.combine:
            known, kept = clip.apply(known), moved
        else:
            after, kept = before, begun
        step = transform(self.then, known, after.skew.item(), self.lam)
        if step is None:
            return moved
        return self.then_by(kept, step, moments(step.apply(known)))

    def _moved(self, known: Array, now: Moments) -> tuple[int, Clip, Moments]:
        """The points moved, the limits that move them, and the shape they leave."""
        ends, low, high = Ends(known, self.winmax), 0, 0
        while self.failing(now).item() and low + high < self.winmax:
            step = ends.higher(low, high) if now.skew.item() >= 0 else ends.lower(low, high)
            if step is None:
                break
            low, high = step
            now = ends.moments(low, high)
        clip = Clip(
            lower=float(known[low]) if low else None,
            upper=float(known[-high - 1]) if high else None,
        )
        return low + high, clip, now


class Ends:
    """The few values at either end of a rising column (units,), and what its core sums up to.

    Winsorising only ever changes the ends, so the moments after a step need no look at the core.
    """

    def __init__(self, ordered: Array, most: int) -> None:
        self.ordered = ordered
        self.reach = min(most, (ordered.size - 1) // 2)
        self.core = sums(ordered[self.reach : ordered.size - self.reach])

    def higher(self, low: int, high: int) -> tuple[int, int] | None:
        """One more value at the upper end moved down to the next, with all that equal it."""
        tied = self.ordered.size - np.searchsorted(self.ordered, self.ordered[-high - 1], "left")
        return self._unless_level(low, int(tied))

    def lower(self, low: int, high: int) -> tuple[int, int] | None:
        """One more value at the lower end moved up to the next, with all that equal it."""
        tied = np.searchsorted(self.ordered, self.ordered[low], "right")
        return self._unless_level(int(tied), high)

    def _unless_level(self, low: int, high: int) -> tuple[int, int] | None:
        """None for a step that would leave one value only: that is no column any more."""
        last = self.ordered.size - high - 1
        return (low, high) if low < last and self.ordered[low] < self.ordered[last] else None

    def moments(self, low: int, high: int) -> Moments:
        """The moments with so many values moved at either end."""
        limits = self.ordered[low], self.ordered[-high - 1]
        if max(low, high) > self.reach:
            return moments(np.clip(self.ordered, *limits))
        tails = np.concatenate([self.ordered[: self.reach], self.ordered[-self.reach :]])
        return shape(added(self.core, sums(np.clip(tails, *limits))))


class Winsorise(Winsorising):
    """Winsorising: the farthest values take the next nearer one, a few of them at most.

    Formula: while ``|skew| >= skew`` and ``kurtosis >= kurtosis`` and fewer than ``winmax`` points
    are moved, all points equal to the maximum take the next lower value (skewness of zero or more),
    else all equal to the minimum the next higher. Ties move together and may overshoot ``winmax``.
    A column that still fails is transformed, the original or with ``combine`` the winsorised one:
    ``log`` is ``ln(x - min + 0.01 (max - min))``, ``log-plus`` the same, mirrored
    ``-ln(max - x + 0.01 (max - min))`` for a tail below, ``log-orig`` is ``ln(x - min + 1)``,
    ``box-cox`` is ``((x - min + 1)^lam - 1) / lam``, ``log-gii`` as for ``gii``. Still failing:
    kept and flagged.

    Missing values are left out and stay missing. Columns of fewer than four values or only one
    different value pass; a step that would leave one value only is not taken. New values beyond a
    limit take the limit, values beyond the end a transform starts from count as that end. A change
    of units changes nothing, but for ``log-orig``, ``box-cox`` and ``log-gii``.

    Reference: OECD/JRC Handbook (2008), section 5.4; COIN Tool User's Guide (JRC, 2019), outliers.

    >>> from stiscore.methods.maps import ColumnSpec
    >>> tail = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]]).T
    >>> told = Winsorise().fit(tail, [ColumnSpec("n", True, "linear", None)])[0]
    >>> told.steps[0].formula, told.winsorised, told.passes
    ('x <= 10', 1, True)
    """

    id: Literal["winsorise"] = "winsorise"
    reference: ClassVar[str] = "COIN Tool User's Guide (JRC, 2019)"


class Gii(Winsorising):
    """The Global Innovation Index's way: five points winsorised, else a logarithm.

    Formula: as ``winsorise`` with a limit of 2.25 on skewness; what still fails becomes
    ``ln((f max - 1) (x - min) / (max - min) + 1)``, for a tail below its mirror image
    ``-ln((f max - 1) (max - x) / (max - min) + 1)``. ``f`` is a power of ten, which the annex
    leaves to the indicator: here the least, 1 or more, with ``f max`` of 10 or more. A column that
    is nowhere positive has no such logarithm: it stays winsorised, and flagged.

    Missing values, short and constant columns and new values as for ``winsorise``. A change of
    units may change the logarithm.

    Reference: WIPO, Global Innovation Index, annex on the methodology (outlier treatment).

    >>> from stiscore.methods.maps import ColumnSpec
    >>> tail = np.append(np.arange(80) / 8, np.arange(90, 101))[:, None]
    >>> told = Gii().fit(tail, [ColumnSpec("n", True, "linear", None)])[0]
    >>> told.steps[0].formula, told.passes
    ('ln(0.99 x + 1)', True)
    """

    id: Literal["gii"] = "gii"
    reference: ClassVar[str] = "WIPO, Global Innovation Index, annex on the methodology"
    skew: float = Field(default=2.25, ge=0, description="Skewness, either way, that fails")
    then: Transform | Literal["none"] = Field(
        default="log-gii", description="What is done to a column that still fails"
    )
