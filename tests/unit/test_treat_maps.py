"""Transforms of long tails, against their formulas written out."""

from __future__ import annotations

import numpy as np
import pytest

from stiscore.methods.treat_maps import BoxCoxMap, Clip, Log, likeliest, transform

KINDS = ("log", "log-plus", "log-orig", "log-gii", "box-cox")


def test_transforms_by_their_formulas() -> None:
    x = np.array([2.0, 5.0, 3.0, 12.0])
    wanted = {
        ("log", 1.0): np.log(x - 2 + 0.1),
        ("log", -1.0): np.log(x - 2 + 0.1),
        ("log-plus", 1.0): np.log(x - 2 + 0.1),
        ("log-plus", -1.0): -np.log(12 - x + 0.1),
        ("log-orig", 1.0): np.log(x - 2 + 1),
        ("log-gii", 1.0): np.log((12 - 1) * (x - 2) / (12 - 2) + 1),
        ("log-gii", -1.0): -np.log((12 - 1) * (12 - x) / (12 - 2) + 1),
        ("box-cox", 1.0): ((x - 2 + 1) ** 0.3 - 1) / 0.3,
    }
    for (kind, skew), theirs in wanted.items():
        step = transform(kind, x, skew, 0.3)
        np.testing.assert_allclose(step.apply(x), theirs, rtol=1e-14, atol=1e-14, err_msg=kind)


def test_the_gii_logarithm_changes_what_it_is_given() -> None:
    """COINr 1.1.14 returns its input; a share is first brought to 10 or more."""
    share = np.array([0.0, 0.01, 0.02, 0.4])
    step = transform("log-gii", share, 1.9)
    np.testing.assert_allclose(step.apply(share), np.log(39 * share / 0.4 + 1), rtol=1e-14)
    assert transform("log-gii", share - 5, 1.9) is None
    assert transform("log-gii", np.array([-1.0, 1e-310]), 1.9) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_transform_needs_a_range(kind: str) -> None:
    assert transform(kind, np.full(4, 3.0), 0.0) is None
    assert transform(kind, np.array([0.0, 5e-324]), 0.0) is None


@pytest.mark.parametrize("kind", KINDS)
def test_values_beyond_the_end_count_as_the_end(kind: str) -> None:
    for skew in (-3.0, 3.0):
        step = transform(kind, np.array([2.0, 4.0, 12.0]), skew, 0.5)
        beyond, end = (1e9, 12.0) if step.mirrored else (-1e9, 2.0)
        assert step.apply(np.array([beyond])) == step.apply(np.array([end]))


def test_box_cox_finds_the_likeliest() -> None:
    from scipy.stats import boxcox_llf

    column = np.random.default_rng(6).gamma(0.7, 9.0, 80)
    lam = transform("box-cox", column, 2.0).lam
    moved = column - column.min() + 1
    best = boxcox_llf(lam, moved)
    around = [boxcox_llf(at, moved) for at in np.linspace(-5, 5, 401)]
    assert best >= max(around)
    assert likeliest(moved - 1) == pytest.approx(lam, abs=1e-6)


def test_formulas_read_like_the_handbook() -> None:
    assert Clip(lower=-1.0).formula == "x >= -1"
    assert Clip(upper=2.5).formula == "x <= 2.5"
    assert Clip().formula == "x"
    assert Log(end=-3.1, plus=0.4).formula == "ln(x + 3.1 + 0.4)"
    assert Log(end=0.0, plus=1.0, times=2.0).formula == "ln(2 x + 1)"
    assert BoxCoxMap(end=2.0, lam=0.0).formula == "ln(x - 2 + 1)"
