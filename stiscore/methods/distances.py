"""Normalisation by distance: to the best, to a target, to one unit, or as a share of the maximum.

All are straight lines from the worst reference value, so they differ only in where the line ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Unfit
from stiscore.methods.maps import Affine, ColumnSpec, bend, level_at, straight
from stiscore.methods.scaling import SMALLEST, Ends, Scaling, extremes

_REFERENCE = "OECD/JRC Handbook (2008), section 5.4"


class FractionOfMax(Scaling):
    """Share of the best: ``scale c(x) / max c``.

    For benefits only: less cannot be told as a share of the most, so a cost raises ValueError.
    Range: up to ``scale`` for reference units; negative values score below 0. Missing values are
    left out and stay missing. A column whose highest value is not above 0 maps to 0.

    Reference: OECD/JRC Handbook (2008), section 5.4.

    >>> papers = ColumnSpec("papers", benefit=True, curve="linear", goalposts=None)
    >>> FractionOfMax().fit(np.array([[2.0], [8.0]]), [papers])[0].apply(np.array([2.0, 8.0]))
    array([ 25., 100.])
    """

    id: Literal["fraction-of-max"] = "fraction-of-max"
    scale: Annotated[float, Field(gt=0)] = 100.0
    reference: ClassVar[str] = _REFERENCE
    costs: ClassVar[bool] = False

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the highest of ``values`` (units, columns)."""
        del units
        maps = []
        for j, spec in enumerate(columns):
            if not spec.benefit:
                message = f"{spec.id} is a cost, and a share of the maximum says nothing of it"
                raise ValueError(message)
            high = extremes(bend(values[:, j], spec.curve))[1]
            slope = self.scale / high if high > SMALLEST else 0.0
            maps.append(Affine(curve=spec.curve, scale=slope, offset=0.0))
        return tuple(maps)

    @property
    def bounded(self) -> bool:
        """No: a negative value scores below 0."""
        return False

    def ends(self, units: int) -> Ends:
        """0 and ``scale``."""
        del units
        return 0.0, self.scale


class DistanceToMax(Scaling):
    """``scale (1 - (best - c(x)) / (best - worst))``: how near the best reference value.

    Best is the highest value of a benefit and the lowest of a cost, worst the other end. Range: 0
    to ``scale`` for reference units. Missing values are left out and stay missing. A constant
    column, or one value alone, maps to the middle.

    Reference: OECD/JRC Handbook (2008), section 5.4.

    >>> days = ColumnSpec("days", benefit=False, curve="linear", goalposts=None)
    >>> DistanceToMax().fit(np.array([[2.0], [4.0]]), [days])[0].apply(np.array([2.0, 3.0]))
    array([100.,  50.])
    """

    id: Literal["distance-to-max"] = "distance-to-max"
    scale: Annotated[float, Field(gt=0)] = 100.0
    reference: ClassVar[str] = _REFERENCE

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the extremes of ``values`` (units, columns)."""
        del units
        return tuple(
            level_at(spec, self.scale / 2)
            if np.isnan(worst) or worst == best
            else _line(spec, worst, best, self.scale, cap=False)
            for spec, worst, best in _ranges(values, columns)
        )

    def ends(self, units: int) -> Ends:
        """0 and ``scale``."""
        del units
        return 0.0, self.scale


class DistanceToTarget(Scaling):
    """``scale (c(x) - worst) / (c(target) - worst)``: how much of the way to a declared target.

    ``worst`` is the lowest reference value of a benefit and the highest of a cost; the target is
    stated in the indicator's own measurement. With ``cap`` who is beyond the target scores
    ``scale``. Range: 0 to ``scale`` for reference units when capped. Missing values are left out
    and stay missing; a column without any value maps to the middle. A constant column is scored
    like any other. Raises ValueError when a column has no target, or one that is no better than the
    worst value, towards which there is no way to go.

    Reference: OECD/JRC Handbook (2008), section 5.4.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None, target=5.0)
    >>> fitted = DistanceToTarget().fit(np.array([[1.0], [9.0]]), [share])[0]
    >>> fitted.apply(np.array([3.0, 9.0]))
    array([ 50., 100.])
    """

    id: Literal["distance-to-target"] = "distance-to-target"
    cap: bool = True
    scale: Annotated[float, Field(gt=0)] = 100.0
    reference: ClassVar[str] = _REFERENCE

    @property
    def bounded(self) -> bool:
        """Whether it caps."""
        return self.cap

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the worst of ``values`` (units, columns) to each target."""
        del units
        maps = []
        for spec, worst, _ in _ranges(values, columns):
            if spec.target is None or np.isnan(spec.target):
                message = f"{spec.id} has no target"
                raise ValueError(message)
            if np.isnan(worst):
                maps.append(level_at(spec, self.scale / 2))
                continue
            goal = float(bend(np.array([spec.target]), spec.curve)[0])
            maps.append(_line(spec, worst, goal, self.scale, cap=self.cap))
        return tuple(maps)

    def ends(self, units: int) -> Ends:
        """0 and ``scale``."""
        del units
        return 0.0, self.scale


class DistanceToReference(Scaling):
    """``scale (c(x) - worst) / (c(ref) - worst)``: how near one unit of the reference data.

    ``unit`` is that unit's id. With ``cap`` who is ahead of it scores ``scale``. Range: 0 to
    ``scale`` for reference units when capped. Missing values are left out and stay missing. A
    column that is constant, or has no value at all, maps to the middle. Raises ValueError without a
    unit, for one the data do not hold, and for a column where it has no value or, others being
    better, the worst one.

    Reference: OECD/JRC Handbook (2008), section 5.4.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> to_b = DistanceToReference(unit="B")
    >>> to_b.fit(np.array([[1.0], [5.0]]), [share], ["A", "B"])[0].apply(np.array([3.0]))
    array([50.])
    """

    id: Literal["distance-to-reference"] = "distance-to-reference"
    required: ClassVar[str | None] = "unit"
    unit: str | None = None
    cap: bool = False
    scale: Annotated[float, Field(gt=0)] = 100.0
    reference: ClassVar[str] = _REFERENCE

    @property
    def bounded(self) -> bool:
        """Whether it caps."""
        return self.cap

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the worst of ``values`` (units, columns) to the unit's own."""
        if self.unit is None or self.unit not in units:
            message = f"the unit to compare with ({self.unit}) is not in the data"
            raise Unfit("no_unit", message, unit=self.unit)
        row = list(units).index(self.unit)
        maps = []
        for j, (spec, worst, best) in enumerate(_ranges(values, columns)):
            if np.isnan(worst) or worst == best:
                maps.append(level_at(spec, self.scale / 2))
                continue
            goal = float(bend(values[row, [j]], spec.curve)[0])
            if np.isnan(goal):
                message = f"{self.unit} has no value of {spec.id}"
                raise Unfit("no_value", message, unit=self.unit, indicator=spec.id)
            maps.append(_line(spec, worst, goal, self.scale, cap=self.cap))
        return tuple(maps)

    def ends(self, units: int) -> Ends:
        """0 and ``scale``."""
        del units
        return 0.0, self.scale


def _ranges(
    values: Array, columns: Sequence[ColumnSpec]
) -> Iterator[tuple[ColumnSpec, float, float]]:
    """Each column with its worst and its best reference value, bent; NaN where it has none."""
    for j, spec in enumerate(columns):
        bent = bend(values[:, j], spec.curve)
        low, high = (np.nan, np.nan) if np.isnan(bent).all() else extremes(bent)
        yield (spec, low, high) if spec.benefit else (spec, high, low)


def _line(spec: ColumnSpec, worst: float, goal: float, scale: float, *, cap: bool) -> Affine:
    """From 0 at the worst to ``scale`` at the goal, both bent already."""
    way = goal - worst if spec.benefit else worst - goal
    if way <= SMALLEST:
        message = f"{spec.id}: the goal is no better than the worst value"
        raise Unfit("no_way", message, indicator=spec.id)
    slope, offset = straight((worst, goal), (0.0, scale))
    return Affine(curve=spec.curve, scale=slope, offset=offset, upper=scale if cap else None)
