"""Missing years filled from a unit's other years: seen in every product, and never in silence."""

from __future__ import annotations

import json

import pytest

import stiscore as sti
from stiscore.dataset import Flag
from stiscore.framework.override import with_methods
from stiscore.panels import fill_along_years
from tests import tables
from tests.unit.test_trends import HEAD, Rows, model, told, unit, values

FILLED: Rows = [
    HEAD,
    ["北京", 2020, 10, 3],
    ["北京", 2021, None, 4],
    ["北京", 2022, None, 5],
    ["天津", 2020, 20, 1],
    ["天津", 2021, 30, 2],
    ["天津", 2022, 40, 3],
]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (["impute=latest"], [10, 10, 10]),
        (["impute=latest", "impute.max_age=1"], [10, 10, None]),
        (["impute=linear"], [10, None, None]),
        (["impute=constant"], [10, 10, 10]),
    ],
)
def test_missing_years_are_filled_as_the_method_says(
    method: list[str], expected: list[float | None]
) -> None:
    trends = told(tables.read(FILLED), model(*method), node="share")
    assert values(trends, "CN-BJ") == expected
    held = [v["filled"] for v in unit(trends, "CN-BJ")["values"]]
    assert held == [False, *(v is not None for v in expected[1:])]
    wanted = [(y, 10.0) for y, v in zip(("2021", "2022"), expected[1:], strict=True) if v]
    assert [(a["year"], a["after"]) for a in trends["applied"]] == wanted
    assert {a["location"]["cell"] for a in trends["applied"]} == ({"C2"} if wanted else set())


def test_a_scorecard_of_the_latest_year_looks_back() -> None:
    data = tables.read(FILLED)
    card = sti.evaluate(data, model("impute=latest"))
    (beijing,) = (u for u in card.report.units if u.id == "CN-BJ")
    assert beijing.score == pytest.approx(50 * (10 / 50 + 5 / 50))
    # What was filled is not coverage.
    assert beijing.coverage == pytest.approx(0.5)
    (change,) = json.loads(card.to_json())["applied"]
    assert (change["node"], change["before"], change["after"]) == ("share", None, 10.0)
    assert "latest, share name: 1 filled" in card.to_markdown()
    assert not [f for f in sti.validate(data, model("impute=latest")) if f.code[0] == "D"]
    assert json.loads(sti.evaluate(data, model()).to_json())["applied"] == []


def test_a_comparison_fills_before_it_parts_the_years() -> None:
    done = sti.compare(
        tables.read(FILLED), model("impute=latest"), units=["北京"], years=["2021:2022"]
    )
    compared = json.loads(done.to_json())
    told_ = [[a["after"] for a in d["applied"]] for d in compared["data"]]
    assert told_ == [[10.0], [10.0]]
    assert "latest, share name: 1 filled" in done.to_text()


def test_a_ratio_rests_on_filled_quantities_and_says_so() -> None:
    ratio = tables.indicator(
        "openness", derive={"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
    )
    framework = with_methods(tables.framework(ratio), ["impute=latest"])
    head = ["unit", "year", "Trade value (万元)", "GDP (万元)"]
    rows = [head, ["北京", 2021, 20, 100], ["北京", 2022, None, 80], ["天津", 2021, 1, 10]]
    data = tables.read([*rows, ["天津", 2022, 2, None], ["河北", 2021, None, 5]], framework)
    trends = told(data, framework, node="openness")
    assert values(trends, "CN-BJ") == [20.0, 25.0]
    assert values(trends, "CN-TJ") == [10.0, 20.0]
    nodes = [(a["unit"], a["node"], a["after"]) for a in trends["applied"]]
    assert sorted(nodes) == [("CN-BJ", "trade", 20.0), ("CN-TJ", "gdp", 10.0)]


def test_a_ratio_that_still_lacks_a_part_is_no_filled_value() -> None:
    ratio = tables.indicator("openness", derive={"numerators": ["trade"], "denominators": ["gdp"]})
    framework = with_methods(tables.framework(ratio), ["impute=latest"])
    head = ["unit", "year", "Trade value (万元)", "GDP (万元)"]
    rows = [head, ["北京", 2021, 20, None], ["北京", 2022, None, None], ["天津", 2022, 2, 10]]
    card = sti.evaluate(tables.read(rows, framework), framework)
    (change,) = json.loads(card.to_json())["applied"]
    assert (change["unit"], change["node"], change["after"]) == ("CN-BJ", "trade", 20.0)


def test_a_cell_at_fault_is_not_papered_over() -> None:
    rows = [list(row) for row in FILLED]
    rows[2][2] = "about 12"
    found = sti.validate(tables.read(rows), model("impute=latest"))
    assert [f.code for f in found.errors] == ["D101"]
    tolerated = told(tables.read(rows), model("impute=latest"), node="share", tolerate=True)
    assert values(tolerated, "CN-BJ") == [10, None, 10]


def test_filling_twice_changes_nothing() -> None:
    framework = model("impute=latest", "impute.max_age=1")
    once = fill_along_years(framework, tables.read(FILLED))
    again = fill_along_years(framework, once)
    assert again.digest == once.digest
    assert int(((once.flags & Flag.ALONG_YEARS) > 0).sum()) == 1
