"""Splits add up, whatever differs; the mixtures at both ends are the two sides themselves."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

import stiscore as sti
from stiscore.analysis.change.coalitions import FACTORS, Coalitions
from stiscore.analysis.change.game import orders, shares
from stiscore.dataset import Dataset
from stiscore.errors import StiscoreError
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_weights
from stiscore.report.diff_model import DiffReport
from tests.made import dataset, framework, group, leaf

LEAVES = 6
METHODS = (
    (),
    ("normalise=min-max",),
    ("normalise=z-score",),
    ("normalise=rank",),
    ("aggregate=geometric",),
    ("aggregate.level2=geometric",),
    ("normalise=min-max", "weight=entropy"),
    ("normalise=min-max", "weight=standard-deviation", "impute=median"),
    ("impute=mean",),
    ("treat=winsorise", "normalise=min-max"),
    ("weight=equal",),
    ("weight.area_weight=equal",),
    ("normalise=min-max", "weight=benefit-of-the-doubt"),
)
UNDATED, SAME, OTHER = (None, None), ("2021", "2021"), ("2021", "2022")
quick = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def made(goalposts: list[list[int]], weights: list[float], leaves: list[int]) -> Framework:
    """Two areas over those of six indicators that are wanted."""
    told = [
        leaf(
            f"i{n}",
            goalposts=goalposts[n],
            weight=weights[n],
            direction="cost" if n == 2 else "benefit",
        )
        for n in range(LEAVES)
        if n in leaves
    ]
    cut = max(1, sum(n < 3 for n in leaves))
    branches = [group("a", told[:cut], weights[-1])]
    branches += [group("b", told[cut:])] if told[cut:] else []
    return framework(group("index", branches))


ends = st.lists(st.integers(-5, 20), min_size=2, max_size=2, unique=True).map(sorted)
some_leaves = st.sampled_from([[*range(LEAVES)], [0, 1, 3, 4, 5], [0, 1, 2, 3]])


@st.composite
def frameworks(draw: st.DrawFn, like: Framework | None = None) -> Framework:
    """Any, or one that differs from another in weights, scales and methods."""
    if like is not None and draw(st.booleans()):
        told = like
    else:
        goalposts = draw(st.lists(ends, min_size=LEAVES, max_size=LEAVES))
        weights = draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=7, max_size=7))
        told = made(goalposts, weights, draw(some_leaves))
    if draw(st.booleans()):
        told = with_weights(told, {"i0": draw(st.sampled_from([0.5, 3.0]))})
    try:
        return with_methods(told, draw(st.sampled_from(METHODS)))
    except StiscoreError:
        return told


@st.composite
def tables(draw: st.DrawFn, period: str | None, like: Dataset | None = None) -> Dataset:
    """Any table, or one of the same units with some figures altered, blanked or added."""
    units = draw(st.integers(3, 6))
    value = st.one_of(st.integers(-5, 20).map(float), st.just(float("nan")))
    held = [i for i in range(LEAVES) if draw(st.integers(0, 5)) or i == 0]
    table = {f"i{i}": draw(st.lists(value, min_size=units, max_size=units)) for i in held}
    told = dataset(table)
    if like is not None and draw(st.booleans()):
        told = _altered(draw, like)
    return replace(told, periods=(period,) * len(told.units))


def _altered(draw: st.DrawFn, like: Dataset) -> Dataset:
    values = like.values.copy()
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.integers(0, values.shape[0] - 1))
        column = draw(st.integers(0, values.shape[1] - 1))
        values[row, column] = draw(st.sampled_from([0.0, 7.0, float("nan")]))
    return replace(like, values=values)


def both(first: Dataset, second: Dataset) -> Dataset:
    """Two years of one file; columns that one year lacks are blank there."""
    columns = [*dict.fromkeys((*first.ids, *second.ids))]
    parts = []
    for table in (first, second):
        places = [table.position(c) for c in columns]
        wide = np.full((len(table.units), len(columns)), np.nan)
        for j, place in enumerate(places):
            if place is not None:
                wide[:, j] = table.values[:, place]
        parts.append(wide)
    stacked = np.concatenate(parts)
    told = dataset({c: stacked[:, j].tolist() for j, c in enumerate(columns)})
    return replace(
        told, units=(*first.units, *second.units), periods=(*first.periods, *second.periods)
    )


def differ(draw: st.DataObject) -> tuple[DiffReport, Any]:
    periods = draw.draw(st.sampled_from([UNDATED, SAME, OTHER]))
    old = draw.draw(tables(periods[0]))
    new = draw.draw(tables(periods[1], old))
    if periods == OTHER and draw.draw(st.booleans()):
        new = both(draw.draw(tables(periods[0], old)), new)
    first = draw.draw(frameworks())
    second = draw.draw(frameworks(first))
    try:
        return sti.diff(old, new, first, new_framework=second, draws=0), (old, new)
    except StiscoreError as fault:
        event(str([f.code for f in fault.findings if hasattr(f, "code")][:1]))
        assume(False)
        raise


@quick
@given(st.data())
def test_parts_add_up_and_both_ends_are_the_sides(data: st.DataObject) -> None:
    told, _ = differ(data)
    event(f"factors {len(told.parted.factors)}")
    for unit in told.units:
        if unit.parts is not None and unit.change is not None:
            assert sum(unit.parts.values()) == pytest.approx(unit.change, abs=1e-10)
            assert tuple(unit.parts) == FACTORS
        if unit.rank_parts is not None and unit.rank_change is not None:
            assert sum(unit.rank_parts.values()) == pytest.approx(unit.rank_change, abs=1e-10)
    held = told.parted
    coalitions = Coalitions(held.sides)
    table = held.sides[1].evaluated.scores.data.rows([row for _, row in held.rows.values()])
    for changed, index in zip((frozenset(), frozenset(held.factors)), held.index, strict=True):
        made = coalitions.index(frozenset(changed), table)
        np.testing.assert_allclose(made, index, atol=1e-9)


worths = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.floats(-100, 100, width=32), min_size=2**n, max_size=2**n)
)


@settings(max_examples=60, deadline=None)
@given(worths)
def test_the_value_is_shapleys_by_his_own_formula(held: list[float]) -> None:
    factors = (len(held) - 1).bit_length()
    told = shares(np.array(held)[:, None])[0]
    want = np.zeros(factors)
    every = list(permutations(range(factors)))
    for order in every:
        coalition = 0
        for j in order:
            want[j] += (held[coalition | 1 << j] - held[coalition]) / len(every)
            coalition |= 1 << j
    np.testing.assert_allclose(told, want, atol=1e-9)
    assert told.sum() == pytest.approx(held[-1] - held[0], abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(worths, st.randoms(use_true_random=False))
def test_what_cannot_be_computed_is_left_out_and_the_rest_adds_up(
    held: list[float], chance: Any
) -> None:
    worth = np.array(held)
    lost = [n for n in range(1, len(worth) - 1) if chance.random() < 0.4]
    worth[lost] = np.nan
    told = shares(worth[:, None])[0]
    before, _ = orders(~np.isnan(worth))
    if before[-1]:
        assert told.sum() == pytest.approx(held[-1] - held[0], abs=1e-10)
    else:
        assert np.isnan(told).all()
