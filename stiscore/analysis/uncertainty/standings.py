"""Ranks of the ranked units under given values of the factors, and how far they move."""

from __future__ import annotations

import numpy as np

from stiscore.analysis.uncertainty.variants import Variants
from stiscore.methods.base import Array
from stiscore.robust.effects import Values, unchanged
from stiscore.robust.ranking import Ranks, ranks


def standings(variants: Variants, values: Values, draws: int) -> Ranks:
    """Ranks under ``values``, (draws, ranked units): only these units are ranked, by the index.

    0 for a unit without a score; all 0 in a variant that could not be computed.
    """
    root = variants.evaluated.scores.fitted.tree.root
    told = variants.at(values, draws, groups=(root,))
    scores = told.scores[0][:, : variants.ranked]
    out = np.zeros(scores.shape, dtype=np.int64)
    for tie in np.unique(told.ties):
        rows = told.ties == tie
        out[rows] = ranks(scores[rows], float(tie))
    return out


def baseline(variants: Variants) -> Ranks:
    """The ranks that shifts are counted from, (ranked units,): nothing is changed."""
    told: Ranks = standings(variants, unchanged(variants.plan.effects, 1), 1)[0]
    return told


def moves(ranked: Ranks, nominal: Ranks) -> Array:
    """How many ranks each unit moves either way, (draws, units); NaN where a rank is missing."""
    away: Array = np.abs(ranked - nominal).astype(np.float64)
    away[:, nominal == 0] = np.nan
    away[ranked == 0] = np.nan
    return away


def mean_moves(away: Array) -> Array:
    """The mean of each variant's moves over the units that have a rank, (draws,); NaN for none."""
    held = (~np.isnan(away)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(away, axis=1) / held)
