"""How far a unit falls short: severity of each gap, and the gap index.

The second lens on the same indicators; it stands beside the composite, never inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stiscore.methods.aggregate import Arithmetic
from stiscore.methods.base import Array, Mask
from stiscore.scores import Fitted, Ranks, Scores, rank


@dataclass(frozen=True, slots=True, eq=False)
class GapTable:
    """Gaps of every row: ``severity`` (rows, gaps), 0-100, NaN where nothing is measured.

    ``behind``: (rows, gaps), how many indicators stand behind a severity, filled ones not counted;
    ``tagged`` how many the framework tags with the gap at this level; ``leaves`` their positions,
    the measured ones only.
    ``index``: (rows,), weighted mean of the severities that exist. ``ranks``: 1 is the smallest.
    """

    ids: tuple[str, ...]
    severity: Array
    behind: Ranks
    tagged: tuple[int, ...]
    leaves: tuple[tuple[int, ...], ...]
    index: Array
    ranks: Ranks


def gap_table(scores: Scores, ranked: Mask) -> GapTable:
    """Severities of every row, ranked among the rows of ``ranked``.

    Severity is the way from the weighted mean of the scores of the indicators tagged with a gap to
    the upper end of the scale, in per cent of the scale: 100 less the mean on a scale of 0-100.

    Only primary tags count, with the indicators' declared weights. A missing value is left out; a
    gap without any value has no severity (NaN), which is neither 0 nor 100.
    """
    fitted = scores.fitted
    gaps = fitted.framework.gaps
    tagged = [tagged_leaves(fitted, gap.id, measured=False) for gap in gaps]
    leaves = [tagged_leaves(fitted, gap.id) for gap in gaps]
    rows = scores.raw.shape[0]
    severity = np.full((rows, len(gaps)), np.nan)
    behind = np.zeros((rows, len(gaps)), dtype=np.int64)
    low, high = fitted.ends
    for g, places in enumerate(leaves):
        if places:
            parts = np.ascontiguousarray(scores.normalised[:, places])
            weights = [fitted.tree.weight[i] for i in places]
            score = Arithmetic().combine(parts, weights).score
            severity[:, g] = (high - score) * (100.0 / (high - low))
            read = ~np.isnan(parts) & ~scores.imputed[:, places]
            behind[:, g] = read.sum(axis=1)
    index = (
        Arithmetic().combine(severity, [g.weight for g in gaps]).score
        if gaps
        else np.full(rows, np.nan)
    )
    ranks = [rank(-severity[:, g], scores.tie, among=ranked) for g in range(len(gaps))]
    return GapTable(
        ids=tuple(g.id for g in gaps),
        severity=severity,
        behind=behind,
        tagged=tuple(_to_measure(t, fitted.tree.standins) for t in tagged),
        leaves=tuple(leaves),
        index=index,
        ranks=np.column_stack(ranks) if ranks else np.zeros((rows, 0), dtype=np.int64),
    )


def tagged_leaves(fitted: Fitted, gap: str, *, measured: bool = True) -> tuple[int, ...]:
    """The leaves whose primary tag is a gap, in framework order."""
    return tuple(
        place
        for place, leaf in enumerate(fitted.leaves)
        if leaf.gaps and leaf.gaps.primary == gap and (fitted.measures(place) or not measured)
    )


def _to_measure(tagged: Sequence[int], standins: frozenset[int]) -> int:
    """How many indicators there are to measure a gap by; a proxy takes the place of another."""
    return len([i for i in tagged if i not in standins]) or len(tagged)


def adjusted(scores: Scores, gaps: GapTable) -> Array | None:
    """The composite less a declared penalty for the gaps; None when no lambda is declared.

    ``composite * (1 - lambda * gap_index / 100)``. Missing where either is missing.
    """
    penalty = scores.fitted.framework.method.gap_penalty
    if penalty is None:
        return None
    return scores.index * (1.0 - penalty * gaps.index / 100.0)
