"""What every imputation that learns from other units owes; a new one is met without an edit.

Those that fill along a unit's years are met in test_panel.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import TypeAdapter

from stiscore.methods.base import members
from stiscore.methods.impute import (
    Fills,
    GroupMean,
    GroupMedian,
    Impute,
    ImputeTable,
    Imputing,
    MeanFill,
    MedianFill,
    NoImpute,
    RowMean,
    RowMedian,
)
from stiscore.methods.maps import ColumnSpec

ALL = [method for method in members(Impute) if not method.panel]
GROUPED = [method for method in ALL if "group" in method.model_fields]
ROWS = [method for method in ALL if "within" in method.model_fields]
# Directions and labels repeat, so that a table may have any number of columns.
BENEFIT = (True, False, True, True)
GROUPS = ("east", "west", None)
VALUES = np.array(
    [
        [4.0, 90.0, np.nan, 1.0],
        [1.0, np.nan, 0.5, -2.0],
        [np.nan, 40.0, 0.25, np.nan],
        [8.0, 40.0, np.nan, 5.0],
        [4.0, 20.0, 0.75, np.nan],
        [np.nan, 70.0, 0.5, 0.0],
    ]
)


def called(method: type[Imputing]) -> str:
    return method.model_fields["id"].default


every = pytest.mark.parametrize("method", ALL, ids=called)
grouped = pytest.mark.parametrize("method", GROUPED, ids=called)
by_row = pytest.mark.parametrize("method", ROWS, ids=called)


def made(method: type[Imputing]) -> Imputing:
    """Default settings, and the grouping where one must be named."""
    return method(group="region") if "group" in method.model_fields else method()


def groups(values: np.ndarray) -> list[str | None]:
    return [GROUPS[row % 2] for row in range(values.shape[0])]


def table(
    values: np.ndarray,
    held: Sequence[str | None] | None = None,
    within: Sequence[str] | None = None,
) -> ImputeTable:
    wide = values.shape[1]
    specs = [ColumnSpec(f"c{j}", BENEFIT[j % 4], "linear", None) for j in range(wide)]
    return ImputeTable(values, specs, held or groups(values), within or ("",) * wide)


def fit(method: type[Imputing], values: np.ndarray) -> Fills:
    return made(method).fit(table(values))


def filled(method: type[Imputing], values: np.ndarray) -> np.ndarray:
    return fit(method, values).apply(values, groups(values))


@every
class TestEvery:
    def test_what_is_there_stays_to_the_bit(self, method: type[Imputing]) -> None:
        values, there = VALUES.copy(), ~np.isnan(VALUES)
        out = filled(method, values)
        assert out[there].tobytes() == VALUES[there].tobytes()
        assert values.tobytes() == VALUES.tobytes()
        assert not np.shares_memory(out, values)

    def test_what_is_filled_lies_in_the_range_of_its_column(self, method: type[Imputing]) -> None:
        out = filled(method, VALUES)
        for told, known in zip(out.T, VALUES.T, strict=True):
            slack = 1e-14 * np.nanmax(np.abs(known))
            assert (told[~np.isnan(told)] >= np.nanmin(known) - slack).all()
            assert (told[~np.isnan(told)] <= np.nanmax(known) + slack).all()

    @pytest.mark.parametrize("level", [0.1, 4.0, 0.0, -7.3, 1e-300, 1e300])
    @pytest.mark.parametrize("rows", [3, 12, 45])
    def test_a_constant_column_is_filled_with_itself_or_not(
        self, method: type[Imputing], level: float, rows: int
    ) -> None:
        values = np.tile([[level, 1.0]], (rows, 1))
        values[0, 0] = np.nan
        values[:, 1] = np.arange(rows)
        told = filled(method, values)[0, 0]
        assert told == level or np.isnan(told)

    def test_ties(self, method: type[Imputing]) -> None:
        values = np.array([[5.0, 1.0], [5.0, 1.0], [2.0, 3.0], [np.nan, 1.0], [np.nan, 1.0]])
        out = fit(method, values).apply(values, ["east"] * 5)
        assert out[3].tobytes() == out[4].tobytes()

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_units(self, method: type[Imputing], rows: int) -> None:
        learned = fit(method, VALUES)
        out = learned.apply(VALUES[:rows], groups(VALUES[:rows]))
        assert out.shape == (rows, 4)
        if rows:
            own = filled(method, VALUES[:rows])
            assert not np.isinf(own).any()
            assert (~np.isnan(own) >= ~np.isnan(VALUES[:rows])).all()

    def test_a_column_without_a_value_stays_missing(self, method: type[Imputing]) -> None:
        empty = VALUES.copy()
        empty[:, 1] = np.nan
        out = filled(method, empty)
        assert np.isnan(out[:, 1]).all()
        assert np.isnan(filled(method, np.full((4, 3), np.nan))).all()
        assert filled(method, VALUES[:, :0]).shape == (6, 0)

    def test_zero_and_negative_values(self, method: type[Imputing]) -> None:
        values = np.array([[0.0, -3.0], [-0.0, np.nan], [-8.0, 0.0], [np.nan, -1.0]])
        out = fit(method, values).apply(values, ["east"] * 4)
        assert not np.isinf(out).any()
        moved = fit(method, values - 5.0).apply(values - 5.0, ["east"] * 4)
        np.testing.assert_allclose(moved, out - 5.0, rtol=1e-13)

    @pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e300])
    def test_any_magnitude(self, method: type[Imputing], size: float) -> None:
        at_one = VALUES / 100
        out = filled(method, at_one * size)
        np.testing.assert_allclose(out, filled(method, at_one) * size, rtol=1e-12, atol=0)

    def test_mixed_magnitudes(self, method: type[Imputing]) -> None:
        values = np.array([[1e-300, 1.0], [1e300, np.nan], [-1e300, 2.0], [np.nan, 1e-300]])
        out = fit(method, values).apply(values, ["east"] * 4)
        assert not np.isinf(out).any()

    @pytest.mark.parametrize("seed", range(5))
    def test_order_of_rows_is_free_to_the_bit(self, method: type[Imputing], seed: int) -> None:
        draw = np.random.default_rng(seed)
        values = draw.lognormal(1, 2, (40, 4))
        values[draw.random(values.shape) < 0.3] = np.nan
        turn, held = draw.permutation(40), groups(values)
        turned = [held[row] for row in turn]
        one = made(method).fit(table(values, held))
        other = made(method).fit(table(values[turn], turned))
        here, there = one.apply(values, held), other.apply(values[turn], turned)
        assert there.tobytes() == here[turn].tobytes()

    def test_units_of_measurement_are_free(self, method: type[Imputing]) -> None:
        for column in range(4):
            scale = np.ones(4)
            scale[column] = 1000.0
            out = filled(method, VALUES * scale)
            np.testing.assert_allclose(out, filled(method, VALUES) * scale, rtol=1e-12)

    def test_fit_on_one_part_serves_another_to_the_bit(self, method: type[Imputing]) -> None:
        learned, held = fit(method, VALUES[:4]), groups(VALUES)
        whole = learned.apply(VALUES, held)
        for rows in ([0], [5, 2], [4, 4, 1], list(range(6))):
            part = learned.apply(VALUES[rows], [held[row] for row in rows])
            assert part.tobytes() == whole[rows].tobytes()

    def test_what_was_learned_survives_json(self, method: type[Imputing]) -> None:
        kind: TypeAdapter[Fills] = TypeAdapter(Fills)
        learned = fit(method, VALUES / 7)
        again = kind.validate_json(kind.dump_json(learned))
        assert again == learned
        assert type(again) is type(learned)
        out = again.apply(VALUES, groups(VALUES))
        assert out.tobytes() == learned.apply(VALUES, groups(VALUES)).tobytes()

    @given(
        values=arrays(float, (6, 3), elements=st.one_of(st.floats(-1e300, 1e300), st.just(np.nan)))
    )
    def test_any_table(self, method: type[Imputing], values: np.ndarray) -> None:
        out = filled(method, values)
        there = ~np.isnan(values)
        assert out[there].tobytes() == values[there].tobytes()
        assert not np.isinf(out).any()


@grouped
class TestGroups:
    def test_who_is_in_no_known_group_stays_missing(self, method: type[Imputing]) -> None:
        learned = made(method).fit(table(VALUES, ["east", "east", None, "west", "west", None]))
        bare = np.full((3, 4), np.nan)
        out = learned.apply(bare, [None, "north", "east"])
        assert np.isnan(out[:2]).all()
        assert not np.isnan(out[2]).any()

    def test_a_group_without_a_value_fills_nothing(self, method: type[Imputing]) -> None:
        values = np.array([[1.0], [3.0], [np.nan]])
        learned = made(method).fit(table(values, ["east", "east", "west"]))
        out = learned.apply(np.full((2, 1), np.nan), ["east", "west"])
        np.testing.assert_array_equal(out, [[2.0], [np.nan]])

    def test_no_group_at_all_is_refused(self, method: type[Imputing]) -> None:
        with pytest.raises(ValueError, match="no unit belongs to a group to be filled from"):
            made(method).fit(table(VALUES, [None] * 6))

    def test_several_peer_groups_may_be_named(self, method: type[Imputing]) -> None:
        several = method(group=("brics", "oecd"))
        assert method.model_validate_json(several.model_dump_json()) == several


@by_row
class TestRows:
    def test_only_columns_of_one_label_fill_each_other(self, method: type[Imputing]) -> None:
        values = np.array([[0.0, 0.0, 0.0], [10.0, 4.0, 1.0], [5.0, np.nan, np.nan]])
        specs = [ColumnSpec(c, benefit=True, curve="linear", goalposts=None) for c in "abc"]
        held = ImputeTable(values, specs, (None,) * 3, ("x", "x", "y"))
        out = made(method).fit(held).apply(values, (None,) * 3)
        np.testing.assert_array_equal(out[2], [5.0, 2.0, np.nan])

    def test_a_cost_is_turned(self, method: type[Imputing]) -> None:
        values = np.array([[0.0, 60.0], [10.0, 20.0], [7.5, np.nan]])
        out = made(method).fit(table(values)).apply(values, (None,) * 3)
        assert out[2, 1] == pytest.approx(30.0)

    def test_a_row_without_a_value_and_a_column_without_a_range(
        self, method: type[Imputing]
    ) -> None:
        values = np.array([[0.0, 3.0, 2.0], [10.0, 3.0, np.nan], [np.nan, np.nan, np.nan]])
        out = filled(method, values)
        np.testing.assert_array_equal(out[1], [10.0, 3.0, np.nan])
        assert np.isnan(out[2]).all()


class TestWorkedOut:
    """By hand, on one column or one row."""

    @pytest.mark.parametrize(
        ("method", "told"),
        [(NoImpute(), np.nan), (MeanFill(), 4.0), (MedianFill(), 2.0)],
    )
    def test_one_figure_a_column(self, method: Imputing, told: float) -> None:
        values = np.array([[1.0], [2.0], [9.0], [np.nan]])
        out = method.fit(table(values)).apply(values, groups(values))
        np.testing.assert_array_equal(out[3], [told])

    @pytest.mark.parametrize(
        ("method", "east", "west"),
        [(GroupMean(group="region"), 3.0, 10.0), (GroupMedian(group="region"), 2.0, 10.0)],
    )
    def test_one_figure_a_group(self, method: Imputing, east: float, west: float) -> None:
        held = ["east", "east", "east", "west", "east", "west"]
        values = np.array([[1.0], [2.0], [6.0], [10.0], [np.nan], [np.nan]])
        out = method.fit(table(values, held)).apply(values, held)
        assert out[4:, 0].tolist() == [east, west]

    @pytest.mark.parametrize(("method", "told"), [(RowMean(), 140 / 3), (RowMedian(), 30.0)])
    def test_one_figure_a_row(self, method: Imputing, told: float) -> None:
        values = np.array([[0.0, 8.0, -1.0, 0.0], [10.0, 0.0, 1.0, 100.0], [1.0, 5.6, 1.0, np.nan]])
        # On their scales the third row has 0.1, 0.3 (a cost) and 1.
        out = method.fit(table(values)).apply(values, groups(values))
        assert out[2, 3] == pytest.approx(told, rel=1e-14)
