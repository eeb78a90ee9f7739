"""The audit's correlations, on columns whose relations are known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stiscore.analysis.audit.correlations import correlations
from stiscore.analysis.audit.relations import state_of
from stiscore.analysis.evaluated import Evaluated
from tests import made
from tests.unit.audited import NAN, NOISE, TIMES, by_id, cells, evaluated, of_areas, says, state


@pytest.fixture(scope="module")
def known() -> Evaluated:
    """Two areas: a twin pair, one that runs against them, and a stray that belongs to the other."""
    return of_areas(
        {
            "a": {
                "up": TIMES,
                "twin": TIMES * 2 + 1,
                "down": -TIMES + NOISE / 10,
                "stray": NOISE,
            },
            "b": {"far": NOISE * 3, "home": NOISE + TIMES / 10},
            "c": {"lone": (TIMES - 5.5) ** 2},
        }
    )


def test_pairs_within_areas_are_all_there_and_judged(known: Evaluated) -> None:
    within = by_id(correlations(known.scores))["correlations-within"]
    assert len(within.rows) == 6 + 1
    firsts = zip(within.column("first"), within.column("second"), strict=True)
    told = dict(zip(((a.en, b.en) for a, b in firsts), within.rows, strict=True))  # type: ignore[union-attr]
    _, _, _, r, n, remark = told["up (up)", "twin (twin)"]
    assert r == pytest.approx(1)
    assert (n, remark) == (12, state("redundant"))
    assert told["up (up)", "down (down)"][5] == state("negative")
    assert told["up (up)", "stray (stray)"][5] == state("silent")
    assert "saying the same: 2, running against each other: 2" in within.verdict.en


def test_in_a_deep_tree_an_indicator_is_held_against_its_own_group() -> None:
    far = NOISE - TIMES / 20
    columns = {"p": TIMES, "q": TIMES + NOISE / 9, "r": NOISE, "s": far, "t": (TIMES - 5.5) ** 2}
    leaf = {i: made.leaf(i, goalposts=[-100, 100]) for i in columns}
    tree = made.group(
        "index",
        [
            made.group(
                "top",
                [made.group("a", [leaf["p"], leaf["q"]]), made.group("b", [leaf["r"], leaf["s"]])],
            ),
            made.group("side", [made.group("c", [leaf["t"]])]),
        ],
    )
    scores = evaluated(made.framework(tree), made.dataset(columns)).scores
    told = by_id(correlations(scores))
    within = told["correlations-within"]
    firsts = zip(within.column("area"), within.column("first"), strict=True)
    assert [(a.en, b.en) for a, b in firsts] == [("a (a)", "p (p)"), ("b (b)", "r (r)")]  # type: ignore[union-attr]
    rests = told["correlations-indicators"]
    area, with_rest, other = cells(rests, "p", "area", "with_rest", "other")
    assert (area.en, other.en) == ("a (a)", "b (b)")
    scored = scores.normalised
    assert with_rest == pytest.approx(np.corrcoef(scored[:, 0], scored[:, 1])[0, 1])
    assert cells(rests, "t", "area", "state")[1] == state("alone")
    areas = told["correlations-areas"]
    pairs = [(a.en, b.en) for a, b, *_ in areas.rows]  # type: ignore[union-attr]
    assert pairs == [("top (top)", "side (side)"), ("a (a)", "b (b)")]
    assert all(any("within groups" in n.en for n in told[t].notes) for t in told if "red" not in t)


def test_a_group_around_or_within_its_own_is_no_other_group() -> None:
    columns = {"x": TIMES, "y": TIMES + NOISE, "z": NOISE}
    leaf = {i: made.leaf(i, goalposts=[-100, 100]) for i in columns}
    inner = made.group("inner", [leaf["y"], leaf["z"]])
    tree = made.group("index", [made.group("outer", [leaf["x"], inner])])
    scores = evaluated(made.framework(tree), made.dataset(columns)).scores
    rests = by_id(correlations(scores))["correlations-indicators"]
    assert rests.column("other") == (None, None, None)
    (with_rest,) = cells(rests, "x", "with_rest")
    # Each of the two holds half of the inner group.
    wanted = np.corrcoef(TIMES, TIMES + 2 * NOISE)[0, 1]
    assert with_rest == pytest.approx(wanted)


def test_the_same_said_twice_is_found_across_areas(known: Evaluated) -> None:
    redundant = by_id(correlations(known.scores))["correlations-redundant"]
    pairs = {(a.en, b.en) for a, b, *_ in redundant.rows}  # type: ignore[union-attr]
    assert pairs == {
        ("up (up)", "twin (twin)"),
        ("stray (stray)", "far (far)"),
        ("stray (stray)", "home (home)"),
        ("far (far)", "home (home)"),
    }
    rs = redundant.column("r")
    assert list(rs) == sorted(rs, reverse=True)  # type: ignore[type-var]
    assert says(redundant.verdict, "redundant_some")


def test_an_indicator_is_judged_by_the_rest_of_its_area(known: Evaluated) -> None:
    told = by_id(correlations(known.scores))["correlations-indicators"]
    scored = known.scores.normalised
    rest = scored[:, [1, 2, 3]].mean(axis=1)
    n, with_rest, with_area = cells(told, "up", "n", "with_rest", "with_area")
    assert n == 12
    assert with_rest == pytest.approx(np.corrcoef(scored[:, 0], rest)[0, 1])
    whole = scored[:, :4].mean(axis=1)
    assert with_area == pytest.approx(np.corrcoef(scored[:, 0], whole)[0, 1])
    assert cells(told, "down", "state") == (state("negative"),)
    other, remark = cells(told, "stray", "other", "state")
    assert other.en == "b (b)"
    assert remark == state("silent")
    assert cells(told, "lone", "n", "with_rest", "state") == (None, None, state("alone"))
    assert "Of 6 indicators with siblings" in told.verdict.en
    assert any("alone in its area" in note.en for note in told.notes)


def test_the_rest_of_an_area_is_weighted_and_needs_enough_of_its_weight() -> None:
    half = np.where(TIMES < 6, TIMES, NAN)
    weighted = {"p": 1.0, "q": 3.0, "r": 1.0}
    leaves = [made.leaf(i, goalposts=[0, 100], weight=w) for i, w in weighted.items()]
    tree = made.group("index", [made.group("a", leaves)])
    data = made.dataset({"p": TIMES, "q": half, "r": NOISE})
    told = correlations(evaluated(made.framework(tree), data).scores)
    rests = by_id(told)["correlations-indicators"]
    # Without q, r holds a quarter of the weight beside p: too little for the last six rows.
    n, with_rest = cells(rests, "p", "n", "with_rest")
    assert n == 6
    wanted = np.corrcoef(TIMES[:6], 3 * TIMES[:6] + NOISE[:6])[0, 1]
    assert with_rest == pytest.approx(wanted)
    n, with_rest = cells(rests, "q", "n", "with_rest")
    assert n == 6
    assert with_rest == pytest.approx(np.corrcoef(TIMES[:6], (TIMES + NOISE)[:6])[0, 1])


@pytest.mark.parametrize(
    ("r", "n", "kind", "told"),
    [
        (0.921, 31, "pearson", "redundant"),
        (0.92, 31, "pearson", None),
        (0.3, 31, "pearson", None),
        (0.299, 31, "pearson", "silent"),
        (-0.299, 31, "pearson", "silent"),
        (-0.3, 31, "pearson", "negative"),
        (-0.2, 109, "pearson", "negative"),
        (-0.26, 31, "pearson", "silent"),
        (-0.26, 31, "kendall", "negative"),
        (-0.9, 4, "pearson", "few"),
        (NAN, 31, "pearson", "constant"),
    ],
)
def test_what_a_correlation_amounts_to(r: float, n: int, kind: Any, told: str | None) -> None:
    assert state_of(r, n, kind) == told


def test_an_indicator_goes_elsewhere_only_by_a_clear_margin() -> None:
    mixed = {"own": TIMES, "close": 0.8 * TIMES + 0.6 * NOISE}
    clear = by_id(correlations(of_areas({"a": mixed, "b": {"other": NOISE + TIMES}}).scores))
    told = clear["correlations-indicators"]
    with_rest, with_other, remark = cells(told, "close", "with_rest", "with_other", "state")
    assert with_other > with_rest + 0.1
    assert remark == state("elsewhere")
    assert "nearer to another: 1" in told.verdict.en
    narrow = by_id(correlations(of_areas({"a": mixed, "b": {"other": TIMES + NOISE / 9}}).scores))
    with_rest, with_other, remark = cells(
        narrow["correlations-indicators"], "close", "with_rest", "with_other", "state"
    )
    assert with_rest < with_other < with_rest + 0.1
    assert remark is None


def test_thresholds_are_printed_with_their_n() -> None:
    long = np.arange(31.0)
    table = of_areas({"a": {"p": long, "q": np.where(long < 21, long**2, NAN)}})
    notes = by_id(correlations(table.scores))["correlations-within"].notes
    assert any("Under |r| = 0.43, 21 values" in note.en for note in notes)
    both = by_id(correlations(of_areas({"a": {"p": long, "q": long}}).scores))
    assert any("|r| = 0.36, 31 values" in n.en for n in both["correlations-within"].notes)


def test_few_units_and_flat_columns_are_not_computed() -> None:
    few = by_id(correlations(of_areas({"a": {"p": [1, 2, 3, 4], "q": [1, 3, 2, 4]}}).scores))
    within = few["correlations-within"]
    assert within.rows[0][3:] == (None, 4, state("few"))
    assert says(within.verdict, "skipped")
    assert any("fewer than 5" in note.en for note in within.notes)
    flat = by_id(correlations(of_areas({"a": {"p": TIMES, "q": np.full(12, 3.0)}}).scores))
    assert flat["correlations-within"].rows[0][3:] == (None, 12, state("constant"))
    assert says(flat["correlations-redundant"].verdict, "skipped")


def test_one_indicator_leaves_nothing_to_correlate() -> None:
    told = by_id(correlations(of_areas({"a": {"p": TIMES}}).scores))
    assert all(table.skipped for table in told.values())
    assert all(table.notes for table in told.values())
    alone = told["correlations-indicators"]
    assert cells(alone, "p", "state", "other") == (state("alone"), None)


@pytest.mark.parametrize("kind", ["spearman", "kendall"])
def test_ranks_see_what_a_straight_line_does_not(kind: Any) -> None:
    table = of_areas({"a": {"p": TIMES, "q": TIMES**6 / 1e5}})
    r = by_id(correlations(table.scores, kind))["correlations-within"].column("r")
    assert r == (pytest.approx(1),)
    straight = by_id(correlations(table.scores))["correlations-within"].column("r")
    assert straight[0] < 0.95  # type: ignore[operator]
