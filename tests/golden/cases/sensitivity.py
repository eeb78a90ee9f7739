"""Method variants of ASEM replayed through the engine, and Sobol' indices of COINr's designs.

Nothing is drawn again: every variant takes the parameters its file has for it. No replicate failed
in COINr, so none may fail here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import numpy as np

from stiscore.framework.model import Framework
from stiscore.robust.sobol import Indices, indices
from tests.golden.cases.folder import Folder, number
from tests.golden.cases.index import scored
from tests.golden.cases.replay import Replayed, replayed
from tests.made import name

Pairs = Iterator[tuple[str, np.ndarray, np.ndarray]]
# By column of the parameters the settings of its texts, none where the framework itself has them.
SETTINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "winmax": {str(n): () if n == 5 else (f"treat.winmax={n}",) for n in range(1, 6)},
    "norm": {
        "n_minmax": ("normalise.range=1,100",),
        "n_zscore": ("normalise=z-score", "normalise.mean=10", "normalise.sd=2"),
    },
    "f_ag": {"a_amean": (), "a_gmean": ("aggregate=geometric", "aggregate.floor=null")},
}
# In the order of the design, which is that of the files.
FACTORS = ("winmax", "norm", "weight_set", "f_ag")
ROWS = 50
# Ishigami's function; var(c(yA, yB)) is the folder's README's.
ISHIGAMI_ROWS, ISHIGAMI_FACTORS, ISHIGAMI_VARIANCE = 64, 3, 13.129397674332003


def _weight_sets(folder: Folder) -> dict[str, dict[str, float]]:
    """The 100 noisy sets by number; the index is a part of nothing and has no weight."""
    return {
        row["rep"]: {c: float(w) for c, w in row.items() if c not in {"rep", "Index"}}
        for row in folder.rows("coinr/asem_16_noisy_weights.csv")
    }


def _framework(folder: Folder) -> Framework:
    """The ASEM index with what COINr varies as its factors."""
    told = scored(folder).fitted.framework.model_dump(mode="json", by_alias=True)
    factors = [
        {"id": column, "kind": "weight-sets", "sets": _weight_sets(folder)}
        if column == "weight_set"
        else {
            "id": column,
            "kind": "methods",
            "alternatives": [settings for settings in SETTINGS[column].values() if settings],
        }
        for column in FACTORS
    ]
    # Alternatives are checked as a whole framework is, so denominators and groups must be known.
    told["quantities"] = [
        {"id": code, "name": name(code), "measured_in": "1"}
        for code, row in folder.meta.items()
        if row["Type"] == "Denominator"
    ]
    told["groupings"] = [{"id": "EurAsia_group", "name": name("EurAsia_group")}]
    told["uncertainty"] = {"factors": factors}
    return Framework.model_validate_json(json.dumps(told))


@cache
def _replayed(folder: Folder, run: str) -> Replayed:
    file = f"coinr/asem_14_{run}_parameters.csv"
    chosen = [
        [SETTINGS.get(column, {}).get(text, text) for text in folder.texts(file, column)]
        for column in FACTORS
    ]
    return replayed(_framework(folder), scored(folder).data, chosen)


def _by_unit(folder: Folder, file: str) -> list[dict[str, str]]:
    """The records in the order of the units' codes, as the table has them."""
    return sorted(folder.rows(file), key=lambda row: row["uCode"])


def _scores(run: str, folder: Folder) -> Pairs:
    told, rows = _replayed(folder, run), _by_unit(folder, f"coinr/asem_14_{run}_scores.csv")
    yield "nominal", told.score, np.array([number(row["Nominal"]) for row in rows])
    for at, row in enumerate(rows):
        theirs = [number(row[f"r_{draw + 1}"]) for draw in range(len(told.scores))]
        yield row["uCode"], told.scores[:, at], np.array(theirs)


def rank_statistics(folder: Folder) -> Pairs:
    """Statistics of the ranks from the engine's counts of them."""
    told, rows = _replayed(folder, "ua"), _by_unit(folder, "coinr/asem_14_ua_rankstats.csv")
    counts = told.shares.counts
    places = np.arange(counts.shape[1]) + 1
    for column, ours in (
        ("Nominal", told.rank),
        ("Mean", counts @ places / told.shares.draws),
        ("Median", told.shares.quantile(0.5)),
        ("Q5", told.shares.quantile(0.05)),
        ("Q95", told.shares.quantile(0.95)),
    ):
        yield column, ours, np.array([number(row[column]) for row in rows])


def _moved(folder: Folder) -> np.ndarray:
    """Mean absolute change of rank against the framework's own, (runs,)."""
    told = _replayed(folder, "sa")
    moved: np.ndarray = np.abs(told.ranks - told.rank).mean(axis=1)
    return moved


def output(folder: Folder) -> Pairs:
    yield "y", _moved(folder), folder.column("coinr/asem_14_sa_output_y.csv", "y")


def asem_indices(folder: Folder) -> Pairs:
    """COINr's bootstrap is random, so its four columns of bounds are not compared."""
    file = "coinr/asem_14_sa_indices.csv"
    assert folder.texts(file, "Variable") == ["Winmax", "Normalisation", "Weights", "Aggregation"]
    _, first, total = _uncentred(_moved(folder), ROWS, len(FACTORS))
    yield "Si", first, folder.column(file, "Si")
    yield "STi", total, folder.column(file, "STi")


def ishigami(folder: Folder) -> Pairs:
    file, y = "coinr/sa_estimate_output.csv", folder.column("coinr/sa_estimate_input.csv", "y")
    told, first, total = _uncentred(y, ISHIGAMI_ROWS, ISHIGAMI_FACTORS)
    yield "variance", told.variance, np.array([ISHIGAMI_VARIANCE])
    yield "Si", first, folder.column(file, "Si")
    yield "STi", total, folder.column(file, "STi")


def _uncentred(y: np.ndarray, rows: int, factors: int) -> tuple[Indices, np.ndarray, np.ndarray]:
    """The indices, first-order and total ones as COINr has them, from its order of runs.

    COINr leaves the outputs as they are. Taken from their mean, as here, the first order is the
    same but for that mean times the mean of ``yAB - yA``, which is noise and is added back.
    """
    runs = y.reshape(2 + factors, rows, 1)
    ya, yb, yab = runs[0], runs[1], runs[2:]
    told = indices(ya, yb, yab, bootstraps=0)
    noise = runs[:2].mean() * (yab - ya).mean(axis=1) / told.variance
    return told, (told.first + noise)[:, 0], told.total[:, 0]


CASES = {
    "coinr/asem_14_ua_scores.csv": lambda folder: _scores("ua", folder),
    "coinr/asem_14_ua_rankstats.csv": rank_statistics,
    "coinr/asem_14_sa_scores.csv": lambda folder: _scores("sa", folder),
    "coinr/asem_14_sa_output_y.csv": output,
    "coinr/asem_14_sa_indices.csv": asem_indices,
    "coinr/sa_estimate_output.csv": ishigami,
}
