"""Imputation: values put where one is missing. The default puts none.

What is learned comes from the reference units, so that a unit is filled alike whoever else is in
the table. Every filled value is flagged by the caller.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Method, Unfit
from stiscore.methods.fills import ByColumn, ByGroup, ByRow, Fills
from stiscore.methods.maps import ColumnSpec
from stiscore.methods.panel import Constant, Latest, Linear, LinearConstant

__all__ = [
    "Constant", "Fills", "GroupMean", "GroupMedian", "Impute", "ImputeTable", "Latest", "Linear",
    "LinearConstant", "MeanFill", "MedianFill", "NoImpute", "RowMean", "RowMedian",
]  # fmt: skip

_REFERENCE = "OECD/JRC Handbook (2008), section 3.1"


class ImputeTable(NamedTuple):
    """What is known of the reference units.

    ``values``: (units, columns); ``groups``: a label a unit, None for none; ``within``: a label a
    column.
    """

    values: Array
    columns: Sequence[ColumnSpec]
    groups: Sequence[str | None]
    within: Sequence[str]


class Imputing(Method):
    """``panel``: fills along a unit's years before anything else, and fits nothing."""

    stage: ClassVar[str] = "impute"
    reference: ClassVar[str] = _REFERENCE
    panel: ClassVar[bool] = False


class NoImpute(Imputing):
    """Nothing is filled: what is missing is left out and the remaining weights are renormalised.

    That equals filling with the unit's own weighted mean, inside its group.

    Reference: OECD/JRC Handbook (2008), section 3.1 (the default here).

    >>> NoImpute().fit(ImputeTable(np.array([[1.0]]), (), (None,), ("",))).values
    (None,)
    """

    id: Literal["none"] = "none"

    def fit(self, table: ImputeTable) -> ByColumn:
        """Nothing for any column."""
        return ByColumn(values=(None,) * table.values.shape[1])


class MeanFill(Imputing):
    """The mean of the column over the reference units that have a value.

    Shrinks the spread of the column. A column without any value stays missing.

    Reference: OECD/JRC Handbook (2008), section 3.1, unconditional mean imputation.

    >>> MeanFill().fit(ImputeTable(np.array([[1.0], [4.0], [np.nan]]), (), (), ("",))).values
    (2.5,)
    """

    id: Literal["mean"] = "mean"

    def fit(self, table: ImputeTable) -> ByColumn:
        """One mean a column."""
        return ByColumn(values=_centres(table.values, "mean"))


class MedianFill(Imputing):
    """The median of the column over the reference units that have a value.

    A column without any value stays missing.

    Reference: OECD/JRC Handbook (2008), section 3.1, unconditional median imputation.

    >>> MedianFill().fit(ImputeTable(np.array([[1.0], [4.0], [9.0]]), (), (), ("",))).values
    (4.0,)
    """

    id: Literal["median"] = "median"

    def fit(self, table: ImputeTable) -> ByColumn:
        """One median a column."""
        return ByColumn(values=_centres(table.values, "median"))


class GroupMean(Imputing):
    """The mean of the column over the reference units of the same group.

    ``group`` names a grouping column of the data, or several peer groups of which the first that
    holds a unit is its own. Units in no group, and groups without a value, stay missing. Raises
    ValueError when no unit belongs to any.

    Reference: OECD/JRC Handbook (2008), section 3.1, conditional mean imputation.

    >>> table = ImputeTable(np.array([[1.0], [3.0], [9.0]]), (), ("a", "a", "b"), ("",))
    >>> GroupMean(group="region").fit(table).values
    {'a': (2.0,), 'b': (9.0,)}
    """

    id: Literal["group-mean"] = "group-mean"
    required: ClassVar[str | None] = "group"
    group: str | tuple[str, ...] | None = None

    def fit(self, table: ImputeTable) -> ByGroup:
        """One mean a group and column."""
        return _by_group(table, "mean")


class GroupMedian(Imputing):
    """The median of the column over the reference units of the same group.

    ``group`` as for ``group-mean``. Units in no group, and groups without a value, stay missing.
    Raises ValueError when no unit belongs to any.

    Reference: OECD/JRC Handbook (2008), section 3.1, conditional imputation.

    >>> table = ImputeTable(np.array([[1.0], [3.0], [9.0]]), (), ("a", "a", "a"), ("",))
    >>> GroupMedian(group="region").fit(table).values
    {'a': (3.0,)}
    """

    id: Literal["group-median"] = "group-median"
    required: ClassVar[str | None] = "group"
    group: str | tuple[str, ...] | None = None

    def fit(self, table: ImputeTable) -> ByGroup:
        """One median a group and column."""
        return _by_group(table, "median")


class RowMean(Imputing):
    """The mean of the unit's own other values, on a common scale.

    Columns are brought to 0-1 by their extremes over the reference units, costs turned; the unit's
    mean there is brought back to the column's own measurement. ``within``: only columns under the
    same group so many steps up the tree fill each other; null: all. A row without any value there
    stays missing, as does a column without a range.

    Reference: OECD/JRC Handbook (2008), section 3.1.

    >>> table = ImputeTable(
    ...     np.array([[0.0, 0.0], [10.0, 4.0]]),
    ...     [ColumnSpec(c, True, "linear", None) for c in "ab"], (None, None), ("", ""))
    >>> RowMean().fit(table).apply(np.array([[5.0, np.nan]]), [None])
    array([[5., 2.]])
    """

    id: Literal["row-mean"] = "row-mean"
    within: Annotated[int, Field(ge=1)] | None = None

    def fit(self, table: ImputeTable) -> ByRow:
        """The ends of each column's scale."""
        return _by_row(table, "mean")


class RowMedian(Imputing):
    """The median of the unit's own other values, on a common scale; else as ``row-mean``.

    Reference: OECD/JRC Handbook (2008), section 3.1.

    >>> table = ImputeTable(
    ...     np.array([[0.0, 0.0], [10.0, 4.0]]),
    ...     [ColumnSpec(c, c == "a", "linear", None) for c in "ab"], (None, None), ("", ""))
    >>> RowMedian().fit(table).apply(np.array([[10.0, np.nan]]), [None])
    array([[10.,  0.]])
    """

    id: Literal["row-median"] = "row-median"
    within: Annotated[int, Field(ge=1)] | None = None

    def fit(self, table: ImputeTable) -> ByRow:
        """The ends of each column's scale."""
        return _by_row(table, "median")


def _centres(values: Array, how: str) -> tuple[float | None, ...]:
    told: list[float | None] = []
    for j in range(values.shape[1]):
        present = np.ascontiguousarray(values[:, j][~np.isnan(values[:, j])])
        if not present.size:
            told.append(None)
        elif how == "median":
            told.append(float(np.median(present)))
        else:
            told.append(_mean(present))
    return tuple(told)


def _mean(present: Array) -> float:
    """From an exact sum, so that the order of the units does not matter to the last bit.

    The quotient may be a last bit beyond values that are all alike, and so off their scale.
    """
    try:
        told = math.fsum(present.tolist()) / present.size
    except OverflowError:
        told = math.fsum((present / present.size).tolist())
    return min(max(told, float(present.min())), float(present.max()))


def _by_group(table: ImputeTable, how: str) -> ByGroup:
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(table.groups):
        if group is not None:
            rows.setdefault(group, []).append(row)
    if not rows:
        raise Unfit("no_group", "no unit belongs to a group to be filled from")
    return ByGroup(values={g: _centres(table.values[held], how) for g, held in rows.items()})


def _by_row(table: ImputeTable, how: Literal["mean", "median"]) -> ByRow:
    worst: list[float | None] = []
    best: list[float | None] = []
    for j, spec in enumerate(table.columns):
        present = table.values[:, j][~np.isnan(table.values[:, j])]
        ends = (float(present.min()), float(present.max())) if present.size else (None, None)
        low, high = ends if spec.benefit else ends[::-1]
        worst.append(low)
        best.append(high)
    return ByRow(how=how, worst=tuple(worst), best=tuple(best), within=tuple(table.within))


Impute = Annotated[
    NoImpute
    | MeanFill
    | MedianFill
    | GroupMean
    | GroupMedian
    | RowMean
    | RowMedian
    | Latest
    | Constant
    | Linear
    | LinearConstant,
    Field(discriminator="id"),
]
