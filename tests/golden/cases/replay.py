"""Variants whose choices are given instead of drawn, worked out by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from stiscore.analysis.evaluated import examine
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.dataset import Dataset
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.robust.effects import unchanged
from stiscore.robust.engine import counted
from stiscore.robust.ranking import RankShares, ranks


class Replayed(NamedTuple):
    """What came of the variants, units in the order of the table's rows, all of them ranked.

    ``scores`` and ``ranks``: (draws, units); ``score`` and ``rank``: (units,), of the variant
    that leaves everything as the framework has it.
    """

    scores: np.ndarray
    ranks: np.ndarray
    shares: RankShares
    score: np.ndarray
    rank: np.ndarray


def replayed(framework: Framework, data: Dataset, chosen: Sequence[Any]) -> Replayed:
    """The variants of ``chosen``, by factor of the framework.

    Of a factor of alternatives, one of its options a variant; of weights an array of multipliers,
    (draws, nodes).
    """
    evaluated = examine(score(fit(framework, data), data), Findings())
    variants = Variants.of(evaluated, framework.varied.factors)
    assert not variants.plan.idle
    assert not variants.plan.impossible
    draws = max(len(each) for each in chosen)
    values = unchanged(variants.plan.effects, draws)
    for planned, taken in zip(variants.plan.factors, chosen, strict=True):
        at = taken if planned.effect.kind == "weights" else _numbers(planned.options, taken)
        assert at.shape == values[planned.effect.number].shape
        values[planned.effect.number] = at
    root, tie = evaluated.scores.fitted.tree.root, evaluated.scores.tie
    told = variants.at(values, draws, [root])
    assert not told.failed
    own = variants.at(unchanged(variants.plan.effects, 1), 1, [root]).scores[0]
    order = np.argsort(variants.rows)
    assert variants.ranked == order.size == len(data.units)
    shares, scores = counted(told, variants.ranked)[0], told.scores[0][:, order]
    return Replayed(
        scores=scores,
        ranks=ranks(scores, tie),
        shares=RankShares(shares.counts[order], shares.draws),
        score=own[0, order],
        rank=ranks(own, tie)[0, order],
    )


def _numbers(options: Sequence[Any], taken: Sequence[Any]) -> np.ndarray:
    """The options by number, as a column of the unit cube becomes them."""
    return np.array([[float(options.index(each))] for each in taken])
