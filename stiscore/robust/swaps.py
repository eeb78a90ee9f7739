"""The smallest change of area weights that brings one unit level with another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.methods.base import Array

# Below this share of the widest difference, parts are equal; below this weight, none has moved.
LEVEL = 1e-10
# The solver lets rows and bounds go by 1e-7 and reads coefficients below 1e-9 as 0: with weights
# and differences in these units both are too fine to be seen.
WHOLE, WIDEST = 1e4, 10.0


class Swap(NamedTuple):
    """The new weights, summing to 1, and the share of all weight that ``moved`` to reach them."""

    weights: tuple[float, ...]
    moved: float


def swap(above: Array, below: Array, weights: Array) -> Swap | None:
    """The weights nearest to ``weights`` under which ``below`` is level with ``above``.

    Minimises half the L1 distance, which is the share of all weight that changes its area, subject
    to ``w >= 0``, ``sum w = 1`` and ``sum w (below - above) >= 0``: a linear programme. ``above``
    and ``below`` (areas,) are the parts of the two units on the scale on which the index is their
    weighted sum; ``weights`` (areas,) are 0 or more and sum to 1. Where several changes are equally
    small, one of them. A unit that is level or ahead already keeps the old weights, with 0.0 moved.
    None where ``above`` is better in every area: no weights will do.

    Raises ValueError where a part is missing (NaN) in an area with weight; an area without weight
    that one of them lacks stays without.

    >>> swap(np.array([80.0, 20.0]), np.array([50.0, 30.0]), np.array([0.5, 0.5]))
    Swap(weights=(0.25, 0.75), moved=0.25)
    """
    lead = below - above
    known = ~np.isnan(lead)
    if (weights[~known] > 0).any():
        raise ValueError("a part is missing in an area with weight")
    lead = lead[known]
    if lead.max() < 0:
        return None
    widest = np.abs(lead).max()
    lead = np.where(np.abs(lead) > LEVEL * widest, lead, 0.0) / (widest or 1.0)
    if lead @ weights[known] >= -LEVEL:
        return Swap(tuple(weights.tolist()), 0.0)
    new = np.zeros_like(weights)
    find = _nearest if lead.max() > 0 else _where_equal
    new[known] = _clean(find(lead, weights[known]), weights[known])
    return Swap(tuple(new.tolist()), float(np.abs(new - weights).sum() / 2))


def _nearest(lead: Array, weights: Array) -> Array:
    """The nearest weights (areas,) with ``lead . w >= 0``, by HiGHS and to its last digits.

    Unknown are the weight taken from each area and the weight given to it.
    """
    # Slow to import, and few runs need it; less stands around the solver here than in ``linprog``.
    from scipy.optimize import Bounds, LinearConstraint, milp

    areas = weights.size
    gain = WIDEST * np.concatenate([-lead, lead])
    balance = np.repeat([-1.0, 1.0], areas)
    needed = -WIDEST * WHOLE * (lead @ weights)
    told = milp(
        np.full(2 * areas, 0.5),
        constraints=LinearConstraint(np.vstack([gain, balance]), [needed, 0.0], [np.inf, 0.0]),
        bounds=Bounds(0.0, np.concatenate([WHOLE * weights, np.full(areas, WHOLE)])),
    )
    taken, given = told.x.reshape(2, areas) / WHOLE
    nearest: Array = weights + given - taken
    return nearest


def _where_equal(lead: Array, weights: Array) -> Array:
    """All weight (areas,) where the two are equal, for a unit that leads nowhere.

    There is no room around that answer, and the solver may not find it.
    """
    left = np.where(lead < 0, 0.0, weights)
    left[np.argmax(lead)] += weights[lead < 0].sum()
    return left


def _clean(nearest: Array, weights: Array) -> Array:
    """The solver's answer without its dust, summing to 1."""
    new = np.where(nearest < LEVEL, 0.0, nearest)
    new[np.argmax(new - weights)] += 1.0 - new.sum()
    return new
