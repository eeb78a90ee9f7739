"""Shares of ranks and central weights of pymcda's 500 flat draws, through the engine.

The draws enter twice: as multipliers of equal weights, and as 500 declared sets. Both must give
the same ranks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from stiscore.framework.model import Framework
from tests.golden.cases.folder import Folder
from tests.golden.cases.replay import Replayed, replayed
from tests.made import dataset, framework, group, leaf

Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]
SHARES, CENTRAL = "pymcda/rank_acceptability.csv", "pymcda/central_weights.csv"


def _indicators(folder: Folder) -> list[str]:
    return folder.texts("pymcda/directions.csv", "indicator")


def _draws(folder: Folder) -> np.ndarray:
    return folder.matrix("pymcda/weight_draws.csv", _indicators(folder))


def _framework(folder: Folder, varied: dict[str, Any]) -> Framework:
    """Twelve equal indicators under the index, min-max, with one factor."""
    leaves = [
        leaf(row["indicator"], direction="benefit" if row["direction"] == "1" else "cost")
        for row in folder.rows("pymcda/directions.csv")
    ]
    method = {"normalise": {"id": "min-max"}}
    factors = {"factors": [{"id": "drawn", **varied}]}
    return framework(group("index", leaves), method=method, uncertainty=factors)


@cache
def _replayed(folder: Folder, kind: str) -> Replayed:
    ids, draws = _indicators(folder), _draws(folder)
    data = dataset({i: folder.column("pymcda/matrix.csv", i).tolist() for i in ids})
    if kind == "weights":
        varied = _framework(folder, {"kind": kind, "spread": 0.5})
        return replayed(varied, data, [draws])
    sets = {
        str(number): dict(zip(ids, draw, strict=True))
        for number, draw in enumerate(draws.tolist(), start=1)
    }
    return replayed(_framework(folder, {"kind": kind, "sets": sets}), data, [list(sets)])


def shares(folder: Folder) -> Pairs:
    units = folder.texts("pymcda/matrix.csv", "unit")
    wanted = np.full((len(units), len(units)), np.nan)
    for row in folder.rows(SHARES):
        wanted[units.index(row["unit"]), int(row["rank"]) - 1] = float(row["acceptability"])
    for kind in ("weights", "weight-sets"):
        yield kind, _replayed(folder, kind).shares.shares, wanted


def central(folder: Folder) -> Pairs:
    """The mean of the draws in which a unit is first; none for a unit that never is."""
    told, draws = _replayed(folder, "weight-sets"), _draws(folder)
    units, ids = folder.texts("pymcda/matrix.csv", "unit"), _indicators(folder)
    keys = [(unit, i) for unit in units for i in ids]
    rows = folder.rows(CENTRAL)
    assert [(row["unit"], row["indicator"]) for row in rows] == keys
    wanted = folder.column(CENTRAL, "central_weight").reshape(len(units), len(ids))
    for at, unit in enumerate(units):
        first = draws[told.ranks[:, at] == 1]
        yield unit, first.mean(axis=0) if len(first) else np.full(len(ids), np.nan), wanted[at]


CASES = {SHARES: shares, CENTRAL: central}
