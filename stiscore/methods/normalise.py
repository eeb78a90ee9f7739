"""Normalisation: indicators in their own measurement become scores on one scale."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from stiscore.methods.base import Array, Method
from stiscore.methods.maps import Affine, ColumnSpec, line_through

Target = tuple[float, float]


def rising(ends: Target) -> Target:
    """A scale runs upwards; ValueError else, since direction is not its business."""
    if not ends[0] < ends[1]:
        message = "a range must rise"
        raise ValueError(message)
    return ends


class Goalposts(Method):
    """Declared goalposts: 0 at the lower, 100 at the upper, reversed for a cost.

    Formula: ``100 (c(x) - c(low)) / (c(high) - c(low))`` with the column's curve ``c``, then
    clipped to 0-100 unless ``clip`` is false. Nothing is learned from the data, so units, years and
    partitions share one scale. Range: 0-100 when clipped. Missing stays missing. A constant column
    is scored like any other.

    Raises ValueError when a column has no goalposts; ``framework check`` finds that first.

    Reference: OECD/JRC Handbook (2008), step 5, "distance to a reference"; UNDP goalposts.

    >>> days = ColumnSpec("days", benefit=False, curve="linear", goalposts=(0.0, 20.0))
    >>> Goalposts().fit(np.array([[5.0]]), [days])[0].offset
    100.0
    """

    id: Literal["goalposts"] = "goalposts"
    clip: bool = True
    stage: ClassVar[str] = "normalise"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 5"
    from_sample: ClassVar[bool] = False

    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Affine, ...]:
        """Maps of ``columns``; ``values`` (units, columns) are not looked at."""
        del values
        maps = []
        for spec in columns:
            if spec.goalposts is None:
                message = f"{spec.id} has no goalposts at this level"
                raise ValueError(message)
            maps.append(line_through(spec, spec.goalposts, (0.0, 100.0), clip=self.clip))
        return tuple(maps)

    @property
    def target(self) -> Target:
        """The ends of the scale scores are on."""
        return (0.0, 100.0)


class MinMax(Method):
    """Min-max: the lowest value of the reference data to 0, the highest to 100, a cost reversed.

    Formula: ``a + (b - a) (c(x) - min c) / (max c - min c)`` with ``range = (a, b)``. Range:
    ``range`` for reference units; other units may fall outside and are not clipped. Missing values
    are left out of the extremes and stay missing. A constant column has no range: it maps to the
    middle of the scale, and the rule C303 refuses it first. An all-missing column maps likewise.

    Reference: OECD/JRC Handbook (2008), step 5.2.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> MinMax().fit(np.array([[1.0], [3.0], [np.nan]]), [share])[0].scale
    50.0
    """

    id: Literal["min-max"] = "min-max"
    range: Annotated[Target, AfterValidator(rising)] = (0.0, 100.0)
    stage: ClassVar[str] = "normalise"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 5.2"
    from_sample: ClassVar[bool] = True

    def fit(self, values: Array, columns: Sequence[ColumnSpec]) -> tuple[Affine, ...]:
        """Maps of ``columns`` from the extremes of ``values`` (units, columns)."""
        maps = []
        for j, spec in enumerate(columns):
            present = values[:, j][~np.isnan(values[:, j])]
            low, high = (present.min(), present.max()) if present.size else (0.0, 0.0)
            if low == high:
                maps.append(Affine(curve=spec.curve, scale=0.0, offset=sum(self.range) / 2))
            else:
                maps.append(line_through(spec, (float(low), float(high)), self.range, clip=False))
        return tuple(maps)

    @property
    def target(self) -> Target:
        """The ends of the scale scores are on."""
        return self.range


Normalise = Annotated[Goalposts | MinMax, Field(discriminator="id")]
