"""What all normalisations share: the ends of their scale, and what they learn from."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from stiscore.methods.base import Array, Method, Unfit
from stiscore.methods.maps import ColumnMap, ColumnSpec

Ends = tuple[float, float]
# A range, or a goal, smaller than this is none: dividing by it would overflow.
SMALLEST = 1e-304


class Scaling(Method):
    """A normalisation.

    ``from_sample``: the scale depends on the reference units. ``costs``: columns of which less is
    better can be scored; else they raise ValueError.
    """

    stage: ClassVar[str] = "normalise"
    from_sample: ClassVar[bool] = True
    costs: ClassVar[bool] = True

    @property
    def bounded(self) -> bool:
        """Whether scores of reference units never lie outside the ends."""
        return True

    @abstractmethod
    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[ColumnMap, ...]:
        """One map a column from ``values`` (units, columns); ``units`` are the ids of the rows."""

    @abstractmethod
    def ends(self, units: int) -> Ends:
        """The nominal ends of the scale with so many reference units."""


def rising(ends: Ends) -> Ends:
    """A scale runs upwards; ValueError else, since direction is not its business."""
    if not ends[0] < ends[1]:
        raise Unfit("rising", "a range must rise")
    return ends


def extremes(column: Array) -> Ends:
    """The lowest and the highest value of a column; equal when there is no range to speak of.

    >>> extremes(np.array([3.0, np.nan, 1.0]))
    (1.0, 3.0)
    """
    present = column[~np.isnan(column)]
    if not present.size:
        return 0.0, 0.0
    low, high = float(present.min()), float(present.max())
    return (low, high) if high - low > SMALLEST else (low, low)
