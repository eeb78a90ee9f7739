"""A framework with quantities, parts and totals, and tables for it, for tests of what-if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.scorecard import Scorecard, appraise
from tests import made
from tests.tables import indicator, read

UNITS = ("北京", "天津", "河北", "山西", "内蒙古", "辽宁")
# What the indicators are computed from: invented.
QUANTITIES: dict[str, Sequence[float]] = {
    "funds_abroad": [40, 12, 3, 1, 0.5, 6],
    "funds": [800, 240, 300, 90, 50, 400],
    "sold": [300, 80, 40, 20, 9, 100],
    "bought": [200, 60, 60, 30, 11, 90],
    "gdp": [4000, 1600, 4200, 2500, 2200, 2800],
    "patents_out": [9, 4, 2, 1, 1, 3],
    "patents_in": [81, 26, 38, 24, 29, 47],
}
PLAIN: dict[str, Sequence[float]] = {"plain": [30, 20, 10, 5, 45, 25]}
MONEY = ("funds_abroad", "funds", "industry", "sold", "bought", "gdp")


def quantity(node: str, **fields: Any) -> dict[str, Any]:
    """A quantity, money in 万元 or a number."""
    kept = "万元" if node in MONEY else "count"
    return {"id": node, "name": made.name(node), "measured_in": kept, **fields}


def recipe(above: Sequence[str], below: Sequence[str], **fields: Any) -> dict[str, Any]:
    """How an indicator is derived, in per cent."""
    return {"numerators": above, "denominators": below, "factor": 100, **fields}


def framework(plain: Mapping[str, Any] | None = None, **fields: Any) -> Framework:
    """Four indicators in two areas; funds from abroad are part of all funds, so are industry's.

    ``plain``: what is otherwise of the indicator of that name.
    """
    market = recipe(["sold", "bought"], ["gdp"], combine="mean")
    out = recipe(["patents_out"], ["patents_out", "patents_in"])
    leaves = [
        indicator("share", derive=recipe(["funds_abroad"], ["funds"]), bounds=[0, 100], gaps=TAG),
        indicator("market", derive=market, bounds=[0, None], gaps=TAG),
        indicator("out", derive=out, bounds=[0, 100]),
        indicator("plain", bounds=[-50, 100], aliases=["朴素"], **(plain or {})),
        indicator("context", role="context"),
    ]
    levels = {
        node: {"name": made.name(node), "units": made.name("units"), "registry": registry}
        for node, registry in (("national", "economy"), ("regional", "province"))
    }
    told = {
        "levels": levels,
        "gaps": [{"id": "gap", "name": made.name("gap")}],
        "quantities": [
            *(quantity(q) for q in QUANTITIES if q != "funds_abroad"),
            quantity("funds_abroad", part_of="funds"),
            quantity("industry", part_of="funds"),
        ],
    }
    tree = made.group("whole", [made.group("one", leaves[:2]), made.group("two", leaves[2:])])
    return made.framework(tree, **{**told, **fields})


TAG = {"primary": "gap"}
FRAMEWORK = framework()


def table(columns: Mapping[str, Sequence[object]], model: Framework = FRAMEWORK) -> Dataset:
    """Columns by id as a table of provinces."""
    body = zip(UNITS, *columns.values(), strict=True)
    return read([["省份", *columns], *body], model)


def card(
    columns: Mapping[str, Sequence[object]], model: Framework = FRAMEWORK, **options: Any
) -> Scorecard:
    """Columns by id, scored."""
    return appraise(table(columns, model), model, **options)


def computed() -> dict[str, Sequence[float]]:
    """The indicators of a table that holds no quantity, worked out here."""
    q = QUANTITIES
    return {
        "share": [100 * a / t for a, t in zip(q["funds_abroad"], q["funds"], strict=True)],
        "market": [
            100 * (s + b) / 2 / g for s, b, g in zip(q["sold"], q["bought"], q["gdp"], strict=True)
        ],
        "out": [100 * a / (a + b) for a, b in zip(q["patents_out"], q["patents_in"], strict=True)],
        **PLAIN,
    }
