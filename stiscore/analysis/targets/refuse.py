"""Which scales and trees allow no target, and why."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.analysis.targets.goal import Goal
from stiscore.errors import UsageError
from stiscore.finding import Finding
from stiscore.framework.model import Indicator
from stiscore.methods.aggregate import Arithmetic, Geometric
from stiscore.methods.fills import ByRow
from stiscore.methods.maps import Affine
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import found, refusal
from stiscore.words.faults.target import MOVING


def joins(fitted: Fitted) -> Finding | None:
    """What joins groups otherwise than by a weighted arithmetic or geometric mean (U183, U184)."""
    for bough in fitted.boughs:
        if bough.joiner.per_unit:
            return found("U184", method=bough.joiner.id)
        if not isinstance(bough.joiner, Arithmetic | Geometric):
            return found("U183", method=bough.joiner.id)
    return None


def expect_fit(
    scores: Scores, row: int, goal: Goal, levers: Sequence[Indicator], *, framed: bool
) -> None:
    """Raise UsageError (U183 to U188) where moving these levers does not tell what a goal takes.

    A gap's severity is a weighted arithmetic mean whatever joins the groups of the index.
    """
    fault = None if goal.kind == "gap" else joins(scores.fitted)
    if fault is None and not levers:
        key = "gap" if goal.kind == "gap" else "index"
        fault = found("U188", what=MOVING[f"no_lever_{key}"])
    for indicator in levers:
        fault = fault or _scale(scores, row, indicator, framed=framed)
    if fault is not None:
        raise refusal(UsageError, [fault])


def _scale(scores: Scores, row: int, indicator: Indicator, *, framed: bool) -> Finding | None:
    fitted = scores.fitted
    at = fitted.columns.index(indicator.id)
    scale = fitted.framework.method.of("normalise", indicator.id)
    if scale.from_sample and not framed:
        return found("U185", node=indicator.id, method=scale.id)
    held = fitted.maps[at]
    rising = 1 if indicator.direction == "benefit" else -1
    if not isinstance(held, Affine) or held.scale * rising < 0:
        return found("U186", node=indicator.id, method=scale.id)
    if fitted.treatments and fitted.treatments[at].steps:
        treat = fitted.framework.method.of("treat", indicator.id)
        return found("U187", node=indicator.id, what=MOVING["treat"].filled(method=treat.id))
    return _fills(scores, row, indicator)


def _fills(scores: Scores, row: int, indicator: Indicator) -> Finding | None:
    """A value filled from the unit's own others would move with them."""
    ids = scores.fitted.tree.ids
    for filling in scores.fitted.fillings:
        filled = [c for c in filling.columns if scores.imputed[row, ids.index(c)]]
        if isinstance(filling.fills, ByRow) and filled and indicator.id in filling.columns:
            told = MOVING["fill"].filled(node=filled[0])
            return found("U187", node=indicator.id, what=told)
    return None
