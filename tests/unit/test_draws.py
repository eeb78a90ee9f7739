"""Blocks, seeds and distributions: moments within four standard errors, two ways that agree."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from stiscore.methods.base import Array
from stiscore.robust.draws import (
    BLOCK,
    Beside,
    Choice,
    Dirichlet,
    Even,
    Normal,
    Source,
    blocks,
    generator,
)

Way = Callable[[Source], Array]
SIZE = 20_000


def drawn(source: Source, seed: int = 1, size: int = SIZE) -> Array:
    return source.draw(np.random.default_rng(seed), size)


def laid_out(source: Source, seed: int = 2, size: int = SIZE) -> Array:
    return source.at(np.random.default_rng(seed).random((size, source.dims)))


def close(value: float, wanted: float, error: float) -> bool:
    return abs(value - wanted) <= 4 * error


@given(st.integers(0, 100_000), st.integers(0, 40_000))
def test_blocks_cover_every_variant_once(draws: int, units: int) -> None:
    told = list(blocks(draws, units))
    assert [b.number for b in told] == list(range(len(told)))
    assert sum(b.size for b in told) == draws
    at = 0
    for block in told:
        assert block.first == at
        assert 0 < block.size <= BLOCK
        at += block.size


@given(st.integers(1, 50_000), st.integers(1, 50_000), st.integers(1, 3_000))
def test_a_longer_run_begins_with_the_blocks_of_a_shorter(a: int, b: int, units: int) -> None:
    short, long = sorted((a, b))
    whole = list(blocks(short, units))[:-1]
    assert whole == list(blocks(long, units))[: len(whole)]


def test_every_factor_of_every_block_has_numbers_of_its_own() -> None:
    seen = {
        tuple(generator(seed, block, factor).random(4))
        for seed in (0, 1)
        for block in (0, 1, 2)
        for factor in (0, 1, 2)
    }
    assert len(seen) == 18
    assert generator(3, 1, 2).random() == generator(3, 1, 2).random()


def test_the_seed_is_as_the_contract_has_it() -> None:
    own = np.random.default_rng(np.random.SeedSequence(7, spawn_key=(2, 5)))
    assert generator(7, 2, 5).random(3).tolist() == own.random(3).tolist()


@pytest.mark.parametrize("draw", [drawn, laid_out])
def test_even_multipliers(draw: Way) -> None:
    told = draw(Even(3, 0.5))
    assert told.shape == (SIZE, 3)
    assert told.min() >= 0.5
    assert told.max() <= 1.5
    error = math.sqrt(1 / 12 / SIZE)
    assert all(close(column.mean(), 1.0, error) for column in told.T)
    # The fourth moment of a uniform variable: its variance has the error sqrt((m4 - v^2) / n).
    assert all(
        close(column.var(), 1 / 12, math.sqrt((1 / 80 - 1 / 144) / SIZE)) for column in told.T
    )


def test_no_spread_is_one_exactly() -> None:
    assert (drawn(Even(2, 0.0)) == 1.0).all()


MEANS = [(0.5, 0.3, 0.2), (1 / 3, 1 / 3, 1 / 3), (0.97, 0.03), (0.125,) * 8]


@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize("concentration", [0.5, 3.0, 8.0, 50.0])
@pytest.mark.parametrize("draw", [drawn, laid_out])
def test_dirichlet_weights_have_their_means_and_variances(
    means: tuple[float, ...], concentration: float, draw: Way
) -> None:
    told = draw(Dirichlet(means, concentration))
    assert (told >= 0).all()
    shares = told * np.array(means)
    shares /= shares.sum(axis=1, keepdims=True)
    for column, mean in zip(shares.T, means, strict=True):
        variance = mean * (1 - mean) / (concentration + 1)
        assert close(column.mean(), mean, math.sqrt(variance / SIZE))
        # The marginal is a beta variable, whose excess kurtosis is known.
        a, b = concentration * mean, concentration * (1 - mean)
        excess = 6 * ((a - b) ** 2 * (a + b + 1) - a * b * (a + b + 2))
        excess /= a * b * (a + b + 2) * (a + b + 3)
        assert close(column.var(), variance, variance * math.sqrt((excess + 2) / SIZE))


SOURCES = [
    Even(2, 0.25),
    Dirichlet((0.5, 0.3, 0.2), 4.0),
    Dirichlet((0.25,) * 4, 4.0),
    Dirichlet((0.9, 0.1), 0.7),
    Normal(2),
    Beside((Even(1, 0.5), Dirichlet((0.5, 0.5), 6.0), Choice((0.5, 0.5)))),
]


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_points_of_the_cube_and_draws_are_alike(source: Source) -> None:
    one, other = drawn(source), laid_out(source)
    assert one.shape == other.shape == (SIZE, source.dims)
    for a, b in zip(one.T, other.T, strict=True):
        assert ks_2samp(a, b).pvalue > 1e-5


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_the_cube_is_read_upwards_and_its_ends_are_finite(source: Source) -> None:
    steps = np.linspace(0.0, 1.0, 101)[:, None] * np.ones((1, source.dims))
    told = source.at(steps)
    assert np.isfinite(told).all()
    assert (np.diff(told, axis=0) >= 0).all()


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.5, 0.1, 0.1, 0.3), (0.0, 0.5, 0.5), (1.0,)])
@pytest.mark.parametrize("draw", [drawn, laid_out])
def test_alternatives_come_as_often_as_their_shares(shares: tuple[float, ...], draw: Way) -> None:
    told = draw(Choice(shares, dims=2))
    assert told.shape == (SIZE, 2)
    for column in told.T:
        for number, share in enumerate(shares):
            got = (column == number).mean()
            assert close(got, share, math.sqrt(share * (1 - share) / SIZE))
        assert np.isin(column, range(len(shares))).all()


@pytest.mark.parametrize("count", [3, 7, 10, 49])
def test_the_last_alternative_is_the_last_even_at_the_end_of_the_cube(count: int) -> None:
    source = Choice((1.0 / count,) * count)
    ends = np.array([[0.0], [1.0 - 2.0**-53], [1.0]])
    assert source.at(ends).ravel().tolist() == [0, count - 1, count - 1]


@pytest.mark.parametrize("draw", [drawn, laid_out])
def test_normal_values(draw: Way) -> None:
    told = draw(Normal(2))
    for column in told.T:
        assert close(column.mean(), 0.0, 1 / math.sqrt(SIZE))
        assert close(column.var(), 1.0, math.sqrt(2 / SIZE))


def test_sources_side_by_side_keep_their_columns() -> None:
    both = Beside((Even(2, 0.5), Normal(1)))
    cube = np.random.default_rng(5).random((10, 3))
    told = both.at(cube)
    np.testing.assert_array_equal(told[:, :2], Even(2, 0.5).at(cube[:, :2]))
    np.testing.assert_array_equal(told[:, 2:], Normal(1).at(cube[:, 2:]))
    assert both.dims == 3
