"""A change parted among factors: the Shapley value over the orders that can be computed."""

from __future__ import annotations

import numpy as np

from stiscore.methods.base import Array, Mask


def shares(worth: Array) -> Array:
    """What each factor adds between the first and the last coalition, (units, factors).

    ``worth``: (2 ** factors, units), the value under every coalition; bit ``j`` of a coalition's
    number says whether factor ``j`` is in it. NaN: cannot be computed. A factor's part is what its
    change adds, averaged over all orders in which the factors can change one after the other with
    a value at every step; with values everywhere that is the Shapley value. Every order adds up, so
    the parts do. NaN throughout for a unit that has no such order.

    Reference: Shapley (1953); orders that are left out: Faigle and Kern (1992), Int. J. Game Theory
    21, 249-266.

    >>> shares(np.array([[10.0], [30.0], [20.0], [60.0]]))
    array([[30., 20.]])
    >>> shares(np.array([[10.0], [30.0], [np.nan], [60.0]]))
    array([[20., 30.]])
    """
    coalitions, units = worth.shape
    told = np.full((units, coalitions.bit_length() - 1), np.nan)
    computed = ~np.isnan(worth)
    patterns, which = np.unique(computed, axis=1, return_inverse=True)
    for number in range(patterns.shape[1]):
        alike = which.ravel() == number
        told[alike] = _averaged(worth[:, alike], patterns[:, number])
    return told


def _averaged(worth: Array, computed: Mask) -> Array:
    """The parts of units that can be computed under the same coalitions."""
    whole = len(computed) - 1
    factors = whole.bit_length()
    before, after = orders(computed)
    told = np.zeros((worth.shape[1], factors))
    if not before[whole]:
        return np.full_like(told, np.nan)
    for coalition in range(whole):
        for j in range(factors):
            joined = coalition | 1 << j
            through = before[coalition] * after[joined] if joined != coalition else 0
            if through:
                told[:, j] += through / before[whole] * (worth[joined] - worth[coalition])
    return told


def orders(computed: Mask) -> tuple[list[int], list[int]]:
    """In how many orders each coalition can be come to, and left for the last one.

    ``computed``: (coalitions,), where a step may end.

    >>> orders(np.array([True, True, False, True]))
    ([1, 1, 0, 1], [1, 1, 0, 1])
    """
    whole = len(computed) - 1
    bits = [1 << j for j in range(whole.bit_length())]
    before, after = [0] * (whole + 1), [0] * (whole + 1)
    before[0], after[whole] = int(computed[0]), int(computed[whole])
    for coalition in range(1, whole + 1):
        if computed[coalition]:
            before[coalition] = sum(before[coalition ^ b] for b in bits if coalition & b)
    for coalition in reversed(range(whole)):
        if computed[coalition]:
            after[coalition] = sum(after[coalition | b] for b in bits if not coalition & b)
    return before, after
