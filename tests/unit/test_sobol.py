"""Sobol' indices: closed forms, SALib, resampling by hand, and what must not change them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.robust.sobol import Design, Indices, design, indices, leader, mixed

Model = Callable[[np.ndarray], np.ndarray]
Runs = tuple[np.ndarray, np.ndarray, np.ndarray]
SHARES = ("first", "first_low", "first_high", "total", "total_low", "total_high")


def ran(model: Model, made: Design, factors: list[list[int]] | None = None) -> Runs:
    """The model on A, on B and on A with each factor from B; a column is a factor by default."""
    factors = factors or [[column] for column in range(made.a.shape[1])]
    yab = np.stack([model(mixed(made, columns)) for columns in factors])
    return model(made.a), model(made.b), yab


def ishigami(u: np.ndarray) -> np.ndarray:
    x = (2 * u - 1) * np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return y[:, None]


# Ishigami and Homma (1990), a = 7 and b = 0.1: parts of the variance by integration.
ALONE = np.array([(1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 7**2 / 8, 0.0])
TOGETHER = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
VARIANCE = ALONE.sum() + TOGETHER
FIRST = ALONE / VARIANCE
TOTAL = (ALONE + np.array([TOGETHER, 0, TOGETHER])) / VARIANCE


def several(n: int = 64, seed: int = 3) -> Runs:
    """Three factors and four outputs of different kinds, one of them seldom other than zero."""

    def model(u: np.ndarray) -> np.ndarray:
        rare = (u[:, 0] > 0.98).astype(float)
        return np.column_stack(
            [u.sum(axis=1), u.prod(axis=1), np.floor(4 * u[:, 1]) - u[:, 2], rare]
        )

    return ran(model, design(n, 3, seed))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ishigami_against_its_closed_form(seed: int) -> None:
    told = indices(*ran(ishigami, design(4096, 3, seed)))
    np.testing.assert_allclose(told.first[:, 0], FIRST, atol=0.03)
    np.testing.assert_allclose(told.total[:, 0], TOTAL, atol=0.02)
    np.testing.assert_allclose(told.variance, VARIANCE, rtol=0.02)


@pytest.mark.parametrize("n", [64, 1024])
def test_salib_agrees_up_to_what_it_takes_off_and_divides_by(n: int) -> None:
    from SALib.analyze import sobol

    ya, yb, yab = ran(ishigami, design(n, 3, 5))
    told = indices(ya, yb, yab)
    rows = np.column_stack([ya, *yab, yb])
    problem = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1]] * 3}
    theirs = sobol.analyze(
        problem, rows.ravel(), calc_second_order=False, num_resamples=200, conf_level=0.9, seed=1
    )
    # SALib divides by 2 N, not 2 N - 1, and takes off the mean of A, B and every mixture.
    divided = 2 * n / (2 * n - 1)
    apart = (np.mean([ya, yb]) - rows.mean()) * (yab - ya).mean(axis=1)[:, 0] / told.variance
    np.testing.assert_allclose(theirs["ST"], told.total[:, 0] * divided, rtol=1e-9)
    np.testing.assert_allclose(theirs["S1"], (told.first[:, 0] + apart) * divided, rtol=1e-9)
    # Its intervals are normal approximations, of other resamples.
    half = (told.total_high - told.total_low)[:, 0] / 2
    np.testing.assert_allclose(theirs["ST_conf"], half, rtol=0.4)


def test_an_additive_function_has_the_shares_of_its_weights() -> None:
    weights = np.array([3.0, 2.0, 1.0, 0.0])
    told = indices(*ran(lambda u: (u @ weights)[:, None], design(2048, 4, 1)))
    expected = weights**2 / (weights**2).sum()
    np.testing.assert_allclose(told.first[:, 0], expected, atol=0.02)
    np.testing.assert_allclose(told.total[:, 0], expected, atol=0.005)
    assert told.total[3, 0] == 0
    assert leader(told.total_low[:, 0], told.total_high[:, 0], told.total[:, 0]) == 0


def test_many_factors_far_from_zero() -> None:
    """Without the mean taken off, the noise here is a hundred times the indices."""
    told = indices(*ran(lambda u: 1e3 + u.sum(axis=1, keepdims=True), design(1024, 40, 1)))
    np.testing.assert_allclose(told.first[:, 0], 1 / 40, atol=0.02)
    np.testing.assert_allclose(told.total[:, 0], 1 / 40, atol=0.005)


def test_columns_of_one_factor_move_together() -> None:
    """x0 x1 + x2, uniform: variances 7/144 and 12/144, nothing between the two factors."""
    runs = ran(lambda u: (u[:, 0] * u[:, 1] + u[:, 2])[:, None], design(2048, 3, 1), [[0, 1], [2]])
    told = indices(*runs)
    np.testing.assert_allclose(told.first[:, 0], [7 / 19, 12 / 19], atol=0.02)
    np.testing.assert_allclose(told.total[:, 0], [7 / 19, 12 / 19], atol=0.01)


def test_a_discrete_factor() -> None:
    """One of 0 to 3, variance 15/12, and a uniform one, 1/12."""
    told = indices(*ran(lambda u: (np.floor(4 * u[:, 0]) + u[:, 1])[:, None], design(2048, 2, 1)))
    np.testing.assert_allclose(told.first[:, 0], [15 / 16, 1 / 16], atol=0.02)
    np.testing.assert_allclose(told.total[:, 0], [15 / 16, 1 / 16], atol=0.01)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_intervals_are_quantiles_over_resampled_rows(share: float) -> None:
    ya, yb, yab = several()
    told = indices(ya, yb, yab, bootstraps=40, share=share, seed=9)
    middle = np.concatenate([ya, yb]).mean(axis=0)
    drawn = np.random.default_rng(9).integers(0, len(ya), size=(40, len(ya)))
    again = [by_hand(ya[rows], yb[rows], yab[:, rows], middle) for rows in drawn]
    assert any(np.isnan(one).any() for one in again), "a resample without variance is among them"
    tails = [(1 - share) / 2, (1 + share) / 2]
    expected = np.nanquantile(again, tails, axis=0)
    ours = [[told.first_low, told.total_low], [told.first_high, told.total_high]]
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-12)


def by_hand(a: np.ndarray, b: np.ndarray, mixes: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """First order and total, (2, factors, outputs), as the formulas stand."""
    variance = np.concatenate([a, b]).var(axis=0, ddof=1)
    variance[variance < 1e-20] = np.nan
    first = ((b - middle) * (mixes - a)).mean(axis=1) / variance
    return np.array([first, ((a - mixes) ** 2).sum(axis=1) / (2 * len(a) * variance)])


def test_intervals_cover_the_closed_form_as_often_as_they_say() -> None:
    """Rows drawn at random: the bootstrap knows nothing of a quasi-random sequence's evenness."""
    rng, held = np.random.default_rng(0), []
    for _ in range(100):
        told = indices(*ran(ishigami, Design(rng.random((256, 3)), rng.random((256, 3)))))
        held.append((told.first_low[:, 0] <= FIRST) & (told.first_high[:, 0] >= FIRST))
    assert 0.8 < np.mean(held) < 0.97


@given(
    shift=st.floats(-1e4, 1e4),
    scale=st.floats(1e-3, 1e3).flatmap(lambda size: st.sampled_from([size, -size])),
)
def test_indices_ignore_an_output_s_origin_and_unit(shift: float, scale: float) -> None:
    runs = several()
    plain = indices(*runs, bootstraps=20)
    moved = indices(*(scale * y + shift * scale for y in runs), bootstraps=20)
    for name in SHARES:
        np.testing.assert_allclose(getattr(moved, name), getattr(plain, name), atol=1e-7)
    np.testing.assert_allclose(moved.variance, scale**2 * plain.variance, rtol=1e-7)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4), st.integers(0, 63), st.integers(0, 3),
            st.sampled_from([np.nan, np.inf, -np.inf]),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_rows_with_a_missing_value_count_nowhere(holes: list[tuple[int, int, int, float]]) -> None:
    ya, yb, yab = several()
    every = np.concatenate([[ya, yb], yab])
    for run, row, output, value in holes:
        every[run, row, output] = value
    rest = np.delete(every, sorted({row for _, row, _, _ in holes}), axis=1)
    told = indices(every[0], every[1], every[2:], bootstraps=10)
    assert told.used == rest.shape[1]
    same_bytes(told, indices(rest[0], rest[1], rest[2:], bootstraps=10))


def same_bytes(one: Indices, other: Indices) -> None:
    for first, second in zip(one, other, strict=True):
        assert np.asarray(first).tobytes() == np.asarray(second).tobytes()


def test_an_output_that_does_not_vary_has_no_indices() -> None:
    ya, yb, yab = several()
    still, wobbling = np.full_like(ya[:, :1], 0.1), ya[:, :1] * 1e-16 + 0.1
    runs = [
        np.concatenate([y, np.broadcast_to(still, (*y.shape[:-1], 1)), z], axis=-1)
        for y, z in ((ya, wobbling), (yb, wobbling), (yab, yab[..., :1]))
    ]
    told = indices(*runs)
    for name in SHARES:
        assert np.isnan(getattr(told, name)[:, 4:]).all()
        assert np.isfinite(getattr(told, name)[:, :4]).all()
    assert told.variance[4:].tolist() == [0.0, 0.0]


def test_no_row_left() -> None:
    ya, yb, yab = several()
    ya[:, 2] = np.nan
    told = indices(ya, yb, yab)
    assert told.used == 0
    assert told.first.shape == told.total_high.shape == (3, 4)
    assert all(np.isnan(getattr(told, name)).all() for name in SHARES)
    assert told.variance.tolist() == [0.0] * 4


def test_one_row() -> None:
    told = indices(np.array([[1.0]]), np.array([[3.0]]), np.array([[[3.0]], [[1.0]]]))
    assert (told.used, told.variance.tolist()) == (1, [2.0])
    assert (told.first.tolist(), told.total.tolist()) == ([[1.0], [0.0]], [[1.0], [0.0]])
    assert told.total_low.tolist() == told.total_high.tolist() == told.total.tolist()


def test_without_bootstraps_the_values_stay_and_have_no_intervals() -> None:
    none, some = (indices(*several(), bootstraps=b) for b in (0, 30))
    assert none.first.tobytes() == some.first.tobytes()
    assert none.total.tobytes() == some.total.tobytes()
    assert np.isnan([none.first_low, none.first_high, none.total_low, none.total_high]).all()


def test_same_bytes_from_any_number_of_threads_and_any_order_in_memory() -> None:
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(1)
    runs = rng.random((1000, 31)), rng.random((1000, 31)), rng.random((3, 1000, 31))
    told = []
    for threads in (1, 2, 4):
        with threadpool_limits(threads, user_api="blas"):
            told.append(indices(*runs))
    told.append(indices(*(np.asfortranarray(y) for y in runs)))
    for other in told[1:]:
        same_bytes(told[0], other)


def test_identical_outputs_have_identical_indices() -> None:
    ya, yb, yab = several()
    told = indices(*(np.concatenate([y, y, y], axis=-1) for y in (ya, yb, yab)))
    for name in ("first", "total"):
        value = getattr(told, name)
        assert value[:, :4].tobytes() == value[:, 4:8].tobytes() == value[:, 8:].tobytes()


def test_seeds() -> None:
    same_bytes(indices(*several(), seed=4), indices(*several(), seed=4))
    assert (indices(*several(), seed=4).total_low != indices(*several(), seed=5).total_low).any()
    one, same, other = (design(32, 2, seed) for seed in (7, 7, 8))
    assert one.a.tobytes() == same.a.tobytes()
    assert one.b.tobytes() == same.b.tobytes()
    assert (one.a != other.a).any()


@pytest.mark.parametrize("n", [1, 2, 64])
def test_every_column_of_a_design_is_even(n: int) -> None:
    made = design(n, 7, 1)
    for sample in made:
        assert sample.shape == (n, 7)
        cells = np.sort(np.floor(sample * n), axis=0)
        assert (cells == np.arange(n)[:, None]).all()
    assert (made.a != made.b).all()


@pytest.mark.parametrize("n", [-4, 0, 3, 1000])
def test_a_number_of_rows_that_is_no_power_of_two(n: int) -> None:
    with pytest.raises(ValueError, match=f"power of two, not {n}"):
        design(n, 2, 1)


def test_a_design_without_columns() -> None:
    with pytest.raises(ValueError, match="at least one column, not 0"):
        design(4, 0, 1)


def test_mixed_leaves_the_design_as_it_was() -> None:
    made = design(8, 3, 1)
    before = made.a.copy()
    told = mixed(made, (1,))
    assert (made.a == before).all()
    assert (told[:, 1] == made.b[:, 1]).all()
    assert (told[:, [0, 2]] == before[:, [0, 2]]).all()


def test_shapes_and_shares_that_do_not_fit() -> None:
    ya, yb, yab = several()
    for runs in ((ya[:-1], yb, yab), (ya, yb, yab[:, :-1]), (ya[:, 0], yb[:, 0], yab[..., 0])):
        with pytest.raises(ValueError, match="do not fit"):
            indices(*runs)
    for share in (0.0, 1.0, np.nan):
        with pytest.raises(ValueError, match="between 0 and 1"):
            indices(ya, yb, yab, share=share)


@pytest.mark.parametrize(
    ("low", "high", "value", "expected"),
    [
        ([0.1, 0.5], [0.4, 0.7], [0.2, 0.6], 1),
        ([0.5, 0.1, 0.0], [0.7, 0.4, 0.3], [0.6, 0.2, 0.1], 0),
        ([0.1, 0.3], [0.4, 0.7], [0.2, 0.6], None),
        ([0.1, 0.4], [0.4, 0.7], [0.2, 0.6], None),
        # The second's interval lies above the first's, but not the third's.
        ([0.1, 0.5, 0.4], [0.3, 0.8, 0.6], [0.2, 0.7, 0.5], None),
        ([np.nan, 0.5], [0.4, 0.7], [0.2, 0.6], None),
        ([np.nan] * 2, [np.nan] * 2, [np.nan] * 2, None),
        ([0.8], [1.1], [1.0], 0),
        ([], [], [], None),
    ],
)
def test_leader(
    low: list[float], high: list[float], value: list[float], expected: int | None
) -> None:
    assert leader(np.array(low), np.array(high), np.array(value)) == expected
