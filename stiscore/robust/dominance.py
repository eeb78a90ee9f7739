"""Which unit is at least as good as which in every area, so that no weights can turn them round."""

from __future__ import annotations

import numpy as np

from stiscore.methods.base import Array, Mask


def dominates(parts: Array, tie: float) -> Mask:
    """Whether the row's unit dominates the column's, (units, units), from parts (units, areas).

    It is at least as good in every area (at most ``tie`` below) and better (by more than ``tie``)
    in one. Higher is better; ``tie`` is 0 or more, on the scale of the parts. A part missing (NaN)
    on either side leaves the pair undecided: False both ways. No unit dominates itself, and without
    areas none does. With a tie of 0 the weighted mean of the dominating unit is as high or higher
    under all weights of 0 or more.

    >>> parts = np.array([[80.0, 60.0], [80.0, 50.0], [90.0, 40.0]])
    >>> np.argwhere(dominates(parts, 0.0)).tolist()
    [[0, 1]]
    """
    units = parts.shape[0]
    never_worse = np.ones((units, units), dtype=bool)
    once_better = np.zeros((units, units), dtype=bool)
    lead = np.empty((units, units))
    for area in parts.T:
        np.subtract(area[:, None], area, out=lead)
        # Comparisons with NaN are False, which is what a missing part asks for.
        never_worse &= lead >= -tie
        once_better |= lead > tie
    return never_worse & once_better
