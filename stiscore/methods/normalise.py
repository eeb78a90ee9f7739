"""Normalisation: indicators in their own measurement become scores on one scale.

Every method fits one map a column from the reference units; new values go through the same map.
A column's curve is applied before anything else, its direction is part of the map.
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from stiscore.methods.base import Array, Unfit
from stiscore.methods.distances import (
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
)
from stiscore.methods.maps import Affine, ColumnSpec, bend, level_at, line_through
from stiscore.methods.moments import moments
from stiscore.methods.positions import Borda, Categories, PercentileRank, Rank
from stiscore.methods.scaling import SMALLEST, Ends, Scaling, extremes, rising

__all__ = [
    "Borda", "Categories", "DistanceToMax", "DistanceToReference", "DistanceToTarget",
    "FractionOfMax", "Goalposts", "MinMax", "Normalise", "PercentileRank", "Rank", "Scaled",
    "ZScore", "rising",
]  # fmt: skip


class Goalposts(Scaling):
    """Declared goalposts: the lower end of ``range`` at the lower, the upper at the upper.

    Formula: ``a + (b - a) (c(x) - c(low)) / (c(high) - c(low))`` with the column's curve ``c`` and
    ``range = (a, b)``, reversed for a cost, then clipped to the range unless ``clip`` is false.
    Nothing is learned from the data, so units, years and partitions share one scale. Missing stays
    missing. A constant column is scored like any other.

    Raises ValueError when a column has no goalposts; ``framework check`` finds that first.

    Reference: OECD/JRC Handbook (2008), section 5.4 (distance to a reference); UNDP goalposts.

    >>> days = ColumnSpec("days", benefit=False, curve="linear", goalposts=(0.0, 20.0))
    >>> Goalposts().fit(np.array([[5.0]]), [days])[0].offset
    100.0
    """

    id: Literal["goalposts"] = "goalposts"
    clip: bool = True
    range: Annotated[Ends, AfterValidator(rising)] = (0.0, 100.0)
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.4"
    from_sample: ClassVar[bool] = False

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns``; ``values`` (units, columns) are not looked at."""
        del values, units
        maps = []
        for spec in columns:
            if spec.goalposts is None:
                message = f"{spec.id} has no goalposts at this level"
                raise ValueError(message)
            maps.append(line_through(spec, spec.goalposts, self.range, clip=self.clip))
        return tuple(maps)

    def ends(self, units: int) -> Ends:
        """The declared range."""
        del units
        return self.range

    @property
    def bounded(self) -> bool:
        """Whether it clips."""
        return self.clip


class MinMax(Scaling):
    """Min-max: the lowest value of the reference data to 0, the highest to 100, a cost reversed.

    Formula: ``a + (b - a) (c(x) - min c) / (max c - min c)`` with ``range = (a, b)``. Range:
    ``range`` for reference units; other units may fall outside and are not clipped. Missing values
    are left out of the extremes and stay missing. A constant column has no range: it maps to the
    middle of the scale, and the rule C303 refuses it first. An all-missing column maps likewise.

    Reference: OECD/JRC Handbook (2008), section 5.3.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> MinMax().fit(np.array([[1.0], [3.0], [np.nan]]), [share])[0].scale
    50.0
    """

    id: Literal["min-max"] = "min-max"
    range: Annotated[Ends, AfterValidator(rising)] = (0.0, 100.0)
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.3"

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the extremes of ``values`` (units, columns)."""
        del units
        maps = []
        for j, spec in enumerate(columns):
            low, high = extremes(bend(values[:, j], spec.curve))
            if low == high:
                maps.append(level_at(spec, sum(self.range) / 2))
            else:
                maps.append(line_through(spec, (low, high), self.range, clip=False, bent=True))
        return tuple(maps)

    def ends(self, units: int) -> Ends:
        """The declared range."""
        del units
        return self.range


class ZScore(Scaling):
    """Standardisation: ``mean + sd (c(x) - m) / s``, minus for a cost.

    ``m`` and ``s`` are the mean and the standard deviation (n - 1) of the reference values. Range:
    not limited; nominally three standard deviations either way. Missing values are left out and
    stay missing. A constant column, or one value alone, maps to ``mean``.

    Reference: OECD/JRC Handbook (2008), section 5.2.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> values = np.array([[1.0], [2.0], [3.0]])
    >>> ZScore(mean=100, sd=10).fit(values, [share])[0].apply(values[:, 0])
    array([ 90., 100., 110.])
    """

    id: Literal["z-score"] = "z-score"
    mean: float = 0.0
    sd: Annotated[float, Field(gt=0)] = 1.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.2"

    @property
    def bounded(self) -> bool:
        """No."""
        return False

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from mean and standard deviation of ``values`` (units, columns)."""
        del units
        maps = []
        for j, spec in enumerate(columns):
            bent = bend(values[:, j], spec.curve)
            # Sums in one order, so that the order of the units does not matter to the last bit.
            told = moments(np.sort(bent[~np.isnan(bent)]))
            centre, spread = float(told.mean[0]), float(told.deviation[0])
            if not spread > SMALLEST:
                maps.append(level_at(spec, self.mean))
                continue
            scale = self.sd / spread * (1 if spec.benefit else -1)
            offset = self.mean - scale * centre
            maps.append(Affine(curve=spec.curve, scale=scale, offset=offset))
        return tuple(maps)

    def ends(self, units: int) -> Ends:
        """Three standard deviations below and above the mean."""
        del units
        return self.mean - 3 * self.sd, self.mean + 3 * self.sd


class Scaled(Scaling):
    """A fixed linear scale for all columns alike: ``scale (x - lower) / (upper - lower)``.

    For columns that share a measurement already, such as survey answers from 1 to 7. A cost is
    mirrored: ``upper`` scores 0. Nothing is learned from the data and nothing is clipped. Range:
    not limited. Missing stays missing. A curve bends value and ends alike.

    Reference: OECD/JRC Handbook (2008), section 5.3.

    >>> answer = ColumnSpec("answer", benefit=True, curve="linear", goalposts=None)
    >>> Scaled(lower=1, upper=7).fit(np.array([[4.0]]), [answer])[0].apply(np.array([4.0]))
    array([50.])
    """

    id: Literal["scaled"] = "scaled"
    lower: float = 0.0
    upper: float = 1.0
    scale: Annotated[float, Field(gt=0)] = 100.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.3"
    from_sample: ClassVar[bool] = False

    @property
    def bounded(self) -> bool:
        """No."""
        return False

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns``; ``values`` (units, columns) are not looked at."""
        del values, units
        if not self.lower < self.upper:
            message = f"lower ({self.lower:g}) must be below upper ({self.upper:g})"
            raise Unfit("order", message, lower=self.lower, upper=self.upper)
        ends = (self.lower, self.upper)
        return tuple(line_through(spec, ends, (0.0, self.scale), clip=False) for spec in columns)

    def ends(self, units: int) -> Ends:
        """0 and ``scale``."""
        del units
        return 0.0, self.scale


Normalise = Annotated[
    Goalposts
    | MinMax
    | ZScore
    | Scaled
    | PercentileRank
    | Rank
    | Borda
    | FractionOfMax
    | DistanceToMax
    | DistanceToTarget
    | DistanceToReference
    | Categories,
    Field(discriminator="id"),
]
