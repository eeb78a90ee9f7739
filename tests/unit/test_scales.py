"""Several tables on one scale, on that of one of them, or each on its own."""

from __future__ import annotations

import json

import pytest

import stiscore as sti
from stiscore.errors import UsageError
from stiscore.framework.override import with_methods
from tests.unit.test_compare import PANEL, codes, framework, table, told


def test_every_table_may_stand_on_its_own_scale() -> None:
    model = with_methods(framework(), ["normalise=min-max"])
    comparison = sti.compare(table(PANEL), model, units=["北京"], years=["all"], scale="each")
    compared = json.loads(comparison.to_json())
    for number, year in enumerate(("2021", "2022")):
        rows = [r for r in PANEL if r[1] in {"year", int(year)}]
        alone = {u.id: u for u in sti.evaluate(table(rows), model).report.units}["CN-BJ"]
        place = compared["units"][0]["tables"][number]
        assert (place["score"], place["rank"]) == (alone.score, alone.rank)
        assert (place["change"], place["rank_change"]) == (None, None)
    steps = [v["change"] for n in compared["nodes"] for v in n["values"].values()]
    assert set(steps) == {None}
    (bar,) = (f for f in comparison.findings if f.code.startswith("C33"))
    assert (bar.code, bar.fields["methods"]) == ("C337", "normalise min-max")
    text = comparison.to_text(width=300)
    assert "No change of a score or a rank is given" in text
    assert "Changes are from" not in text
    assert "Change" not in text.replace("Changes", "")


def test_one_table_may_be_the_scale_of_all() -> None:
    model = with_methods(framework(), ["normalise=min-max"])
    comparison = sti.compare(table(PANEL), model, years=["all"], scale="2021")
    compared = json.loads(comparison.to_json())
    assert compared["scale"] == {"of": "2021", "rows": 3, "learned": ["normalise min-max"]}
    held = {u["id"]: u["tables"][1] for u in compared["units"]}
    # In 2021 share runs from 5 to 30 and papers from 2 to 9.
    expected = 50 * (20 - 5) / 25 + 50 * (1 - 2) / 7
    assert held["CN-BJ"]["score"] == pytest.approx(expected)
    assert held["CN-BJ"]["change"] is not None
    assert "fitted on the 3 rows of 2021" in comparison.to_text(width=200)


def test_between_goalposts_the_scale_of_each_table_is_the_same() -> None:
    pooled, each, one = (
        told(table(PANEL), years=["all"], scale=s) for s in ("pooled", "each", "2022")
    )
    assert each["units"] == pooled["units"] == one["units"]
    assert each["nodes"] == pooled["nodes"] == one["nodes"]


def test_a_scale_that_is_no_table_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageError) as refused:
        sti.compare(table(PANEL), framework(), years=["all"], scale="1066")
    assert codes(refused.value) == ["U101"]
    assert "there are: 2021, 2022, each, pooled" in str(refused.value)
