"""What a treatment comes to, and what methods have in common that look at a column's shape.

A column has outliers when both its skewness and its kurtosis are at or over their limits.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask, Method, Strict
from stiscore.methods.maps import ColumnSpec
from stiscore.methods.moments import Moments, moments
from stiscore.methods.treat_maps import Step


class Treated(Strict):
    """What is done to one column, step by step.

    ``winsorised``: reference values a limit moves. ``skew`` and ``kurtosis`` (type 2): before the
    first step and after each; None where not defined or not looked at. ``passes``: whether no
    outliers are left; a column that still fails is kept as the steps leave it, and flagged.

    >>> from stiscore.methods.treat_maps import Clip
    >>> Treated(steps=(Clip(upper=10.0),)).apply(np.array([3.0, np.nan, 100.0]))
    array([ 3., nan, 10.])
    """

    steps: tuple[Step, ...] = ()
    winsorised: int = 0
    skew: tuple[float | None, ...] = (None,)
    kurtosis: tuple[float | None, ...] = (None,)
    passes: bool = True

    def apply(self, column: Array) -> Array:
        """The treated column, same shape; missing stays missing."""
        for step in self.steps:
            column = step.apply(column)
        return column


class Treatment(Method):
    """A treatment; ``transforms`` tells whether values may leave their own measurement."""

    stage: ClassVar[str] = "treat"

    @property
    def transforms(self) -> bool:
        """Whether a column may come out in other units than its own."""
        return False

    @abstractmethod
    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Treated, ...]:
        """One treatment a column, learned from ``values`` (units, columns)."""


class ByShape(Treatment):
    """What is common to methods that treat only columns whose shape shows outliers."""

    skew: float = Field(default=2.0, ge=0, description="Skewness, either way, that fails")
    kurtosis: float = Field(default=3.5, description="Kurtosis (excess) that fails with it")

    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Treated, ...]:
        """One treatment a column, learned from ``values`` (units, columns).

        Values are sorted first, so that the order of the rows changes no bit.
        """
        ordered = np.sort(np.ascontiguousarray(values.T), axis=1)
        first = moments(ordered.T)
        failing = self.failing(first).tolist()
        treated = []
        for j in range(len(columns)):
            before = Moments(*(each[j : j + 1] for each in first))
            known = ordered[j, : int(before.n.item())]
            treated.append(self.treat(known, before) if failing[j] else self.begun(before))
        return tuple(treated)

    def failing(self, held: Moments) -> Mask:
        """Which columns have outliers; not those too short or too alike to tell."""
        out: Mask = (np.abs(held.skew) >= self.skew) & (held.kurtosis >= self.kurtosis)
        return out

    def begun(self, before: Moments) -> Treated:
        """A column nothing is done to, with its shape."""
        return Treated(
            skew=(figure(before.skew),),
            kurtosis=(figure(before.kurtosis),),
            passes=not self.failing(before).item(),
        )

    def then_by(self, kept: Treated, step: Step, after: Moments, points: int = 0) -> Treated:
        """One step more, with the shape of the column after it."""
        return Treated(
            steps=(*kept.steps, step),
            winsorised=kept.winsorised + points,
            skew=(*kept.skew, figure(after.skew)),
            kurtosis=(*kept.kurtosis, figure(after.kurtosis)),
            passes=not self.failing(after).item(),
        )

    @abstractmethod
    def treat(self, known: Array, before: Moments) -> Treated:
        """The treatment of one failing column: its values that are there, rising."""


def figure(value: Array) -> float | None:
    """A statistic of one column; None where it is not defined."""
    told = float(value.item())
    return None if np.isnan(told) else told
