"""Several years of the same units: missing values filled along the years, and scales for them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from stiscore.dataset import Dataset, Flag, Values
from stiscore.framework.model import Framework
from stiscore.methods.base import Array
from stiscore.methods.panel import AlongYears

# A cell at fault is an error to be mended, not a value that is missing.
_AT_FAULT = Flag.NOT_A_NUMBER | Flag.ERROR_CELL | Flag.NO_CACHED_VALUE | Flag.COMMA | Flag.TOLERATED
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.[0-9]+)?")


def time_of(period: str | None) -> float:
    """A period as a number of years; NaN for one that does not begin with a year.

    >>> time_of("2022"), time_of("2022年"), time_of("average")
    (2022.0, 2022.0, nan)
    """
    year = _YEAR.match(period or "")
    return float(year[0]) if year else float("nan")


def fill_along_years(framework: Framework, dataset: Dataset) -> Dataset:
    """The dataset with missing values filled from the unit's other years, as the method says.

    Every figure that was read takes part, quantities included, before anything is derived from
    them. A filled value is flagged ``ALONG_YEARS`` and, when carried from another year, has that
    year's cell as its origin; it has no error, whatever that of the other year is. Unchanged
    without a method that fills along years (``latest``, ``constant``, ``linear``,
    ``linear-constant``), and where it was done before: what was filled fills nothing else. Rows
    without a year take no part; a cell at fault stays one.
    """
    method = framework.method.impute
    done = (dataset.flags & np.uint16(Flag.ALONG_YEARS)).any()
    if done or not isinstance(method, AlongYears):
        return dataset
    values, flags, origin = dataset.values.copy(), dataset.flags.copy(), dataset.origin.copy()
    times = np.array([time_of(period) for period in dataset.periods])
    for rows in _histories(dataset, times):
        told = method.fill(values[rows], times[rows])
        new = np.isnan(values[rows]) & ~np.isnan(told.values)
        new &= (flags[rows] & np.uint16(_AT_FAULT)) == 0
        for row, column in np.argwhere(new).tolist():
            here = rows[row]
            flags[here, column] = Flag.ALONG_YEARS
            origin[here, column] = _source(dataset.origin, rows, times, told.taken, row, column)
        values[rows] = np.where(new, told.values, values[rows])
    totals = dataset.references
    return replace(
        dataset,
        values=values,
        errors=_errors_read(dataset),
        flags=flags,
        origin=origin,
        texts=MappingProxyType(
            {at: text for at, text in dataset.texts.items() if not flags[at] & Flag.ALONG_YEARS}
        ),
        references=totals and fill_along_years(framework, totals),
    )


def _errors_read(dataset: Dataset) -> Values | None:
    """The errors of the values that were read; a filled one has none."""
    if dataset.errors is None:
        return None
    return np.where(np.isnan(dataset.values)[:, :, None], np.nan, dataset.errors)


def _histories(dataset: Dataset, times: Array) -> list[list[int]]:
    """The rows of each unit that have a year, earliest first; units with two for one are left.

    The checks refuse those anyway (D3xx).
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row in np.argsort(times, kind="stable").tolist():
        if not np.isnan(times[row]):
            rows[dataset.units[row].id].append(row)
    return [held for held in rows.values() if (np.diff(times[held]) > 0).all()]


def _source(
    origin: np.ndarray, rows: list[int], times: Array, taken: Array, row: int, column: int
) -> np.ndarray:
    """The cell a value was carried from; none where it was computed from several."""
    year = taken[row, column]
    if np.isnan(year):
        return np.zeros(2, np.int32)
    return np.asarray(origin[next(r for r in rows if times[r] == year), column])
