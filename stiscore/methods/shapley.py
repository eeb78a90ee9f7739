"""Points: what each child adds to a score that is not a plain sum, so that the parts add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import factorial

import numpy as np

from stiscore.methods.base import Array

Score = Callable[[Array, Array], Array]

# Up to here every coalition is looked at (1,024 of them); beyond, this many orders and their
# reverses, always the same.
ALL_COALITIONS = 10
ORDERS = 48
SEED = 1953
# Rows worked on together: enough to keep numpy busy, few enough to keep memory flat.
ROWS = 4096


def shapley(score: Score, parts: Array, shares: Array, base: float, total: Array) -> Array:
    """Points of each child, (units, children), adding up to ``total``.

    ``score(parts, shares)`` gives the scores (units,) of full rows, row by row, and ``base`` where
    all parts are ``base``; a child with a share of 0 has no part in it and gets 0 points. A child's
    points are ``base`` times its share, plus its Shapley value: what it adds when it moves from
    ``base`` to its own score, averaged over all orders in which the children can. For an arithmetic
    mean that is ``w s``. No score, no points.

    Exact up to 10 children. Beyond, the mean over 48 orders drawn once and for all and the same
    orders backwards: each order adds up exactly, so the sum does too, while the split between
    children is an estimate, the same in every run.

    Reference: Shapley (1953); antithetic orders: Mitchell et al. (2022), JMLR 23, 43.

    >>> lowest = lambda parts, shares: parts.min(axis=1)
    >>> shapley(lowest, np.array([[20.0, 80.0]]), np.array([[0.5, 0.5]]), 0.0, np.array([20.0]))
    array([[10., 10.]])
    """
    points = np.zeros(parts.shape)
    method = _exact if parts.shape[1] <= ALL_COALITIONS else _sampled
    for start in range(0, parts.shape[0], ROWS):
        rows = slice(start, start + ROWS)
        points[rows] = method(score, parts[rows], shares[rows], base)
    points = np.where(np.isnan(total)[:, None], 0.0, points)
    # What the gains leave of the total is the base, and a last bit of rounding.
    left = total.copy()
    for j in range(parts.shape[1]):
        left -= points[:, j]
    closed: Array = points + shares * np.where(np.isnan(left), 0.0, left)[:, None]
    return closed


def _exact(score: Score, parts: Array, shares: Array, base: float) -> Array:
    """Every coalition is worth its score with the others at the base."""
    children = parts.shape[1]
    bits = 1 << np.arange(children)
    worth = [
        score(np.where(bits & coalition, parts, base), shares) for coalition in range(1 << children)
    ]
    gained = np.zeros(parts.shape)
    for coalition, before in enumerate(worth):
        joined = coalition.bit_count()
        if joined == children:
            continue
        chance = factorial(joined) * factorial(children - 1 - joined) / factorial(children)
        for j in range(children):
            if not coalition & bits[j]:
                gained[:, j] += chance * (worth[coalition | int(bits[j])] - before)
    return gained


def _sampled(score: Score, parts: Array, shares: Array, base: float) -> Array:
    gained = np.zeros(parts.shape)
    start = score(np.full(parts.shape, base), shares)
    for order in _orders(parts.shape[1]):
        moved = np.full(parts.shape, base)
        before = start
        for j in order:
            moved[:, j] = parts[:, j]
            after = score(moved, shares)
            gained[:, j] += (after - before) / (2 * ORDERS)
            before = after
    return gained


def _orders(children: int) -> Iterator[list[int]]:
    dice = np.random.default_rng(SEED)
    for _ in range(ORDERS):
        order = [int(j) for j in dice.permutation(children)]
        yield order
        yield order[::-1]
