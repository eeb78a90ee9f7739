"""Normalisation by position among the reference units: ranks, percentile ranks, classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, model_validator

from stiscore.methods.base import Array, Unfit
from stiscore.methods.maps import ColumnSpec, Ecdf, Steps, straight
from stiscore.methods.scaling import Ends, Scaling, rising

Ties = Literal["min", "average"]
_ROUNDING = 1e-9


class PercentileRank(Scaling):
    """Percentile rank: ``a + (b - a) (r - 1) / (n - 1)`` with ``range = (a, b)``.

    ``r`` is the rank from the worst, 1, to the best, n, of the reference values of the column; ties
    share the lowest rank, or the mean one with ``ties: average``. A new value counts the reference
    values worse than itself, and as the best of them beyond the best. Range: ``range``. Missing
    values are left out of n and stay missing. One value alone scores the middle, a constant column
    the lower end, as ties do.

    Reference: OECD/JRC Handbook (2008), section 5.1.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> values = np.array([[1.0], [7.0], [7.0]])
    >>> PercentileRank().fit(values, [share])[0].apply(values[:, 0])
    array([ 0., 50., 50.])
    """

    id: Literal["percentile-rank"] = "percentile-rank"
    range: Annotated[Ends, AfterValidator(rising)] = (0.0, 100.0)
    ties: Ties = "min"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.1"

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Ecdf, ...]:
        """Maps of ``columns`` that keep the present ``values`` (units, columns), sorted."""
        del units
        low, high = self.range
        told = []
        for spec, known in _sorted(values, columns):
            steps = len(known) - 1
            scale, offset = 0.0, (low + high) / 2
            if steps > 0:
                scale, offset = straight((0.0, steps), (low, high))
            told.append(_ecdf(spec, known, scale, offset, self.ties))
        return tuple(told)

    def ends(self, units: int) -> Ends:
        """The declared range."""
        del units
        return self.range


class _Ordinal(Scaling):
    """Places among the reference values, the worst being ``first``."""

    id: str
    ties: Ties = "min"
    first: ClassVar[float]

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Ecdf, ...]:
        """Maps of ``columns`` that keep the present ``values`` (units, columns), sorted."""
        del units
        return tuple(
            _ecdf(spec, known, 1.0, self.first, self.ties)
            for spec, known in _sorted(values, columns)
        )

    def ends(self, units: int) -> Ends:
        """The places of the worst and the best of so many reference units."""
        return self.first, self.first + float(max(units, 2) - 1)


class Rank(_Ordinal):
    """Rank from the worst, 1, to the best, n, among the reference values of the column.

    Ties share the lowest rank, or the mean one with ``ties: average``. A new value ranks above the
    reference values worse than itself. Range: 1 to n. Missing values are left out and stay missing,
    so columns with fewer values have a shorter scale. A constant column ranks 1 throughout.

    Reference: OECD/JRC Handbook (2008), section 5.1.

    >>> days = ColumnSpec("days", benefit=False, curve="linear", goalposts=None)
    >>> values = np.array([[1.0], [7.0], [7.0]])
    >>> Rank().fit(values, [days])[0].apply(values[:, 0])
    array([3., 1., 1.])
    """

    id: Literal["rank"] = "rank"
    first: ClassVar[float] = 1.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.1"


class Borda(_Ordinal):
    """Borda points: how many reference values of the column are worse.

    One less than ``rank``, with the same care for ties, new and missing values. Range: 0 to n - 1.

    Reference: OECD/JRC Handbook (2008), section 6.13; Borda (1784).

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> values = np.array([[1.0], [7.0], [9.0]])
    >>> Borda().fit(values, [share])[0].apply(values[:, 0])
    array([0., 1., 2.])
    """

    id: Literal["borda"] = "borda"
    first: ClassVar[float] = 0.0
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 6.13; Borda (1784)"


class Categories(Scaling):
    """Classes by quantiles of the reference values, each with its score.

    ``cuts`` are the shares of units below each threshold, from the worst class to the best, and
    ``scores`` has one more; by default fifths that score 0, 25, 50, 75, 100. Thresholds are type 7
    quantiles; a value on one belongs to the better class, so that ties share a class. Range: lowest
    to highest score. Missing values are left out and stay missing. A constant column falls in the
    best class throughout; an empty one has no thresholds.

    Reference: OECD/JRC Handbook (2008), section 5.5 (categorical scale).

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> values = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]])
    >>> Categories().fit(values, [share])[0].apply(values[:, 0])
    array([  0.,  25.,  50.,  75., 100.])
    """

    id: Literal["categories"] = "categories"
    cuts: tuple[float, ...] = (0.2, 0.4, 0.6, 0.8)
    scores: tuple[float, ...] = (0.0, 25.0, 50.0, 75.0, 100.0)
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), section 5.5"

    @model_validator(mode="after")
    def _rise(self) -> Categories:
        inside = all(0 < cut < 1 for cut in self.cuts)
        rises = all(list(told) == sorted(set(told)) for told in (self.cuts, self.scores))
        if not inside or not rises or len(self.scores) != len(self.cuts) + 1:
            message = "cuts must rise inside 0-1, and scores rise and be one more than cuts"
            raise Unfit("cuts", message)
        return self

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Steps, ...]:
        """Maps of ``columns`` with the thresholds of ``values`` (units, columns)."""
        del units
        told = []
        for j, spec in enumerate(columns):
            turned = values[:, j] if spec.benefit else -values[:, j]
            present = turned[~np.isnan(turned)]
            thresholds = _quantiles(present, self.cuts) if present.size else ()
            scores = self.scores if present.size else self.scores[:1]
            told.append(Steps(thresholds=thresholds, scores=scores, benefit=spec.benefit))
        return tuple(told)

    def ends(self, units: int) -> Ends:
        """The lowest and the highest score."""
        del units
        return self.scores[0], self.scores[-1]


def _quantiles(present: Array, cuts: Sequence[float]) -> tuple[float, ...]:
    """Type 7 quantiles; a position that misses a value by rounding alone is that value's.

    0.7 of ten steps would else lie a hair below the seventh, and its unit in the worse class.
    """
    places = np.array(cuts) * (present.size - 1)
    whole = np.rint(places)
    places = np.where(np.abs(places - whole) < _ROUNDING, whole, places)
    told: list[float] = np.interp(places, np.arange(present.size), np.sort(present)).tolist()
    return tuple(told)


def _sorted(
    values: Array, columns: Sequence[ColumnSpec]
) -> Iterator[tuple[ColumnSpec, list[float]]]:
    """Each column with its present values, rising. A rising curve would change no rank."""
    for j, spec in enumerate(columns):
        present = values[:, j][~np.isnan(values[:, j])]
        yield spec, np.sort(present).tolist()


def _ecdf(
    spec: ColumnSpec, known: Sequence[float], scale: float, offset: float, ties: Ties
) -> Ecdf:
    return Ecdf(values=tuple(known), benefit=spec.benefit, scale=scale, offset=offset, ties=ties)
