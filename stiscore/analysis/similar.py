"""Where a unit's score stands beside the scores of units of similar income and size."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from stiscore.analysis.contexts import VARIABLES, Logs, absent, lacking, logs
from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.band import new_unit_band
from stiscore.methods.base import Array, Mask
from stiscore.words import Words
from stiscore.words.peers import PEERS, WHY, parted

# Fewer others than this say too little of how scores go with income and size.
LEAST_OTHERS = 25
# The share of units that the range would hold.
SHARE = 0.9
Where = Literal["within", "below", "above"]
Reason = Literal["no_columns", "not_ranked", "no_figure", "few", "outside", "alike"]


class Similar(NamedTuple):
    """The range of units of similar income and size, or the reason why there is none.

    ``low`` and ``high``: the ends on the scale of scores; ``where``: the unit's own score in it.
    ``others``: the ranked units that it rests on, never the unit itself. ``columns``: those that
    say income and size. ``reason`` and ``why``: set where there is no range, and only there.
    """

    low: float | None = None
    high: float | None = None
    where: Where | None = None
    others: int = 0
    columns: tuple[str, ...] = ()
    reason: Reason | None = None
    why: Words | None = None


def similar(evaluated: Evaluated, row: int) -> Similar:
    """The range for one row, from the regression of the index over all other ranked units.

    The index on the logarithms of income and size, and the band of a new unit that holds
    ``SHARE`` of units if scores go with both as among the others (``methods.band``). None for a
    table without both columns, a unit that is not ranked or lacks a figure, fewer than
    ``LEAST_OTHERS`` others, income or size beyond those of all others, or others whose income and
    size say the same.
    """
    placed = logs(evaluated.scores.data)
    if placed is None:
        return _none("no_columns", wanted=lacking(evaluated.scores.data))
    if not evaluated.ranked[row]:
        return _none("not_ranked", columns=placed.columns)
    if not placed.both[row]:
        return _none("no_figure", columns=placed.columns, wanted=absent(placed, row))
    among = placed.both & evaluated.ranked
    among[row] = False
    return _beside(evaluated, row, placed, among)


def _beside(evaluated: Evaluated, row: int, placed: Logs, among: Mask) -> Similar:
    """The range of a row that has both figures, from the rows ``among`` the others."""
    others, own = placed.values[among], placed.values[row]
    n = len(others)
    if n < LEAST_OTHERS:
        return _none("few", n, placed.columns, n=n, least=LEAST_OTHERS)
    beyond = (own < others.min(axis=0)) | (own > others.max(axis=0))
    if beyond.any():
        names = [PEERS[v] for v, out in zip(VARIABLES, beyond, strict=True) if out]
        return _none("outside", n, placed.columns, variables=parted(names, "and"))
    index = evaluated.scores.index
    band = new_unit_band(others, index[among], own, SHARE)
    if np.isnan(band.low):
        return _none("alike", n, placed.columns)
    score = float(index[row])
    where: Where = "below" if score < band.low else "above" if score > band.high else "within"
    low, high = _on_scale(evaluated, band.low, band.high)
    return Similar(low, high, where, n, placed.columns)


def _none(
    reason: Reason, others: int = 0, columns: tuple[str, ...] = (), **told: object
) -> Similar:
    return Similar(others=others, columns=columns, reason=reason, why=WHY[reason].filled(**told))


def _on_scale(evaluated: Evaluated, low: float, high: float) -> tuple[float, float]:
    """Both ends, clipped where all scores keep to the ends of their scale."""
    least, most = evaluated.scores.fitted.ends
    scores: Array = evaluated.scores.index[~np.isnan(evaluated.scores.index)]
    if scores.min() < least or scores.max() > most:
        return low, high
    return min(max(low, least), most), max(min(high, most), least)
