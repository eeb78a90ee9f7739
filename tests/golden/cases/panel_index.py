"""A panel as an index: screened and treated year by year, then on one scale or on one a year.

COINr treats every year by itself also where the scale is of all years together. Our pooled scale
is fitted after one treatment of all rows, so the treated figures of each year are put together
here and scored without another treatment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np

from stiscore.dataset import Dataset, Unit
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.scores import Scores
from tests.golden.cases.folder import Folder, number
from tests.made import dataset, framework, group, leaf

Pair = tuple[str, np.ndarray, np.ndarray]
INPUT = "coinr/panel_input_iData.csv"
YEARS = ("2018", "2019", "2020", "2021", "2022")


def _framework(folder: Folder, **method: dict[str, object]) -> Framework:
    """Arithmetic means of min-max scores, weighted as the metadata say."""

    def node(code: str) -> dict[str, object]:
        row = folder.meta[code]
        weight = float(row["Weight"])
        if row["Type"] == "Indicator":
            direction = "benefit" if row["Direction"] == "1" else "cost"
            return leaf(code, weight=weight, direction=direction)
        below = [c for c, r in folder.meta.items() if r["Parent"] == code]
        return group(code, [node(child) for child in below], weight)

    told = {
        "normalise": {"id": "min-max"},
        "weight": {"id": "declared", "area_weight": "equal"},
        "coverage": {"min_area_coverage": 0, "min_unit_coverage": 0, "max_areas_missing": 99},
    }
    return framework(node("Index"), method={**told, **method})


def _year(folder: Folder, year: str) -> Dataset:
    rows = sorted(
        (row for row in folder.rows(INPUT) if row["Time"] == year), key=lambda row: row["uCode"]
    )
    table = {code: [number(row[code]) for row in rows] for code in folder.indicators}
    units = tuple(Unit(row["uCode"], row["uCode"], row["uCode"], row["uCode"]) for row in rows)
    return dataset(table, units=units, periods=(year,) * len(rows))


@cache
def _each(folder: Folder) -> tuple[Scores, ...]:
    """Every year screened, treated and scored by itself."""
    model = _framework(
        folder,
        screen={"id": "availability", "min_unit_coverage": 0.9},
        treat={"id": "winsorise"},
    )
    tables = [_year(folder, year) for year in YEARS]
    return tuple(score(fit(model, table), table) for table in tables)


@cache
def _pooled(folder: Folder) -> Scores:
    """The treated rows of all years on one scale."""
    rows = np.concatenate([s.treated[~s.excluded] for s in _each(folder)])
    data = dataset(dict(zip(_leaves(folder), rows.T, strict=True)))
    return score(fit(_framework(folder), data), data)


def _leaves(folder: Folder) -> tuple[str, ...]:
    tree = _each(folder)[0].fitted.tree
    return tree.ids[: tree.leaves]


def _keys(folder: Folder) -> list[tuple[str, str]]:
    """Year and unit of the rows that stay, in the order of the years."""
    return [
        (year, unit.id)
        for year, s in zip(YEARS, _each(folder), strict=True)
        for unit, out in zip(s.data.units, s.excluded, strict=True)
        if not out
    ]


def _same_rows(folder: Folder, file: str) -> None:
    theirs = [(row["Time"], row["uCode"]) for row in folder.rows(file)]
    assert _keys(folder) == theirs, "other units were screened out, or in another order"


def _treated(folder: Folder) -> Iterator[Pair]:
    file = "coinr/panel_Treated_global.csv"
    _same_rows(folder, file)
    rows = np.concatenate([s.treated[~s.excluded] for s in _each(folder)])
    for code, ours in zip(_leaves(folder), rows.T, strict=True):
        yield code, ours, folder.column(file, code)


def _all_nodes(
    file: str, scored: Callable[[Folder], Iterable[Scores]]
) -> Callable[[Folder], Iterator[Pair]]:
    def case(folder: Folder) -> Iterator[Pair]:
        _same_rows(folder, file)
        told = list(scored(folder))
        for place, node in enumerate(told[0].fitted.tree.ids):
            ours = np.concatenate([s.node(place)[~s.excluded] for s in told])
            yield node, ours, folder.column(file, node)

    return case


CASES = {
    "coinr/panel_Treated_global.csv": _treated,
    "coinr/panel_Aggregated_global.csv": _all_nodes(
        "coinr/panel_Aggregated_global.csv", lambda folder: [_pooled(folder)]
    ),
    "coinr/panel_Aggregated_local.csv": _all_nodes("coinr/panel_Aggregated_local.csv", _each),
}
