"""Several years of one unit: missing values filled along the years, growth and trend.

These methods work before anything is fitted, on each unit by itself, so another unit or another
table changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array, Mask, Method

# A value that is too old by rounding alone is not.
_ROUNDING = 1e-9
# A rate whose exponential is still a number.
_MOST = 709.0


class Filled(NamedTuple):
    """A unit's values after filling, and where each comes from; both (periods, columns).

    ``taken``: the time a value was taken over from, its own for a value that was there; NaN where
    it was computed from several, or where nothing could be filled.
    """

    values: Array
    taken: Array


class AlongYears(Method):
    """What the panel methods share."""

    stage: ClassVar[str] = "impute"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 3.1"
    panel: ClassVar[bool] = True

    def fill(self, values: Array, times: Sequence[float] | Array) -> Filled:
        """Fill ``values`` (periods, columns) of one unit; ``times`` rise and are distinct."""
        at = np.asarray(times, dtype=np.float64)
        if np.isnan(at).any() or (np.diff(at) <= 0).any():
            message = "times must rise"
            raise ValueError(message)
        out, taken = values.copy(), np.where(np.isnan(values), np.nan, at[:, None])
        for j in range(values.shape[1]):
            held = ~np.isnan(values[:, j])
            if held.any() and not held.all():
                out[:, j], taken[:, j] = self._column(values[:, j], at, held)
        return Filled(out, taken)

    def _column(self, column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
        """One column with some values missing: values and times they come from."""
        raise NotImplementedError


class Latest(AlongYears):
    """The unit's latest earlier value.

    ``max_age``: the most years back, in the measure of the periods; null: any. A value exactly so
    old is still taken (COINr's ``max_time`` counts the same way). What comes before the first value
    stays missing.

    Reference: OECD/JRC Handbook (2008), section 3.1, cold deck and last value carried forward.

    >>> Latest().fill(np.array([[1.0], [np.nan], [np.nan]]), [2020, 2021, 2022]).values.ravel()
    array([1., 1., 1.])
    >>> Latest(max_age=1).fill(np.array([[1.0], [np.nan], [np.nan]]), [2020, 2021, 2022]).taken[1]
    array([2020.])
    """

    id: Literal["latest"] = "latest"
    max_age: Annotated[float, Field(ge=0)] | None = None

    def _column(self, column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
        return _carried(column, at, held, self.max_age, backwards=False)


class Constant(AlongYears):
    """The unit's latest earlier value, or before the first value that first value.

    Steps between the known years; nothing stays missing where one value is known.

    Reference: OECD/JRC Handbook (2008), section 3.1.

    >>> Constant().fill(np.array([[np.nan], [1.0], [np.nan]]), [2020, 2021, 2022]).values.ravel()
    array([1., 1., 1.])
    """

    id: Literal["constant"] = "constant"

    def _column(self, column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
        return _carried(column, at, held, None, backwards=True)


class Linear(AlongYears):
    """A straight line between the unit's known years; outside of them the value stays missing.

    Reference: OECD/JRC Handbook (2008), section 3.1, interpolation.

    >>> Linear().fill(np.array([[1.0], [np.nan], [5.0]]), [2020, 2021, 2022]).values.ravel()
    array([1., 3., 5.])
    """

    id: Literal["linear"] = "linear"

    def _column(self, column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
        return _straight(column, at, held)


class LinearConstant(AlongYears):
    """A straight line between the unit's known years, and the nearest of them outside.

    Reference: OECD/JRC Handbook (2008), section 3.1, interpolation.

    >>> told = LinearConstant().fill(np.array([[np.nan], [1.0], [np.nan]]), [2020, 2021, 2022])
    >>> told.values.ravel()
    array([1., 1., 1.])
    """

    id: Literal["linear-constant"] = "linear-constant"

    def _column(self, column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
        inner, taken = _straight(column, at, held)
        known = np.flatnonzero(held)
        for outside, end in ((at < at[known[0]], known[0]), (at > at[known[-1]], known[-1])):
            inner[outside], taken[outside] = column[end], at[end]
        return inner, taken


def _carried(
    column: Array, at: Array, held: Mask, oldest: float | None, *, backwards: bool
) -> tuple[Array, Array]:
    places = np.where(held, np.arange(column.size), -1)
    source = np.maximum.accumulate(places)
    if backwards:
        source = np.where(source < 0, np.flatnonzero(held)[0], source)
    known = source >= 0
    if oldest is not None:
        known &= held | (at - at[source] <= oldest + _ROUNDING)
    return (
        np.where(known, column[source], np.nan),
        np.where(known, at[source], np.nan),
    )


def _straight(column: Array, at: Array, held: Mask) -> tuple[Array, Array]:
    inner = np.interp(at, at[held], column[held], left=np.nan, right=np.nan)
    inner[held] = column[held]
    return inner, np.where(held, at, np.nan)


def growth(values: Array, times: Sequence[float] | Array) -> float:
    """Compound annual growth rate of one series: ``(last / first) ** (1 / years) - 1``.

    ``values``: (periods,); ``first`` and ``last`` are the first and the last that are there, and
    ``years`` the time between them. 0.05 is 5 % a year. NaN with fewer than two values, or unless
    both are above 0, where no rate is defined.

    >>> round(growth(np.array([100.0, np.nan, 121.0]), [2020, 2021, 2022]), 9)
    0.1
    """
    at = np.asarray(times, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(values))
    if known.size < 2:
        return float("nan")
    first, last = float(values[known[0]]), float(values[known[-1]])
    years = float(at[known[-1]] - at[known[0]])
    if first <= 0 or last <= 0 or years <= 0:
        return float("nan")
    rate = (np.log(last) - np.log(first)) / years
    return float(np.expm1(rate)) if rate < _MOST else float("nan")


class Trend(NamedTuple):
    """A least squares line: ``slope`` a year; ``share``: that by the line's first value."""

    slope: float
    share: float


def trend(values: Array, times: Sequence[float] | Array) -> Trend:
    """The straight line through one series, in the series' own measurement a year.

    ``values``: (periods,). Missing years are left out. NaN with fewer than two values or without
    time between them; ``share`` is NaN where the line begins at 0.

    >>> trend(np.array([1.0, np.nan, 5.0]), [2020, 2021, 2022])
    Trend(slope=2.0, share=2.0)
    """
    held = ~np.isnan(values)
    at, known = np.asarray(times, dtype=np.float64)[held], values[held]
    apart = at - at.mean() if at.size else at
    across = float((apart * apart).sum())
    if across == 0:
        return Trend(float("nan"), float("nan"))
    middle = float(known.mean())
    rise = float((apart * (known - middle)).sum()) / across
    first = middle + rise * float(apart[0])
    return Trend(rise, rise / first if first else float("nan"))
