"""What every screening owes; a new member of the union is met here without an edit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from stiscore.methods.base import members
from stiscore.methods.screen import Availability, NoScreen, Screen, Screened, Screening, shares

ALL = members(Screen)
VALUES = np.array(
    [
        [1.0, 2.0, 3.0, 4.0],
        [np.nan, np.nan, np.nan, 4.0],
        [0.0, 0.0, 0.0, -4.0],
        [np.nan, np.nan, np.nan, np.nan],
        [0.0, np.nan, 5.0, 5.0],
        [-0.0, np.nan, np.nan, 0.0],
    ]
)
tables = arrays(
    float, (5, 4), elements=st.one_of(st.just(0.0), st.just(np.nan), st.floats(-1e300, 1e300))
)

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)


def units(values: np.ndarray) -> list[str]:
    return [f"u{row}" for row in range(values.shape[0])]


def screened(method: Screening, values: np.ndarray) -> Screened:
    return method.screen(values, units(values))


def same(one: Screened, other: Screened) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


@every
class TestEvery:
    def test_one_answer_a_unit(self, method: type[Screening]) -> None:
        told = screened(method(), VALUES)
        assert {field.shape for field in told} == {(6,)}
        assert told.excluded.dtype == told.forced.dtype == np.bool_
        assert not told.forced.any()

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_units(self, method: type[Screening], rows: int) -> None:
        assert screened(method(), VALUES[:rows]).excluded.shape == (rows,)

    @pytest.mark.parametrize("wide", [0, 1])
    def test_few_columns(self, method: type[Screening], wide: int) -> None:
        assert screened(method(), VALUES[:, :wide]).excluded.shape == (6,)

    def test_a_unit_with_everything_stays(self, method: type[Screening]) -> None:
        assert not screened(method(), VALUES).excluded[0]

    def test_equal_units_fare_alike(self, method: type[Screening]) -> None:
        told = screened(method(), VALUES[[1, 4, 1, 4]])
        assert same(Screened(*(f[:2] for f in told)), Screened(*(f[2:] for f in told)))

    def test_a_part_of_the_rows_and_any_order_give_the_same_bits(
        self, method: type[Screening]
    ) -> None:
        whole = screened(method(), VALUES)
        for rows in ([3], [5, 0], [2, 2, 1], [5, 4, 3, 2, 1, 0]):
            part = method().screen(VALUES[rows], [f"u{row}" for row in rows])
            assert same(part, Screened(*(field[rows] for field in whole)))

    @pytest.mark.parametrize("size", [1e-300, 1000.0, -1.0, 1e299])
    def test_magnitude_and_measurement_are_free(self, method: type[Screening], size: float) -> None:
        assert same(screened(method(), VALUES * size), screened(method(), VALUES))

    def test_order_of_columns_is_free(self, method: type[Screening]) -> None:
        assert same(screened(method(), VALUES[:, ::-1]), screened(method(), VALUES))

    def test_settings_survive_json(self, method: type[Screening]) -> None:
        settings = method()
        assert method.model_validate_json(settings.model_dump_json()) == settings
        assert next(iter(method.model_fields)) == "id"

    def test_values_are_left_as_they_are(self, method: type[Screening]) -> None:
        values = VALUES.copy()
        screened(method(), values)
        assert values.tobytes() == VALUES.tobytes()

    @given(values=tables)
    def test_any_table(self, method: type[Screening], values: np.ndarray) -> None:
        told = screened(method(), values)
        assert told.excluded.shape == (5,)
        known = np.concatenate([told.available, told.nonzero])
        assert ((known >= 0) & (known <= 1) | np.isnan(known)).all()


def test_none_leaves_nobody_out() -> None:
    assert not screened(NoScreen(), VALUES).excluded.any()


@pytest.mark.parametrize(
    ("settings", "out"),
    [
        ({}, [1, 3, 5]),
        ({"min_unit_coverage": 0.75}, [1, 3, 5]),
        ({"min_unit_coverage": 0.76}, [1, 3, 4, 5]),
        ({"min_unit_coverage": 0.0}, []),
        ({"mode": "zeros"}, [2, 5]),
        ({"mode": "zeros", "min_nonzero": 0.25}, [5]),
        ({"mode": "zeros", "min_nonzero": 1.0}, [2, 4, 5]),
        ({"mode": "both"}, [1, 2, 3, 5]),
        ({"mode": "both", "force": {"u0": False, "u3": True, "XX": False}}, [0, 1, 2, 5]),
    ],
)
def test_who_is_left_out(settings: dict[str, object], out: list[int]) -> None:
    told = screened(Availability(**settings), VALUES)
    assert np.flatnonzero(told.excluded).tolist() == out
    assert told.forced.tolist() == [unit in settings.get("force", {}) for unit in units(VALUES)]


def test_shares_are_told() -> None:
    told = screened(Availability(), VALUES)
    assert told.available.tolist() == [1, 0.25, 1, 0, 0.75, 0.5]
    np.testing.assert_allclose(told.nonzero, [1, 1, 0.25, 1, 2 / 3, 0])


@pytest.mark.parametrize("mode", ["missing", "zeros"])
def test_a_share_equal_to_its_threshold_stays(mode: str) -> None:
    """Whatever rounding makes of the two: 1 - 2/3 is not 1/3."""
    for wide in range(1, 60):
        gap = np.nan if mode == "missing" else 0.0
        for held in range(wide + 1):
            values = np.where(np.arange(wide) < held, 1.0, gap)[None]
            least = held / wide
            kept = Availability(mode=mode, min_unit_coverage=least, min_nonzero=least)
            assert not screened(kept, values).excluded[0], (held, wide)
            if held < wide:
                least = (held + 0.01) / wide
                strict = Availability(mode=mode, min_unit_coverage=least, min_nonzero=least)
                assert screened(strict, values).excluded[0], (held, wide)


@given(values=tables)
def test_shares_are_counts(values: np.ndarray) -> None:
    available, nonzero = shares(values)
    for row, present, other in zip(values, available, nonzero, strict=True):
        held = [value for value in row.tolist() if value == value]  # noqa: PLR0124
        assert present == Fraction(len(held), 4)
        wanted = Fraction(sum(value != 0 for value in held), len(held) or 1) if held else 1
        assert other == pytest.approx(float(wanted), abs=1e-15)


@pytest.mark.parametrize(
    "settings",
    [{"min_unit_coverage": 1.1}, {"min_nonzero": -0.1}, {"mode": "any"}, {"force": {"A": "yes"}}],
)
def test_settings_out_of_range_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(settings))):
        Availability(**settings)
