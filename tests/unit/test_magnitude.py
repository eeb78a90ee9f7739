"""A 10,000-fold slip is named as one, and a strange but possible table is not."""

from __future__ import annotations

import numpy as np
import pytest

from stiscore.checks import check
from stiscore.checks.magnitude import slip
from stiscore.framework.model import Framework, Scale
from stiscore.pipeline import denominate
from tests.tables import PROVINCES, framework, indicator, read

SCALE = Scale(goalposts=(0.0, 50.0), plausible=(0.0, 200.0))


def model() -> Framework:
    derive = {"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
    return framework(indicator("openness", derive=derive, bounds=[0, None]))


def codes(trade: str, gdp: str, values: list[float]) -> list[str]:
    rows = [["省份", f"trade（{trade}）", f"gdp（{gdp}）"]]
    rows += [[p, v, 100.0] for p, v in zip(PROVINCES, values, strict=False)]
    read_as = denominate(model(), read(rows, model()))
    return [f.code for f in check(model(), read_as) if f.code in {"D206", "D204", "D203"}]


def test_a_wrong_measurement_of_a_raw_column_shows_in_what_is_derived() -> None:
    values = [10.0, 20, 30, 40, 50, 60]
    assert codes("亿元", "亿元", values) == []
    assert codes("亿元", "万元", values) == ["D206"]
    assert codes("万元", "亿元", values) == ["D206"]


def test_the_message_names_the_columns_and_the_usual_figure() -> None:
    rows = [["省份", "trade（亿元）", "gdp（万元）"], *[[p, 20.0, 100.0] for p in PROVINCES]]
    data = denominate(model(), read(rows, model()))
    (fault,) = [f for f in check(model(), data) if f.code == "D206"]
    assert fault.fields["parts"] == "trade（亿元） [20], gdp（万元） [100]"
    assert (fault.fields["factor"], fault.fields["meant"]) == (10000, 20)


def test_one_strange_value_and_a_short_table_are_no_slip() -> None:
    assert codes("亿元", "亿元", [10.0, 20, 30, 40, 50, 500_000]) == ["D204"]
    assert codes("亿元", "万元", [10.0, 20, 30, 40]) == ["D204"] * 4


@pytest.mark.parametrize(
    ("factor", "told"), [(1e4, 1e4), (1e3, 1e3), (1e6, 1e6), (1e-4, 1e-4), (1e-6, 1e-6), (1, None)]
)
def test_the_power_of_ten_is_found_either_way(factor: float, told: float | None) -> None:
    assert slip(np.array([5.0, 10, 20, 30, 45]) * factor, SCALE) == told


def test_zeros_and_negative_values_are_left_alone() -> None:
    assert slip(np.zeros(6), SCALE) is None
    assert slip(np.array([-1e-6, 1e-6, 1e-6, 1e-6, 1e-6]), SCALE) is None
