"""Normalisation against COINr's n_* functions and Compind's normalise_ci.

COINr multiplies a column by its direction first. Where our map turns a cost another way (``scaled``
mirrors it, ``fraction-of-max`` refuses it) the case hands in the turned column as a benefit.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import (
    Borda,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    Goalposts,
    MinMax,
    PercentileRank,
    Rank,
    Scaled,
    ZScore,
)
from stiscore.methods.scaling import Scaling
from stiscore.scores import rank
from tests.golden.cases.folder import Folder, number

Pair = tuple[str, np.ndarray, np.ndarray]
TREATED = "coinr/asem_05_treat_default.csv"


def _table(file: str, method: Scaling, *, given: str = TREATED) -> Callable[[Folder], list[Pair]]:
    def case(folder: Folder) -> list[Pair]:
        ids = folder.indicators
        values = folder.matrix(given, ids)
        units = folder.texts(given, "uCode")
        ours = apply_maps(values, method.fit(values, folder.specs(), units))
        return [("all", ours, folder.matrix(f"coinr/{file}", ids))]

    return case


def _turned(file: str, method: Scaling) -> Callable[[Folder], list[Pair]]:
    """Columns times their direction, all of them benefits."""

    def case(folder: Folder) -> list[Pair]:
        specs = folder.specs()
        signs = np.array([1.0 if s.benefit else -1.0 for s in specs])
        values = folder.matrix(TREATED, folder.indicators) * signs
        benefits = [s._replace(benefit=True) for s in specs]
        ours = apply_maps(values, method.fit(values, benefits))
        return [("all", ours, folder.matrix(f"coinr/{file}", folder.indicators))]

    return case


def _to_fifth(*, cap: bool) -> Callable[[Folder], list[Pair]]:
    """The distance to whichever unit stands in the fifth row."""

    def case(folder: Folder) -> list[Pair]:
        unit = folder.texts(TREATED, "uCode")[4]
        file = f"asem_06_norm_dist2ref_5{'_cap' if cap else ''}.csv"
        return _table(file, DistanceToReference(unit=unit, cap=cap, scale=1.0))(folder)

    return case


def _benefits(folder: Folder) -> list[Pair]:
    ids = [s.id for s in folder.specs() if s.benefit]
    values, method = folder.matrix(TREATED, ids), FractionOfMax(scale=1.0)
    ours = apply_maps(values, method.fit(values, folder.specs(ids)))
    return [("benefits", ours, folder.matrix("coinr/asem_06_norm_fracmax.csv", ids))]


def _mixed(folder: Folder) -> Iterator[Pair]:
    own = {
        "LPI": ZScore(mean=10.0, sd=2.0),
        "Flights": PercentileRank(range=(0.0, 1.0)),
        "CO2": DistanceToMax(scale=1.0),
    }
    for spec in folder.specs():
        values = folder.matrix(TREATED, [spec.id])
        ours = apply_maps(values, own.get(spec.id, MinMax()).fit(values, [spec]))
        yield spec.id, ours, folder.matrix("coinr/asem_06_norm_mixed_indiv.csv", [spec.id])


def _flipped(folder: Folder) -> list[Pair]:
    turned = {
        row["iCode"]: row["Direction"] == "1"
        for row in folder.rows("coinr/asem_06_directions_flipped.csv")
    }
    specs = [s._replace(benefit=turned[s.id]) for s in folder.specs()]
    values = folder.matrix(TREATED, folder.indicators)
    ours = apply_maps(values, MinMax().fit(values, specs))
    theirs = folder.matrix("coinr/asem_06_norm_minmax_flipped_dirs.csv", folder.indicators)
    return [("all", ours, theirs)]


def _pooled(folder: Folder) -> list[Pair]:
    values = folder.matrix("coinr/panel_Treated_global.csv", folder.indicators)
    ours = apply_maps(values, MinMax().fit(values, folder.specs()))
    return [("all", ours, folder.matrix("coinr/panel_Normalised_global.csv", folder.indicators))]


def _compind(file: str, method: Scaling) -> Callable[[Folder], list[Pair]]:
    def case(folder: Folder) -> list[Pair]:
        signs = {r["iCode"]: r["polarity"] for r in folder.rows("coinr/compind_polarity.csv")}
        specs = [ColumnSpec(c, sign == "POS", "linear", None) for c, sign in signs.items()]
        values = folder.matrix("coinr/compind_input.csv", tuple(signs))
        ours = apply_maps(values, method.fit(values, specs))
        return [("all", ours, folder.matrix(f"coinr/{file}", tuple(signs)))]

    return case


def _around_the_mean(folder: Folder) -> list[Pair]:
    """Goalposts half a range either side of the column's mean, on 70 to 130."""
    signs = {r["iCode"]: r["polarity"] for r in folder.rows("coinr/compind_polarity.csv")}
    ids = tuple(signs)
    values = folder.matrix("coinr/compind_input.csv", ids)
    half, middle = np.ptp(values, axis=0) / 2, values.mean(axis=0)
    specs = [
        ColumnSpec(c, signs[c] == "POS", "linear", (float(m - h), float(m + h)))
        for c, m, h in zip(ids, middle, half, strict=True)
    ]
    method = Goalposts(range=(70.0, 130.0), clip=False)
    ours = apply_maps(values, method.fit(values, specs))
    return [("all", ours, folder.matrix("coinr/compind_ampi_norm.csv", ids))]


def _ranks(folder: Folder) -> Iterator[Pair]:
    rows = folder.rows("coinr/unit_rank_df.csv")
    groups = np.array([row["g"] for row in rows])
    for column in ("a", "b"):
        scores = np.array([number(row[column]) for row in rows])
        yield column, _missing(rank(scores, 0.0)), np.array([number(r[f"r{column}"]) for r in rows])
        inside = np.full(len(rows), np.nan)
        for group in sorted(set(groups) - {""}):
            among = groups == group
            inside[among] = _missing(rank(scores, 0.0, among=among))[among]
        theirs = np.array([number(row[f"rg{column}"]) for row in rows])
        yield f"{column} in group", inside, theirs


def _missing(ranks: np.ndarray) -> np.ndarray:
    return np.where(ranks == 0, np.nan, ranks.astype(float))


# The functions of unit_vectors.csv that normalise; the arguments stand in their names.
VECTORS: dict[str, Scaling] = {
    "n_minmax": MinMax(),
    "n_zscore": ZScore(),
    "n_scaled": Scaled(lower=0.0, upper=100.0, scale=100.0),
    "n_rank": Rank(),
    "n_rank_average": Rank(ties="average"),
    "n_borda": Borda(),
    "n_prank": PercentileRank(range=(0.0, 1.0)),
    "n_fracmax": FractionOfMax(scale=1.0),
    "n_dist2max": DistanceToMax(scale=1.0),
    "n_dist2targ_7": DistanceToTarget(scale=1.0, cap=False),
    "n_dist2targ_7_cap": DistanceToTarget(scale=1.0),
    "n_goalposts_1_8_10": Goalposts(range=(0.0, 10.0)),
    "n_goalposts_1_8_10_notrunc": Goalposts(range=(0.0, 10.0), clip=False),
}


def vectors(folder: Folder) -> Iterator[Pair]:
    """The normalising functions on the made-up vectors, and those of the other stages."""
    file = "coinr/unit_vectors.csv"
    held: dict[tuple[str, str], list[float]] = {}
    for row in folder.rows(file):
        held.setdefault((row["vector"], row["func"]), []).append(number(row["value"]))
    for (vector, func), theirs in held.items():
        if func in VECTORS and len(set(held[vector, "input"]) - {np.nan}) > 1:
            values = np.array(held[vector, "input"])[:, None]
            spec = ColumnSpec(vector, True, "linear", (1.0, 8.0), 7.0)
            ours = apply_maps(values, VECTORS[func].fit(values, [spec]))
            yield f"{vector} {func}", ours[:, 0], np.array(theirs)


def _all_vectors(folder: Folder) -> Iterable[Pair]:
    yield from vectors(folder)
    for stage in ("treat", "impute"):
        yield from importlib.import_module(f"tests.golden.cases.{stage}").vectors(folder)


CASES = {
    "coinr/asem_06_norm_minmax_0_100.csv": _table("asem_06_norm_minmax_0_100.csv", MinMax()),
    "coinr/asem_06_norm_minmax_1_10.csv": _table(
        "asem_06_norm_minmax_1_10.csv", MinMax(range=(1.0, 10.0))
    ),
    "coinr/asem_06_norm_zscore_0_1.csv": _table("asem_06_norm_zscore_0_1.csv", ZScore()),
    "coinr/asem_06_norm_zscore_100_10.csv": _table(
        "asem_06_norm_zscore_100_10.csv", ZScore(mean=100.0, sd=10.0)
    ),
    "coinr/asem_06_norm_scaled_0_100.csv": _turned(
        "asem_06_norm_scaled_0_100.csv", Scaled(lower=0.0, upper=50.0)
    ),
    "coinr/asem_06_norm_rank.csv": _table("asem_06_norm_rank.csv", Rank()),
    "coinr/asem_06_norm_borda.csv": _table("asem_06_norm_borda.csv", Borda()),
    "coinr/asem_06_norm_prank.csv": _table(
        "asem_06_norm_prank.csv", PercentileRank(range=(0.0, 1.0))
    ),
    "coinr/asem_06_norm_fracmax.csv": _benefits,
    "coinr/asem_06_norm_dist2targ.csv": _table(
        "asem_06_norm_dist2targ.csv", DistanceToTarget(scale=1.0)
    ),
    "coinr/asem_06_norm_dist2ref_5.csv": _to_fifth(cap=False),
    "coinr/asem_06_norm_dist2ref_5_cap.csv": _to_fifth(cap=True),
    "coinr/asem_06_norm_dist2max.csv": _table(
        "asem_06_norm_dist2max.csv", DistanceToMax(scale=1.0)
    ),
    "coinr/asem_06_norm_goalposts.csv": _table("asem_06_norm_goalposts.csv", Goalposts()),
    "coinr/asem_06_norm_mixed_indiv.csv": _mixed,
    "coinr/asem_06_norm_minmax_flipped_dirs.csv": _flipped,
    "coinr/asem_06_norm_unimputed.csv": _table(
        "asem_06_norm_unimputed.csv",
        MinMax(range=(1.0, 100.0)),
        given="coinr/asem_02_denominated.csv",
    ),
    "coinr/panel_Normalised_global.csv": _pooled,
    "coinr/compind_norm_z100_10.csv": _compind(
        "compind_norm_z100_10.csv", ZScore(mean=100.0, sd=10.0)
    ),
    "coinr/compind_norm_minmax.csv": _compind("compind_norm_minmax.csv", MinMax(range=(0.0, 1.0))),
    "coinr/compind_norm_rank.csv": _compind("compind_norm_rank.csv", Rank(ties="average")),
    "coinr/compind_ampi_norm.csv": _around_the_mean,
    "coinr/unit_rank_df.csv": _ranks,
    "coinr/unit_vectors.csv": _all_vectors,
}
