"""An index as large as COINr's example of Asia and Europe: 51 units, 49 indicators, three levels.

Figures are made up. As many columns have outliers as there, 15, and 3 % of them are missing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np

from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.dataset import Column, Dataset, Origins, Unit
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score

UNITS, LEAVES, OUTLYING = 51, 49, 15
NAME = {"en": "made", "zh": "made"}
# The same factors through COINr, but for imputation, which its example does not have.
SCRIPT = Path(__file__).with_name("asem.R")
ALTERNATIVES = {
    "normalisation": [
        ["normalise.range=1,100"],
        ["normalise=z-score", "normalise.mean=10", "normalise.sd=2"],
    ],
    "treatment": [[f"treat.winmax={points}"] for points in range(1, 6)],
    "imputation": [["impute=mean"], ["impute=median"]],
    "aggregation": [
        ["aggregate=arithmetic"],
        ["aggregate=geometric", "aggregate.floor=null"],
    ],
}


def evaluated() -> Evaluated:
    """The index worked out once, with all that may vary declared as its factors."""
    framework, data = _framework(), _data()
    return examine(score(fit(framework, data), data), Findings())


def coinr_command() -> list[str]:
    """What runs a hundred variants in COINr; nothing where R or COINr is not installed."""
    there = "quit(status = !requireNamespace('COINr', quietly = TRUE))"
    rscript = shutil.which("Rscript")
    if rscript is None or subprocess.run([rscript, "-e", there], check=False).returncode:
        return []
    return [rscript, str(SCRIPT)]


def _framework() -> Framework:
    pillars = [_group(f"p{p}", [_leaf(i) for i in range(LEAVES) if i % 8 == p]) for p in range(8)]
    weights = [
        {"id": f"weights{level}", "kind": "weights", "of": f"level{level}", "spread": 0.25}
        for level in (1, 2, 3)
    ]
    methods = [
        {"id": name, "kind": "methods", "alternatives": told} for name, told in ALTERNATIVES.items()
    ]
    told = {
        "schema": "stiscore.framework/1", "id": "made", "version": "1", "title": NAME,
        "basis": "made", "origin_note": NAME,
        "method": {
            "impute": {"id": "mean"},
            "treat": {"id": "winsorise"},
            "normalise": {"id": "min-max", "range": [1, 100]},
        },
        "uncertainty": {"factors": [*weights, *methods]},
        "levels": {"any": {"name": NAME, "units": NAME}},
        "bands": {"scores": [], "severities": []},
        "index": _group("index", [_group("s0", pillars[:4]), _group("s1", pillars[4:])]),
    }  # fmt: skip
    return Framework.model_validate_json(json.dumps(told))


def _group(name: str, children: list[dict[str, object]]) -> dict[str, object]:
    return {"id": name, "name": NAME, "children": children}


def _leaf(number: int) -> dict[str, object]:
    return {
        "id": f"i{number}", "name": NAME, "definition": {"numerator": NAME}, "measured_in": "1",
        "direction": "benefit" if number % 5 else "cost", "levels": {"any": {}},
    }  # fmt: skip


def _data() -> Dataset:
    random = np.random.default_rng(1)
    long_tailed = np.arange(LEAVES) < OUTLYING
    values = random.lognormal(0, np.where(long_tailed, 1.5, 0.2), (UNITS, LEAVES))
    values[random.random(values.shape) < 0.03] = np.nan
    return Dataset(
        level="any",
        units=tuple(Unit(f"u{i}", f"u{i}", "", "") for i in range(UNITS)),
        periods=(None,) * UNITS,
        columns=tuple(Column(f"i{j}", "indicator", f"i{j}") for j in range(LEAVES)),
        values=values,
        flags=np.zeros(values.shape, np.uint16),
        origin=np.zeros((*values.shape, 2), np.int32),
        source=Origins("made", "0" * 64),
    )
