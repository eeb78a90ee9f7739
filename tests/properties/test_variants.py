"""What must hold of method variants for every framework, every table and every aggregation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stiscore.analysis.audit.leave_out import without
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.dataset import Dataset
from stiscore.errors import StiscoreError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_weights
from stiscore.methods.base import Array
from stiscore.robust.effects import unchanged
from stiscore.robust.ranking import Ranks, ranks
from stiscore.robust.tree import climb_variants
from tests.made import scored as drawn_case
from tests.varied import (
    AGGREGATIONS,
    OWN_WEIGHTS,
    examined,
    factors,
    lenient,
    nodes,
    scored,
    setting,
)

Case = tuple[Framework, Dataset]
METHODS = {**AGGREGATIONS, "benefit-of-the-doubt": OWN_WEIGHTS}
EVERY = pytest.mark.parametrize("method", METHODS)
NOTHING = (
    {"kind": "weights", "of": "areas", "spread": 0},
    {"kind": "weights", "of": "below", "spread": 0},
    {"kind": "missing-areas", "rules": ["own-mean"]},
)


def few(examples: int) -> settings:
    """Every example scores several tables, and not every drawn table suits every method."""
    allowed = [HealthCheck.filter_too_much, HealthCheck.too_slow]
    return settings(max_examples=examples, deadline=None, suppress_health_check=allowed)


def under(case: Case, method: str, *more: str) -> Case:
    """The case under another aggregation of all steps; what its scale does not allow is no case."""
    made, table = case
    own = ("aggregate=arithmetic", *METHODS[method], *more)
    changed = lenient(made, *own)
    try:
        scored(changed, table)
    except StiscoreError:
        assume(False)
    return changed, table


def nominal(variants: Variants, place: int) -> tuple[Array, Ranks]:
    """Scores of a node in the order of the variants' rows, and the ranks of those ranked."""
    held, rows = variants.evaluated, list(variants.rows)
    leaves, size = held.scores.fitted.tree.leaves, len(held.scores.fitted.tree.ids)
    if place < size:
        ranked = held.group_ranks[:, place - leaves]
        return held.scores.node(place)[rows], ranked[rows[: variants.ranked]]
    severity = held.gaps.severity[:, place - size]
    low, high = held.scores.fitted.ends
    ranked = held.gaps.ranks[:, place - size]
    return high - severity[rows] * (high - low) / 100, ranked[rows[: variants.ranked]]


@EVERY
@few(25)
@given(case=drawn_case(), rules=st.booleans())
def test_no_change_gives_the_nominal_scores_and_ranks(method: str, case: Case, rules: bool) -> None:
    made, table = under(case, method)
    if rules:
        kept = made.method.model_copy(update={"coverage": case[0].method.coverage})
        made = made.model_copy(update={"method": kept})
    variants = Variants.of(examined(made, table), factors(*NOTHING))
    assume(variants.rows)
    told = variants.run(3, 1, keep=3)
    tie = variants.evaluated.scores.tie
    for number, place in enumerate(variants.groups):
        scores, order = nominal(variants, place)
        for kept_scores in told.kept[number]:
            np.testing.assert_allclose(kept_scores, scores, rtol=1e-9, atol=1e-9)
        counts = told.shares[number].counts
        assert counts.sum() == 3 * (order > 0).sum()
        for unit, rank in enumerate(order):
            assert counts[unit, rank - 1] == 3 if rank else not counts[unit].any()
        np.testing.assert_array_equal(
            ranks(told.kept[number][:, : variants.ranked], tie), np.tile(order, (3, 1))
        )


@EVERY
@few(15)
@given(case=drawn_case(), by=st.sampled_from([0.5, 0.7, 3.0]))
def test_all_weights_times_one_number_change_nothing(method: str, case: Case, by: float) -> None:
    made, table = under(case, method)
    scores = scored(made, table)
    held = setting(scores)
    groups = [b.group for b in scores.fitted.boughs]
    told = climb_variants(held, np.full((2, nodes(scores)), by), groups)
    for group, each in zip(groups, told, strict=True):
        wanted = np.broadcast_to(scores.node(group), each.shape)
        np.testing.assert_allclose(each, wanted, rtol=1e-9, atol=1e-9)


def multiplied(made: Framework, by: dict[str, float]) -> Framework:
    own = {node.id: node.weight for node in made.nodes}
    return with_weights(made, {node: own[node] * factor for node, factor in by.items()})


@pytest.mark.parametrize("method", [*AGGREGATIONS, "mixed", "mixed-back"])
@few(20)
@given(case=drawn_case(), seed=st.integers(0, 2**16))
def test_variants_score_as_the_table_scored_once_more(method: str, case: Case, seed: int) -> None:
    mixed = {
        "mixed": ("aggregate.level1=arithmetic", "aggregate.level2=geometric"),
        "mixed-back": ("aggregate.level1=geometric", "aggregate.level2=arithmetic"),
    }
    made, table = under(
        case,
        method if method in METHODS else "arithmetic",
        *mixed.get(method, ()),
        "weight.area_weight=equal",
    )
    scores = scored(made, table)
    tree, random = scores.fitted.tree, np.random.default_rng(seed)
    by = random.uniform(0.2, 3, (3, nodes(scores)))
    groups = [b.group for b in scores.fitted.boughs]
    told = climb_variants(setting(scores), by, groups)
    for draw, factors_ in enumerate(by):
        weights = {i: f for i, f in zip(tree.ids, factors_, strict=False) if i != "index"}
        again = scored(multiplied(made, weights), table)
        for group, each in zip(groups, told, strict=True):
            got = each[draw if len(each) > 1 else 0]
            np.testing.assert_allclose(got, again.node(group), rtol=1e-9, atol=1e-9)


@EVERY
@few(20)
@given(case=drawn_case())
def test_a_node_left_out_is_as_the_audit_has_it(method: str, case: Case) -> None:
    made, table = under(case, method)
    scores = scored(made, table)
    places = [p for p in range(scores.fitted.tree.root) if scores.fitted.measures(p)]
    # What a method gives no weight the audit takes for left out already.
    assume(all(scores.fitted.weights.local[p] > 0 for p in places))
    variants = Variants.of(
        examined(made, table),
        factors({"kind": "leave-out", "nodes": [scores.fitted.tree.ids[p] for p in places]}),
    )
    assume(variants.plan.factors)
    (effect,) = variants.plan.effects
    choice = np.arange(len(effect.places) + 1, dtype=float)[:, None]
    told = variants.at({effect.number: choice}, len(choice), [scores.fitted.tree.root])
    for row, place in enumerate(effect.places, start=1):
        wanted = without(scores, place)[list(variants.rows)]
        np.testing.assert_allclose(told.scores[0][row], wanted, rtol=1e-9, atol=1e-9)


def median_filled(areas: Array) -> Array:
    """Areas (units, areas), what is missing replaced by the median of the units that have it."""
    filled = areas.copy()
    for column in filled.T:
        held = column[~np.isnan(column)]
        if held.size:
            column[np.isnan(column)] = np.median(held)
    return filled


@pytest.mark.parametrize("mean", ["arithmetic", "geometric"])
@few(40)
@given(case=drawn_case(), seed=st.integers(0, 2**16))
def test_missing_areas_are_filled_with_the_median(mean: str, case: Case, seed: int) -> None:
    made, table = under(case, mean, "weight.area_weight=equal")
    scores = scored(made, table)
    there = ~np.isnan(scores.index)
    tree = scores.fitted.tree
    by = np.random.default_rng(seed).uniform(0.2, 3, (3, nodes(scores)))
    (told,) = climb_variants(setting(scores, fills=True), by, [tree.root])
    told = np.broadcast_to(told, (3, len(there)))
    areas = [a for a in tree.children(tree.root) if scores.fitted.measures(a)]
    for draw, factors_ in enumerate(by):
        weights = {i: f for i, f in zip(tree.ids, factors_, strict=False) if i != "index"}
        again = scored(multiplied(made, weights), table)
        parts = median_filled(np.column_stack([again.node(a)[there] for a in areas]))
        share = np.array([tree.weight[a] * factors_[a] for a in areas])
        share /= share.sum()
        if mean == "arithmetic":
            wanted = parts @ share
        else:
            wanted = np.exp(np.log(np.maximum(parts, 1.0)) @ share)
        np.testing.assert_allclose(told[draw][there], wanted, rtol=1e-9, atol=1e-9)
        assert np.isnan(told[draw][~there]).all()


# One of each kind of factor that does not hang on a table's own names.
SEVERAL: tuple[dict[str, object], ...] = (
    {"kind": "weights", "of": "areas", "spread": 0.5},
    {"kind": "dirichlet-weights", "of": "below", "concentration": 8},
    {"kind": "missing-areas"},
    {"kind": "leave-out", "nodes": "indicators", "whole": 0.5},
)


@EVERY
@few(12)
@given(case=drawn_case(), row=st.integers(0, 6), seed=st.integers(0, 9))
def test_twins_share_their_ranks_in_every_variant(
    method: str, case: Case, row: int, seed: int
) -> None:
    made, table = under(case, method)
    doubled = table.rows([*range(len(table.units)), row % len(table.units)])
    held = examined(made, doubled)
    variants = Variants.of(held, factors(*SEVERAL))
    rows = list(variants.rows)
    assume(len(table.units) in rows)
    one, other = rows.index(row % len(table.units)), rows.index(len(table.units))
    assume(one < variants.ranked)
    told = variants.run(40, seed, keep=40)
    for number, shares in enumerate(told.shares):
        np.testing.assert_array_equal(shares.counts[one], shares.counts[other])
        places = ranks(told.kept[number][:, : variants.ranked], held.scores.tie)
        np.testing.assert_array_equal(places[:, one], places[:, other])


@EVERY
@few(12)
@given(case=drawn_case(), seed=st.integers(0, 9))
def test_counts_sum_to_the_variants_with_a_score(method: str, case: Case, seed: int) -> None:
    made, table = under(case, method)
    held = examined(made, table)
    variants = Variants.of(held, factors(*SEVERAL))
    assume(variants.ranked)
    told = variants.run(40, seed, keep=40)
    for shares, scores in zip(told.shares, told.kept, strict=True):
        there = (~np.isnan(scores[:, : variants.ranked])).sum(axis=0)
        np.testing.assert_array_equal(shares.scored, there)
        with np.errstate(invalid="ignore"):
            sums = shares.shares.sum(axis=1)
        np.testing.assert_allclose(sums[there > 0], 1.0, rtol=1e-12)
        assert np.isnan(sums[there == 0]).all()


@few(40)
@given(
    case=drawn_case(),
    at=st.tuples(st.integers(0, 6), st.integers(0, 8)),
    step=st.floats(0, 20),
    mean=st.sampled_from(["arithmetic", "geometric"]),
)
def test_a_better_value_never_worsens_the_range(
    case: Case, at: tuple[int, int], step: float, mean: str
) -> None:
    made, table = under(case, mean)
    row, column = at[0] % len(table.units), at[1] % len(table.columns)
    assume(not np.isnan(table.values[row, column]))
    better = next(i for i in made.indicators if i.id == table.columns[column].id)
    values = table.values.copy()
    values[row, column] += step if better.direction == "benefit" else -step
    weights = factors(
        {"kind": "weights", "of": "areas", "spread": 0.5},
        {"kind": "weights", "of": "below", "spread": 0.25},
    )
    ends = []
    for each in (table, replace(table, values=values)):
        variants = Variants.of(examined(made, each), weights)
        told = variants.run(60, 1, groups=[variants.groups[0]])
        ends.append(told.shares[0].interval(0.9)[variants.rows.index(row)])
    assert (ends[1] <= ends[0]).all()


@few(10)
@given(case=drawn_case())
def test_unchanged_values_change_nothing(case: Case) -> None:
    made, table = under(case, "arithmetic")
    held = examined(made, table)
    variants = Variants.of(held, factors(*SEVERAL))
    assume(variants.rows)
    told = variants.at(unchanged(variants.plan.effects, 2), 2)
    for number, place in enumerate(variants.groups):
        scores, _ = nominal(variants, place)
        for each in told.scores[number]:
            np.testing.assert_allclose(each, scores, rtol=1e-9, atol=1e-9)
    assert not told.failed
