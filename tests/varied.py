"""Tables examined, and frameworks under every aggregation, for tests of method variants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.uncertainty.plan import plan
from stiscore.analysis.uncertainty.settings import configuration
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.dataset import Dataset
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from stiscore.framework.uncertainty import Factor, Uncertainty
from stiscore.pipeline import fit, score
from stiscore.robust.tree import Setting
from stiscore.scores import Fitted, Scores
from tests.made import framework, group, leaf, name

# By aggregation the settings under which a framework of goalposts can have it.
AGGREGATIONS: dict[str, tuple[str, ...]] = {
    "arithmetic": ("aggregate=arithmetic",),
    "geometric": ("aggregate=geometric",),
    "harmonic": ("aggregate=harmonic",),
    "generalised-mean": ("aggregate=generalised-mean", "aggregate.power=0.5"),
    "mazziotta-pareto": (
        "normalise=z-score",
        "normalise.mean=100",
        "normalise.sd=10",
        "aggregate=mazziotta-pareto",
    ),
    "adjusted-mazziotta-pareto": (
        "normalise=min-max",
        "normalise.range=70,130",
        "aggregate=adjusted-mazziotta-pareto",
    ),
    "mean-min": ("aggregate=mean-min",),
    "copeland": ("aggregate=copeland",),
}
OWN_WEIGHTS = ("weight=benefit-of-the-doubt",)


def factors(*told: dict[str, Any]) -> tuple[Factor, ...]:
    """Factors from what a framework file would say of them."""
    held = [{"id": f"f{number}", **each} for number, each in enumerate(told)]
    return Uncertainty.model_validate_json(json.dumps({"factors": held})).factors


def lenient(made: Framework, *settings: str) -> Framework:
    """The framework under other methods, which scores and ranks whatever has a value."""
    rules = made.method.coverage.model_copy(
        update={"min_area_coverage": 0.0, "min_unit_coverage": 0.0, "max_areas_missing": 99}
    )
    method = made.method.model_copy(update={"coverage": rules})
    return with_methods(made.model_copy(update={"method": method}), settings)


def scored(made: Framework, table: Dataset) -> Scores:
    return score(fit(made, table), table)


def examined(made: Framework, table: Dataset, frame: Fitted | None = None) -> Evaluated:
    """A table as ``evaluate`` has it, its values unchecked."""
    return examine(score(frame or fit(made, table), table), Findings(()))


def variants(made: Framework, table: Dataset, *told: dict[str, Any]) -> Variants:
    return Variants.of(examined(made, table), factors(*told))


def setting(scores: Scores, *, fills: bool = False) -> Setting:
    """All rows of a table as its variants see them."""
    rows = range(len(scores.index))
    return configuration(scores, scores, plan(scores, ()), rows, fills=fills).setting


def nodes(scores: Scores) -> int:
    """Columns of multipliers: the tree and the gaps."""
    return len(scores.fitted.tree.ids) + len(scores.fitted.framework.gaps)


def two_areas(**fields: Any) -> Framework:
    """Two areas of two indicators each, goalposts 0-10."""
    areas = [
        group("a", [leaf("a1"), leaf("a2", weight=2)]),
        group("b", [leaf("b1"), leaf("b2")], 2),
    ]
    return framework(group("index", areas), **fields)


def gaps(*ids: str) -> list[dict[str, Any]]:
    return [{"id": each, "name": name(each)} for each in ids]


def grid(
    units: int, seed: int, columns: Sequence[str] = ("a1", "a2", "b1", "b2")
) -> dict[str, Any]:
    """A random table of figures between the goalposts, a column an indicator."""
    random = np.random.default_rng(seed)
    return {column: random.uniform(0.5, 9.5, units) for column in columns}
