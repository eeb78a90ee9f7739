"""Ranges of ranks and scores: against plain counts, at the edges, and against simulated truth."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.ranges import Ranges, ranges, usual_draws
from stiscore.dataset import Dataset
from stiscore.robust.draws import Choice, generator
from stiscore.robust.ranking import ranks
from tests.made import dataset, framework, group, leaf
from tests.varied import examined, factors, gaps, grid, lenient, two_areas

WEIGHTS = (
    {"kind": "weights", "of": "areas", "spread": 0.5},
    {"kind": "weights", "of": "below", "spread": 0.25},
)


def table(units: int = 8, seed: int = 1, **columns: Any) -> Dataset:
    return dataset({**grid(units, seed), **columns})


def told_of(held: Evaluated, *told: dict[str, Any], draws: int = 200, seed: int = 1) -> Ranges:
    got = ranges(held, draws, seed, factors=factors(*told))
    assert got is not None
    return got


def test_ranges_are_quantiles_of_the_variants_rounded_outwards() -> None:
    held = examined(two_areas(), table())
    told = told_of(held, *WEIGHTS, draws=501)
    scores = told.index
    assert scores.shape == (501, 8)
    places = ranks(scores, held.scores.tie)
    for at, row in enumerate(told.rows):
        low, high = np.quantile(places[:, at], [0.05, 0.95])
        assert told.nodes["index"].ranks[row].tolist() == [math.floor(low), math.ceil(high)]
        wanted = np.quantile(scores[:, at], [0.05, 0.95])
        np.testing.assert_allclose(told.nodes["index"].scores[row], wanted, rtol=1e-12)
        for other_at, other in enumerate(told.rows):
            above = (scores[:, at] - scores[:, other_at] > held.scores.tie).mean()
            assert told.above(row, other) == above


def test_the_share_is_the_frameworks() -> None:
    made = two_areas(uncertainty={"share": 0.5, "factors": []})
    told = told_of(examined(made, table()), *WEIGHTS, draws=400)
    wanted = np.quantile(told.index[:, 0], [0.25, 0.75])
    np.testing.assert_allclose(told.nodes["index"].scores[told.rows[0]], wanted, rtol=1e-12)
    assert told.share == 0.5


def test_nothing_varied_is_the_nominal_itself() -> None:
    held = examined(two_areas(gaps=gaps()), table())
    told = told_of(held)
    for number, node in enumerate(("a", "b", "index")):
        span = told.nodes[node]
        nominal = held.group_ranks[:, number]
        np.testing.assert_array_equal(span.ranks, np.column_stack([nominal, nominal]))
        wanted = np.column_stack([held.scores.groups[:, number]] * 2)
        np.testing.assert_allclose(span.scores, wanted, rtol=1e-12)
    assert not told.outside.any()
    np.testing.assert_array_equal(told.tiers, held.group_ranks[:, -1])


def test_gaps_are_told_as_severities() -> None:
    made = framework(
        group(
            "index",
            [
                group("a", [leaf("a1", gaps={"primary": "g"}), leaf("a2", gaps={"primary": "g"})]),
                group("b", [leaf("b1"), leaf("b2")]),
            ],
        ),
        gaps=gaps("g"),
    )
    held = examined(made, table())
    still = told_of(held).nodes["g"]
    severity, places = held.gaps.severity[:, 0], held.gaps.ranks[:, 0]
    np.testing.assert_allclose(still.scores, np.column_stack([severity] * 2), rtol=1e-12)
    np.testing.assert_array_equal(still.ranks, np.column_stack([places] * 2))
    told = told_of(held, {"kind": "weights", "of": "below", "spread": 0.9}).nodes["g"]
    assert (told.scores[:, 0] < told.scores[:, 1]).all()
    assert (told.scores[:, 0] < severity).all()
    assert (severity < told.scores[:, 1]).all()


def test_scores_of_another_scale_have_no_part_in_ranges_of_scores() -> None:
    held = examined(two_areas(), table())
    told = told_of(
        held,
        {"kind": "methods", "alternatives": [["normalise=z-score"]]},
        {"kind": "weights", "of": "areas", "spread": 0.1},
    )
    span = told.nodes["index"].scores
    nominal = held.scores.index
    assert ((span[:, 0] > nominal - 10) & (span[:, 1] < nominal + 10)).all()
    assert (told.outcome.shares[0].scored == 200).all()
    assert 60 < told.outcome.on_scale.sum() < 140


class TestEdges:
    @pytest.mark.parametrize("units", [0, 1])
    def test_fewer_than_two_ranked_units_have_no_ranges(self, units: int) -> None:
        held = examined(two_areas(), table(3))
        few = replace(held, ranked=np.arange(3) < units)
        assert ranges(few, 100, 1) is None

    def test_one_unit_alone_has_no_ranges(self) -> None:
        assert ranges(examined(two_areas(), table(1)), 100, 1) is None

    def test_no_variant_no_ranges(self) -> None:
        assert ranges(examined(two_areas(), table()), 0, 1) is None

    def test_two_units(self) -> None:
        told = told_of(examined(two_areas(), table(2)), *WEIGHTS)
        assert set(told.nodes["index"].ranks.ravel().tolist()) <= {1, 2}
        assert set(told.tiers.tolist()) <= {1, 2}

    def test_all_units_tied(self) -> None:
        columns: dict[str, Any] = dict.fromkeys(("a1", "a2", "b1", "b2"), [4.0] * 5)
        told = told_of(examined(two_areas(), table(5, **columns)), *WEIGHTS)
        assert told.nodes["index"].ranks.tolist() == [[1, 1]] * 5
        assert told.tiers.tolist() == [1] * 5
        assert told.outcome.shares[0].error() == 0
        assert told.above(0, 1) == 0

    def test_one_variant(self) -> None:
        told = told_of(examined(two_areas(), table()), *WEIGHTS, draws=1)
        span = told.nodes["index"]
        np.testing.assert_array_equal(span.ranks[:, 0], span.ranks[:, 1])
        np.testing.assert_array_equal(span.scores[:, 0], span.scores[:, 1])

    def test_unranked_units_have_ranges_of_scores_alone(self) -> None:
        data = table()
        values = data.values.copy()
        values[2, 2:] = values[5] = np.nan
        held = examined(two_areas(), replace(data, values=values))
        assert not held.ranked[[2, 5]].any()
        told = told_of(held, *WEIGHTS)
        span = told.nodes["index"]
        assert span.ranks[[2, 5]].tolist() == [[0, 0], [0, 0]]
        assert span.scores[2, 0] < span.scores[2, 1]
        assert np.isnan(span.scores[5]).all()
        assert told.tiers[[2, 5]].tolist() == [0, 0]
        assert not told.outside[[2, 5]].any()
        assert (span.ranks[[0, 1, 3, 4, 6, 7]] > 0).all()
        assert 5 not in told.rows

    def test_a_unit_without_an_area_has_no_range_there(self) -> None:
        holes = [np.nan, 1, 2, 3, 4, 5, 6, 7]
        held = examined(lenient(two_areas()), table(b1=holes, b2=holes))
        span = told_of(held, *WEIGHTS).nodes["b"]
        assert span.ranks[0].tolist() == [0, 0]
        assert np.isnan(span.scores[0]).all()
        assert (span.ranks[1:] > 0).all()

    def test_common_units_are_ranked_among_themselves(self) -> None:
        holes = [np.nan, 1, 2, 3, 4, 5, 6, 7]
        held = examined(lenient(two_areas()), table(b1=holes, b2=holes))
        ranked = held.ranked.copy()
        ranked[0] = False
        told = ranges(replace(held, ranked=ranked), 50, 1, factors=factors(*WEIGHTS))
        assert told is not None
        assert told.nodes["index"].ranks[0].tolist() == [0, 0]
        assert told.nodes["index"].ranks.max() <= 7

    def test_every_variant_failing(self) -> None:
        """No range, no rank, and what failed is told."""
        held = examined(two_areas(), table(a1=[4.0] * 8, a2=[4.0] * 8))
        told = told_of(
            held,
            {"kind": "methods", "alternatives": [["weight=entropy"]]},
            draws=1,
            seed=first_seed_of_the_alternative(),
        )
        assert [(f.draws, f.why.code) for f in told.failed] == [(1, "C315")]
        assert told.nodes["index"].ranks.tolist() == [[0, 0]] * 8
        assert np.isnan(told.nodes["index"].scores).all()
        assert told.tiers.tolist() == [1] * 8
        assert math.isnan(told.outcome.shares[0].error())
        assert math.isnan(told.above(0, 1))
        assert not told.outside.any()

    def test_a_very_long_table_has_none_unless_asked(self) -> None:
        held = examined(two_areas(), table(5_001))
        assert usual_draws(held) == 0
        assert usual_draws(examined(two_areas(), table())) == 1000


def first_seed_of_the_alternative() -> int:
    """A seed under which the one variant of a run takes the second of two alternatives."""
    source = Choice((0.5, 0.5))
    return next(s for s in range(99) if source.draw(generator(s, 0, 0), 1)[0, 0] == 1)


def test_a_nominal_rank_outside_its_own_range_is_flagged() -> None:
    """Both areas even nominally, but every variant takes a set that turns the order."""
    columns = {"a1": [9, 1], "a2": [9, 1], "b1": [1, 8], "b2": [1, 8]}
    made = framework(
        group("index", [group("a", [leaf("a1"), leaf("a2")]), group("b", [leaf("b1"), leaf("b2")])])
    )
    sets = {f"s{n}": {"b": 5 + n} for n in range(30)}
    told = told_of(examined(made, dataset(columns)), {"kind": "weight-sets", "sets": sets})
    assert told.outside.tolist() == [True, True]
    assert told.nodes["index"].ranks.tolist() == [[2, 2], [1, 1]]


def test_factors_of_the_framework_are_taken_when_none_are_given() -> None:
    own = {
        "draws": 10,
        "factors": [
            {"id": "x", **WEIGHTS[0]},
            {"id": "y", "kind": "leave-out", "in_evaluate": False},
        ],
    }
    told = ranges(examined(two_areas(uncertainty=own), table()), 10, 1)
    assert told is not None
    assert [planned.factor.id for planned in told.plan.factors] == ["x"]
