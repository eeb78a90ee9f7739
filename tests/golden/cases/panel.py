"""Filling along the years, growth and trend against COINr's impute_panel and get_trends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from stiscore.methods.panel import AlongYears, Constant, Latest, LinearConstant, growth, trend
from tests.golden.cases.folder import Folder, number

Pair = tuple[str, np.ndarray, np.ndarray]
INPUT = "coinr/panel_impute_input.csv"


def _histories(folder: Folder, file: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each unit, earliest year first."""
    held: dict[str, list[dict[str, str]]] = {}
    for row in sorted(folder.rows(file), key=lambda row: number(row["Time"])):
        held.setdefault(row["uCode"], []).append(row)
    return held


def _columns(folder: Folder) -> list[str]:
    return [c for c in folder.rows(INPUT)[0] if c in folder.meta and c in folder.indicators]


def _filled(file: str, method: AlongYears) -> Callable[[Folder], Iterator[Pair]]:
    def case(folder: Folder) -> Iterator[Pair]:
        theirs, columns = _histories(folder, f"coinr/{file}"), _columns(folder)
        for unit, rows in _histories(folder, INPUT).items():
            values = np.array([[number(row[c]) for c in columns] for row in rows])
            told = method.fill(values, [number(row["Time"]) for row in rows])
            wanted = np.array([[number(row[c]) for c in columns] for row in theirs[unit]])
            yield unit, told.values, wanted

    return case


def _times(folder: Folder) -> Iterator[Pair]:
    """The year each value comes from. For a value that was there COINr leaves the cell empty."""
    file, columns = "coinr/panel_impute_latest_dataT.csv", _columns(folder)
    theirs = _histories(folder, file)
    for unit, rows in _histories(folder, INPUT).items():
        values = np.array([[number(row[c]) for c in columns] for row in rows])
        times = [number(row["Time"]) for row in rows]
        told = Latest().fill(values, times)
        wanted = {number(row["Time"]): [number(row[c]) for c in columns] for row in theirs[unit]}
        ours = [told.taken[times.index(time)] for time in wanted]
        yield unit, np.array(ours), np.array(list(wanted.values()))


def _grown(
    name: str, told: Callable[[np.ndarray, list[float]], float]
) -> Callable[[Folder], Iterator[Pair]]:
    def case(folder: Folder) -> Iterator[Pair]:
        data = _histories(folder, "coinr/panel_input_iData.csv")
        for row in folder.rows(f"coinr/panel_trends_{name}.csv"):
            history = data[row["uCode"]]
            values = np.array([number(each[row["iCode"]]) for each in history])
            ours = told(values, [number(each["Time"]) for each in history])
            yield f"{row['uCode']} {row['iCode']}", np.array([ours]), np.array([number(row[name])])

    return case


CASES = {
    "coinr/panel_impute_latest.csv": _filled("panel_impute_latest.csv", Latest()),
    "coinr/panel_impute_latest_max1.csv": _filled(
        "panel_impute_latest_max1.csv", Latest(max_age=1)
    ),
    "coinr/panel_impute_constant.csv": _filled("panel_impute_constant.csv", Constant()),
    # COINr's `linear` fills outside the known years as well, as its `linear-constant` does.
    "coinr/panel_impute_linear.csv": _filled("panel_impute_linear.csv", LinearConstant()),
    "coinr/panel_impute_linear_constant.csv": _filled(
        "panel_impute_linear_constant.csv", LinearConstant()
    ),
    "coinr/panel_impute_latest_dataT.csv": _times,
    "coinr/panel_trends_CAGR.csv": _grown("CAGR", growth),
    "coinr/panel_trends_prc_change.csv": _grown(
        "prc_change", lambda values, times: 100 * trend(values, times).share
    ),
}
