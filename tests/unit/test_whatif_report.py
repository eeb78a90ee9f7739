"""What is told of a supposed change: every figure where it belongs, every remark in words."""

from __future__ import annotations

import csv
import io

import pytest

import stiscore as sti
from stiscore.io.scenarios import Scenario, given
from stiscore.report.whatif_json import HEAD
from stiscore.report.whatif_model import WhatIfReport
from stiscore.scorecard import Scorecard, Wanted
from stiscore.supposing import whatif
from stiscore.words import Lang
from tests.published import conforms
from tests.supposed import PLAIN, QUANTITIES, card, computed, framework


def remarks(told: WhatIfReport) -> list[str]:
    return [sentence.say("en") for sentence in told.remarks(told.outcomes[0])]


def told_of(changes: dict[str, str | float], unit: str = "天津") -> WhatIfReport:
    return whatif(card(computed()), unit, changes)


@pytest.fixture(scope="module")
def provinces() -> Scorecard:
    return sti.evaluate(sti.read(sti.sample("provinces")), draws=200)


def test_beyond_an_end_before_and_after_is_no_change(provinces: Scorecard) -> None:
    told = sti.whatif(provinces, "北京", {"tech_market_exchange_gdp": "+10%"})
    (remark,) = remarks(told)
    assert remark.endswith("already above the upper goalpost 8: no change in score.")
    only = told.outcomes[0]
    assert only.idle
    assert only.before == only.after
    assert "This changes nothing" in told.to_text("en")
    assert "该变动不改变任何结果" in told.to_text("zh")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (60, "reaches the upper goalpost 50; what goes beyond it has no effect."),
        (-20, "falls to the lower goalpost 0; what goes beyond it has no effect."),
        (20, "the figure is the same as before."),
    ],
)
def test_what_reaches_an_end_has_no_effect_beyond(value: float, sentence: str) -> None:
    assert remarks(told_of({"plain": value})) == [f"plain name: {sentence}"]


@pytest.mark.parametrize(
    ("before", "value", "sentence"),
    [
        (60, 20, "was above the upper goalpost 50; only what lies below it counts."),
        (-20, 20, "was below the lower goalpost 0; only what lies above it counts."),
        (-20, -10, "already below the lower goalpost 0: no change in score."),
    ],
)
def test_what_leaves_an_end_counts_from_there(before: float, value: float, sentence: str) -> None:
    held = {**computed(), "plain": [30, before, 10, 5, 45, 25]}
    assert remarks(whatif(card(held), "天津", {"plain": value})) == [f"plain name: {sentence}"]


def test_the_other_way_round_where_less_is_better() -> None:
    told = whatif(card(computed(), framework({"direction": "cost"})), "天津", {"plain": 60})
    assert remarks(told) == [
        "plain name: reaches the upper goalpost 50; what goes beyond it has no effect."
    ]
    change = told.outcomes[0].shifts[0].change
    assert change is not None
    assert change < 0


def test_a_scale_of_the_sample_stays_as_it_was_learned() -> None:
    held = card(computed(), framework(method={"normalise": {"id": "min-max"}}))
    told = whatif(held, "天津", {"plain": 60})
    shift = next(s for s in told.outcomes[0].shifts if s.id == "plain")
    # The smallest and the largest of the table as read are 5 and 45.
    assert shift.after.score == pytest.approx(100 * (60 - 5) / (45 - 5))
    assert "it stays as learned from the table as read" in told.to_text(width=400)
    assert "沿用按原表得出的标尺" in told.to_text("zh", width=400)
    assert conforms(told.to_json())["scale_from_sample"] is True


def test_a_class_that_the_value_stays_in_is_said() -> None:
    held = card(computed(), framework(method={"normalise": {"id": "categories"}}))
    assert remarks(whatif(held, "天津", {"plain": 21})) == [
        "plain name: its score is the same for both values."
    ]


def test_context_and_proxies_that_are_left_out_change_no_score(provinces: Scorecard) -> None:
    told = sti.whatif(provinces, "北京", {"财政科技支出占比": "x2"})
    assert told.outcomes[0].idle
    assert "never scored" in remarks(told)[0]
    full = sti.evaluate(sti.read(sti.sample("full")), draws=0)
    told = sti.whatif(full, "北京", {"sci_papers_per_100_rd_fte": "x0.5"})
    assert told.outcomes[0].idle
    assert "a proxy left out" in remarks(told)[0]


def test_the_new_rank_is_held_against_the_range(provinces: Scorecard) -> None:
    inside = sti.whatif(provinces, "北京", {"trade_gdp": "+1"})
    assert inside.inside(inside.outcomes[0]) is True
    assert "not distinguishable from where it stands" in inside.to_text(width=400)
    outside = sti.whatif(provinces, "四川", {"trade_gdp": 70, "gerd_abroad_share": 0.5})
    assert outside.inside(outside.outcomes[0]) is False
    assert "lies outside that range" in outside.to_text(width=400)
    assert "已在该区间之外" in outside.to_text("zh", 400)
    none = whatif(card(computed()), "天津", {"plain": 30})
    assert none.inside(none.outcomes[0]) is None
    assert "not distinguishable" not in none.to_text(width=400)


def test_who_is_overtaken_is_named_with_its_score(provinces: Scorecard) -> None:
    told = sti.whatif(provinces, "四川", {"trade_gdp": 70, "gerd_abroad_share": 0.5})
    only = told.outcomes[0]
    passed = [told.unit(row) for row in only.overtaken]
    assert [u.rank for u in passed] == [*range(only.after.rank or 0, only.before.rank or 0)]
    text = told.to_text(width=400)
    for unit in passed:
        assert f"{unit.label} {unit.name_en} ({unit.score:.1f})" in text
    back = sti.whatif(provinces, "江苏", {"trade_gdp": 0, "gerd_abroad_share": 0.0}).outcomes[0]
    assert back.overtaking
    assert not back.overtaken


def test_a_unit_may_come_into_the_ranks_and_leave_them() -> None:
    few = {"min_unit_coverage": 0.9, "max_areas_missing": 0}
    held = card(
        {**computed(), "plain": [30, None, 10, 5, 45, 25]}, framework(method={"coverage": few})
    )
    told = whatif(held, "天津", {"plain": 20})
    only = told.outcomes[0]
    assert (only.before.rank, only.ranked) == (None, (5, 6))
    assert only.after.rank is not None
    assert "not ranked before, now rank" in told.to_text()
    rest = {q: QUANTITIES[q] for q in ("sold", "bought", "gdp")}
    taken = whatif(
        card(
            {**rest, "share": computed()["share"], "out": computed()["out"], **PLAIN},
            framework(method={"coverage": few}),
        ),
        "天津",
        {"gdp": 0},
    )
    assert taken.outcomes[0].after.rank is None
    assert "now not ranked" in taken.to_text()


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_json_csv_and_text_tell_the_same(lang: Lang) -> None:
    told = told_of({"funds_abroad": "x2", "plain": 30})
    held = conforms(told.to_json())
    only = told.outcomes[0]
    assert held["before"] == {
        "score": only.before.score, "rank": only.before.rank,
        "gap_index": only.before.gap_index, "coverage": 1,
    }  # fmt: skip
    assert held["after"] == held["scenarios"][0]["after"]
    rows = [*csv.DictReader(io.StringIO(told.to_csv()))]
    assert tuple(rows[0]) == HEAD
    index = next(row for row in rows if row["kind"] == "index")
    assert float(index["score_after"]) == only.after.score
    share = next(row for row in rows if row["node"] == "share")
    figure = next(f for f in held["scenarios"][0]["figures"] if f["id"] == "share")
    assert (float(share["before"]), float(share["after"])) == (figure["from"], figure["to"])
    part = next(row for row in rows if row["node"] == "funds_abroad")
    assert (part["change"], part["before"], float(part["factor"])) == ("x2", "", 2)
    assert f"{only.after.score:.1f}" in told.to_text(lang)
    assert f"{only.after.score:.1f}" in told.to_markdown(lang)


def test_points_that_a_change_adds_sum_to_that_of_the_index() -> None:
    only = told_of({"funds_abroad": "x2", "plain": 30, "out": "+2"}).outcomes[0]
    changes = [
        (s.after.points or 0) - (s.before.points or 0) for s in only.shifts if s.kind == "indicator"
    ]
    assert only.shifts[0].change == pytest.approx(sum(changes), abs=1e-12)


def test_several_scenarios_stand_in_one_table() -> None:
    told = whatif(
        card(computed()),
        "天津",
        {"more": {"plain": "x2", "funds_abroad": "x3"}, "less": {"plain": "x0.5"}},
    )
    assert [o.scenario for o in told.outcomes] == ["more", "less"]
    held = conforms(told.to_json())
    assert (held["before"], held["after"]) == (None, None)
    text = told.to_text(width=200)
    for outcome in told.outcomes:
        row = next(line for line in text.splitlines() if line.startswith(str(outcome.scenario)))
        assert f" {outcome.after.score:.1f} " in row
    assert "(as it is)" in text


def test_scenarios_may_be_of_several_units() -> None:
    asked = [
        Scenario("a", None, given({"plain": 30.0})),
        Scenario("b", "河北", given({"plain": 30.0})),
    ]
    told = whatif(card(computed()), "天津", asked)
    assert [told.unit(o.row).label for o in told.outcomes] == ["天津", "河北"]
    assert told.to_text(width=200).count("(as it is)") == 2
    with pytest.raises(sti.UsageError, match="names no unit"):
        whatif(card(computed()), None, asked)


def test_ranges_are_those_of_the_card() -> None:
    held = card(computed(), variants=Wanted(50, 3))
    told = whatif(held, "天津", {"plain": "+1"})
    assert held.ranges is not None
    assert told.ranges == {1: tuple(held.ranges.root.ranks[1])}
