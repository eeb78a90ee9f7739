"""Who beats whom in how many variants, and the tiers that follow from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stiscore.methods.base import Array


def beats(scores: Array, above: int, below: int, tie: float) -> float:
    """Share of the variants in which one unit's score is higher than another's by more than a tie.

    ``scores``: (draws, units). Variants in which either has no score do not count; NaN when none
    is left.

    >>> beats(np.array([[3.0, 2.0], [2.0, 2.0], [1.0, 2.0], [4.0, np.nan]]), 0, 1, 1e-9).hex()
    '0x1.5555555555555p-2'
    """
    apart = scores[:, above] - scores[:, below]
    counted = int(np.count_nonzero(~np.isnan(apart)))
    return float(np.count_nonzero(apart > tie) / counted) if counted else float("nan")


def level(scores: Array, one: int, other: int, tie: float) -> float:
    """Share of the variants in which two units' scores differ by at most a tie; as ``beats``.

    >>> level(np.array([[3.0, 2.0], [2.0, 2.0], [4.0, np.nan]]), 0, 1, 1e-9)
    0.5
    """
    apart = np.abs(scores[:, one] - scores[:, other])
    counted = int(np.count_nonzero(~np.isnan(apart)))
    return float(np.count_nonzero(apart <= tie) / counted) if counted else float("nan")


def tiers(scores: Array, order: Sequence[int], share: float, tie: float) -> tuple[int, ...]:
    """The tier of each unit of ``order``, 1 the highest; units from the best nominal score on.

    A tier ends only where every unit above beats every unit below in at least ``share`` of the
    variants: being hard to tell apart is not transitive, so neighbours alone do not decide.

    >>> tiers(np.array([[9.0, 5.0, 4.0], [8.0, 4.0, 5.0]]), [0, 1, 2], 0.9, 1e-9)
    (1, 2, 2)
    """
    ordered = np.asfortranarray(scores[:, list(order)])
    lowest, highest = _extremes(ordered)
    told, tier = [], 1
    for place in range(len(order)):
        if place and _parts(ordered, place, share, tie, lowest, highest):
            tier += 1
        told.append(tier)
    return tuple(told)


def _extremes(ordered: Array) -> tuple[Array, Array]:
    missing = np.isnan(ordered)
    return (
        np.where(missing, -np.inf, ordered).min(axis=0, initial=np.inf),
        np.where(missing, np.inf, ordered).max(axis=0, initial=-np.inf),
    )


def _parts(
    ordered: Array, cut: int, share: float, tie: float, lowest: Array, highest: Array
) -> bool:
    """Whether all before ``cut`` beat all from it on; neighbours, who mostly do not, first."""
    for above in reversed(range(cut)):
        # Whoever never comes near needs no counting.
        close = np.flatnonzero(highest[cut:] >= lowest[above] - tie) + cut
        for below in close:
            if not beats(ordered, above, int(below), tie) >= share:
                return False
    return True
