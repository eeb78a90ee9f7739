"""Scales for several tables: one for all, learned from them together or from one, or one each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stiscore.analysis.pooled import Pooled
from stiscore.framework.model import Framework
from stiscore.pipeline import fit
from stiscore.scores import Fitted
from stiscore.words.faults import unknown

POOLED, EACH = "pooled", "each"


class Scale(NamedTuple):
    """Where the scale of several tables comes from.

    ``name``: ``pooled``, ``each``, or the label of the table it was fitted on. ``rows``: how many
    rows taught it; None where nothing is learned from rows, where a saved frame gives it and for
    ``each``. ``learned``: the methods that learn from rows, as stage and method.
    """

    name: str = POOLED
    rows: int | None = None
    learned: tuple[str, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether scores of different tables stand on different scales."""
        return self.name == EACH and bool(self.learned)


def learning(framework: Framework, columns: Sequence[str]) -> tuple[str, ...]:
    """The methods whose result for one row depends on the other rows, as ``stage method``."""
    method = framework.method
    told = []
    for column in columns:
        impute, treat = method.of("impute", column), method.of("treat", column)
        scale = method.of("normalise", column)
        told += [impute] if impute.id != "none" and not impute.panel else []
        told += [treat] if treat.id != "none" else []
        told += [scale] if scale.from_sample else []
    weighers = (method.weight, *method.weight_levels.values())
    joiners = (method.aggregate, *method.aggregate_levels.values())
    told += [weigher for weigher in weighers if weigher.uses_data]
    told += [joiner for joiner in joiners if joiner.compares]
    return tuple(dict.fromkeys(f"{each.stage} {each.id}" for each in told))


def known_scale(scale: str, labels: Sequence[str]) -> None:
    """UsageError (U101) for a scale that is neither of the words nor a table's label."""
    if scale not in {POOLED, EACH, *labels}:
        raise unknown("scale", scale, (POOLED, EACH, *labels))


def scales(
    framework: Framework, pooled: Pooled, labels: Sequence[str], scale: str
) -> tuple[Scale, tuple[Fitted, ...]]:
    """The scale, and the frame each of the pooled tables is scored on."""
    learned = learning(framework, pooled.whole.ids)
    if scale == EACH:
        return Scale(EACH, None, learned), tuple(fit(framework, t) for t in pooled.tables)
    base = pooled.whole if scale == POOLED else pooled.tables[labels.index(scale)]
    rows = len(base.units) if learned else None
    return Scale(scale, rows, learned), (fit(framework, base),) * len(labels)
