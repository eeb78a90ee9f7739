"""Denomination, availability, screening and imputation against COINr."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from stiscore.methods.denominate import ByColumn
from stiscore.methods.impute import (
    GroupMean,
    GroupMedian,
    ImputeTable,
    Imputing,
    MeanFill,
    MedianFill,
    RowMean,
    RowMedian,
)
from stiscore.methods.screen import Availability, shares
from tests.golden.cases.folder import Folder, number

Pair = tuple[str, np.ndarray, np.ndarray]
DENOMINATED = "coinr/asem_02_denominated.csv"
RAW = "coinr/asem_01_raw.csv"


def _in_order(folder: Folder, file: str, name: str) -> np.ndarray:
    """A column of the data as published, in the order of the units of the other files."""
    rows = {row["uCode"]: row for row in folder.rows("coinr/asem_input_iData.csv")}
    return np.array([number(rows[unit][name]) for unit in folder.texts(file, "uCode")])


def _raw(folder: Folder) -> Iterator[Pair]:
    for code in folder.indicators:
        yield code, _in_order(folder, RAW, code), folder.column(RAW, code)


def _lineage(folder: Folder) -> Iterator[Pair]:
    """Parents by the codes of the metadata, told as positions in the list of all nodes."""
    place = {code: i for i, code in enumerate(folder.meta)}
    heads = list(folder.rows("coinr/asem_01_lineage.csv")[0])
    for row in folder.rows("coinr/asem_01_lineage.csv"):
        ours, node = [], row[heads[0]]
        for _ in heads[1:]:
            node = folder.meta[node]["Parent"]
            ours.append(place[node])
        theirs = [place[row[head]] for head in heads[1:]]
        yield row[heads[0]], np.array(ours), np.array(theirs)


def _denominated(folder: Folder) -> Iterator[Pair]:
    for code in folder.indicators:
        below = folder.meta[code]["Denominator"]
        values = _in_order(folder, DENOMINATED, code)
        if below not in {"", "NA"}:
            method = ByColumn(denominator=below)
            values = method.divide(values, _in_order(folder, DENOMINATED, below))
        yield code, values, folder.column(DENOMINATED, code)


def _summary(file: str) -> Callable[[Folder], list[Pair]]:
    def case(folder: Folder) -> list[Pair]:
        values = folder.matrix(DENOMINATED, folder.indicators)
        missing, zeros = np.isnan(values).sum(axis=1), (values == 0).sum(axis=1)
        available, nonzero = shares(values)
        return [
            ("N_missing", missing, folder.column(file, "N_missing")),
            ("N_zero", zeros, folder.column(file, "N_zero")),
            ("N_miss_or_zero", missing + zeros, folder.column(file, "N_miss_or_zero")),
            ("Dat_Avail", available, folder.column(file, "Dat_Avail")),
            ("Non_Zero", nonzero, folder.column(file, "Non_Zero")),
        ]

    return case


def _by_group(folder: Folder) -> Iterator[Pair]:
    file = "coinr/asem_02_data_avail_bygroup.csv"
    for node in list(folder.rows(file)[0])[1:]:
        under = [c for c in folder.indicators if node in _ancestors(folder, c)]
        available, _ = shares(folder.matrix(DENOMINATED, under))
        yield node, available, folder.column(file, node)


def _ancestors(folder: Folder, code: str) -> list[str]:
    above = []
    while (code := folder.meta[code]["Parent"]) not in {"", "NA"}:
        above.append(code)
    return above


def _screened(name: str, **settings: object) -> Callable[[Folder], list[Pair]]:
    file = f"coinr/asem_04_screen_{name}.csv"

    def case(folder: Folder) -> list[Pair]:
        method = Availability(min_unit_coverage=0.9, min_nonzero=0.8, **settings)
        values = folder.matrix(DENOMINATED, folder.indicators)
        told = method.screen(values, folder.texts(file, "uCode"))
        included = np.array([text == "TRUE" for text in folder.texts(file, "Included")])
        return [*_summary(file)(folder), ("Included", ~told.excluded, included)]

    return case


def _kept(folder: Folder) -> list[Pair]:
    """Screening of the imputed data drops nobody: the values go on as they are."""
    values = folder.matrix("coinr/asem_03_imputed_used.csv", folder.indicators)
    units = folder.texts("coinr/asem_03_imputed_used.csv", "uCode")
    stay = ~Availability(min_unit_coverage=0.9).screen(values, units).excluded
    theirs = folder.matrix("coinr/asem_04_screened_used.csv", folder.indicators)
    return [("all", values[stay], theirs)]


def _imputed(name: str, method: Imputing, steps: int = 0) -> Callable[[Folder], list[Pair]]:
    def case(folder: Folder) -> list[Pair]:
        ids = folder.indicators
        values = folder.matrix(DENOMINATED, ids)
        rows = {row["uCode"]: row for row in folder.rows("coinr/asem_input_iData.csv")}
        units = folder.texts(DENOMINATED, "uCode")
        groups = [rows[unit]["EurAsia_group"] for unit in units]
        within = [_ancestors(folder, c)[steps - 1] if steps else "all" for c in ids]
        fills = method.fit(ImputeTable(values, folder.specs(), groups, within))
        return [("all", fills.apply(values, groups), folder.matrix(f"coinr/{name}.csv", ids))]

    return case


def vectors(folder: Folder) -> Iterator[Pair]:
    """The imputing functions on the made-up vectors."""
    held: dict[tuple[str, str], list[float]] = {}
    for row in folder.rows("coinr/unit_vectors.csv"):
        held.setdefault((row["vector"], row["func"]), []).append(number(row["value"]))
    for func, method in (("i_mean", MeanFill()), ("i_median", MedianFill())):
        for vector in {v for v, f in held if f == func}:
            values = np.array(held[vector, "input"])[:, None]
            fills = method.fit(ImputeTable(values, (), (None,) * len(values), ("",)))
            ours = fills.apply(values, (None,) * len(values))
            yield f"{vector} {func}", ours[:, 0], np.array(held[vector, func])


CASES = {
    RAW: _raw,
    "coinr/asem_01_lineage.csv": _lineage,
    DENOMINATED: _denominated,
    "coinr/asem_02_data_avail_summary.csv": _summary("coinr/asem_02_data_avail_summary.csv"),
    "coinr/asem_02_data_avail_bygroup.csv": _by_group,
    "coinr/asem_03_impute_i_mean.csv": _imputed("asem_03_impute_i_mean", MeanFill()),
    "coinr/asem_03_impute_i_median.csv": _imputed("asem_03_impute_i_median", MedianFill()),
    "coinr/asem_03_impute_i_mean_grp_EurAsia_group.csv": _imputed(
        "asem_03_impute_i_mean_grp_EurAsia_group", GroupMean()
    ),
    "coinr/asem_03_impute_i_median_grp_EurAsia_group.csv": _imputed(
        "asem_03_impute_i_median_grp_EurAsia_group", GroupMedian()
    ),
    "coinr/asem_03_impute_byrow_i_mean.csv": _imputed("asem_03_impute_byrow_i_mean", RowMean()),
    "coinr/asem_03_impute_byrow_i_mean_grouplev2.csv": _imputed(
        "asem_03_impute_byrow_i_mean_grouplev2", RowMean(), steps=1
    ),
    "coinr/asem_03_impute_byrow_i_median_grouplev2.csv": _imputed(
        "asem_03_impute_byrow_i_median_grouplev2", RowMedian(), steps=1
    ),
    "coinr/asem_03_imputed_used.csv": _imputed("asem_03_imputed_used", GroupMean()),
    "coinr/asem_04_screen_byNA.csv": _screened("byNA"),
    "coinr/asem_04_screen_byzeros.csv": _screened("byzeros", mode="zeros"),
    "coinr/asem_04_screen_byNAandzeros.csv": _screened("byNAandzeros", mode="both"),
    "coinr/asem_04_screen_byNA_forced.csv": _screened(
        "byNA_forced", force={"AUS": True, "BEL": False}
    ),
    "coinr/asem_04_screened_used.csv": _kept,
}
