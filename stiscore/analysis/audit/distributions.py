"""How each indicator spreads: outliers, limits that cut, crowds at the foot of the scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, percent, text
from stiscore.analysis.audit.table import AuditTable, Cell, figure, listed, named
from stiscore.analysis.cautions import beyond_ends
from stiscore.methods.base import Mask
from stiscore.methods.describe import MOST_KURTOSIS, MOST_SKEW, Description, describe, outlying
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NOTES, STATES, TITLES, VERDICTS

_HEADS = (
    *text("indicator"),
    *count("n"),
    *number("min", "median", "max", digits=None),
    *number("skew", "kurtosis", "score_skew", "score_kurtosis"),
    *text("outliers"),
    *count("treated"),
    *percent("clipped", "crowded", "same", "zero"),
)


class Spread(NamedTuple):
    """One measured indicator: shares of its values that are clipped or at the foot, 0-1.

    ``place`` among the leaves; ``treated``: values that treatment changed; ``outliers``: a key of
    STATES, none in the data, mended by treatment, curve and limits, or outlying in the scores too.
    """

    place: int
    outliers: str
    treated: int
    clipped: float
    crowded: float


def distributions(
    scores: Scores, *, skew: float = MOST_SKEW, kurtosis: float = MOST_KURTOSIS
) -> AuditTable:
    """A row for every measured indicator, over the units that screening keeps.

    Extent, shape and ties are those of the values as read or derived, in the indicator's own
    measurement; skew and kurtosis are given of the scores as well, since treatment, a curve and
    limits stand between the two. ``skew`` and ``kurtosis`` are the limits that together make
    outliers.
    """
    kept, places = ~scores.excluded, list(scores.measured)
    raw = describe(scores.raw[kept][:, places])
    scored = describe(scores.normalised[kept][:, places])
    before = outlying(raw.skew, raw.kurtosis, skew, kurtosis)
    after = outlying(scored.skew, scored.kurtosis, skew, kurtosis)
    spreads = [
        _spread(scores, place, _outliers(bool(was), bool(still)))
        for place, was, still in zip(places, before, after, strict=True)
    ]
    return AuditTable(
        id="distributions",
        title=TITLES["distributions"],
        heads=_HEADS,
        rows=tuple(_row(scores, spread, raw, scored, j) for j, spread in enumerate(spreads)),
        notes=_notes(scores, skew, kurtosis),
        verdict=_verdict(scores, spreads),
    )


def _outliers(was: bool, still: bool) -> str:  # noqa: FBT001 - the two columns of one rule
    if still:
        return "outlying"
    return "mended" if was else "none"


def _spread(scores: Scores, place: int, outliers: str) -> Spread:
    fitted = scores.fitted
    column = scores.normalised[:, place]
    held: Mask = ~np.isnan(column)
    own_map = fitted.maps[fitted.columns.index(fitted.tree.ids[place])]
    before, after = scores.filled[held, place], scores.treated[held, place]
    beyond = beyond_ends(own_map, after, column[held], scores.tie)
    low = column[held] < _foot(scores)
    # A table scored on a frame fitted elsewhere may have all its values screened out.
    of = max(int(held.sum()), 1)
    return Spread(place, outliers, int((before != after).sum()), beyond.sum() / of, low.sum() / of)


def _foot(scores: Scores) -> float:
    """The score under which units should not crowd."""
    low, high = scores.fitted.ends
    rules = scores.fitted.framework.method.coverage
    return low + (high - low) * rules.crowded_below / 100


def _row(
    scores: Scores, spread: Spread, raw: Description, scored: Description, j: int
) -> tuple[Cell, ...]:
    shape = (raw.least, raw.median, raw.greatest, raw.skew, raw.kurtosis)
    return (
        named(scores.fitted.leaves[spread.place]),
        int(raw.n[j]),
        *(figure(values[j]) for values in (*shape, scored.skew, scored.kurtosis)),
        STATES[spread.outliers],
        spread.treated,
        float(spread.clipped),
        float(spread.crowded),
        figure(raw.share_same[j]),
        figure(raw.share_zero[j]),
    )


def _notes(scores: Scores, skew: float, kurtosis: float) -> tuple[Words, ...]:
    rules = scores.fitted.framework.method.coverage
    limits = {"clipped": rules.clipped_above, "crowded": rules.crowded_above}
    return (
        NOTES["outliers"].filled(skew=skew, kurtosis=kurtosis),
        NOTES["crowding"].filled(**limits, foot=_foot(scores)),
    )


def _verdict(scores: Scores, spreads: Sequence[Spread]) -> Words:
    rules = scores.fitted.framework.method.coverage
    outliers = [s for s in spreads if s.outliers == "outlying"]
    cut = [s for s in spreads if s.clipped > rules.clipped_above]
    crowd = [s for s in spreads if s.crowded > rules.crowded_above]
    found = [s for s in spreads if s in outliers or s in cut or s in crowd]
    if not found:
        return VERDICTS["spread_well"].filled(of=len(spreads))
    return VERDICTS["spread_badly"].filled(
        of=len(spreads),
        outlying=len(outliers),
        clipped=len(cut),
        crowded=len(crowd),
        names=listed([named(scores.fitted.leaves[s.place]) for s in found]),
    )
