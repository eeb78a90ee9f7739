"""What imputation learned: values to put where one is missing, from the reference units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Strict


class ByColumn(Strict):
    """One value a column; None where there was nothing to learn it from."""

    kind: Literal["column"] = "column"
    values: tuple[float | None, ...]

    def apply(self, values: Array, groups: Sequence[str | None]) -> Array:
        """``values`` (units, columns) with missing ones filled; NaN stays where None stands."""
        del groups
        return np.where(np.isnan(values), _numbers(self.values), values)


class ByGroup(Strict):
    """One value a column and group of units; None where the group had none."""

    kind: Literal["group"] = "group"
    values: dict[str, tuple[float | None, ...]]

    def apply(self, values: Array, groups: Sequence[str | None]) -> Array:
        """``values`` (units, columns) filled from the unit's group.

        NaN stays for units in no group or an unknown one, and where None stands.
        """
        out = values.copy()
        for group, known in self.values.items():
            rows = [row for row, label in enumerate(groups) if label == group]
            out[rows] = np.where(np.isnan(out[rows]), _numbers(known), out[rows])
        return out


class ByRow(Strict):
    """The mean or median of a unit's own values, on a scale of 0-1 with the directions turned.

    ``worst``, ``best``: the ends of each column's scale; where they are equal or None the column
    gives and takes nothing. ``within``: columns with one label fill each other only. What would
    come out infinite stays missing.
    """

    kind: Literal["row"] = "row"
    how: Literal["mean", "median"]
    worst: tuple[float | None, ...]
    best: tuple[float | None, ...]
    within: tuple[str, ...]

    def apply(self, values: Array, groups: Sequence[str | None]) -> Array:
        """``values`` (units, columns) filled from the same row; NaN where the row has none."""
        del groups
        worst, best = _numbers(self.worst), _numbers(self.best)
        out = values.copy()
        labels = np.array(self.within)
        with np.errstate(all="ignore"):
            scaled = np.where(best == worst, np.nan, (values - worst) / (best - worst))
            for label in dict.fromkeys(self.within):
                places = np.flatnonzero(labels == label)
                span = best[places] - worst[places]
                filled = worst[places] + _middle(scaled[:, places], self.how)[:, None] * span
                filled = np.where((span != 0) & np.isfinite(filled), filled, np.nan)
                out[:, places] = np.where(np.isnan(out[:, places]), filled, out[:, places])
        return out


Fills = Annotated[ByColumn | ByGroup | ByRow, Field(discriminator="kind")]


def _numbers(told: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in told], dtype=np.float64)


def _middle(values: Array, how: str) -> Array:
    """The mean or median of each row's present values, (units,); NaN for a row without any.

    Column by column, or sorted inside each row, so that it does not matter who else is there.
    """
    held = ~np.isnan(values)
    count = held.sum(axis=1)
    if how == "mean":
        total = np.zeros(values.shape[0])
        for j in range(values.shape[1]):
            total += np.where(held[:, j], values[:, j], 0.0)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)
    # Missing values sort to the end of their row.
    ordered = np.sort(values, axis=1)
    rows = np.arange(values.shape[0])
    low, high = np.maximum(count - 1, 0) // 2, np.maximum(count, 1) // 2
    middle: Array = (ordered[rows, low] + ordered[rows, high]) / 2
    return middle
