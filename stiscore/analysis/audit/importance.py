"""Whether a part counts for what its weight says: the variance of its group that it explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, measured_parts, number, parent_name, percent, text
from stiscore.analysis.audit.table import (
    LEAST_UNITS,
    AuditTable,
    Cell,
    figure,
    listed,
    node_name,
)
from stiscore.analysis.audit.weights import in_order
from stiscore.methods.importance import main_effect, squared_correlation
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

# Smaller differences between importance and weight are what samples of this size show anyway.
REMARKED = 0.1
_HEADS = (
    *text("node", "parent"),
    *count("n"),
    *number("r_squared", "effect"),
    *percent("local", "importance", "over"),
)


class Counted(NamedTuple):
    """A part of a group: what it explains of it and its share of that, NaN: not computed."""

    place: int
    n: int
    r_squared: float
    effect: float
    weight: float
    importance: float

    @property
    def over(self) -> float:
        """What it has beyond its weight."""
        return self.importance - self.weight


def importance(scores: Scores) -> AuditTable:
    """How much of the variance of its group each part explains, against its weight there.

    Groups of one measured part are left out. ``r_squared`` and ``effect`` are shares of the
    variance of the group's score; ``importance`` is ``effect`` among the parts of the group, and
    ``over`` what it has beyond the weight. Not computed under ``LEAST_UNITS`` common units.
    """
    tree = scores.fitted.tree
    groups = (tree.root, *(node for node in in_order(scores) if node >= tree.leaves))
    parts = [part for group in groups for part in _parts(scores, group)]
    seen = [part.n for part in parts if not np.isnan(part.importance)]
    return AuditTable(
        id="importance",
        title=TITLES["importance"],
        heads=_HEADS,
        rows=tuple(_row(scores, part) for part in parts),
        notes=(NOTES["importance"], *_noise(seen), NOTES["few"].filled(least=LEAST_UNITS)),
        verdict=_off_weight(scores, parts, len(seen)) if seen else VERDICTS["skipped"],
        skipped=not parts,
    )


def _parts(scores: Scores, group: int) -> Iterator[Counted]:
    """The parts of a group of several."""
    places = measured_parts(scores, group)
    if len(places) < 2:
        return
    whole = scores.node(group)
    told = [main_effect(scores.node(place), whole) for place in places]
    effects = [t.share if t.n >= LEAST_UNITS else np.nan for t in told]
    total = float(np.nansum(effects))
    for place, effect, share in zip(places, told, effects, strict=True):
        line = squared_correlation(scores.node(place), whole)
        yield Counted(
            place,
            effect.n,
            line if effect.n >= LEAST_UNITS else np.nan,
            share,
            scores.fitted.weights.local[place],
            share / total if total > 0 else np.nan,
        )


def _row(scores: Scores, part: Counted) -> tuple[Cell, ...]:
    return (
        node_name(scores, part.place),
        parent_name(scores, part.place),
        part.n,
        figure(part.r_squared),
        figure(part.effect),
        part.weight,
        figure(part.importance),
        figure(part.over),
    )


def _noise(seen: Sequence[int]) -> tuple[Words, ...]:
    if not seen:
        return ()
    n = min(seen)
    return (NOTES["importance_n"].filled(noise=1 / (n - 1), n=n, points=100 * REMARKED),)


def _off_weight(scores: Scores, parts: Sequence[Counted], of: int) -> Words:
    more = [node_name(scores, part.place) for part in parts if part.over >= REMARKED]
    less = [node_name(scores, part.place) for part in parts if part.over <= -REMARKED]
    told = {"more": listed(more), "less": listed(less), "points": 100 * REMARKED, "of": of}
    key = "off" if more and less else "more" if more else "less" if less else "even"
    return VERDICTS[f"importance_{key}"].filled(**told)
