"""What one rank more would take, checked by scoring the table again with the value put in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.explain import Branch, Leaf, explain
from stiscore.analysis.explanation import explanation
from stiscore.analysis.next_rank import index_with
from stiscore.analysis.peers import everyone
from stiscore.analysis.scenario import with_values
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from tests.made import dataset, framework, group, leaf, scored
from tests.varied import AGGREGATIONS, OWN_WEIGHTS, examined, grid, lenient, two_areas

MONOTONE = ("arithmetic", "geometric", "harmonic", "generalised-mean", "mean-min")


def leaves(branch: Branch) -> list[Leaf]:
    return [
        held
        for child in branch.children
        for held in ([child] if isinstance(child, Leaf) else leaves(child))
    ]


def index_rank(evaluated: Evaluated, row: int) -> int:
    return int(evaluated.group_ranks[row, -1])


def worse(value: float, told: Leaf, score: float) -> float:
    """The value that scores so much less."""
    low, high = told.ends or (0.0, 1.0)
    bend = (lambda v: np.sign(v) * np.sqrt(abs(v))) if told.indicator.curve == "sqrt" else float
    a, b = float(bend(low)), float(bend(high))
    first, last = told.target
    moved = float(bend(value)) - score * (b - a) / (last - first)
    return moved * abs(moved) if told.indicator.curve == "sqrt" else moved


def reaches_and_barely(evaluated: Evaluated, row: int) -> int:
    """Checks every value that is told for a row; how many there were."""
    checked = 0
    whole = explain(evaluated, row)
    for told in leaves(whole):
        if told.step is None or told.score is None:
            continue
        place = evaluated.scores.fitted.tree.ids.index(told.indicator.id)
        if told.above is not None and told.step.value is not None:
            again = with_values(evaluated, row, {told.indicator.id: told.step.value})
            assert again.leaf_ranks[row, place] <= told.above.rank
            gained = again.scores.index[row] - evaluated.scores.index[row]
            assert gained == pytest.approx(told.step.gain, abs=1e-6)
            checked += 1
        alone = told.step.alone
        if alone is None or whole.above is None:
            continue
        if alone.value is not None:
            again = with_values(evaluated, row, {told.indicator.id: alone.value})
            assert index_rank(again, row) <= whole.above.rank
            assert alone.score is not None
            # What is hardly more than the unit has is no less than it has.
            if alone.score - told.score > 1e-2:
                short = with_values(
                    evaluated, row, {told.indicator.id: worse(alone.value, told, 1e-3)}
                )
                assert index_rank(short, row) > whole.above.rank
            checked += 1
        else:
            best = np.array([max(told.score, evaluated.scores.fitted.ends[1])])
            most = float(index_with(evaluated.scores, row, place, best)[0])
            assert most < whole.above.score
            assert alone.lacking == pytest.approx(whole.above.score - most, abs=1e-9)
    return checked


@given(scored())
@settings(max_examples=60, deadline=None)
def test_the_value_told_gives_the_rank_and_a_little_less_does_not(
    table: tuple[Framework, Dataset],
) -> None:
    evaluated = examined(*table)
    for row in np.flatnonzero(evaluated.ranked):
        reaches_and_barely(evaluated, int(row))


@pytest.mark.parametrize("aggregation", MONOTONE)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=6, deadline=None)
def test_under_every_mean_that_never_falls(aggregation: str, seed: int) -> None:
    made = lenient(two_areas(), *AGGREGATIONS[aggregation])
    evaluated = examined(made, dataset(grid(8, seed)))
    assert sum(reaches_and_barely(evaluated, row) for row in range(8)) > 8


def test_index_with_is_the_index_scored_again() -> None:
    evaluated = examined(lenient(two_areas(), "aggregate=geometric"), dataset(grid(6, 1)))
    at = np.array([10.0, 55.0, 90.0])
    ours = index_with(evaluated.scores, 2, 1, at)
    # Goalposts 0-10: a score of 55 is a value of 5.5.
    again = [with_values(evaluated, 2, {"a2": score / 10}).scores.index[2] for score in at]
    assert ours == pytest.approx(again, abs=1e-9)
    assert all(one < other for one, other in pairwise(ours))


@pytest.mark.parametrize(
    ("settings_", "why"),
    [
        (("normalise=min-max",), "sample"),
        (("normalise=z-score",), "sample"),
        (("normalise=rank",), "position"),
        (AGGREGATIONS["copeland"], "compares"),
        (OWN_WEIGHTS, "compares"),
        (AGGREGATIONS["adjusted-mazziotta-pareto"], "sample"),
    ],
)
def test_what_cannot_be_worked_out_backwards_is_left_out(
    settings_: tuple[str, ...], why: str
) -> None:
    evaluated = examined(lenient(two_areas(), *settings_), dataset(grid(6, 1)))
    told = [each.step for each in leaves(explain(evaluated, 2))]
    assert {step.why_not for step in told if step} == {why}
    assert all(step and step.value is None and step.alone is None for step in told)


def test_more_of_one_part_may_lower_an_index_that_takes_off_for_unevenness() -> None:
    made = lenient(two_areas(), "aggregate=adjusted-mazziotta-pareto", "normalise.range=70,130")
    steps = [each.step for each in leaves(explain(examined(made, dataset(grid(6, 1))), 2))]
    assert {step.why_not for step in steps if step} == {"uneven"}


def test_the_first_has_nobody_above_and_needs_nothing() -> None:
    evaluated = examined(lenient(two_areas()), dataset(grid(6, 1)))
    first = int(np.flatnonzero(evaluated.group_ranks[:, -1] == 1)[0])
    told = explanation(evaluated, first)
    assert told.ahead is not None
    assert told.ahead.above is None
    assert all(each.step and each.step.alone is None for each in leaves(told.whole))


def test_level_units_are_counted_and_the_rank_is_shared() -> None:
    made = framework(group("index", [group("a", [leaf("a1")])]))
    evaluated = examined(lenient(made), dataset({"a1": [8.0, 8.0, 5.0, 2.0]}))
    over = explain(evaluated, 2).above
    assert over is not None
    assert (over.rank, over.level) == (1, 2)
    assert over.short == pytest.approx(30)
    (told,) = leaves(explain(evaluated, 2))
    assert told.step is not None
    assert told.step.value is not None
    assert told.step.value == pytest.approx(8)
    again = with_values(evaluated, 2, {"a1": told.step.value})
    assert again.group_ranks[:3, -1].tolist() == [1, 1, 1]


def test_a_unit_without_a_rank_is_told_why_and_nothing_to_reach() -> None:
    values = grid(6, 1)
    for column in ("a1", "a2", "b1"):
        values[column][4] = np.nan
    evaluated = examined(two_areas(), dataset(values))
    told = explanation(evaluated, 4)
    assert told.ahead is None
    assert told.unranked is not None
    assert told.unranked.coverage < told.unranked.least
    assert all(each.step is None and each.above is None for each in leaves(told.whole))


def test_medians_are_those_of_the_peers() -> None:
    evaluated = examined(lenient(two_areas()), dataset(grid(7, 1)))
    told = explain(evaluated, 3, peers=everyone(evaluated, 3), steps=False)
    others = [row for row in range(7) if row != 3]
    assert told.median == pytest.approx(np.median(evaluated.scores.index[others]))
    each = leaves(told)[0]
    assert each.median_value == pytest.approx(np.median(evaluated.scores.raw[others, 0]))
