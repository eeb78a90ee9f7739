"""Treatment: outliers are pulled in before indicators are put on one scale.

A column has outliers when both its skewness and its kurtosis are over their limits. What is learned
from the reference units are limits and transforms of one column each; new values go through the
same ones. Columns that pass stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.maps import ColumnSpec
from stiscore.methods.moments import Moments, moments
from stiscore.methods.treat_maps import BoxCoxMap, Clip, Log, Step, transform
from stiscore.methods.treat_shape import ByShape, Treated, Treatment, figure
from stiscore.methods.winsorise import Gii, Winsorise

__all__ = [
    "BoxCox", "BoxCoxMap", "Clip", "Gii", "IqrFence", "Log", "NoTreat", "Treat", "Treated",
    "Winsorise",
]  # fmt: skip


class NoTreat(Treatment):
    """No treatment: every value stays as it is, outliers included, missing ones missing.

    Formula: ``x``. Goalposts with limits and bounded scores do without; see the audit for what is
    outlying. Defined for every column, whatever is in it.

    Reference: OECD/JRC Handbook (2008), section 3.4.

    >>> NoTreat().fit(np.array([[1.0], [900.0]]), [ColumnSpec("n", True, "linear", None)])[0].steps
    ()
    """

    id: Literal["none"] = "none"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 3.4"

    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Treated, ...]:
        """Nothing to do for any of ``columns``; ``values`` are not looked at."""
        del values
        return tuple(Treated() for _ in columns)


class BoxCox(ByShape):
    """Box-Cox transforms of columns with outliers, without moving single points.

    Formula: ``((x - min + 1)^lam - 1) / lam``, ``ln(x - min + 1)`` for ``lam`` of zero. Without
    ``lam`` the one of the greatest profile likelihood between -5 and 5, column by column. Still
    failing: kept and flagged.

    Missing values are left out and stay missing; short and constant columns pass. New values below
    the minimum count as the minimum. A change of units changes the result, as 1 is added.

    Reference: Box and Cox (1964), An analysis of transformations; Handbook (2008), section 5.1.

    >>> tail = np.array([[0.0, 0, 0, 1, 1, 3, 3, 8, 80]]).T
    >>> told = BoxCox(lam=0.0).fit(tail, [ColumnSpec("n", True, "linear", None)])[0]
    >>> told.steps[0].formula, told.passes
    ('ln(x + 1)', True)
    """

    id: Literal["box-cox"] = "box-cox"
    reference: ClassVar[str] = "Box and Cox (1964), An analysis of transformations"
    lam: float | None = Field(
        default=None, ge=-5, le=5, description="The parameter; none: what fits best"
    )

    @property
    def transforms(self) -> bool:
        """Columns that fail are."""
        return True

    def treat(self, known: Array, before: Moments) -> Treated:
        """One transform, when there is one."""
        step = transform("box-cox", known, before.skew.item(), self.lam)
        if step is None:
            return self.begun(before)
        return self.then_by(self.begun(before), step, moments(step.apply(known)))


class IqrFence(Treatment):
    """Tukey's fences: values beyond them take the fence.

    Formula: ``min(max(x, Q1 - factor IQR), Q3 + factor IQR)``, quartiles of type 7,
    ``IQR = Q3 - Q1``; for every column, whatever its shape. A column whose middle half is one
    value, or whose fences are no finite numbers, has none: it stays as it is, flagged when other
    values are there. Missing values are left out and stay missing; an all-missing column has no
    fence. New values go to the same fences.

    Reference: Tukey (1977), Exploratory data analysis, section 2C; Hyndman and Fan (1996), type 7.

    >>> tail = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 90]]).T
    >>> told = IqrFence().fit(tail, [ColumnSpec("n", True, "linear", None)])[0]
    >>> told.steps[0].formula, told.winsorised
    ('-3 <= x <= 13', 1)
    """

    id: Literal["iqr-fence"] = "iqr-fence"
    reference: ClassVar[str] = "Tukey (1977), Exploratory data analysis"
    factor: float = Field(default=1.5, gt=0, description="Interquartile ranges beyond a quartile")

    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Treated, ...]:
        """The fences of every column, learned from ``values`` (units, columns)."""
        ordered = np.sort(np.ascontiguousarray(values.T), axis=1)
        there = (~np.isnan(ordered)).sum(axis=1).tolist()
        return tuple(self._fenced(ordered[j, : there[j]]) for j in range(len(columns)))

    def _fenced(self, known: Array) -> Treated:
        held, first, third = [moments(known)], 0.0, 0.0
        steps: tuple[Step, ...] = ()
        if known.size:
            first, third = np.quantile(known, [0.25, 0.75]).tolist()
        reach, moved = self.factor * (third - first), 0
        lower, upper = first - reach, third + reach
        if reach > 0 and np.isfinite([lower, upper]).all():
            steps = (Clip(lower=lower, upper=upper),)
            fenced = steps[0].apply(known)
            held.append(moments(fenced))
            moved = int((fenced != known).sum())
        return Treated(
            steps=steps,
            winsorised=moved,
            skew=tuple(figure(each.skew) for each in held),
            kurtosis=tuple(figure(each.kurtosis) for each in held),
            passes=bool(steps) or known.size == 0 or bool(known[0] == known[-1]),
        )


Treat = Annotated[
    NoTreat | Winsorise | Gii | BoxCox | IqrFence,
    Field(discriminator="id"),
]
