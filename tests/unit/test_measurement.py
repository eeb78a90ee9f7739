from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.framework.model import Framework
from stiscore.io.framework_yaml import load_framework
from stiscore.io.measurement import conversion, measure, stated


@pytest.mark.parametrize(
    ("given_in", "wanted", "factor"),
    [
        ("元", "万元", 1e-4),
        ("千元", "元", 1e3),
        ("百万元", "万元", 100.0),
        ("亿元", "万元", 1e4),
        ("10 000 yuan", "万元", 1.0),
        ("100 million yuan", "亿元", 1.0),
        ("亿人民币", "亿元", 1.0),
        ("美元", "US$", 1.0),
        ("万美元", "US$", 1e4),
        ("百万美元", "million US$", 1.0),
        ("亿美元", "US$ million", 100.0),
        ("billion US$", "million US$", 1000.0),
        ("US$, millions", "US$", 1e6),
        ("current US$", "US$", 1.0),
        ("‰", "%", 0.1),
        ("per mille", "％", 0.1),
        ("ratio", "%", 100.0),
        ("比值", "%", 100.0),
        ("% of GDP", "%", 1.0),
        ("万人", "persons", 1e4),
        ("thousand persons", "人", 1e3),
        ("万人年", "人年", 1e4),
        ("FTE", "人年", 1.0),
        ("万件", "count", 1e4),
        ("篇", "项", 1.0),
        ("天", "days", 1.0),
        ("人/万人", "per 1,000 population", 0.1),
        ("per 10,000 inhabitants", "per 1,000 population", 0.1),
        ("篇/百人年", "per 100 FTE", 1.0),
        ("per 100 R&D FTE", "per 10,000 R&D FTE", 100.0),
        ("每万人", "per 10,000 population", 1.0),
        ("Index 0-1", "index 0-1", 1.0),
        ("furlongs", "Furlongs", 1.0),
    ],
)
def test_conversions(given_in: str, wanted: str, factor: float) -> None:
    assert conversion(given_in, wanted) == factor


@pytest.mark.parametrize(
    ("given_in", "wanted"),
    [
        ("万元", "%"),
        ("万元", "US$"),
        ("亿元", "亿美元"),
        ("人", "人年"),
        ("工作日", "天"),
        ("index 0-1", "index 0-100"),
        ("index 0-1", "%"),
        ("per 1,000 population", "per 1,000 foreign-invested enterprises"),
        ("per 1,000 population", "‰"),
        ("万元/万人", "per 10,000 population"),
        ("进出口/GDP", "%"),
        ("furlongs", "%"),
        ("", "%"),
        ("2022", "%"),
    ],
)
def test_what_does_not_convert_is_not_guessed(given_in: str, wanted: str) -> None:
    assert conversion(given_in, wanted) is None


@pytest.mark.parametrize(
    ("header", "name", "given_in"),
    [
        ("R&D经费（万元）", "R&D经费", "万元"),
        ("R&D经费(万元)", "R&D经费", "万元"),
        ("GDP [US$]", "GDP", "US$"),
        ("GDP\n（亿元）", "GDP", "亿元"),
        ("GDP_x000D_\n(亿元)", "GDP", "亿元"),
        ("GDP，单位：亿元", "GDP", "亿元"),
        ("单位：万元", "", "万元"),
        ("(10 000 yuan)", "", "10 000 yuan"),
        ("Unit: 10,000 yuan", "", "10,000 yuan"),
        ("监管质量（替代指标）（分）", "监管质量(替代指标)", "分"),
        ("Cost [US$ (current)]", "Cost", "US$ (current)"),
        ("GDP", "GDP", None),
        ("GDP（）", "GDP", None),
    ],
)
def test_headers_are_split(header: str, name: str, given_in: str | None) -> None:
    assert stated(header) == (name, given_in)


def test_every_measurement_of_the_shipped_framework_is_known() -> None:
    framework: Framework = load_framework()
    held = {x.measured_in for x in (*framework.indicators, *framework.quantities)}
    assert {text for text in held if measure(text) is None} == set()


MONEY = ["元", "千元", "万元", "百万元", "亿元", "billion yuan"]


@given(st.sampled_from(MONEY), st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_conversions_compose(one: str, two: str, three: str) -> None:
    first, second, whole = conversion(one, two), conversion(two, three), conversion(one, three)
    assert first is not None
    assert second is not None
    assert whole == pytest.approx(first * second, rel=1e-14)
