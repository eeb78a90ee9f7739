"""Agreement with COINr 1.1.14 (R) on the methods built so far.

The files, and the function and arguments that made each, are described in the README beside them.
The full table of all reference files comes with the issue that builds all methods.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from stiscore.framework.model import Framework
from stiscore.methods.aggregate import Arithmetic, Geometric
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import Goalposts, MinMax
from stiscore.pipeline import fit, score
from tests.made import dataset, framework, group, leaf

TIGHT = {"rtol": 1e-12, "atol": 1e-12}


def _table(path: Path) -> dict[str, np.ndarray]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        column: np.array([_number(row[column]) for row in rows])
        for column in rows[0]
        if column not in ("uCode", "uName")
    }


def _number(text: str) -> float:
    return np.nan if text in ("", "NA") else float(text)


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "reference" / "coinr"


@pytest.fixture(scope="module")
def meta(coinr: Path) -> list[dict[str, str]]:
    with (coinr / "asem_input_iMeta.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _specs(meta: list[dict[str, str]], *, goalposts: bool) -> list[ColumnSpec]:
    return [
        ColumnSpec(
            row["iCode"],
            row["Direction"] == "1",
            "linear",
            (float(row["goalpost_lower"]), float(row["goalpost_upper"])) if goalposts else None,
        )
        for row in meta
        if row["Type"] == "Indicator"
    ]


@pytest.mark.parametrize(
    ("file", "method", "goalposts"),
    [
        ("asem_06_norm_minmax_0_100.csv", MinMax(), False),
        ("asem_06_norm_minmax_1_10.csv", MinMax(range=(1.0, 10.0)), False),
        ("asem_06_norm_goalposts.csv", Goalposts(), True),
    ],
)
def test_normalisation(
    coinr: Path, meta: list[dict[str, str]], file: str, method: MinMax | Goalposts, goalposts: bool
) -> None:
    treated, wanted = _table(coinr / "asem_05_treat_default.csv"), _table(coinr / file)
    specs = _specs(meta, goalposts=goalposts)
    values = np.column_stack([treated[s.id] for s in specs])
    ours = apply_maps(values, method.fit(values, specs))
    np.testing.assert_allclose(ours, np.column_stack([wanted[s.id] for s in specs]), **TIGHT)


def _index(meta: list[dict[str, str]], mean: str) -> Framework:
    """The ASEM index as a framework whose scores are taken as they are (goalposts 0 and 100)."""

    def node(row: dict[str, str]) -> dict:
        children = [node(child) for child in meta if child["Parent"] == row["iCode"]]
        weight = float(row["Weight"])
        if children:
            return group(row["iCode"], children, weight)
        return leaf(row["iCode"], goalposts=[0, 100], weight=weight)

    root = next(row for row in meta if row["Type"] == "Aggregate" and row["Parent"] in ("", "NA"))
    method = {
        "normalise": {"id": "goalposts", "clip": False},
        "aggregate": {"id": mean},
        "coverage": {"min_area_coverage": 0.0},
    }
    return framework(node(root), method=method)


@pytest.mark.parametrize(
    ("normalised", "aggregated", "mean"),
    [
        ("asem_06_norm_minmax_0_100.csv", "asem_08_agg_amean.csv", "arithmetic"),
        ("asem_06_norm_unimputed.csv", "asem_08_agg_amean_withNA.csv", "arithmetic"),
        ("asem_06_norm_unimputed.csv", "asem_08_agg_gmean_withNA.csv", "geometric"),
    ],
)
def test_aggregation(
    coinr: Path, meta: list[dict[str, str]], normalised: str, aggregated: str, mean: str
) -> None:
    made = _index(meta, mean)
    columns, wanted = _table(coinr / normalised), _table(coinr / aggregated)
    data = dataset({i.id: columns[i.id] for i in made.indicators})
    scores = score(fit(made, data), data)
    for place in scores.fitted.tree.groups:
        node = scores.fitted.tree.ids[place]
        np.testing.assert_allclose(
            scores.node(place), wanted[node], rtol=1e-12, atol=1e-12, err_msg=node
        )


def test_means_of_small_vectors(coinr: Path) -> None:
    with (coinr / "unit_aggregation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        parts = np.array([[np.nan if x == "NA" else float(x) for x in row["x"].split()]])
        weights = [float(w) for w in row["w"].split()]
        ours = (Arithmetic(), "a_amean"), (Geometric(floor=1e-300), "a_gmean")
        for method, column in ours:
            if row[column] not in ("", "NA"):
                got = method.combine(parts, weights).score[0]
                assert got == pytest.approx(float(row[column]), rel=1e-12), (row["case"], column)


def test_effective_weights(coinr: Path, meta: list[dict[str, str]]) -> None:
    made = _index(meta, "arithmetic")
    data = dataset({i.id: [50.0] for i in made.indicators})
    fitted = fit(made, data)
    with (coinr / "asem_07_eff_weights.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["iCode"]: float(row["EffWeight"]) for row in csv.DictReader(file)}
    ours = dict(zip(fitted.tree.ids, fitted.weights.effective, strict=True))
    assert ours == pytest.approx(wanted, rel=1e-12)
