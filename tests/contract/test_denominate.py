"""What every denomination owes; a new member of the union is met here without an edit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from stiscore.methods.base import Method, members
from stiscore.methods.denominate import ByColumn, Denominate, DeriveRatios, Recipe

ALL = members(Denominate)
ABOVE = np.array([3.0, np.nan, 5.0, 0.0, -4.0, 3.0])
BELOW = np.array([60.0, 2.0, np.nan, 8.0, 2.0, 60.0])
numbers = arrays(float, 5, elements=st.one_of(st.floats(-1e300, 1e300), st.just(np.nan)))

every = pytest.mark.parametrize("method", ALL, ids=lambda m: m.model_fields["id"].default)


def quotient(
    method: type[Method], above: np.ndarray, below: np.ndarray, factor: float = 1.0
) -> np.ndarray:
    """One column over another: by a recipe, or as the method's own settings say."""
    if hasattr(method, "derive"):
        recipe = Recipe((0,), (1,), "sum", "sum", factor)
        return method().derive(np.column_stack([above, below]), recipe)
    return method(denominator="below", factor=factor).divide(above, below)


@every
class TestEvery:
    def test_quotients_and_what_is_missing(self, method: type[Method]) -> None:
        out = quotient(method, ABOVE, BELOW, factor=100.0)
        np.testing.assert_array_equal(out, [5, np.nan, np.nan, 0, -200, 5])

    @pytest.mark.parametrize("nought", [0.0, -0.0])
    def test_a_denominator_of_zero_gives_no_number(
        self, method: type[Method], nought: float
    ) -> None:
        for above in (3.0, 0.0, -3.0, np.nan):
            assert np.isnan(quotient(method, np.array([above]), np.array([nought]))).all()

    @pytest.mark.parametrize("rows", [0, 1, 2])
    def test_few_units(self, method: type[Method], rows: int) -> None:
        assert quotient(method, ABOVE[:rows], BELOW[:rows]).shape == (rows,)

    def test_all_missing(self, method: type[Method]) -> None:
        none = np.full(4, np.nan)
        for above, below in ((none, np.ones(4)), (np.ones(4), none), (none, none)):
            assert np.isnan(quotient(method, above, below)).all()

    def test_a_constant_column_by_itself_is_the_factor(self, method: type[Method]) -> None:
        told = quotient(method, np.full(3, 7.0), np.full(3, 7.0), factor=1000.0)
        assert told.tolist() == [1000.0] * 3

    @pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e300])
    def test_any_magnitude(self, method: type[Method], size: float) -> None:
        for factor in (1.0, 1e-5, 1e12):
            out = quotient(
                method, np.array([3.0, -1.0]) * size, np.array([6.0, 6.0]) * size, factor
            )
            np.testing.assert_allclose(out, np.array([0.5, -1 / 6]) * factor, rtol=1e-12)

    def test_what_is_no_number_is_missing(self, method: type[Method]) -> None:
        assert np.isnan(quotient(method, np.array([1e300]), np.array([1e-300]))).all()

    def test_a_part_of_the_rows_and_any_order_give_the_same_bits(
        self, method: type[Method]
    ) -> None:
        draw = np.random.default_rng(1)
        above, below = draw.lognormal(0, 3, (2, 50))
        whole = quotient(method, above, below, 100.0)
        for rows in ([7], [9, 2, 2], draw.permutation(50)):
            assert quotient(method, above[rows], below[rows], 100.0).tobytes() == (
                whole[rows].tobytes()
            )

    def test_units_of_measurement_are_free(self, method: type[Method]) -> None:
        draw = np.random.default_rng(2)
        above, below = draw.lognormal(0, 3, (2, 50))
        here = quotient(method, above, below)
        np.testing.assert_allclose(quotient(method, 1000 * above, 1000 * below), here, rtol=1e-14)
        np.testing.assert_allclose(quotient(method, above, 1000 * below, 1000), here, rtol=1e-14)

    def test_settings_survive_json(self, method: type[Method]) -> None:
        settings = method()
        assert method.model_validate_json(settings.model_dump_json()) == settings
        assert next(iter(method.model_fields)) == "id"

    def test_values_are_left_as_they_are(self, method: type[Method]) -> None:
        above, below = ABOVE.copy(), BELOW.copy()
        quotient(method, above, below, 100.0)
        assert (above.tobytes(), below.tobytes()) == (ABOVE.tobytes(), BELOW.tobytes())

    @given(above=numbers, below=numbers)
    def test_any_figures(self, method: type[Method], above: np.ndarray, below: np.ndarray) -> None:
        out = quotient(method, above, below)
        assert not np.isinf(out).any()
        lost = np.isnan(above) | np.isnan(below) | (below == 0)
        assert np.isnan(out[lost]).all()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            plain = above / below
        fits = ~lost & np.isfinite(plain)
        np.testing.assert_allclose(out[fits], plain[fits], rtol=1e-15)


class TestRecipes:
    """Sums and means of several quantities, above and below."""

    VALUES = np.array([[1.0, 2.0, 30.0, 10.0], [4.0, np.nan, 8.0, 8.0], [5.0, 5.0, 3.0, -3.0]])

    @pytest.mark.parametrize(
        ("recipe", "told"),
        [
            (Recipe((0, 1), (2,), "sum", "sum", 100.0), [10, np.nan, 1000 / 3]),
            (Recipe((0, 1), (2,), "mean", "sum", 100.0), [5, np.nan, 500 / 3]),
            (Recipe((0,), (2, 3), "sum", "sum", 1.0), [0.025, 0.25, np.nan]),
            (Recipe((0,), (2, 3), "sum", "mean", 1.0), [0.05, 0.5, np.nan]),
            (Recipe((2, 3), (), "mean", "sum", 2.0), [40, 16, 0]),
            (Recipe((3,), (0, 0), "sum", "sum", -1.0), [-5, -1, 0.3]),
        ],
    )
    def test_worked_out(self, recipe: Recipe, told: list[float]) -> None:
        out = DeriveRatios().derive(self.VALUES, recipe)
        np.testing.assert_allclose(out, told, rtol=1e-15)

    def test_a_product_too_large_by_itself_is_missing(self) -> None:
        big = Recipe((0,), (), "sum", "sum", 1e10)
        assert np.isnan(DeriveRatios().derive(np.array([[1e300]]), big)).all()


@pytest.mark.parametrize("settings", [{"factor": 0.0}, {"factor": -1.0}, {"denominator": 3}])
def test_settings_out_of_range_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=next(iter(settings))):
        ByColumn(**settings)
