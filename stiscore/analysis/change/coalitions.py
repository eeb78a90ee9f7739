"""What both sides' tables score under any mixture of what differs between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from stiscore.analysis.change.blend import Parts, blended, denominating
from stiscore.analysis.change.sides import Pair, Side, aligned, cut, mixed, prepared
from stiscore.analysis.pooled import measured
from stiscore.analysis.scales import learning
from stiscore.checks.columns import constant
from stiscore.checks.rule import Subject
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, StiscoreError
from stiscore.finding import Finding, Severity
from stiscore.framework.model import Framework
from stiscore.framework.override import fitting
from stiscore.methods.base import Array
from stiscore.pipeline import fit, score
from stiscore.scores import Fitted, FittedWeights
from stiscore.words import Words
from stiscore.words.diff import NO_FIGURES
from stiscore.words.faults import refusal, tell

FACTORS = ("data", "revision", "coverage", "frame", "weights", "method")


class Unlearned(Exception):
    """A mixture has an indicator that nothing its scale could be learned from has figures for."""


class Refused(NamedTuple):
    """A mixture that gives no scores: what was NEW's in it, and why."""

    factors: tuple[str, ...]
    why: Words


@dataclass(slots=True, eq=False)
class Coalitions:
    """Scores of mixtures of two sides; ``frame``: the saved frame that both stand on."""

    sides: tuple[Side, Side]
    frame: Fitted | None = None
    _pairs: dict[bool, Pair] = field(default_factory=dict)
    _frameworks: dict[Parts, Framework] = field(default_factory=dict)
    _fitted: dict[tuple[Parts, bool], Fitted] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """The level that both sides are of."""
        return self.sides[1].evaluated.scores.fitted.level

    @property
    def frameworks(self) -> tuple[Framework, Framework]:
        """Both frameworks, the old one first."""
        old, new = self.sides
        return old.framework, new.framework

    @property
    def tree_with(self) -> str:
        """The factor the tree goes with: coverage, unless both trees have the same leaves."""
        old, new = map(scored_leaves, self.sides)
        return "weights" if old == new else "coverage"

    def pair(self, *, method: bool) -> Pair:
        """Both tables with the indicators that one side's methods make of them."""
        if method not in self._pairs:
            self._pairs[method] = self._paired(method=method)
        return self._pairs[method]

    def _paired(self, *, method: bool) -> Pair:
        old, new = self.sides
        was, now = self._table(old, old.period, method), self._table(new, new.period, method)
        assert was is not None  # noqa: S101 - it was scored
        assert now is not None  # noqa: S101 - it was scored
        undated = None in {old.period, new.period}
        dated = not undated and old.period != new.period
        revised = self._table(new, old.period, method) if dated else None
        return Pair(was, now, revised, dated=dated, undated=undated)

    def _table(self, side: Side, period: str | None, method: int) -> Dataset | None:
        """The indicators a side's framework scores, as one side's methods compute them."""
        own, rules = side.framework, self.frameworks[method]
        told = prepared(side, period, own if own is rules else denominating(own, rules))
        return told and cut(told, tuple(i.id for i in own.scored_at(self.level)))

    def columns(self, changed: frozenset[str]) -> tuple[str, ...]:
        """The indicators a mixture scores: those that its cells measure and its tree holds."""
        if self.frame is not None:
            return self.frame.columns
        side = "coverage" in changed
        framework = self.frameworks[self.tree_with in changed]
        pair = self.pair(method="method" in changed)
        held = measured(pair.new if side else pair.old)
        scored = framework.scored_at(self.level)
        stood_for = {i.id for i in scored if i.role == "proxy" and i.proxy_for in held}
        return tuple(i.id for i in scored if i.id in held and i.id not in stood_for)

    def index(self, changed: frozenset[str], units: Dataset) -> Array:
        """The composite of the rows of ``units`` where ``changed`` is NEW's and the rest OLD's.

        (rows,), NaN for a unit without a score. Raises StiscoreError where it cannot be computed.
        """
        columns = self.columns(changed)
        table = mixed(
            self.pair(method="method" in changed),
            data="data" in changed,
            revision="revision" in changed,
            coverage="coverage" in changed,
        )
        fitted = self.frame or self._fit(changed, columns)
        told = score(fitted, cut(table, columns))
        place = {unit.id: row for row, unit in enumerate(told.data.units)}
        return told.index[[place[unit.id] for unit in units.units]]

    def _fit(self, changed: frozenset[str], columns: tuple[str, ...]) -> Fitted:
        """The scale of a mixture, with the weights of the side that weights are taken from."""
        parts = Parts(
            *(factor in changed for factor in (self.tree_with, "frame", "weights", "method"))
        )
        key = (parts, "coverage" in changed)
        if key not in self._fitted:
            told = self._learned(parts, columns)
            if _learns_weights(told.framework):
                own = Parts(parts.tree, parts.weights, parts.weights, parts.weights)
                told = _weighed(told, self._learned(own, columns).weights)
            self._fitted[key] = told
        return self._fitted[key]

    def _learned(self, parts: Parts, columns: tuple[str, ...]) -> Fitted:
        """All that a framework learns from the table of the side its scale is taken from."""
        if parts not in self._frameworks:
            self._frameworks[parts] = blended(self.frameworks, self.level, parts)
        framework = fitting(self._frameworks[parts])
        reference = self.reference(parts, columns)
        faults = constant(Subject(framework, reference))
        stopping = [f for f in faults if f.severity is Severity.ERROR]
        if stopping:
            raise refusal(DataInvalid, stopping[:1])
        fitted = fit(framework, reference)
        if fitted.columns != columns:
            raise Unlearned
        return fitted

    def reference(self, parts: Parts, columns: tuple[str, ...]) -> Dataset:
        """The table a scale is learned from; what it does not measure the other one lends.

        Where no scale is learned, any table that measures the columns will do.
        """
        pair = self.pair(method=parts.method)
        own, other = (pair.new, pair.old) if parts.frame else (pair.old, pair.new)
        if not any(learns(framework) for framework in self.frameworks):
            own = max((own, other), key=lambda table: len(measured(table) & {*columns}))
        held, theirs = measured(own), measured(other)
        lent = [c for c in columns if c not in held and c in theirs]
        table = cut(own, tuple(c for c in columns if c not in lent))
        return _with(table, cut(other, tuple(lent))) if lent else table


def scored_leaves(side: Side) -> list[tuple[str, str, str | None]]:
    """The scored indicators with all that decides whether they are."""
    told = side.framework.scored_at(side.evaluated.scores.fitted.level)
    return [(i.id, i.role, i.proxy_for) for i in told]


def learns(framework: Framework) -> bool:
    """Whether anything that scores rest on is learned from the rows of a table."""
    method = framework.method
    weighers = (method.weight, *method.weight_levels.values())
    ids = [indicator.id for indicator in framework.indicators]
    return bool(learning(framework, ids)) or any(w.per_unit for w in weighers)


def _learns_weights(framework: Framework) -> bool:
    method = framework.method
    return any(w.uses_data for w in (method.weight, *method.weight_levels.values()))


def _weighed(fitted: Fitted, weights: FittedWeights) -> Fitted:
    told = fitted.model_copy(update={"weights": weights})
    told.__dict__.pop("boughs", None)
    return told


def _with(table: Dataset, lent: Dataset) -> Dataset:
    """A table with the columns of another, at its own units."""
    rows = len(table.units)
    return replace(
        table,
        columns=(*table.columns, *lent.columns),
        values=np.column_stack([table.values, aligned(lent, replace(lent, units=table.units))]),
        flags=np.column_stack([table.flags, np.zeros((rows, len(lent.columns)), np.uint16)]),
        origin=np.concatenate(
            [table.origin, np.zeros((rows, len(lent.columns), 2), np.int32)], axis=1
        ),
    )


def why(fault: StiscoreError | Unlearned) -> Words:
    """Why a mixture gives no scores, as people read it."""
    told = getattr(fault, "findings", ())
    held = next((f for f in told if isinstance(f, Finding)), None)
    if held is None:
        return NO_FIGURES
    return Words(*(tell(held, lang).what for lang in ("en", "zh"))).filled()
