"""Quantities that are part of others: in the shipped framework, and where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from stiscore.framework.check import parts_belong
from stiscore.framework.figures import deepest_first, totals
from stiscore.io.framework_yaml import load_framework
from tests.supposed import QUANTITIES, framework, quantity


def found(parts: Mapping[str, str], **kept: str) -> list[tuple[str, object]]:
    """The faults of a framework whose quantities are parts of each other."""
    told = [
        quantity(q, **{"part_of": parts[q]} if q in parts else {})
        | ({"measured_in": kept[q]} if q in kept else {})
        for q in QUANTITIES
    ]
    made = framework(quantities=told)
    return [(flaw.code, flaw.path[1:]) for flaw in parts_belong(made)]


def test_what_is_part_of_what_in_the_shipped_framework() -> None:
    shipped = load_framework()
    assert totals(shipped) == {
        "rd_expenditure_abroad": "rd_expenditure",
        "industrial_rd_expenditure": "rd_expenditure",
        "new_product_exports": "new_product_sales",
        "st_budget_expenditure": "budget_expenditure",
    }
    order = deepest_first(shipped)
    assert {*order} == {q.id for q in shipped.quantities}
    for part, total in totals(shipped).items():
        assert order.index(part) < order.index(total)


def test_sound_parts_are_no_fault() -> None:
    assert found({"sold": "gdp", "funds_abroad": "funds", "funds": "gdp"}) == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"funds_abroad": "fund"}, [("F135", (0, "part_of"))]),
        ({"patents_in": "gdp"}, [("F135", (6, "part_of"))]),
        ({"funds": "funds"}, [("F136", (1, "part_of"))]),
        ({"funds": "sold", "sold": "bought", "bought": "funds"}, [("F136", (3, "part_of"))]),
        ({"gdp": "funds", "funds": "sold", "sold": "funds"}, [("F136", (1, "part_of"))]),
    ],
)
def test_what_cannot_be_is_told_once(
    parts: dict[str, str], told: list[tuple[str, tuple[object, ...]]]
) -> None:
    assert found(parts) == told


def test_parts_of_parts_rise_all_the_way() -> None:
    assert deepest_first(
        framework(
            quantities=[
                quantity("funds"),
                quantity("funds_abroad", part_of="industry"),
                quantity("industry", part_of="funds"),
                *(quantity(q) for q in QUANTITIES if q not in {"funds", "funds_abroad"}),
            ]
        )
    )[:3] == ("funds_abroad", "industry", "funds")
