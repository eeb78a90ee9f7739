"""The two sides of a change, and their tables as either side's methods make them."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.checks import check
from stiscore.checks.tolerate import set_aside
from stiscore.dataset import Dataset
from stiscore.derived import denominate
from stiscore.framework.model import Framework
from stiscore.methods.base import Array
from stiscore.panels import fill_along_years


class Side(NamedTuple):
    """One side: ``whole`` file as read, the ``period`` that was scored of it, and its scores.

    ``period`` None: the file says no year. ``tolerate``: cells at fault were set aside.
    """

    label: str
    whole: Dataset
    period: str | None
    framework: Framework
    evaluated: Evaluated
    tolerate: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The indicators that were scored."""
        return self.evaluated.scores.fitted.columns

    @property
    def units(self) -> tuple[str, ...]:
        """Ids of the units in the order of the table."""
        return tuple(unit.id for unit in self.evaluated.scores.data.units)


class Pair(NamedTuple):
    """Both tables with their indicators, and NEW's own figures of OLD's year where it has any.

    ``dated``: whether the two are known to be of different years; ``undated``: neither says one.
    """

    old: Dataset
    new: Dataset
    revised: Dataset | None
    dated: bool
    undated: bool


def prepared(side: Side, period: str | None, framework: Framework) -> Dataset | None:
    """The rows of ``period`` with what ``framework`` computes; None where there are none."""
    data = fill_along_years(framework, side.whole)
    rows = [row for row, held in enumerate(data.periods) if held == period]
    if not rows:
        return None
    data = data.rows(rows)
    if side.tolerate:
        whole = denominate(framework, data)
        data = set_aside(whole, check(framework, whole))
    return denominate(framework, replace(data, references=None))


def aligned(table: Dataset, like: Dataset) -> Array:
    """The figures of a table at the units and columns of another; NaN where it has none."""
    rows = {unit.id: row for row, unit in enumerate(table.units)}
    at = [rows.get(unit.id) for unit in like.units]
    told = np.full((len(like.units), len(like.columns)), np.nan)
    held = [row for row, place in enumerate(at) if place is not None]
    places = [place for place in at if place is not None]
    for column, name in enumerate(like.ids):
        place = table.position(name)
        if place is not None:
            told[held, column] = table.values[places, place]
    return told


def mixed(pair: Pair, *, data: bool, revision: bool, coverage: bool) -> Dataset:
    """The cells of one side with the figures of either.

    Units, columns and cells are NEW's with ``coverage``, else OLD's. A cell that both sides have
    holds OLD's figure, the revised one of OLD's year with ``revision``, NEW's with ``data``;
    where both are of one year, NEW's with ``revision``. A cell of one side holds that side's.
    """
    base = pair.new if coverage else pair.old
    was, now = aligned(pair.old, base), aligned(pair.new, base)
    last = data if pair.dated or pair.undated else revision
    figures = now if last else revised(pair, base, was) if revision else was
    both = ~np.isnan(was) & ~np.isnan(now)
    return replace(base, values=np.where(both, figures, base.values))


def revised(pair: Pair, like: Dataset, was: Array) -> Array:
    """OLD's figures as NEW gives them for OLD's year; those it does not give stay as they were."""
    if pair.revised is None:
        return was
    again = aligned(pair.revised, like)
    return np.where(np.isnan(again), was, again)


def cut(table: Dataset, columns: tuple[str, ...]) -> Dataset:
    """The table with these columns alone, those it lacks left out."""
    places = [p for p in map(table.position, columns) if p is not None]
    return replace(
        table,
        columns=tuple(replace(table.columns[p], derived_from=()) for p in places),
        values=table.values[:, places],
        flags=table.flags[:, places],
        origin=table.origin[:, places],
        errors=None,
        texts={},
        collected={},
        leftovers=(),
        references=None,
    )
