"""The ASEM index from the raw figures to ranks, through fit and score, against COINr's example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import MappingProxyType

import numpy as np

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.scores import Scores, rank
from tests.golden.cases.folder import Folder, number
from tests.made import dataset, framework, group, leaf

Pair = tuple[str, np.ndarray, np.ndarray]
DROPPED = ("LPI", "Forest", "RDExp")


def _framework(folder: Folder, dropped: tuple[str, ...] = ()) -> Framework:
    """Denominated, filled by group, screened, treated, min-max, weighted arithmetic means."""

    def node(code: str) -> dict:
        row = folder.meta[code]
        weight = float(row["Weight"])
        if row["Type"] == "Indicator":
            direction = "benefit" if row["Direction"] == "1" else "cost"
            return leaf(code, weight=weight, direction=direction)
        below = [c for c, r in folder.meta.items() if r["Parent"] == code and c not in dropped]
        return group(code, [node(child) for child in below], weight)

    own = {
        code: {"denominate": {"id": "column", "denominator": row["Denominator"]}}
        for code, row in folder.meta.items()
        if row["Denominator"] not in {"", "NA"} and code not in dropped
    }
    method = {
        "by_indicator": own,
        "screen": {"id": "availability", "min_unit_coverage": 0.5},
        "impute": {"id": "group-mean", "group": "EurAsia_group"},
        "treat": {"id": "winsorise"},
        "normalise": {"id": "min-max"},
        "weight": {"id": "declared", "area_weight": "equal"},
        "coverage": {"min_area_coverage": 0, "min_unit_coverage": 0, "max_areas_missing": 99},
    }
    return framework(node("Index"), method=method)


def _data(folder: Folder, dropped: tuple[str, ...] = ()) -> Dataset:
    rows = sorted(folder.rows("coinr/asem_input_iData.csv"), key=lambda row: row["uCode"])
    columns = [
        code
        for code, row in folder.meta.items()
        if row["Type"] in {"Indicator", "Denominator"} and code not in dropped
    ]
    table = {code: [number(row[code]) for row in rows] for code in columns}
    groups = {"EurAsia_group": tuple(row["EurAsia_group"] for row in rows)}
    return dataset(table, groupings=MappingProxyType(groups))


@cache
def scored(folder: Folder, dropped: tuple[str, ...] = ()) -> Scores:
    data = _data(folder, dropped)
    return score(fit(_framework(folder, dropped), data), data)


def _all_nodes(file: str, dropped: tuple[str, ...] = ()) -> Callable[[Folder], Iterator[Pair]]:
    def case(folder: Folder) -> Iterator[Pair]:
        scores = scored(folder, dropped)
        units = sorted(folder.texts(file, "uCode"))
        assert units == folder.texts(file, "uCode")
        for place, node in enumerate(scores.fitted.tree.ids):
            yield node, scores.node(place), folder.column(file, node)

    return case


def _by_unit(folder: Folder, file: str, name: str) -> np.ndarray:
    """A column of a table of results, in the order of the units' codes."""
    held = {row["uCode"]: number(row[name]) for row in folder.rows(file)}
    return np.array([held[unit] for unit in sorted(held)])


def _results(file: str, digits: int) -> Callable[[Folder], Iterator[Pair]]:
    """Scores as COINr prints them, rounded alike, and the rank of the index."""

    def case(folder: Folder) -> Iterator[Pair]:
        scores = scored(folder)
        for head in folder.rows(file)[0]:
            if head in scores.fitted.tree.ids:
                ours = scores.node(scores.fitted.tree.ids.index(head))
                yield head, np.round(ours, digits), np.round(_by_unit(folder, file, head), digits)
            if head == "Rank":
                yield head, rank(scores.index, scores.tie), _by_unit(folder, file, head)

    return case


def _ranks(folder: Folder) -> Iterator[Pair]:
    scores, file = scored(folder), "coinr/asem_09_results_ranks.csv"
    for node in list(folder.rows(file)[0])[1:]:
        ours = rank(scores.node(scores.fitted.tree.ids.index(node)), scores.tie)
        yield node, ours, _by_unit(folder, file, node)


def _group_ranks(folder: Folder) -> Iterator[Pair]:
    scores, file = scored(folder), "coinr/asem_09_results_groupranks.csv"
    labels = np.array(scores.data.groupings["EurAsia_group"])
    for node in list(folder.rows(file)[0])[2:]:
        told = np.zeros(labels.size, dtype=np.int64)
        for label in set(labels):
            column = scores.node(scores.fitted.tree.ids.index(node))
            told += rank(column, scores.tie, among=labels == label)
        yield node, told, _by_unit(folder, file, node)


def _unit_summary(folder: Folder) -> Iterator[Pair]:
    scores, file = scored(folder), "coinr/asem_09_unit_summary.csv"
    units = sorted(folder.texts("coinr/asem_input_iData.csv", "uCode"))
    for row in folder.rows(file):
        column = scores.node(scores.fitted.tree.ids.index(row["Code"]))
        at, label = units.index(row["Unit"]), f"{row['Unit']} {row['Code']}"
        yield label, np.round(column[[at]], 10), np.array([number(row["Score"])])
        yield label, rank(column, scores.tie)[[at]], np.array([number(row["Rank"])])


def _strengths(folder: Folder) -> Iterator[Pair]:
    """Rank and value of what COINr names; which indicators stand out follows our own rule."""
    with (folder.path / "coinr/asem_09_strengths_weaknesses.csv").open(encoding="utf-8") as file:
        lines = [line.strip() for line in file][1:]
    units = folder.texts("coinr/asem_01_raw.csv", "uCode")
    for line in lines:
        unit, _, code, *rest = line.strip('"').split('","')
        place, value = float(rest[-3]), float(rest[-2])
        column = folder.column("coinr/asem_01_raw.csv", code)
        sign = 1 if folder.meta[code]["Direction"] == "1" else -1
        at = units.index(unit)
        yield f"{unit} {code}", rank(sign * column, 0.0)[[at]], np.array([place])
        yield f"{unit} {code} value", column[[at]], np.array([value])


def _effective(folder: Folder) -> list[Pair]:
    fitted = scored(folder).fitted
    ours = dict(zip(fitted.tree.ids, fitted.weights.effective, strict=True))
    rows = folder.rows("coinr/asem_07_eff_weights.csv")
    theirs = np.array([number(row["EffWeight"]) for row in rows])
    return [("all", np.array([ours[row["iCode"]] for row in rows]), theirs)]


CASES = {
    "coinr/asem_07_eff_weights.csv": _effective,
    "coinr/asem_08_example_coin_aggregated.csv": _all_nodes(
        "coinr/asem_08_example_coin_aggregated.csv"
    ),
    "coinr/asem_18_change_ind_drop3.csv": _all_nodes("coinr/asem_18_change_ind_drop3.csv", DROPPED),
    "coinr/asem_09_example_coin_results_rounded.csv": _results(
        "coinr/asem_09_example_coin_results_rounded.csv", 2
    ),
    "coinr/asem_09_results_Summ.csv": _results("coinr/asem_09_results_Summ.csv", 10),
    "coinr/asem_09_results_Aggs.csv": _results("coinr/asem_09_results_Aggs.csv", 10),
    "coinr/asem_09_results_Full.csv": _results("coinr/asem_09_results_Full.csv", 10),
    "coinr/asem_09_results_ranks.csv": _ranks,
    "coinr/asem_09_results_groupranks.csv": _group_ranks,
    "coinr/asem_09_unit_summary.csv": _unit_summary,
    "coinr/asem_09_strengths_weaknesses.csv": _strengths,
}
