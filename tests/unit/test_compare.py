"""Units, files and years side by side: every figure against the scorecard it comes from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stiscore as sti
from stiscore.analysis.compare import contrast
from stiscore.analysis.editions import editions
from stiscore.analysis.pooled import pool
from stiscore.comparison import Comparison
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, UsageError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods
from stiscore.framework.peers import find_group
from tests import tables

Rows = Sequence[Sequence[object]]
HEAD = ["unit", "year", "share", "papers"]
PANEL: Rows = [
    HEAD,
    ["北京", 2021, 10, 3],
    ["北京", 2022, 20, 1],
    ["天津", 2021, 30, 2],
    ["天津", 2022, 15, 2],
    ["河北", 2021, 5, 9],
    ["河北", 2022, 6, 9],
]


@cache
def framework() -> Framework:
    return tables.framework()


def table(rows: Rows, file: str = "d.xlsx") -> Dataset:
    data = tables.read(rows)
    return replace(data, source=replace(data.source, file=file))


def told(data: Dataset | list[Dataset], **asked: Any) -> dict[str, Any]:
    return dict(json.loads(sti.compare(data, framework(), **asked).to_json()))


def node(comparison: dict[str, Any], id_: str, data: int = 0) -> dict[str, Any]:
    (found,) = (n for n in comparison["nodes"] if (n["id"], n["data"]) == (id_, data))
    return dict(found)


def codes(error: UsageError | DataInvalid) -> list[str]:
    return [f.code for f in error.findings]


@cache
def sample(name: str, *units: str) -> Comparison:
    return sti.compare(sti.read(sti.sample(name)), units=units)


numbers = st.one_of(st.none(), st.floats(0, 100), st.integers(0, 4).map(float))


@given(st.lists(st.tuples(numbers, st.booleans()), min_size=1, max_size=6), st.booleans())
def test_a_contrast(pairs: list[tuple[float | None, bool]], least: bool) -> None:
    values, counted = [v for v, _ in pairs], [c for _, c in pairs]
    seen = contrast(values, counted, 1e-7, least=least)
    held = [v for v, c in pairs if v is not None and c]
    assert [d is None for d in seen.differences] == [v is None or values[0] is None for v in values]
    if len(held) < 2:
        assert (seen.leaders, seen.last, seen.spread) == ((), None, None)
        return
    best, worst = (min(held), max(held)) if least else (max(held), min(held))
    assert seen.spread == max(held) - min(held)
    assert seen.last is not None
    assert values[seen.last] == worst
    near = [i for i, (v, c) in enumerate(pairs) if c and v is not None and abs(v - best) <= 1e-7]
    assert list(seen.leaders) == near


@given(st.lists(st.floats(0, 100), min_size=2, max_size=5))
def test_differences_add_up(values: list[float]) -> None:
    from_first = contrast(values, [True] * len(values), 1e-7).differences
    from_second = contrast(values[1:], [True] * (len(values) - 1), 1e-7).differences
    step = from_first[1]
    assert step is not None
    for whole, rest in zip(from_first[1:], from_second, strict=True):
        assert whole == pytest.approx(step + rest, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "units"),
    [("economies", ("Sweden", "China", "Singapore")), ("provinces", ("上海", "江苏", "贵州"))],
)
def test_figures_are_those_of_the_scorecard(name: str, units: tuple[str, ...]) -> None:
    card = sti.evaluate(sti.read(sti.sample(name)))
    compared = json.loads(sample(name, *units).to_json())
    scored = {u["id"]: u for u in json.loads(card.to_json())["units"]}
    assert [u["id"] for u in compared["units"]] == [card.unit_id(u) for u in units]
    for unit in compared["units"]:
        whole, (place,) = scored[unit["id"]], unit["tables"]
        for key in ("score", "rank", "ranked", "coverage", "gap_index"):
            assert place[key] == whole[key]
        assert unit["peer_groups"] == whole["peer_groups"]
        parts = {("group", g["id"]): g["score"] for g in whole["groups"]}
        parts |= {("gap", g["id"]): g["severity"] for g in whole["gaps"]}
        parts |= {("indicator", i["id"]): i["normalised"] for i in whole["indicators"]}
        mine = {(n["kind"], n["id"]): n["values"][unit["id"]] for n in compared["nodes"]}
        assert {key: mine[key]["score"] for key in parts} == parts
        assert set(mine) - set(parts) == {("index", "openness"), ("gap", "gap_index")}
        for i in whole["indicators"]:
            figure = mine["indicator", i["id"]]
            assert (figure["raw"], figure["rank"], figure["cells"]) == (
                i["raw"],
                i["rank"],
                i["cells"],
            )


@pytest.mark.parametrize(
    ("name", "units"),
    [("economies", ("Sweden", "China", "Singapore")), ("provinces", ("上海", "西藏", "贵州"))],
)
def test_who_leads_has_the_best_value_of_the_ranked(name: str, units: tuple[str, ...]) -> None:
    compared = json.loads(sample(name, *units).to_json())
    ranked = {u["id"] for u in compared["units"] if u["tables"][0]["ranked"]}
    led = 0
    for n in compared["nodes"]:
        scores = {u: n["values"][u]["score"] for u in ranked}
        held = [s for s in scores.values() if s is not None]
        best = min(held, default=None) if n["kind"] == "gap" else max(held, default=None)
        if n["leader"] is not None:
            led += 1
            assert scores[n["leader"]] == best
            assert n["spread"] == max(held) - min(held) > 0
        assert set(n["tied"]) <= ranked
    assert led > 5


def test_contributions_add_up_to_the_difference() -> None:
    compared = json.loads(sample("economies", "Sweden", "China", "Singapore").to_json())
    root = node(compared, "openness")["values"]
    areas = [n["values"] for n in compared["nodes"] if n["kind"] == "group"]
    for unit in ("CHN", "SGP"):
        apart = sum((a[unit]["contribution"] or 0) - (a["SWE"]["contribution"] or 0) for a in areas)
        assert apart == pytest.approx(root[unit]["difference"])
        assert root[unit]["difference"] == root[unit]["score"] - root["SWE"]["score"]


def test_the_widest_areas_come_first() -> None:
    report = sample("economies", "Sweden", "China", "Singapore").report
    spreads = sorted(n.spread or 0.0 for n in report.tables[0].lines if n.kind == "group")
    assert [w.by for w in report.widest] == spreads[:-4:-1]


def test_a_tie_has_no_leader() -> None:
    rows: Rows = [["unit", "share", "papers"], ["北京", 10, 1], ["天津", 10, 2], ["河北", 5, 2]]
    compared = told(table(rows), units=["北京", "天津", "河北"])
    tied = node(compared, "share")
    assert (tied["leader"], tied["tied"], tied["spread"]) == (None, ["CN-BJ", "CN-TJ"], 10.0)
    assert node(compared, "papers")["tied"] == ["CN-TJ", "CN-HE"]
    assert node(compared, "whole")["leader"] == "CN-TJ"
    text = sti.compare(table(rows), framework(), units=["北京", "天津"]).to_text()
    assert " tie" in text


def test_equal_units_differ_in_no_area() -> None:
    rows: Rows = [["unit", "share"], ["北京", 10], ["天津", 10], ["河北", 5]]
    comparison = sti.compare(table(rows), framework(), units=["北京", "天津"])
    assert comparison.report.widest == ()
    assert "No area differs." in comparison.to_text()


def test_what_is_not_measured_is_null_and_never_leads() -> None:
    rows: Rows = [
        ["unit", "share", "papers"],
        ["北京", None, None],
        ["天津", 10, 2],
        ["河北", 5, 3],
    ]
    comparison = sti.compare(table(rows), framework(), units=["北京", "天津", "河北"])
    compared = json.loads(comparison.to_json())
    for n in compared["nodes"]:
        figure = n["values"]["CN-BJ"]
        assert (figure["score"], figure["rank"], n["values"]["CN-TJ"]["difference"]) == (None,) * 3
        assert n["leader"] != "CN-BJ"
    assert node(compared, "share")["leader"] == "CN-TJ"
    assert "never 0" in comparison.to_text()
    assert "[-]" in comparison.to_text()
    rows_of_csv = csv.DictReader(io.StringIO(comparison.to_csv()))
    assert {r["score"] for r in rows_of_csv if r["unit"] == "CN-BJ"} == {""}


def test_peers_are_the_others_of_the_group() -> None:
    data = sti.read(sti.sample("provinces"))
    card = sti.evaluate(data)
    compared = json.loads(sti.compare(data, units=["江苏"], peers="group").to_json())
    east = find_group(card.fitted.framework, "regional", "east")
    others = {u.id: u for u in card.report.units if u.id in east.units and u.ranked}
    own = others.pop("CN-JS")
    assert compared["group"] == {
        "id": "east",
        "name": {"en": east.name.en, "zh": east.name.zh},
        "peers": len(others),
    }
    assert node(compared, "openness")["peers"]["median"] == pytest.approx(
        np.median([u.score or 0.0 for u in others.values()])
    )
    for area in (g for g in own.groups if g.parent):
        line = node(compared, area.id)
        held = [u.group(area.id).score for u in others.values()]
        scores = [s for s in held if s is not None]
        assert line["peers"]["having"] == len(scores)
        assert line["peers"]["median"] == pytest.approx(np.median(scores))
        figure = line["values"]["CN-JS"]
        assert figure["from_median"] == pytest.approx(area.score - np.median(scores))
        assert figure["rank_in_group"] == 1 + sum(s > (area.score or 0.0) for s in scores)
    gap = node(compared, "gap_index")
    severities = [u.gap_index for u in others.values() if u.gap_index is not None]
    assert gap["peers"]["median"] == pytest.approx(np.median(severities))
    assert gap["values"]["CN-JS"]["rank_in_group"] == 1 + sum(
        s < (own.gap_index or 0.0) for s in severities
    )
    (place,) = compared["units"][0]["tables"]
    assert place["rank_in_group"]["east"] == {"rank": own.rank_in_group["east"], "of": 10}


def test_peers_may_be_named() -> None:
    data = sti.read(sti.sample("provinces"))
    text = json.loads(sti.compare(data, units=["江苏"], peers="北京，浙江,江苏").to_json())
    listed = json.loads(sti.compare(data, units=["江苏"], peers=["北京", "CN-ZJ"]).to_json())
    assert text == listed
    assert (text["group"]["id"], text["group"]["peers"]) == ("named_peers", 2)
    (place,) = text["units"][0]["tables"]
    assert place["rank_in_group"]["named_peers"] == {"rank": 2, "of": 3}


def test_a_group_alone_shows_its_units_by_rank() -> None:
    data = sti.read(sti.sample("provinces"))
    report = sti.compare(data, group="东北地区").report
    assert [s.label for s in report.sides] == ["吉林", "辽宁", "黑龙江"]
    assert [g.rank for p in report.tables[0].places if p for g in p.groups[:1]] == [1, 2, 3]
    assert {n.kind for n in report.tables[0].lines} == {"index", "group", "gap"}


def test_without_names_all_units_stand_in_order() -> None:
    report = sti.compare(sti.read(sti.sample("provinces"))).report
    card = sti.evaluate(sti.read(sti.sample("provinces")))
    assert [s.id for s in report.sides] == [u.id for u in card.report.units]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"units": ["北京"]}, "U144"),
        ({"units": ["北京", "Beijing"]}, "U145"),
        ({"units": ["北京", "Pekin"]}, "U101"),
        ({"units": ["北京"], "peers": "nearest:3"}, "U191"),
        ({"units": ["北京"], "peers": "nearest:0"}, "U140"),
        ({"units": ["北京"], "peers": "nearest：some"}, "U140"),
        ({"units": ["北京"], "peers": "天津,"}, "U140"),
        ({"units": ["北京"], "peers": "天津", "group": "east"}, "U146"),
        ({"units": ["北京"], "peers": "北京"}, "U148"),
        ({"units": ["北京"], "group": "oest"}, "U101"),
        ({"peers": "group"}, "U142"),
        ({"years": ["2020"]}, "L114"),
        ({"years": ["2021:2030"]}, "L114"),
        ({"years": ["2022:2021"]}, "U103"),
    ],
)
def test_questions_that_have_no_answer(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as refused:
        told(table(PANEL), **asked)
    assert codes(refused.value) == [code]


def test_an_unknown_unit_has_a_suggestion() -> None:
    with pytest.raises(UsageError, match="did you mean 'Tianjin'"):
        told(table(PANEL), units=["北京", "Tianjn"])


def test_no_table_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        sti.compare([])
    assert codes(refused.value) == ["U149"]


def test_years_of_one_file() -> None:
    compared = told(table(PANEL), units=["北京"], years=["2021:2022"])
    assert [d["label"] for d in compared["data"]] == ["2021", "2022"]
    first, second = compared["units"][0]["tables"]
    assert first["change"] is None
    assert second["change"] == second["score"] - first["score"]
    assert second["rank_change"] == first["rank"] - second["rank"] != 0
    change = node(compared, "share", 1)["values"]["CN-BJ"]["change"]
    assert change == pytest.approx(20.0)
    assert compared == told(table(PANEL), units=["北京"], years=["all"])
    assert compared == told(table(PANEL), units=["北京"], years=["2022", "2021"])


def test_each_year_scores_as_it_does_alone_between_goalposts() -> None:
    compared = told(table(PANEL), years=["all"])
    for number, year in enumerate(("2021", "2022")):
        card = sti.evaluate(
            tables.read([r for r in PANEL if r[1] in {"year", int(year)}]), framework()
        )
        alone = {u.id: (u.score, u.rank) for u in card.report.units}
        held = {u["id"]: u["tables"][number] for u in compared["units"]}
        assert {u: (p["score"], p["rank"]) for u, p in held.items()} == alone


def test_without_a_year_the_latest_is_taken_and_noted() -> None:
    comparison = sti.compare(table(PANEL), framework(), units=["北京", "天津"])
    assert [t.report.provenance.period for t in comparison.report.tables] == ["2022"]
    assert "L105" in [f.code for f in comparison.findings]
    chosen = sti.compare(table(PANEL), framework(), years=["2022"])
    assert "L105" not in [f.code for f in chosen.findings]


def test_a_scale_from_the_sample_is_fitted_on_all_rows() -> None:
    model = with_methods(framework(), ["normalise=min-max"])
    report = sti.compare(table(PANEL), model, years=["all"]).report
    assert report.scale.rows == 6
    scores = {
        (side.id, t.label): line.figures[i]
        for t in report.tables
        for line in t.lines
        if line.kind == "index"
        for i, side in enumerate(report.sides)
    }
    # share runs from 5 to 30 and papers from 1 to 9 over both years.
    expected = 50 * (20 - 5) / 25 + 50 * (1 - 1) / 8
    figure = scores["CN-BJ", "2022"]
    assert figure is not None
    assert figure.score == pytest.approx(expected)
    assert "fitted on their 6 rows" in sti.compare(table(PANEL), model, years=["all"]).to_text()


def test_columns_that_some_tables_lack_are_left_out_and_said() -> None:
    old = table([["unit", "share", "papers"], ["北京", 10, 3], ["天津", 20, 1]], "old.xlsx")
    new = table(
        [["unit", "share", "papers", "index"], ["北京", 10, None, 1], ["天津", 30, None, 0]],
        "new.xlsx",
    )
    comparison = sti.compare([old, new], framework(), units=["北京"])
    compared = json.loads(comparison.to_json())
    assert compared["left_out"] == {"papers": ["new.xlsx"], "index": ["old.xlsx"]}
    first, second = compared["units"][0]["tables"]
    assert (first["score"], second["score"], second["change"]) == (20.0, 20.0, 0.0)
    assert second["rank_change"] is None
    found = [f.code for f in comparison.findings]
    assert (found.count("C331"), found.count("C334")) == (2, 1)
    text = comparison.to_text(width=300)
    assert "Left out: papers name (not in new.xlsx); index name (not in old.xlsx)." in text
    assert "No changes in rank" in text


def test_ranks_over_other_units_are_not_compared() -> None:
    old = table([["unit", "share"], ["北京", 10], ["天津", 20]], "old.xlsx")
    new = table([["unit", "share"], ["北京", 10], ["天津", 5], ["河北", 30]], "new.xlsx")
    comparison = sti.compare([old, new], framework())
    assert [f.code for f in comparison.findings if f.code.startswith("C33")] == ["C333"]
    places = comparison.report.tables[1].places
    assert [p and p.rank_change for p in places] == [None, None, None]
    assert [p and p.change for p in places] == [None, 0.0, -30.0]


def test_a_unit_of_one_file_only() -> None:
    old = table([["unit", "share"], ["北京", 10], ["天津", 20]], "old.xlsx")
    new = table([["unit", "share"], ["北京", 10], ["河北", 30]], "new.xlsx")
    comparison = sti.compare([old, new], framework(), units=["河北", "北京"])
    compared = json.loads(comparison.to_json())
    absent, there = compared["units"][0]["tables"]
    assert (absent["score"], absent["ranked"], there["change"]) == (None, False, None)
    assert node(compared, "share", 0)["values"]["CN-HE"] is None
    assert [f.fields["lacking"] for f in comparison.findings if f.code == "C336"] == ["old.xlsx"]
    assert "河北 Hebei is not in" in " ".join(comparison.to_text().split())
    rows = list(csv.DictReader(io.StringIO(comparison.to_csv())))
    assert {r["file"] for r in rows if r["unit"] == "CN-HE"} == {"new.xlsx"}


def test_a_change_over_other_indicators_is_marked() -> None:
    old = table([["unit", "share", "papers"], ["北京", 10, 5], ["天津", 20, 1]], "old.xlsx")
    new = table([["unit", "share", "papers"], ["北京", 10, 5], ["天津", 20, None]], "new.xlsx")
    comparison = sti.compare([old, new], framework())
    same = [p and p.same_cells for p in comparison.report.tables[1].places]
    assert sorted(same) == [False, True]
    assert "~" in comparison.to_text()


def test_levels_are_not_mixed() -> None:
    provinces = table([["unit", "share"], ["北京", 10], ["天津", 20]], "p.xlsx")
    economies = table([["unit", "share"], ["China", 10], ["Sweden", 20]], "e.xlsx")
    with pytest.raises(DataInvalid, match=r"p\.xlsx is of level 'regional', e\.xlsx of level 'nat"):
        sti.compare([provinces, economies], framework())


def test_a_unit_twice_under_one_label_is_refused() -> None:
    one = table([["unit", "share"], ["北京", 10], ["天津", 20]])
    with pytest.raises(DataInvalid) as refused:
        sti.compare([one, one], framework())
    assert codes(refused.value) == ["C330"]
    assert refused.value.findings[0].fields["second"] == "d.xlsx (2)"
    other = replace(one, source=replace(one.source, file="other.xlsx"))
    assert [t.label for t in sti.compare([one, other], framework()).report.tables] == [
        "d.xlsx",
        "other.xlsx",
    ]


def test_files_of_one_name_are_told_apart_by_their_years() -> None:
    parts = [[r for r in PANEL if r[1] in {"year", year}] for year in (2021, 2022)]
    labels = [e.label for e in editions([table(p) for p in parts])]
    assert labels == ["d.xlsx 2021", "d.xlsx 2022"]
    both = [e.label for e in editions([table(PANEL, "a.xlsx"), table(parts[1], "b.xlsx")], ["all"])]
    assert both == ["a.xlsx 2021", "a.xlsx 2022", "b.xlsx 2022"]


def test_no_common_column() -> None:
    one = table([["unit", "share"], ["北京", 10], ["天津", 20]], "a.xlsx")
    other = table([["unit", "papers"], ["北京", 1], ["天津", 2]], "b.xlsx")
    with pytest.raises(DataInvalid) as refused:
        sti.compare([one, other], framework())
    assert codes(refused.value) == ["C335"]


def test_errors_in_any_table_stop_the_comparison() -> None:
    good = table([["unit", "share"], ["北京", 10], ["天津", 20]], "a.xlsx")
    bad = table([["unit", "share"], ["北京", 134], ["天津", 20]], "b.xlsx")
    with pytest.raises(DataInvalid) as refused:
        sti.compare([good, bad], framework())
    assert "D203" in codes(refused.value)
    assert {f.location.file for f in refused.value.findings if f.location} == {"b.xlsx"}
    tolerated = sti.compare([good, bad], framework(), units=["天津"], tolerate=True)
    assert tolerated.report.tables[1].places[0] is not None


def test_a_saved_frame_stays_the_scale() -> None:
    model = with_methods(framework(), ["normalise=min-max"])
    whole = tables.read(PANEL)
    frame = sti.fit(model, whole)
    comparison = sti.compare(whole, years=["all"], frame=frame)
    alone = sti.evaluate(whole, frame=frame)
    assert comparison.report.scale.rows is None
    assert "the saved frame" in comparison.to_text()
    latest = {
        s.id: p
        for s, p in zip(comparison.report.sides, comparison.report.tables[1].places, strict=True)
    }
    for unit in alone.report.units:
        place = latest[unit.id]
        assert place is not None
        assert place.score == unit.score


def test_pooling_keeps_what_a_derived_column_is_made_of() -> None:
    derived = tables.indicator(
        "share", derive={"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
    )
    model = tables.framework(derived, tables.indicator("papers"))
    parts = tables.read(
        [
            ["unit", "进出口总额（万元）", "地区生产总值（万元）", "papers"],
            ["北京", 10, 100, 1],
            ["天津", 30, 100, 2],
        ],
        model,
    )
    given = tables.read([["unit", "share"], ["北京", 15], ["天津", 25]], model)
    pooled = pool(model, [parts, given])
    assert pooled.whole.ids == ("share",)
    assert pooled.whole.values[:, 0].tolist() == [10, 30, 15, 25]
    assert set(pooled.tables[0].ids) == {"share", "trade", "gdp"}
    assert dict(pooled.left_out) == {"papers": (1,)}
    place = pooled.tables[0].ids.index("share")
    assert [c.cell for c in pooled.tables[0].locations(0, place)] == ["B2", "C2"]


def test_labels_from_files_are_text_in_markdown() -> None:
    rows: list[list[object]] = [["unit", "share"], ["a|b <i>*x*", 10], ["[c](d)", 20]]
    data = tables.read(rows, level="regional", any_units=True)
    shown = sti.compare(data, framework(), units=["a|b <i>*x*", "[c](d)"]).to_markdown()
    assert "<i>" not in shown.replace("\\<i\\>", "")
    assert "\\[c\\](d)" in shown
    heads = [line for line in shown.splitlines() if line.startswith("| Area")]
    assert len(heads) == 1


def test_the_public_names() -> None:
    assert isinstance(sample("provinces", "上海", "江苏", "贵州"), sti.Comparison)
    assert sample("provinces", "上海", "江苏", "贵州").to_text("zh", 60).startswith("科技创新")
