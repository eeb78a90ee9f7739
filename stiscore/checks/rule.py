"""A rule: one question asked of a whole dataset, answered with findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from stiscore.dataset import titled
from stiscore.framework.find import called, level_name
from stiscore.words import Words
from stiscore.words.faults import found

if TYPE_CHECKING:
    import numpy.typing as npt

    from stiscore.dataset import Column, Dataset
    from stiscore.finding import Finding
    from stiscore.framework.model import Framework, Indicator

Family = Literal["layout", "cells", "bounds", "keys", "columns"]


@dataclass(frozen=True, eq=False)
class Subject:
    """What rules look at: a dataset and the framework that says what it should hold."""

    framework: Framework
    dataset: Dataset

    def indicators(self) -> Iterator[tuple[int, Indicator]]:
        """The columns that are indicators, context ones included, with their positions."""
        known = {i.id: i for i in self.framework.indicators}
        for place, column in enumerate(self.dataset.columns):
            if column.id in known:
                yield place, known[column.id]

    def at_level(self) -> Iterator[tuple[int, Indicator]]:
        """Those of ``indicators`` that have a scale at the dataset's level."""
        return ((p, i) for p, i in self.indicators() if self.dataset.level in i.levels)

    def latest(self) -> list[int]:
        """The rows of the latest period, which is the one that is scored; all without periods."""
        periods = self.dataset.periods
        last = max((p for p in periods if p is not None), default=None)
        return [row for row, period in enumerate(periods) if last is None or period == last]

    def marked(self, flag: int) -> list[tuple[int, int]]:
        """The cells (row, column) that carry ``flag``, column by column."""
        return cells((self.dataset.flags & flag) > 0)

    def wanted(self, column: Column) -> str:
        """The measurement a column's figures are in once read."""
        return self._measurements.get(column.id) or column.measured_in or ""

    def called(self, place: int) -> str | Words:
        """What a column is called before the user: as the file heads it, or by name."""
        column = self.dataset.columns[place]
        return called(self.framework, column.id, column)

    @property
    def level(self) -> Words:
        """The level of the data as people read it."""
        return level_name(self.framework, self.dataset.level)

    def on_column(self, code: str, place: int, **fields: Any) -> Finding:
        """A finding on a whole column, at its head."""
        column = self.dataset.columns[place]
        where = self.dataset.header_location(place)
        return found(code, where, **self._named(column, place), **fields)

    def on_value(self, code: str, row: int, place: int, **fields: Any) -> Finding:
        """A finding on the value in one cell, with its unit."""
        data, column = self.dataset, self.dataset.columns[place]
        unit = titled(data.units[row], "both")
        named = self._named(column, place)
        return found(code, data.location(row, place), unit=unit, at=(row, place), **named, **fields)

    def _named(self, column: Column, place: int) -> dict[str, Any]:
        return {"group": column.id, "column": column.id, "called": self.called(place)}

    def typed(self, row: int, column: int) -> str:
        """A value as it stands in the file, and as converted where that differs."""
        held, value = self.dataset.columns[column], float(self.dataset.values[row, column])
        # What was derived stands nowhere: six digits say enough of it.
        plain = f"{value:.6g}" if held.derived_from else f"{value:.15g}"
        shown = self.dataset.texts.get((row, column)) or plain
        if (
            held.factor in {1.0, 0.0}
            or np.isnan(held.factor)
            or (row, column) in self.dataset.texts
        ):
            return shown
        return f"{value / held.factor:.12g} {held.measured_in} (= {shown})"

    @cached_property
    def _measurements(self) -> dict[str, str]:
        raw = {q.id: q.measured_in for q in self.framework.quantities}
        return raw | {i.id: i.measured_in for i in self.framework.indicators}


@dataclass(frozen=True, slots=True)
class Rule:
    """``look`` yields the findings of ``codes``.

    ``needs``: codes without which the question makes sense; where one of them found an error in a
    column, this rule's findings on that column are dropped, so that one fault is told once.
    """

    codes: tuple[str, ...]
    family: Family
    look: Callable[[Subject], Iterator[Finding]]
    needs: tuple[str, ...] = ()


def cells(mask: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where ``mask`` (rows, columns) holds, column by column.

    >>> cells(np.array([[True, False], [True, True]]))
    [(0, 0), (1, 0), (1, 1)]
    """
    return [(row, column) for column, row in np.argwhere(mask.T).tolist()]
