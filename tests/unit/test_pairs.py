"""Dominance and closeness: by hand, and against tables evaluated under the new weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.pairs import Closeness, Dominance, closeness, dominance
from stiscore.framework.override import with_methods, with_weights
from tests import made, varied

NAN = float("nan")
GEOMETRIC = ("aggregate=geometric",)
Table = Mapping[str, Sequence[float]]


def examined(table: Table, *settings: str, **weights: float) -> Evaluated:
    """Indicators, measured or not, that are areas themselves."""
    leaves = [made.leaf(i, weight=weights.get(i, 1), goalposts=[0, 10]) for i in (*table, "x")]
    framework = varied.lenient(made.framework(made.group("index", leaves)), *settings)
    return varied.examined(framework, made.dataset(table))


def by_rank(evaluated: Evaluated) -> tuple[int, ...]:
    held = np.flatnonzero(evaluated.ranked).tolist()
    return tuple(sorted(held, key=lambda row: (evaluated.group_ranks[row, -1], row)))


def over(evaluated: Evaluated) -> Dominance:
    return dominance(evaluated.scores, by_rank(evaluated))


def close(evaluated: Evaluated) -> tuple[Closeness, ...]:
    told = closeness(evaluated.scores, by_rank(evaluated))
    assert told is not None
    return told


def test_dominance_by_hand() -> None:
    """The second equals the third in a; the last is below all but has no b; x is not measured."""
    told = over(examined({"a": [1, 9, 4, 4], "b": [NAN, 1, 6, 5]}))
    assert told.rows == (1, 2, 3, 0)
    assert np.argwhere(told.over).tolist() == [[1, 2]]
    assert told.compared.tolist() == [True, True, True, False]


def test_dominance_goes_by_rank() -> None:
    told = over(examined({"a": [1, 3, 2], "b": [1, 3, 2]}))
    assert told.rows == (1, 2, 0)
    assert np.argwhere(told.over).tolist() == [[0, 1], [0, 2], [1, 2]]


def test_what_is_level_in_all_areas_dominates_neither_way() -> None:
    told = over(examined({"a": [4, 4 + 1e-12], "b": [4, 4]}))
    assert not told.over.any()


def test_rows_that_are_not_ranked_stay_out() -> None:
    framework = made.framework(made.group("index", [made.leaf("a"), made.leaf("b")]))
    table = made.dataset({"a": [1, 9, 3], "b": [1, NAN, 5]})
    told = varied.examined(framework, table)
    assert over(told).rows == (2, 0)
    assert [(c.above, c.below) for c in close(told)] == [(2, 0)]


def test_closeness_by_hand() -> None:
    """80 and 20 above 50 and 30: level once three quarters lie on the second area."""
    told = close(examined({"a": [8, 5], "b": [2, 3]}))
    assert [(c.above, c.below, c.dominated) for c in told] == [(0, 1, False)]
    assert told[0].moved == pytest.approx(0.25)
    assert told[0].weights == {"a": (0.5, pytest.approx(0.25)), "b": (0.5, pytest.approx(0.75))}


def test_closeness_under_the_geometric_mean() -> None:
    """Level where ``w ln(80 / 50) = (1 - w) ln(30 / 20)``."""
    told = close(examined({"a": [8, 5], "b": [2, 3]}, *GEOMETRIC))
    share = math.log(1.5) / (math.log(1.5) + math.log(1.6))
    assert told[0].moved == pytest.approx(0.5 - share)
    assert told[0].weights["a"] == (0.5, pytest.approx(share))


def test_what_a_floor_lifts_counts_as_the_floor() -> None:
    """0 and 0.5 of 100 are both lifted to 1, so that only a third area tells the two apart."""
    table = {"a": [0.0, 0.05], "b": [8, 4], "c": [2, 4]}
    told = close(examined(table, *GEOMETRIC, b=2))
    assert told[0].moved == pytest.approx(0.125)
    assert told[0].weights["b"] == (0.5, pytest.approx(0.375))
    assert told[0].weights["c"] == (0.25, pytest.approx(0.375))


def test_no_weights_do_it() -> None:
    told = close(examined({"a": [8, 5], "b": [4, 3]}))
    assert told == (Closeness(0, 1, None, {}, dominated=True),)


def test_a_unit_that_lacks_an_area() -> None:
    told = close(examined({"a": [9, 8, 2, 1], "b": [NAN, 5, 6, 1]}))
    assert [(c.above, c.below) for c in told] == [(0, 1), (1, 2), (2, 3)]
    assert told[0] == Closeness(0, 1, None)
    assert told[1].moved is not None
    assert told[2].dominated


def test_an_area_both_lack_puts_neither_ahead() -> None:
    """By a the first leads by 2, by b the second by 1; c, which both lack, can take from a."""
    table = {"a": [8, 6, 1], "b": [4, 5, 1], "c": [NAN, NAN, 1]}
    told = close(examined(table))[0]
    assert (told.above, told.below) == (0, 1)
    assert told.moved is not None
    # A lead of 2 in a third of the weight against 1 in another: a ninth goes from a to b.
    assert told.moved == pytest.approx(1 / 9)
    new = {area: after for area, (_, after) in told.weights.items()}
    index = examined(table, **new).scores.index
    assert index[0] == pytest.approx(index[1], rel=1e-9)


def test_an_area_without_weight_may_be_lacking() -> None:
    """Weights from the entropy of columns: one that is the same for all has none."""
    table = {"a": [8, 5, 1], "b": [2, 3, 7], "c": [4, NAN, 4]}
    told = close(examined(table, "weight=entropy"))
    assert all(pair.moved is not None for pair in told)
    assert all(pair.weights["c"] == (0.0, 0.0) for pair in told if pair.below == 1)


def test_units_that_are_level_keep_the_weights() -> None:
    told = close(examined({"a": [8, 2], "b": [2, 8]}))
    assert told == (Closeness(0, 1, 0.0, {"a": (0.5, 0.5), "b": (0.5, 0.5)}),)


def test_an_index_that_is_no_mean_of_its_areas() -> None:
    for settings in (("aggregate=harmonic",), ("aggregate=copeland",), varied.OWN_WEIGHTS):
        told = examined({"a": [8, 5], "b": [2, 3]}, *settings)
        assert closeness(told.scores, by_rank(told)) is None


@pytest.mark.parametrize("settings", [(), ("aggregate.level2=geometric",)])
@pytest.mark.parametrize("seed", range(3))
def test_the_new_weights_bring_two_units_level(seed: int, settings: tuple[str, ...]) -> None:
    """The table evaluated under them has the same index for both, and no smaller change does."""
    framework = with_methods(varied.two_areas(), settings)
    table = made.dataset(varied.grid(8, seed))
    told = varied.examined(framework, table)
    found = [c for c in close(told) if c.moved is not None]
    assert found
    for pair in found:
        new = {area: after for area, (_, after) in pair.weights.items()}
        assert sum(new.values()) == pytest.approx(1)
        assert {a: before for a, (before, _) in pair.weights.items()} == pytest.approx(
            {"a": 1 / 3, "b": 2 / 3}
        )
        changed = sum(abs(after - before) for before, after in pair.weights.values()) / 2
        assert pair.moved == pytest.approx(changed)
        if min(new.values()) > 0:
            index = varied.examined(with_weights(framework, new), table).scores.index
            assert index[pair.below] == pytest.approx(index[pair.above], rel=1e-9)
        less = {a: before + 0.99 * (after - before) for a, (before, after) in pair.weights.items()}
        index = varied.examined(with_weights(framework, less), table).scores.index
        assert index[pair.below] < index[pair.above]
