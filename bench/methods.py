"""The numerical core beside bare numpy and its peers: one process, calls in turn, CPU seconds.

"Limit" is numpy doing the arithmetic and nothing else. Peers come with the extra ``bench``; one
that is not installed is left out and named.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from bench.peers import there
from bench.race import alternate, table
from stiscore.dataset import Column, Dataset, Origins, Unit
from stiscore.framework.model import Framework
from stiscore.methods.aggregate import Copeland
from stiscore.methods.maps import Affine, ColumnSpec, apply_maps
from stiscore.methods.treat import Winsorise
from stiscore.methods.weight import BenefitOfTheDoubt
from stiscore.pipeline import fit, score

Call = Callable[[], object]
ROWS, COLUMNS = 1_000_000, 50
GROUPS = 5


def run(runs: int) -> None:
    """Print the four tables."""
    draw = np.random.default_rng(1)
    runs = min(runs, 5)
    print(f"{ROWS:,} x {COLUMNS} in memory: goalposts, areas, index, {runs} runs, CPU seconds")
    print(table(alternate(_scoring(draw.uniform(0, 10, (ROWS, COLUMNS))), runs), "limit"))
    print("\n100,000 x 50: treatment of skewed columns (winsorise, then log)")
    print(table(alternate(_treatment(draw.lognormal(0, 1, (100_000, COLUMNS))), runs), "limit"))
    print("\n1,000 x 50: Copeland")
    print(table(alternate(_copeland(draw.uniform(0, 100, (1_000, COLUMNS))), runs), "limit"))
    print("\n200 x 8: benefit of the doubt")
    print(table(alternate(_doubt(draw.uniform(10, 100, (200, 8))), runs), "linprog, a loop"))


def _scoring(values: np.ndarray) -> dict[str, Call]:
    framework, data = _index(values)
    fitted = fit(framework, data.rows(range(1000)))
    maps = [m for m in fitted.maps if isinstance(m, Affine)]
    scale, offset = np.array([m.scale for m in maps]), np.array([m.offset for m in maps])
    weights = np.array(fitted.weights.effective[: len(maps)])

    def limit() -> object:
        """Normalise in place of a copy, weigh, add up."""
        return (values * scale + offset) @ weights

    return {
        "limit": limit,
        "stiscore, every stage": lambda: score(fitted, data).index,
        **_peers(values, weights),
    }


def _index(values: np.ndarray) -> tuple[Framework, Dataset]:
    """An index of two levels in as many areas as ``GROUPS``, and its table."""
    name = {"en": "made", "zh": "made"}
    size = values.shape[1] // GROUPS

    def leaf(number: int) -> dict[str, object]:
        told = {"numerator": name}
        scale = {"any": {"goalposts": [0, 10]}}
        return {"id": f"c{number}", "name": name, "definition": told, "measured_in": "%",
                "levels": scale}  # fmt: skip

    areas = [
        {"id": f"g{g}", "name": name, "children": [leaf(g * size + i) for i in range(size)]}
        for g in range(GROUPS)
    ]
    told = {
        "schema": "stiscore.framework/1", "id": "made", "version": "1", "title": name,
        "basis": "made", "origin_note": name, "method": {},
        "levels": {"any": {"name": name, "units": name}},
        "bands": {"scores": [], "severities": []},
        "index": {"id": "index", "name": name, "children": areas},
    }  # fmt: skip
    rows = values.shape[0]
    data = Dataset(
        level="any",
        units=tuple(Unit(f"u{i}", f"u{i}", "", "") for i in range(rows)),
        periods=(None,) * rows,
        columns=tuple(Column(f"c{j}", "indicator", f"c{j}") for j in range(values.shape[1])),
        values=values,
        flags=np.zeros(values.shape, np.uint16),
        origin=np.zeros((*values.shape, 2), np.int32),
        source=Origins("made", "0" * 64),
    )
    return Framework.model_validate_json(json.dumps(told)), data


def _peers(values: np.ndarray, weights: np.ndarray) -> dict[str, Call]:
    import pandas as pd

    frame = pd.DataFrame(values)

    def by_pandas() -> object:
        scaled = (frame - frame.min()) / (frame.max() - frame.min())
        return (scaled * weights).sum(axis=1)

    calls: dict[str, Call] = {"pandas": by_pandas}
    types = np.ones(values.shape[1])
    if there("skcriteria"):
        import skcriteria
        from skcriteria.agg.simple import WeightedSumModel
        from skcriteria.preprocessing.scalers import MinMaxScaler

        def by_skcriteria() -> object:
            matrix = skcriteria.mkdm(values, types.astype(int).tolist(), weights=weights)
            return WeightedSumModel().evaluate(MinMaxScaler("matrix").transform(matrix))

        calls["scikit-criteria"] = by_skcriteria
    if there("pymcdm"):
        from pymcdm.methods import WSM
        from pymcdm.normalizations import minmax_normalization

        calls["pymcdm"] = lambda: WSM(minmax_normalization)(values, weights, types)
    return calls


def _treatment(values: np.ndarray) -> dict[str, Call]:
    columns = [ColumnSpec(f"c{j}", True, "linear", None) for j in range(values.shape[1])]

    def limit() -> object:
        """The moments of every column, once."""
        apart = values - values.mean(axis=0)
        square = apart * apart
        return (square * apart).mean(axis=0), (square * square).mean(axis=0)

    def ours() -> object:
        return apply_maps(values, Winsorise().fit(values, columns))

    return {"limit": limit, "stiscore": ours}


def _copeland(values: np.ndarray) -> dict[str, Call]:
    weights = np.full(values.shape[1], 1 / values.shape[1])

    def limit() -> object:
        won = np.zeros((values.shape[0], values.shape[0]))
        for column, weight in zip(values.T, weights, strict=True):
            won += weight * (np.sign(column[:, None] - column[None, :]) + 1) / 2
        return np.sign(won - 0.5).sum(axis=1)

    def ours() -> object:
        return Copeland().combine(values, weights.tolist(), values, points=False).score

    return {"limit": limit, "stiscore": ours}


def _doubt(values: np.ndarray) -> dict[str, Call]:
    from scipy.optimize import linprog

    def loop() -> object:
        one = np.ones(values.shape[0])
        return [linprog(-row, A_ub=values, b_ub=one, method="highs").fun for row in values]

    def ours() -> object:
        equal = [1.0] * values.shape[1]
        return BenefitOfTheDoubt().combine(values, equal, values, points=False).score

    return {"linprog, a loop": loop, "stiscore": ours}
