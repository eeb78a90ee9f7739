"""Units over the years: every figure worked out again from the panel it comes from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stiscore as sti
from stiscore.dataset import Dataset
from stiscore.errors import UsageError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from tests import tables

Rows = Sequence[Sequence[object]]
HEAD = ["unit", "year", "share", "papers"]
PANEL: Rows = [
    HEAD,
    ["北京", 2019, 10, 3],
    ["北京", 2020, 20, 1],
    ["北京", 2022, 40, 2],
    ["天津", 2019, 30, 2],
    ["天津", 2020, 15, 2],
    ["天津", 2022, None, 2],
    ["河北", 2020, 5, 9],
    ["河北", 2022, 6, 9],
]


def model(*methods: str) -> Framework:
    """Share and papers between goalposts 0-50, half an area each."""
    return with_methods(tables.framework(), list(methods))


def told(
    data: Dataset | None = None, framework: Framework | None = None, **asked: Any
) -> dict[str, Any]:
    done = sti.trends(data or tables.read(PANEL), framework or model(), **asked)
    return dict(json.loads(done.to_json()))


def unit(trends: dict[str, Any], id_: str) -> dict[str, Any]:
    (found,) = (u for u in trends["units"] if u["id"] == id_)
    return dict(found)


def values(trends: dict[str, Any], id_: str) -> list[float | None]:
    return [v["value"] for v in unit(trends, id_)["values"]]


def codes(trends: dict[str, Any]) -> list[str]:
    return [f["code"] for f in trends["findings"]]


def refused(**asked: Any) -> list[str]:
    with pytest.raises(UsageError) as fault:
        told(**asked)
    return [f.code for f in fault.value.findings]


def test_the_index_is_followed_over_all_years() -> None:
    trends = told()
    assert trends["years"] == ["2019", "2020", "2022"]
    # Goalposts 0-50, two indicators of equal weight.
    assert values(trends, "CN-BJ") == pytest.approx([13.0, 21.0, 42.0])
    beijing = unit(trends, "CN-BJ")
    assert beijing["change"] == pytest.approx(29.0)
    assert beijing["cagr"] == pytest.approx((42 / 13) ** (1 / 3) - 1)
    slope, start = np.polyfit([0, 1, 3], [13.0, 21.0, 42.0], 1)
    assert beijing["trend"] == pytest.approx(slope)
    assert beijing["trend_share"] == pytest.approx(slope / start)
    assert (beijing["years"], beijing["from"], beijing["to"]) == (3, "2019", "2022")


def test_a_year_that_is_not_there_is_missing_and_not_filled() -> None:
    hebei = unit(told(), "CN-HE")
    assert [v["value"] for v in hebei["values"]] == [None, pytest.approx(14.0), pytest.approx(15.0)]
    assert (hebei["years"], hebei["from"], hebei["to"]) == (2, "2020", "2022")
    assert hebei["cagr"] == pytest.approx((15 / 14) ** (1 / 2) - 1)
    assert not any(v["filled"] for v in hebei["values"])


def test_every_year_scores_and_ranks_as_it_does_alone_between_goalposts() -> None:
    trends = told()
    for place, year in enumerate(trends["years"]):
        rows = [r for r in PANEL if r[1] in {"year", int(year)}]
        card = sti.evaluate(tables.read(rows), model())
        for each in card.report.units:
            point = unit(trends, each.id)["values"][place]
            assert (point["value"], point["ranked"]) == (each.score, each.ranked)
            if year == "2022":
                assert unit(trends, each.id)["rank"] == each.rank


def test_units_without_a_rank_come_last_and_have_none() -> None:
    trends = told()
    ranks = [u["rank"] for u in trends["units"]]
    assert ranks == [1, 2, None]
    # Half of its weight is below the 66 % a rank needs; its last score stands in brackets.
    assert [v["ranked"] for v in unit(trends, "CN-TJ")["values"]] == [True, True, False]
    assert "[4.0]" in sti.trends(tables.read(PANEL), model()).to_text()


def test_a_change_over_other_indicators_is_marked() -> None:
    trends = told()
    assert unit(trends, "CN-TJ")["same_indicators"] is False
    assert unit(trends, "CN-BJ")["same_indicators"] is True
    text = sti.trends(tables.read(PANEL), model()).to_text()
    (line,) = (line for line in text.splitlines() if line.startswith("天津"))
    assert "-28.00~" in line
    assert "not the same indicators have values" in text


def test_an_indicator_is_shown_as_measured() -> None:
    trends = told(node="share")
    assert trends["node"]["values"] == "raw"
    assert values(trends, "CN-BJ") == [10, 20, 40]
    assert unit(trends, "CN-BJ")["cagr"] == pytest.approx(4 ** (1 / 3) - 1)
    assert values(trends, "CN-TJ") == [30, 15, None]
    assert unit(trends, "CN-TJ")["change"] == -15


def test_a_column_that_a_year_lacks_is_not_scored_but_may_be_followed() -> None:
    rows = [["unit", "year", "share", "papers"], ["北京", 2020, 10, 3], ["北京", 2021, 20, None]]
    data = tables.read(rows)
    scored = told(data)
    assert scored["left_out"] == {"papers": ["2021"]}
    assert "C331" in codes(scored)
    assert values(scored, "CN-BJ") == [20.0, 40.0]
    followed = told(data, node="papers")
    assert values(followed, "CN-BJ") == [3, None]


@pytest.mark.parametrize(
    ("given", "node", "kind"),
    [("area", "area", "group"), ("share name", "share", "indicator"), ("whole", "whole", "index")],
)
def test_nodes_by_id_and_name(given: str, node: str, kind: str) -> None:
    found = told(node=given)["node"]
    assert (found["id"], found["kind"]) == (node, kind)


def test_context_may_be_followed_and_has_no_rank() -> None:
    rows = [[*HEAD, "fiscal"], ["北京", 2020, 10, 3, 7], ["北京", 2021, 20, 3, 8]]
    trends = told(tables.read(rows), node="fiscal")
    assert values(trends, "CN-BJ") == [7, 8]
    assert unit(trends, "CN-BJ")["rank"] is None


def test_a_rate_needs_values_above_zero() -> None:
    rows = [["unit", "year", "share"], ["北京", 2020, 0], ["北京", 2021, 5]]
    found = unit(told(tables.read(rows), node="share"), "CN-BJ")
    assert (found["change"], found["trend"], found["cagr"]) == (5, 5, None)


@pytest.mark.parametrize(
    "methods", [["normalise=min-max"], ["normalise.range=10,100"], ["normalise=z-score"]]
)
def test_no_rate_on_a_scale_without_a_zero_of_its_own(methods: list[str]) -> None:
    trends = told(framework=model(*methods))
    beijing = unit(trends, "CN-BJ")
    assert (beijing["cagr"], beijing["trend_share"]) == (None, None)
    assert beijing["change"] is not None
    assert beijing["trend"] is not None
    text = sti.trends(tables.read(PANEL), model(*methods)).to_text()
    assert "No growth rates" in text
    assert "Growth a year" not in text


def test_scales_of_each_year_give_scores_and_no_change() -> None:
    minmax = model("normalise=min-max")
    trends = told(framework=minmax, scale="each")
    assert trends["scale"] == {"of": "each", "rows": None, "learned": ["normalise min-max"]}
    beijing = unit(trends, "CN-BJ")
    assert [beijing[k] for k in ("change", "cagr", "trend", "trend_share")] == [None] * 4
    for place, year in enumerate(trends["years"]):
        rows = [r for r in PANEL if r[1] in {"year", int(year)}]
        alone = {u.id: u.score for u in sti.evaluate(tables.read(rows), minmax).report.units}
        held = {u["id"]: u["values"][place]["value"] for u in trends["units"]}
        assert {k: v for k, v in held.items() if k in alone} == alone
    assert codes(trends).count("C337") == 1
    text = sti.trends(tables.read(PANEL), minmax, scale="each").to_text()
    assert "No change of a score or a rank is given" in text
    (note,) = (f for f in trends["findings"] if f["code"] == "C337")
    assert "各年的标尺" in note["message"]["zh"]
    assert note["fields"]["table_or_year"] == "year"
    assert "Change" not in text


def test_between_goalposts_all_scales_agree() -> None:
    pooled, *others = (told(scale=scale) for scale in ("pooled", "each", "2020"))
    for other in others:
        assert other["units"] == pooled["units"]
        assert "C337" not in codes(other)


@pytest.mark.parametrize(
    "method",
    [
        "treat=iqr-fence",
        "impute=median",
        "weight=standard-deviation",
        "aggregate=copeland",
        "normalise.share=min-max",
        "weight.level1=entropy",
    ],
)
def test_whatever_learns_from_the_rows_withholds_changes(method: str) -> None:
    trends = told(framework=model(method), scale="each")
    stage = method.partition("=")[0].partition(".")[0]
    (learned,) = trends["scale"]["learned"]
    assert learned.startswith(stage)
    assert "C337" in codes(trends)
    assert all(u["change"] is None for u in trends["units"])


def test_an_indicator_as_measured_has_changes_on_any_scale() -> None:
    trends = told(framework=model("normalise=min-max"), scale="each", node="share")
    assert unit(trends, "CN-BJ")["change"] == 30
    assert "C337" not in codes(trends)


def test_one_year_can_be_the_scale() -> None:
    trends = told(framework=model("normalise=min-max"), scale="2020")
    assert trends["scale"]["rows"] == 3
    # In 2020 share runs from 5 to 20 and papers from 1 to 9.
    beijing = [50 * (s - 5) / 15 + 50 * (p - 1) / 8 for s, p in ((10, 3), (20, 1), (40, 2))]
    assert values(trends, "CN-BJ") == pytest.approx(beijing)
    assert "fitted on the 3 rows of 2020" in sti.trends(
        tables.read(PANEL), model("normalise=min-max"), scale="2020"
    ).to_text(width=200)


def test_what_cannot_be_followed_is_refused() -> None:
    assert refused(scale="2021") == ["U101"]
    assert refused(node="talnt") == ["U101"]
    assert refused(node="index") == ["U106"]
    assert refused(units=["Atlantis"]) == ["U101"]
    assert refused(years="2020") == ["U151"]
    assert refused(years="2019:2021") == ["L114"]
    assert refused(data=tables.read([["unit", "share"], ["北京", 1]])) == ["L114"]


def test_a_saved_frame_takes_no_other_scale() -> None:
    frame = sti.fit(model("normalise=min-max"), tables.read(PANEL))
    assert refused(frame=frame, scale="each") == ["U150"]
    trends = told(frame=frame)
    assert trends["frame"] == frame.reference.digest[:12]


def test_a_row_without_a_year_is_told() -> None:
    trends = told(tables.read([*PANEL, ["北京", "average", 99, 9]]))
    assert values(trends, "CN-BJ") == pytest.approx([13.0, 21.0, 42.0])
    (found,) = (f for f in trends["findings"] if f["code"] == "C338")
    assert found["fields"]["count"] == 1


def test_named_units_in_their_order_and_what_they_lack() -> None:
    trends = told(units=["河北", "北京"])
    assert [u["id"] for u in trends["units"]] == ["CN-HE", "CN-BJ"]
    (found,) = (f for f in trends["findings"] if f["code"] == "C336")
    assert found["fields"]["lacking"] == "2019"


def test_csv_and_markdown_hold_the_same_figures() -> None:
    done = sti.trends(tables.read(PANEL), model())
    trends = json.loads(done.to_json())
    rows = list(csv.DictReader(io.StringIO(done.to_csv())))
    assert [row["unit"] for row in rows] == [u["id"] for u in trends["units"]]
    for row, each in zip(rows, trends["units"], strict=True):
        shown = [float(row[year]) if row[year] else None for year in trends["years"]]
        assert shown == [v["value"] for v in each["values"]]
        assert float(row["change"]) == each["change"]
    assert rows[2]["flags"] == "other_indicators;unranked"
    lines = done.to_markdown().splitlines()
    body = lines[next(n for n, line in enumerate(lines) if line.startswith("| ---")) + 1 :]
    for line, each in zip(body, trends["units"], strict=False):
        cells = [cell.strip(" []\\") for cell in line.split("|")]
        assert cells[2:5] == [
            "-" if v["value"] is None else f"{v['value']:.1f}" for v in each["values"]
        ]


@given(
    figures=st.lists(st.floats(0.5, 50, width=32), min_size=2, max_size=6),
    first=st.integers(1990, 2000),
)
def test_change_rate_and_trend_of_any_series(figures: list[float], first: int) -> None:
    rows = [["unit", "year", "share"]]
    rows += [["北京", first + n, value] for n, value in enumerate(figures)]
    found = unit(told(tables.read(rows), node="share"), "CN-BJ")
    assert found["change"] == figures[-1] - figures[0]
    grown = figures[0] * (1 + found["cagr"]) ** (len(figures) - 1)
    assert grown == pytest.approx(figures[-1], rel=1e-9)
    slope = np.polyfit(np.arange(len(figures)), figures, 1)[0]
    assert found["trend"] == pytest.approx(slope, rel=1e-6, abs=1e-7)
