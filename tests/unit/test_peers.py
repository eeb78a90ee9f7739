"""Peers of a unit: who they are, its place among them, and units of similar income and size."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stiscore as sti
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.peers import Peers, nearest, others, rank_among
from stiscore.analysis.similar import LEAST_OTHERS, similar
from stiscore.dataset import Column
from stiscore.errors import StiscoreError, UsageError
from stiscore.methods.band import new_unit_band
from stiscore.methods.base import Array
from stiscore.peering import peers_of
from stiscore.report import jsonout
from stiscore.scorecard import Scorecard
from stiscore.words import Words
from tests import made
from tests.published import conforms


@cache
def card(name: str) -> Scorecard:
    return sti.evaluate(sti.read(sti.sample(name)), draws=0)


def row_of(told: Scorecard, unit: str) -> int:
    ids = [held.id for held in told.evaluated.scores.data.units]
    return ids.index(told.unit_id(unit))


def ids(evaluated: Evaluated, rows: Sequence[int]) -> list[str]:
    return [evaluated.scores.data.units[row].id for row in rows]


def peers(name: str, unit: str, *asked: Any, **more: Any) -> tuple[str, list[str]]:
    told = card(name)
    found = peers_of(told.evaluated, row_of(told, unit), *asked, **more)
    return found.id, ids(told.evaluated, found.rows)


def context(incomes: Array, sizes: Array, scores: Array) -> Evaluated:
    """A table of one indicator (its score on 0-100) beside income and size."""
    columns = {"p": scores / 10, "income": incomes, "size": sizes}
    kinds = tuple(Column(c, "indicator" if c == "p" else "context", c) for c in columns)
    tree = made.group("index", [made.group("area", [made.leaf("p")])])
    data = made.dataset({c: list(v) for c, v in columns.items()}, columns=kinds)
    return sti.evaluate(data, made.framework(tree), draws=0).evaluated


def random_table(seed: int, rows: int) -> Evaluated:
    rng = np.random.default_rng(seed)
    incomes, sizes = np.exp(rng.normal(9, 1, rows)), np.exp(rng.normal(3, 2, rows))
    return context(incomes, sizes, rng.uniform(5, 95, rows))


def test_own_group_is_the_first_that_has_others() -> None:
    found, units = peers("provinces", "江苏", "group")
    assert (found, units) == (
        "east",
        ["CN-BJ", "CN-TJ", "CN-HE", "CN-SH", "CN-ZJ", "CN-FJ", "CN-SD", "CN-GD", "CN-HI"],
    )
    # Of G20 members that the table has, all are ranked.
    assert peers("economies", "China", "group")[0] == "g20"
    # Hong Kong and Macao are in no table of provinces, so that the first group of both does.
    assert peers("provinces", "广东", "group")[0] == "east"


@pytest.mark.parametrize("asked", ["income_upper_middle", "Upper middle income"])
def test_a_group_by_name_is_the_same_as_a_group(asked: str) -> None:
    found = peers("economies", "China", asked)
    assert found == peers("economies", "China", (), "income_upper_middle")
    assert found[0] == "income_upper_middle"
    assert {"BRA", "MEX", "THA"} <= set(found[1])
    assert "CHN" not in found[1]


def test_a_group_may_be_one_the_unit_is_not_in() -> None:
    found, units = peers("economies", "China", "OECD")
    assert found == "oecd"
    assert "DEU" in units


@pytest.mark.parametrize("asked", ["浙江，广东,浙江、江苏", ["Zhejiang", "CN-GD"]])
def test_peers_by_name_stand_once_in_the_order_named(asked: str | list[str]) -> None:
    assert peers("provinces", "江苏", asked) == ("named_peers", ["CN-ZJ", "CN-GD"])


def test_units_that_are_not_ranked_are_no_peers_and_a_note_names_them() -> None:
    told = card("provinces")
    found = peers_of(told.evaluated, row_of(told, "江苏"), "西藏,浙江")
    assert ids(told.evaluated, found.rows) == ["CN-ZJ"]
    assert [note.en for note in found.notes] == ["Not ranked, so not among the peers: 西藏 Tibet."]


def test_without_a_wish_all_other_ranked_units_are_peers() -> None:
    found, units = peers("provinces", "江苏")
    assert found == "all"
    assert len(units) == 28
    assert {"CN-JS", "CN-XZ"} & set(units) == set()


def test_the_five_nearest_worked_out_anew() -> None:
    told = card("provinces")
    data, ranked = told.evaluated.scores.data, told.evaluated.ranked
    gdp, people = (
        data.values[:, data.ids.index(c)] for c in ("context_gdp_yi_yuan", "context_population_wan")
    )
    logs = np.log(np.column_stack([gdp / people, people]))
    z = (logs - logs[ranked].mean(axis=0)) / logs[ranked].std(axis=0)
    for unit in ("广东", "江苏"):
        row = row_of(told, unit)
        away = np.sqrt(((z - z[row]) ** 2).sum(axis=1))
        wanted = [r for r in np.argsort(away) if ranked[r] and r != row][:5]
        found = peers_of(told.evaluated, row, "nearest:5")
        assert (found.id, list(found.rows)) == ("nearest:5", wanted)
        assert found.source is None
        assert "context_population_wan" in found.notes[0].en


@given(st.integers(0, 1000), st.integers(3, 40), st.data())
def test_more_nearest_units_begin_with_the_fewer(seed: int, rows: int, data: st.DataObject) -> None:
    values = np.random.default_rng(seed).integers(0, 4, (rows, 2)).astype(float)
    row = data.draw(st.integers(0, rows - 1))
    among = np.random.default_rng(seed + 1).random(rows) < 0.8
    counts = [nearest(values, row, k, among) for k in range(rows)]
    for fewer, more in pairwise(counts):
        assert more[: len(fewer)] == fewer
    everyone = counts[-1]
    assert set(everyone) == set(np.flatnonzero(among).tolist()) - {row}
    away = [
        float((((values[r] - values[row]) / _spread(values[among])) ** 2).sum()) for r in everyone
    ]
    assert away == pytest.approx(sorted(away))
    # Equals stand as in the table.
    for (first, one), (second, other) in pairwise(zip(away, everyone, strict=True)):
        assert first < second or one < other


def test_nobody_is_near_where_nobody_counts() -> None:
    assert nearest(np.ones((3, 2)), 0, 2, np.zeros(3, dtype=np.bool_)) == ()


def _spread(values: Array) -> Array:
    spread = values.std(axis=0) if len(values) else np.ones(2)
    return np.where(spread > 0, spread, 1.0)


@given(st.integers(0, 100), st.sampled_from(["nearest:3", "nearest:7", (), "u1,u5,u0,u5"]))
def test_the_unit_is_never_its_own_peer_and_medians_are_numpys(seed: int, asked: Any) -> None:
    told = random_table(seed, 12)
    for row in range(12):
        found = peers_of(told, row, asked)
        assert row not in found.rows
        assert len(set(found.rows)) == len(found.rows) > 0
        held = told.scores.index[list(found.rows)]
        assert found.median(told.scores.index) == pytest.approx(np.median(held))
        above = int((held > told.scores.index[row]).sum())
        assert rank_among(told, row, found) == 1 + above


@pytest.mark.parametrize(
    ("name", "unit", "asked", "code"),
    [
        ("provinces", "江苏", "nearest:0", "U140"),
        ("provinces", "江苏", "nearest", "U140"),
        ("provinces", "江苏", "nearest:2.5", "U140"),
        ("provinces", "江苏", "nearest:-1", "U140"),
        ("provinces", "江苏", "", "U140"),
        ("provinces", "江苏", "nearest:29", "U190"),
        ("provinces", "江苏", "nearest:999999999", "U190"),
        ("full", "江苏", "nearest:1", "U191"),
        ("provinces", "江苏", "Jiangsuu", "U101"),
        ("provinces", "江苏", "江苏", "U148"),
    ],
)
def test_peers_that_cannot_be_found(name: str, unit: str, asked: str, code: str) -> None:
    told = card(name)
    with pytest.raises(UsageError) as refused:
        peers_of(told.evaluated, row_of(told, unit), asked)
    assert codes(refused.value) == [code]


def codes(error: StiscoreError) -> list[str]:
    return [finding.code for finding in error.findings]


def test_a_unit_without_income_has_no_nearest_ones() -> None:
    table = random_table(1, 6)
    data = table.scores.data
    values = data.values.copy()
    values[2, data.ids.index("income")] = 0.0
    lacking = sti.evaluate(replace(data, values=values), table.scores.fitted.framework, draws=0)
    with pytest.raises(UsageError, match=r"u2 has no positive value of income \(income\)"):
        peers_of(lacking.evaluated, 2, "nearest:2")
    assert 2 not in peers_of(lacking.evaluated, 0, "nearest:4").rows
    with pytest.raises(UsageError) as refused:
        peers_of(lacking.evaluated, 0, "nearest:5")
    assert codes(refused.value) == ["U190"]
    assert similar(lacking.evaluated, 2).reason == "no_figure"


def test_a_card_has_the_medians_of_its_peers() -> None:
    told = card("provinces")
    evaluated = told.evaluated
    found = peers_of(evaluated, row_of(told, "江苏"), "group")
    rows = list(found.rows)
    (unit,) = conforms(jsonout.scorecard(told.report_of("江苏", peers="group")))["units"]
    assert unit["peers"]["units"] == ids(evaluated, rows)
    assert unit["peers"]["rank"] == unit["rank_in_group"]["east"] == 5
    assert unit["peers"]["median"] == pytest.approx(np.median(evaluated.scores.index[rows]))
    assert unit["peers"]["gap_index_median"] == pytest.approx(np.median(evaluated.gaps.index[rows]))
    tree = evaluated.scores.fitted.tree
    for area in unit["groups"]:
        column = evaluated.scores.groups[rows, tree.ids.index(area["id"]) - tree.leaves]
        assert area["peer_median"] == pytest.approx(np.nanmedian(column))
    for gap in unit["gaps"]:
        column = evaluated.gaps.severity[rows, evaluated.gaps.ids.index(gap["id"])]
        if np.isnan(column).all():
            assert gap["peer_median"] is None
        else:
            assert gap["peer_median"] == pytest.approx(np.nanmedian(column))
    alone = conforms(told.to_json())["units"]
    assert {(u["peers"], u["similar"]) for u in alone} == {(None, None)}
    assert {g["peer_median"] for u in alone for g in (*u["groups"], *u["gaps"])} == {None}


def test_peers_of_nobody_are_refused() -> None:
    with pytest.raises(UsageError) as refused:
        card("provinces").report_of(peers="group")
    assert codes(refused.value) == ["U142"]


def test_comparisons_know_nearest_units_too() -> None:
    data = sti.read(sti.sample("economies"))
    told = json.loads(sti.compare(data, units=["China"], peers="nearest:5", draws=0).to_json())
    assert told["group"]["id"] == "nearest:5"
    assert told["group"]["peers"] == 5
    (place,) = told["units"][0]["tables"]
    assert place["rank_in_group"]["nearest:5"] == {"rank": 5, "of": 6}
    table = card("economies")
    found = peers_of(table.evaluated, row_of(table, "China"), "nearest:5")
    index = next(n for n in told["nodes"] if n["id"] == "openness")
    assert index["peers"]["median"] == pytest.approx(found.median(table.evaluated.scores.index))


def test_the_range_leaves_the_unit_itself_out() -> None:
    table = random_table(3, 40)
    data = table.scores.data
    logs = np.log(data.values[:, [data.ids.index("income"), data.ids.index("size")]])
    given = 0
    for row in range(40):
        others = np.arange(40) != row
        told = similar(table, row)
        inside = (logs[row] >= logs[others].min(axis=0)) & (logs[row] <= logs[others].max(axis=0))
        if not inside.all():
            assert (told.reason, told.low) == ("outside", None)
            continue
        given += 1
        band = new_unit_band(logs[others], table.scores.index[others], logs[row])
        assert told.others == 39
        assert (told.low, told.high) == pytest.approx((max(band.low, 0.0), min(band.high, 100.0)))
        score = table.scores.index[row]
        beyond = "below" if score < band.low else "above"
        assert told.where == ("within" if band.low <= score <= band.high else beyond)
    assert 30 < given < 40


def test_guards_of_the_range() -> None:
    assert similar(random_table(1, LEAST_OTHERS), 0).reason == "few"
    rng = np.random.default_rng(1)
    incomes, scores = np.exp(rng.normal(9, 1, 40)), rng.uniform(5, 95, 40)
    middle = int(np.argsort(incomes)[20])
    assert similar(context(incomes, incomes**2, scores), middle).reason == "alike"
    provinces = card("provinces")
    assert similar(provinces.evaluated, row_of(provinces, "西藏")).reason == "not_ranked"
    largest = similar(provinces.evaluated, row_of(provinces, "广东"))
    assert largest.reason == "outside"
    assert largest.why is not None
    assert largest.why.en.startswith("size outside")
    full = card("full")
    assert similar(full.evaluated, row_of(full, "北京")).reason == "no_columns"


def test_a_score_far_from_all_others_is_said_to_be_so() -> None:
    rng = np.random.default_rng(5)
    incomes, sizes = np.exp(rng.normal(9, 1, 40)), np.exp(rng.normal(3, 2, 40))
    scores = np.full(40, 50.0) + rng.normal(0, 1, 40)
    inner = int(np.argsort(np.abs(np.log(incomes) - 9) + np.abs(np.log(sizes) - 3))[0])
    for score, where in ((90.0, "above"), (10.0, "below"), (50.0, "within")):
        scores[inner] = score
        assert similar(context(incomes, sizes, scores), inner).where == where


@given(st.data())
def test_medians_of_all_others_are_those_of_each_row_by_itself(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 12))
    held = st.lists(st.sampled_from([1.0, 2.5, 7.0, 0.1 + 0.2, np.nan]), min_size=rows)
    values = np.array(data.draw(held)[:rows])
    ranked = np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)))
    told = others(values, ranked)
    for row in range(rows):
        alone = Peers("x", Words("", ""), tuple(int(r) for r in np.flatnonzero(ranked) if r != row))
        assert told.counts[row] == alone.having(values)
        median = alone.median(values)
        assert (None if np.isnan(told.medians[row]) else told.medians[row]) == median


def test_a_single_name_of_nobody_may_have_meant_a_group() -> None:
    with pytest.raises(UsageError, match="no unit or peer group '中高收入'"):
        peers("economies", "China", "中高收入")
    with pytest.raises(UsageError, match="no unit 'Atlantis'"):
        peers("economies", "China", "India,Atlantis")
