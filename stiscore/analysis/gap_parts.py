"""What stands behind a gap: each indicator's part of the severity, and how sure the widest is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.ranges import Ranges, kept
from stiscore.framework.model import Indicator
from stiscore.methods.base import Array, Mask
from stiscore.scores import Fitted


class Part(NamedTuple):
    """An indicator behind a gap of one row, by its leaf.

    ``share``: its weight among those with a value, 0-1. ``lost``: its part of the severity, in
    severity points. Both None where it has no value.
    """

    leaf: int
    share: float | None = None
    lost: float | None = None


def parts(evaluated: Evaluated, row: int, gap: int) -> tuple[Part, ...]:
    """The measured indicators behind a gap of one row, in framework order.

    ``w_i (high - s_i) / sum w`` in per cent of the scale, the sum over the indicators with a value:
    so the parts add up to the severity. Below zero where a score is above the scale.
    """
    scores = evaluated.scores
    low, high = scores.fitted.ends
    leaves = evaluated.gaps.leaves[gap]
    held = {leaf: float(scores.normalised[row, leaf]) for leaf in leaves}
    weights = {n: scores.fitted.tree.weight[n] for n, s in held.items() if not np.isnan(s)}
    whole = sum(weights.values())
    return tuple(
        Part(leaf, weights[leaf] / whole, weights[leaf] / whole * (high - s) * 100 / (high - low))
        if leaf in weights
        else Part(leaf)
        for leaf, s in held.items()
    )


def widest(severity: Array, tie: float) -> Mask:
    """The widest gap of every row, (..., gaps): several where they are level.

    None where nothing is measured, and none where no severity is above zero.

    >>> widest(np.array([[3.0, np.nan, 3.0], [0.0, np.nan, 0.0]]), 1e-9).tolist()
    [[True, False, True], [False, False, False]]
    """
    held = np.where(np.isnan(severity), -np.inf, severity)
    most = held.max(axis=-1, keepdims=True, initial=-np.inf)
    told: Mask = (held >= most - tie) & (most > tie)
    return told


def widest_shares(ranges: Ranges) -> Array:
    """Share of the kept variants in which a gap is the widest of its row, (rows, gaps).

    Only variants on the framework's own scale count; level gaps count each. NaN for a gap that the
    table does not measure, and for a row without scores.
    """
    evaluated, variants = ranges.variants.evaluated, ranges.variants
    fitted, nodes = evaluated.scores.fitted, len(evaluated.scores.fitted.tree.ids)
    groups = tuple(group for group in variants.groups if group >= nodes)
    told = np.full(evaluated.gaps.severity.shape, np.nan)
    if not groups:
        return told
    run = variants.run(ranges.draws, ranges.seed, groups=groups, keep=kept(variants, len(groups)))
    low, high = fitted.ends
    scores = np.stack([held[run.on_scale] for held in run.kept], axis=-1)
    if not len(scores):
        return told
    severity = (high - scores) * (100.0 / (high - low))
    places, rows = [group - nodes for group in groups], list(variants.rows)
    shares = widest(severity, evaluated.scores.tie).mean(axis=0)
    told[np.ix_(rows, places)] = np.where(np.isnan(severity).all(axis=0), np.nan, shares)
    return told


def related(fitted: Fitted, gap: str) -> tuple[int, ...]:
    """The measured leaves that are listed under a gap and do not count in it."""
    return tuple(
        place
        for place, leaf in enumerate(fitted.leaves)
        if leaf.gaps and gap in leaf.gaps.related and fitted.measures(place)
    )


def would_measure(fitted: Fitted, gap: str) -> tuple[Indicator, ...]:
    """The indicators of this level that count in a gap and have no column, in framework order.

    A proxy is not among them where the indicator that it stands in for is.
    """
    absent = [
        leaf
        for place, leaf in enumerate(fitted.leaves)
        if leaf.gaps and leaf.gaps.primary == gap and not fitted.measures(place)
    ]
    ids = {leaf.id for leaf in absent}
    return tuple(leaf for leaf in absent if leaf.proxy_for not in ids)
