"""Statistics of columns and correlations between them, as COINr prints them for ASEM."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from stiscore.methods.correlation import Kind, correlate, p_values, pearson
from stiscore.methods.describe import Description, describe, outlying
from tests.golden.cases.folder import Folder

DATA = {
    "Raw": "coinr/asem_01_raw.csv",
    "Denominated": "coinr/asem_02_denominated.csv",
    "Treated": "coinr/asem_05_treat_default.csv",
    "Normalised": "coinr/asem_06_norm_minmax_0_100.csv",
    "Aggregated": "coinr/asem_08_agg_amean.csv",
}
DENOMINATORS = ["Area", "Energy", "GDP", "Population"]
Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]


def statistics(stage: str, folder: Folder) -> Pairs:
    """The table of get_stats for one stage; flags as 0 and 1."""
    file = f"coinr/asem_10_stats_{stage}.csv"
    told = describe(folder.matrix(DATA[stage], folder.texts(file, "iCode")))
    for name, ours in {**_figures(told), **_shares(told)}.items():
        yield name, ours, folder.column(file, name)
    for name, raised in _raised(told).items():
        theirs = np.array([text != "ok" for text in folder.texts(file, name)])
        yield name, raised.astype(float), theirs.astype(float)


def _figures(told: Description) -> dict[str, np.ndarray]:
    return {
        "Min": told.least,
        "Max": told.greatest,
        "Mean": told.mean,
        "Median": told.median,
        "Std": told.sd,
        "Skew": told.skew,
        "Kurt": told.kurtosis,
        "N.Avail": told.n,
        "N.NonZero": told.n - told.zeros,
        "N.Unique": told.unique,
        "N.Same": told.same,
    }


def _shares(told: Description) -> dict[str, np.ndarray]:
    return {
        "Frc.Avail": told.n / (told.n + told.missing),
        "Frc.NonZero": 1 - told.share_zero,
        "Frc.Unique": told.unique / told.n,
        "Frc.Same": told.share_same,
    }


def _raised(told: Description) -> dict[str, np.ndarray]:
    """COINr's flags, at the thresholds the README names."""
    shares = _shares(told)
    return {
        "Flag.Avail": shares["Frc.Avail"] < 0.65,
        "Flag.NonZero": shares["Frc.NonZero"] < 0.5,
        "Flag.Unique": shares["Frc.Unique"] < 0.5,
        "Flag.SkewKurt": outlying(told.skew, told.kurtosis),
    }


def correlations(folder: Folder) -> Pairs:
    """Every case of get_corr, by the names its pairs have."""
    file = "coinr/asem_11_corr.csv"
    cases: dict[str, list[dict[str, str]]] = {}
    for row in folder.rows(file):
        cases.setdefault(row["Case"], []).append(row)
    for case, rows in cases.items():
        kind, stage = case.split("|")[:2]
        first, second = ([_code(folder, row, end) for row in rows] for end in ("Var1", "Var2"))
        r, p = _named(folder, kind, stage, first, second, directed="use_directions" in case)
        theirs = np.array([float(row["Correlation"] or "nan") for row in rows])
        # COINr leaves blank what its test does not tell apart from none at 5 %.
        yield case, np.where(p < 0.05, r, np.nan) if "pval0.05" in case else r, theirs


def _code(folder: Folder, row: dict[str, str], end: str) -> str:
    """The node a case means; by families, it names the level of the indicator's ancestor."""
    if row[end] not in {"Pillar", "Sub-index"}:
        return row[end]
    lineage = folder.rows("coinr/asem_01_lineage.csv")
    return next(up[row[end]] for up in lineage if up["Indicator"] == row["Var2"])


def _named(
    folder: Folder, kind: Kind, stage: str, first: list[str], second: list[str], *, directed: bool
) -> tuple[np.ndarray, np.ndarray]:
    codes = list(dict.fromkeys([*first, *second]))
    values = folder.matrix(DATA[stage], codes)
    if directed:
        values = values * [float(folder.meta[code]["Direction"]) for code in codes]
    told = correlate(kind, values)
    places = [codes.index(c) for c in first], [codes.index(c) for c in second]
    return told.r[places], p_values(told)[places]


def full_matrix(folder: Folder) -> Pairs:
    """All normalised indicators with each other."""
    file = "coinr/asem_11_corr_full_matrix.csv"
    codes = folder.texts(file, "iCode")
    yield "r", pearson(folder.matrix(DATA["Normalised"], codes)).r, folder.matrix(file, codes)


def aggregates(folder: Folder) -> Pairs:
    """p values between groups."""
    file = "coinr/asem_11_pvals_aggregates.csv"
    codes = folder.texts(file, "iCode")
    told = pearson(folder.matrix(DATA["Aggregated"], codes))
    theirs = folder.matrix(file, codes)
    yield "p", p_values(told), theirs
    # So small that only their logarithms tell whether they agree.
    off = ~np.eye(len(codes), dtype=bool)
    yield "log p", np.log(p_values(told)[off]), np.log(theirs[off])


def flags(which: str, folder: Folder) -> Pairs:
    """The pairs of one level-2 group whose correlation is over, or under, a threshold."""
    file, names = f"coinr/asem_11_corr_flags_{which}.csv", ("Ind1", "Ind2")
    codes = folder.indicators
    r = pearson(folder.matrix(DATA["Normalised"], codes)).r
    parents = np.array([folder.meta[code]["Parent"] for code in codes])
    over = r > 0.75 if which == "high" else r < -0.3
    there = np.triu(over & (parents[:, None] == parents), k=1)
    yield "pairs", *_same_pairs(folder, file, names, codes, codes, there | there.T)
    yield "r", r[_places(folder, file, names, codes, codes)], folder.column(file, "Corr")


def denominators(folder: Folder) -> Pairs:
    """Indicators that go with a denominator: |r| over 0.5 before dividing."""
    file, names = "coinr/asem_11_denom_corr.csv", ("Ind", "Denom")
    codes = folder.indicators
    source = "coinr/asem_input_iData.csv"
    r = pearson(folder.matrix(source, codes), folder.matrix(source, DENOMINATORS)).r
    yield "pairs", *_same_pairs(folder, file, names, codes, DENOMINATORS, np.abs(r) > 0.5)
    # The file has ten decimals.
    at = _places(folder, file, names, codes, DENOMINATORS)
    yield "r", np.round(r[at], 10), folder.column(file, "Corr")


def _places(
    folder: Folder, file: str, names: tuple[str, str], first: list[str], second: list[str]
) -> tuple[list[int], list[int]]:
    return (
        [first.index(code) for code in folder.texts(file, names[0])],
        [second.index(code) for code in folder.texts(file, names[1])],
    )


def _same_pairs(
    folder: Folder,
    file: str,
    names: tuple[str, str],
    first: list[str],
    second: list[str],
    ours: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Our mask of pairs, and the file's; a pair of one list counts in either order."""
    theirs = np.zeros(ours.shape)
    theirs[_places(folder, file, names, first, second)] = 1
    if first is second:
        theirs = np.maximum(theirs, theirs.T)
    return ours.astype(float), theirs


CASES = {
    **{f"coinr/asem_10_stats_{stage}.csv": partial(statistics, stage) for stage in DATA},
    "coinr/asem_11_corr.csv": correlations,
    "coinr/asem_11_corr_full_matrix.csv": full_matrix,
    "coinr/asem_11_pvals_aggregates.csv": aggregates,
    "coinr/asem_11_corr_flags_high.csv": partial(flags, "high"),
    "coinr/asem_11_corr_flags_low.csv": partial(flags, "low"),
    "coinr/asem_11_denom_corr.csv": denominators,
}
