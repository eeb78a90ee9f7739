"""Ranges of ranks and scores over method variants, and the tiers that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.uncertainty.plan import Plan
from stiscore.analysis.uncertainty.variants import Failed, Variants
from stiscore.framework.uncertainty import Factor
from stiscore.methods.base import Array, Mask
from stiscore.robust.engine import Outcome
from stiscore.robust.ranking import Ranks
from stiscore.robust.tiers import beats, level, tiers
from stiscore.scores import Scores

# Scores that are kept for ranges and tiers, 128 MiB; a longer run keeps those of its beginning.
KEPT = 2**24
# Tables with more units have ranges when they are asked for: each variant sorts them all.
USUAL_UNITS = 5_000


class NodeRange(NamedTuple):
    """Ranges of one node, a row a row of the table.

    ``ranks``: (rows, 2), 0 where there is none. ``scores``: (rows, 2), NaN where there is none.
    """

    ranks: Ranks
    scores: Array


@dataclass(frozen=True, eq=False)
class Ranges:
    """What method variants make of one table's ranks and scores.

    ``outcome``: what was worked out, of the first so many of the variants' groups, the index at
    their head. ``asked``: variants wanted. ``root``: ranges of the index. ``tiers``: (rows,), 1 the
    highest, 0 without a rank. ``outside``: (rows,), where the nominal rank is outside its own
    range.
    """

    variants: Variants
    outcome: Outcome
    asked: int
    seed: int
    share: float
    root: NodeRange
    tiers: Ranks
    outside: Mask
    failed: tuple[Failed, ...]

    @cached_property
    def nodes(self) -> dict[str, NodeRange]:
        """By id of a group or gap its ranges; of a gap the scores are severities.

        What the run left out is worked out now, in the same variants.
        """
        scores, groups = self.variants.evaluated.scores, self.variants.groups
        told = [(self.outcome, len(self.outcome.shares))]
        if rest := groups[len(self.outcome.shares) :]:
            more = self.variants.run(
                self.draws, self.seed, groups=rest, keep=kept(self.variants, len(rest))
            )
            told.append((more, len(rest)))
        held = [(outcome, number) for outcome, count in told for number in range(count)]
        return {
            _name(scores, place): _range(self.variants, place, outcome, number, self.share)
            for place, (outcome, number) in zip(groups, held, strict=True)
        }

    @property
    def on_scale(self) -> int:
        """How many of the kept variants have scores on the framework's own scale."""
        told = ~np.isnan(self.index).all(axis=1)
        return int(np.count_nonzero(told & self.outcome.on_scale))

    @property
    def plan(self) -> Plan:
        """What was varied."""
        return self.variants.plan

    @property
    def rows(self) -> tuple[int, ...]:
        """The table's scored rows, the ranked first."""
        return self.variants.rows

    @property
    def draws(self) -> int:
        """Variants that were worked out, failed ones among them."""
        return self.outcome.draws

    @property
    def index(self) -> Array:
        """The composite in the variants that are kept, (kept variants, scored rows)."""
        return self.outcome.kept[0]

    def above(self, row: int, other: int) -> float:
        """Share of the kept variants in which one row of the table ranks above another."""
        tie = self.variants.evaluated.scores.tie
        return beats(self.index, self.rows.index(row), self.rows.index(other), tie)

    def level(self, row: int, other: int) -> float:
        """Share of the kept variants in which two rows of the table are level."""
        tie = self.variants.evaluated.scores.tie
        return level(self.index, self.rows.index(row), self.rows.index(other), tie)


def usual_draws(evaluated: Evaluated) -> int:
    """The variants of a run that says nothing of them: none for a very long table."""
    few = len(evaluated.scores.data.units) <= USUAL_UNITS
    return evaluated.scores.fitted.framework.varied.draws if few else 0


def unranged_by(evaluated: Evaluated, draws: int | None) -> str:
    """Key of the reason why a table has no ranges, where it has none."""
    if draws == 0:
        return "off"
    return "one_unit" if evaluated.ranked.sum() < 2 else "long"


def ranges(
    evaluated: Evaluated,
    draws: int | None,
    seed: int,
    *,
    factors: Sequence[Factor] | None = None,
    framed: bool = False,
) -> Ranges | None:
    """Ranges over ``draws`` variants; None without draws or with fewer than two ranked units.

    ``draws``: None takes what is usual for the table. ``factors``: what is varied; None takes the
    framework's own for ``evaluate``.
    """
    draws = usual_draws(evaluated) if draws is None else draws
    if not draws or evaluated.ranked.sum() < 2:
        return None
    if factors is None:
        varied = evaluated.scores.fitted.framework.varied
        factors = [factor for factor in varied.factors if factor.in_evaluate]
    variants = Variants.of(evaluated, factors, framed=framed)
    root = variants.groups[:1]
    outcome = variants.run(draws, seed, groups=root, keep=kept(variants, 1))
    return told_of(variants, outcome, draws, seed)


def kept(variants: Variants, groups: int) -> int:
    """How many variants keep their scores in so many groups."""
    return max(1, KEPT // (len(variants.rows) * groups))


def told_of(variants: Variants, outcome: Outcome, asked: int, seed: int) -> Ranges:
    """What the variants of ``outcome`` say of the table."""
    evaluated, scores = variants.evaluated, variants.evaluated.scores
    share = scores.fitted.framework.varied.share
    rows, ranked = variants.rows, variants.ranked
    root = _range(variants, variants.groups[0], outcome, 0, share)
    (low, high), nominal = root.ranks.T, evaluated.group_ranks[:, -1]
    tiered = np.zeros(len(nominal), dtype=np.int64)
    tiered[list(rows[:ranked])] = tiers(outcome.kept[0], range(ranked), share, scores.tie)
    return Ranges(
        variants=variants,
        outcome=outcome,
        asked=asked,
        seed=seed,
        share=share,
        root=root,
        tiers=tiered,
        outside=(nominal > 0) & (low > 0) & ((nominal < low) | (nominal > high)),
        failed=variants.failures(outcome.failed),
    )


def _name(scores: Scores, place: int) -> str:
    """The id of a group, or of a gap, which are numbered on from the index."""
    ids = scores.fitted.tree.ids
    return ids[place] if place < len(ids) else scores.fitted.framework.gaps[place - len(ids)].id


def _range(
    variants: Variants, place: int, outcome: Outcome, number: int, share: float
) -> NodeRange:
    """Ranges of one node, put to the rows of the table."""
    scores = variants.evaluated.scores
    rows, ranked = list(variants.rows), variants.ranked
    told = np.zeros((len(scores.index), 2), dtype=np.int64)
    told[rows[:ranked]] = outcome.shares[number].interval(share)
    span = np.full((len(scores.index), 2), np.nan)
    span[rows] = _spans(outcome.kept[number][outcome.on_scale], share)
    if place >= len(scores.fitted.tree.ids):
        low, high = scores.fitted.ends
        span = (high - span[:, ::-1]) * (100.0 / (high - low))
    return NodeRange(told, span)


def _spans(scores: Array, share: float) -> Array:
    """Type 7 quantiles of every unit's scores, (units, 2); NaN for one without any."""
    aside = (1.0 - share) / 2
    # Row by row a sort is several times quicker than column by column.
    ordered, units = np.sort(np.ascontiguousarray(scores.T), axis=1), np.arange(scores.shape[1])
    held = (~np.isnan(scores)).sum(axis=0)
    told = np.full((scores.shape[1], 2), np.nan)
    if not len(scores):
        return told
    for side, at in enumerate((aside, 1.0 - aside)):
        place = at * np.maximum(held - 1, 0)
        below = place.astype(np.int64)
        low = ordered[units, below]
        high = ordered[units, np.minimum(below + 1, np.maximum(held - 1, 0))]
        told[:, side] = low + (place - below) * (high - low)
    return told
