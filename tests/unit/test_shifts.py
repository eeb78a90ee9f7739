"""Rank shifts: by hand, and against tables evaluated under the other choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.uncertainty.shifts import RankShift, rank_shifts
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_weights
from stiscore.robust.draws import generator
from stiscore.scores import rank
from tests import made, varied

NAN = float("nan")
SEED = 5
# Two areas of one indicator, scores 100 and 20, 60 and 50, 30 and 70: means 60, 55 and 50.
TABLE: Mapping[str, Sequence[float]] = {"a": [10, 6, 3], "b": [2, 5, 7]}
MIXED: Mapping[str, Sequence[float]] = {"a": [10, 6, 3, NAN], "b": [2, 5, 7, 5.2]}
Figures = tuple[float | None, int | None, int | None, int | None]
STILL: Figures = (0.0, 0, None, 0)
TURNED: Figures = (4 / 3, 2, 0, 0)


def two(*weights: float) -> Framework:
    given = dict(zip("ab", weights or (1, 1), strict=True))
    leaves = [made.leaf(i, weight=w, goalposts=[0, 10]) for i, w in given.items()]
    return varied.lenient(made.framework(made.group("index", leaves)))


def shifts(
    table: Mapping[str, Sequence[float]], *told: dict[str, Any], **options: int
) -> list[RankShift]:
    variants = varied.variants(two(), made.dataset(table), *told)
    return list(rank_shifts(variants, SEED, **options))


def figures(shift: RankShift) -> Figures:
    return shift.mean, shift.largest, shift.row, shift.over


def named(told: Sequence[RankShift]) -> dict[tuple[str, str], Figures]:
    return {(shift.kind, shift.label): figures(shift) for shift in told}


def test_weights_one_by_one() -> None:
    """Half of a: 70, 80, 85 of 150 points; half as much again of b: 130, 135, 135 of 250."""
    told = named(shifts(TABLE, {"kind": "weights", "spread": 0.5}))
    del told["all", ""]
    assert told == {
        ("lighter", "a"): TURNED,
        ("heavier", "a"): STILL,
        ("lighter", "b"): STILL,
        ("heavier", "b"): (5 / 3, 2, 0, 0),
    }


def test_other_methods() -> None:
    """Square roots of products: 44.7, 54.8, 45.8."""
    told = shifts(
        TABLE, {"kind": "methods", "alternatives": [["aggregate=geometric", "aggregate.floor=2"]]}
    )
    label = "aggregate=geometric aggregate.floor=2"
    assert named(told) == {("settings", label): (4 / 3, 2, 0, 0)}
    assert (told[0].factor, told[0].ranked, told[0].why) == ("f0", 3, None)


def test_sets_of_weights() -> None:
    told = shifts(TABLE, {"kind": "weight-sets", "sets": {"b first": {"b": 3}, "own": {"b": 1}}})
    assert named(told) == {("preset", "b first"): TURNED, ("preset", "own"): STILL}


def test_a_missing_area_by_another_rule() -> None:
    """Its own mean 52 is third; with the median 60 of the others it has 56 and is second."""
    told = shifts(MIXED, {"kind": "missing-areas"})
    assert named(told) == {("rule", "peer-median"): (0.5, 1, 1, 0)}


def test_a_node_left_out() -> None:
    told = shifts(TABLE, {"kind": "leave-out"})
    assert named(told) == {("left_out", "a"): TURNED, ("left_out", "b"): STILL}


def test_a_unit_without_a_rank_counts_nowhere() -> None:
    """The last unit has nothing but b; the two behind it move up by one."""
    told = {shift.label: shift for shift in shifts(MIXED, {"kind": "leave-out"})}
    assert (told["a"].ranked, told["b"].ranked) == (4, 3)
    # Without b: 100, 60, 30, once 60, 55, 50 with a 52 between the last two.
    assert figures(told["b"]) == (1 / 3, 1, 2, 0)


def test_nobody_has_a_rank() -> None:
    """Without b nothing is left of the two that are ranked, only of the third, which is not."""
    leaves = [made.leaf("a"), made.leaf("b", weight=9)]
    table = made.dataset({"a": [NAN, NAN, 5], "b": [1, 2, NAN]})
    variants = varied.variants(
        made.framework(made.group("index", leaves)), table, {"kind": "leave-out", "nodes": ["b"]}
    )
    assert (variants.rows, variants.ranked) == ((1, 0, 2), 2)
    told = rank_shifts(variants, SEED)
    assert [(shift.label, shift.ranked, shift.why, *figures(shift)) for shift in told] == [
        ("b", 0, None, None, None, None, None)
    ]


def test_a_direction_turned() -> None:
    told = shifts(TABLE, {"kind": "directions", "indicators": ["b", "a"]})
    # Scores of a 0, 40, 70; of b 80, 50, 30.
    assert named(told) == {("turned", "a"): TURNED, ("turned", "b"): STILL}


def test_moves_of_more_than_five_ranks() -> None:
    """The order of eight turned round: they move 7, 5, 3, 1, 1, 3, 5 and 7 ranks."""
    falling = np.arange(8.0, 0.0, -1)
    told = shifts({"a": falling, "b": (9 - falling) / 2}, {"kind": "leave-out", "nodes": ["a"]})
    assert named(told) == {("left_out", "a"): (4.0, 7, 0, 2)}


def test_what_cannot_be_computed_keeps_its_reason() -> None:
    told = shifts(
        {"a": [10, 6, 0], "b": [2, 5, 7]},
        {
            "kind": "methods",
            "alternatives": [
                ["aggregate=geometric", "aggregate.floor=null"],
                ["normalise=z-score", "aggregate=geometric", "aggregate.floor=null"],
                ["aggregate=harmonic"],
            ],
        },
        {"kind": "leave-out", "nodes": ["a"]},
        {"kind": "methods", "alternatives": [["normalise=nothing"]]},
    )
    lost = [shift for shift in told if shift.why is not None]
    assert [(shift.factor, shift.label) for shift in lost] == [
        ("f0", "aggregate=geometric aggregate.floor=null"),
        ("f0", "normalise=z-score aggregate=geometric aggregate.floor=null"),
        ("f2", "normalise=nothing"),
    ]
    assert {figures(shift) for shift in lost} == {(None, None, None, None)}
    assert {shift.ranked for shift in lost} == {None}
    kept = [(shift.factor, shift.label) for shift in told if shift.why is None]
    assert kept == [("f0", "aggregate=harmonic"), ("f1", "a")]
    assert [shift.factor for shift in told] == ["f0", "f0", "f0", "f1", "f2"]


def by_hand(scores: np.ndarray) -> tuple[float, int, int, int]:
    """Mean of mean moves, the largest, its unit, how many went far; from scores of each variant."""
    away = np.array([np.abs(rank(row, 1e-7) - np.arange(1, row.size + 1)) for row in scores])
    farthest = away.max(axis=0)
    largest = int(farthest.max())
    return away.mean(axis=1).mean(), largest, int(farthest.argmax()), int((farthest > 5).sum())


# Nine units whose means fall by one while their areas disagree.
NINE = {"a": np.array([9.0, 2, 8, 3, 7, 1, 6, 2, 4]), "b": np.zeros(9)}
NINE["b"] = 10.0 - np.arange(9) / 5 - NINE["a"]
PARTS = np.column_stack([NINE["a"], NINE["b"]]) * 10


def test_all_weights_drawn_together() -> None:
    told = shifts(NINE, {"kind": "leave-out"}, {"kind": "weights", "spread": 0.4}, drawn=300)
    drawn = 0.6 + 0.8 * generator(SEED, 0, 1).random((300, 2))
    expected = by_hand((drawn / drawn.sum(axis=1, keepdims=True)) @ PARTS.T)
    assert figures(told[-1]) == pytest.approx(expected)
    assert (told[-1].factor, told[-1].kind, told[-1].label) == ("f1", "all", "")
    assert expected[3] > 0


def test_weights_of_a_dirichlet_distribution_have_no_other_row() -> None:
    told = shifts(NINE, {"kind": "dirichlet-weights", "concentration": 6}, drawn=300)
    drawn = generator(SEED, 0, 0).standard_gamma([3.0, 3.0], (300, 2))
    expected = by_hand((drawn / drawn.sum(axis=1, keepdims=True)) @ PARTS.T)
    assert [(shift.kind, *figures(shift)) for shift in told] == [
        ("all", *(pytest.approx(value) for value in expected))
    ]


def test_errors_of_figures_have_no_other_row() -> None:
    told = shifts(NINE, {"kind": "data-error", "errors": {"a": {"standard_error": 0.3}}}, drawn=300)
    noise = generator(SEED, 0, 0).standard_normal((300, 9))
    expected = by_hand((np.clip(NINE["a"] + 0.3 * noise, 0, 10) + NINE["b"]) * 5)
    assert [(shift.kind, *figures(shift)) for shift in told] == [
        ("all", *(pytest.approx(value) for value in expected))
    ]


def test_a_draw_is_its_seed() -> None:
    variants = varied.variants(two(), made.dataset(NINE), {"kind": "weights", "spread": 0.4})
    one, same, other = (rank_shifts(variants, seed, 50)[-1] for seed in (1, 1, 2))
    assert one == same
    assert one.mean != other.mean


def test_what_does_nothing_moves_nobody() -> None:
    told = shifts(NINE, {"kind": "weights", "spread": 0.0})
    assert len(told) == 5
    assert {figures(shift) for shift in told} == {STILL}


def test_all_level() -> None:
    """Up to rounding, which leaving the area out that has it would otherwise show as a move."""
    told = shifts(
        {"a": [5, 5 + 1e-11, 5 - 1e-11], "b": [5, 5, 5]},
        {"kind": "weights", "spread": 0.9},
        {"kind": "leave-out"},
    )
    assert {figures(shift) for shift in told} == {STILL}


@pytest.mark.parametrize("seed", range(4))
def test_as_the_table_evaluated_under_the_other_choice(seed: int) -> None:
    """What is moved alone is what ``evaluate`` moves when it is told the same."""
    settings = ("aggregate.level2=geometric", "aggregate.level1=harmonic", "weight=equal")
    framework = varied.two_areas(
        weight_presets={"other": {"a": 5, "b1": 3}},
        uncertainty={
            "factors": [
                {"id": "m", "kind": "methods", "alternatives": [[s] for s in settings]},
                {"id": "p", "kind": "weight-sets", "presets": ["other"]},
                {"id": "w", "kind": "weights", "of": "below", "spread": 0.5},
            ]
        },
    )
    table = made.dataset(varied.grid(14, seed))
    own = varied.examined(framework, table).group_ranks[:, -1]
    variants = Variants.of(varied.examined(framework, table), framework.varied.factors)
    told = {(s.kind, s.label): s for s in rank_shifts(variants, 1, 10)}
    others = {("settings", s): with_methods(framework, [s]) for s in settings}
    others["preset", "other"] = with_weights(framework, framework.weight_presets["other"])
    others["lighter", "a2"] = with_weights(framework, {"a2": 1.0})
    others["heavier", "b1"] = with_weights(framework, {"b1": 1.5})
    for key, other in others.items():
        away = np.abs(varied.examined(other, table).group_ranks[:, -1] - own)
        shift = told[key]
        assert (shift.mean, shift.largest, shift.over) == (
            pytest.approx(away.mean()), away.max(), (away > 5).sum(),
        )  # fmt: skip
        assert shift.row is None or away[shift.row] == away.max()
