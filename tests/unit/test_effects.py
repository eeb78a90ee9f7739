"""What the values of a factor do to weights and configurations."""

from __future__ import annotations

import numpy as np
import pytest

from stiscore.methods.aggregate import Arithmetic
from stiscore.methods.climb import Bough
from stiscore.robust.draws import Beside, Block, Choice, Even, Normal
from stiscore.robust.effects import Effect, codes, drawn, laid_out, multipliers, unchanged

# Leaves 0-2, area 3 (leaves 0 and 1), area 4 (leaf 2), index 5.
BOUGHS = (
    Bough(3, (0, 1), (0.5, 0.5), Arithmetic()),
    Bough(4, (2,), (1.0,), Arithmetic()),
    Bough(5, (3, 4), (0.5, 0.5), Arithmetic()),
)
WEIGHTS = Effect(0, "weights", Even(2, 0.5), (3, 4))
LOWER = Effect(1, "weights", Even(2, 0.25), (0, 1))
SETS = Effect(2, "sets", Choice((0.5, 0.5)), table=np.array([[1.0] * 6, [1, 1, 1, 3, 0.5, 1]]))
DROP = Effect(3, "drop", Choice((0.5, 0.25, 0.25)), (0, 4))
METHODS = Effect(4, "setting", Choice((0.25,) * 4))
TURNED = Effect(5, "setting", Choice((0.5, 0.5), 2))
NOISE = Effect(6, "noise", Normal(3))
ALL = (WEIGHTS, LOWER, SETS, DROP, METHODS, TURNED, NOISE)


def test_what_changes_nothing() -> None:
    values = unchanged(ALL, 4)
    assert {number: held.shape for number, held in values.items()} == {
        effect.number: (4, effect.source.dims) for effect in ALL
    }
    assert (multipliers(ALL, values, 4, 6, BOUGHS) == 1.0).all()
    assert codes(ALL, values).tolist() == [[0, 0, 0]] * 4
    assert (values[6] == 0).all()


def test_factors_multiply() -> None:
    values = unchanged(ALL, 2)
    values[0][:] = [[0.5, 1.5], [1.0, 1.0]]
    values[1][:] = [[0.8, 1.2], [1.0, 1.25]]
    values[2][:] = [[1], [0]]
    told = multipliers(ALL, values, 2, 6, BOUGHS)
    assert told.tolist() == [[0.8, 1.2, 1, 1.5, 0.75, 1], [1, 1.25, 1, 1, 1, 1]]


def test_two_factors_on_one_node_multiply() -> None:
    twice = (WEIGHTS, Effect(9, "weights", Even(1, 0.5), (3,)))
    told = multipliers(twice, {0: np.full((1, 2), 0.5), 9: np.full((1, 1), 3.0)}, 1, 6, BOUGHS)
    assert told[0].tolist() == [1, 1, 1, 1.5, 0.5, 1]


def test_one_node_is_left_out_where_its_number_is_drawn() -> None:
    values = {3: np.array([[0.0], [1.0], [2.0]])}
    told = multipliers((DROP,), values, 3, 6, BOUGHS)
    assert told.tolist() == [[1] * 6, [0, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 1]]


def test_a_group_without_children_is_left_out_too() -> None:
    lone = Effect(0, "drop", Choice((0.5, 0.5)), (2,))
    told = multipliers((lone,), {0: np.array([[1.0]])}, 1, 6, BOUGHS)
    assert told[0].tolist() == [1, 1, 0, 1, 0, 1]
    both = (lone, Effect(1, "drop", Choice((0.5, 0.5)), (3,)))
    told = multipliers(both, {0: np.array([[1.0]]), 1: np.array([[1.0]])}, 1, 6, BOUGHS)
    assert told[0].tolist() == [1, 1, 0, 0, 0, 0]


def test_what_has_no_values_changes_nothing() -> None:
    assert (multipliers(ALL, {}, 3, 6, BOUGHS) == 1.0).all()


def test_codes_are_the_choices_of_the_settings_alone_in_order() -> None:
    values = unchanged(ALL, 2)
    values[4][:] = [[3], [0]]
    values[5][:] = [[0, 1], [1, 0]]
    assert codes(ALL, values).tolist() == [[3, 0, 1], [0, 1, 0]]
    assert codes((WEIGHTS,), {0: np.ones((7, 2))}).shape == (7, 0)
    assert codes((), {}).shape == (1, 0)


def test_draws_hang_on_the_number_of_a_factor_and_not_on_its_place() -> None:
    block = Block(2, 16384, 5)
    one = drawn(ALL, 9, block)
    other = drawn((NOISE, WEIGHTS), 9, block)
    np.testing.assert_array_equal(one[6], other[6])
    np.testing.assert_array_equal(one[0], other[0])
    assert not np.array_equal(one[0], one[1][:, :2])


def test_a_cube_is_shared_out_factor_beside_factor() -> None:
    cube = np.random.default_rng(0).random((6, sum(e.source.dims for e in ALL)))
    told = laid_out(ALL, cube)
    at = 0
    for effect in ALL:
        part = cube[:, at : at + effect.source.dims]
        np.testing.assert_array_equal(told[effect.number], effect.source.at(part))
        at += effect.source.dims
    assert laid_out((), np.empty((6, 0))) == {}


@pytest.mark.parametrize("dims", [1, 4])
def test_a_factor_of_several_families_is_one_factor(dims: int) -> None:
    source = Beside((Even(dims, 0.5), Even(2, 0.1)))
    effect = Effect(0, "weights", source, tuple(range(dims + 2)))
    told = multipliers((effect,), {0: source.at(np.full((1, dims + 2), 1.0))}, 1, 8, ())
    np.testing.assert_allclose(told[0, : dims + 2], [1.5] * dims + [1.1, 1.1], rtol=1e-12)
