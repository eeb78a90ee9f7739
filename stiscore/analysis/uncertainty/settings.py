"""Configurations: each distinct choice of methods prepared once, sharing what others learned."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from stiscore.analysis.gaps import tagged_leaves
from stiscore.analysis.uncertainty.learning import aside, asks, learns, reframed
from stiscore.analysis.uncertainty.plan import Plan, Planned
from stiscore.checks.columns import constant
from stiscore.checks.rule import Subject
from stiscore.dataset import Dataset
from stiscore.errors import StiscoreError
from stiscore.finding import Finding, Severity
from stiscore.framework.model import Framework
from stiscore.framework.override import with_settings
from stiscore.learned import Known, once, resting_on
from stiscore.methods.aggregate import Arithmetic
from stiscore.methods.base import Array
from stiscore.methods.climb import Bough
from stiscore.methods.maps import Map
from stiscore.methods.tree import Tree
from stiscore.pipeline import denominate, fit, score
from stiscore.robust.engine import Code, Configuration
from stiscore.robust.tree import Setting
from stiscore.scores import Fitted, Scores


class Chosen(NamedTuple):
    """What a configuration's choices come to."""

    settings: tuple[str, ...]
    turned: tuple[str, ...]
    fills: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shifted:
    """Normalised scores of the leaves whose figures have errors, from standard normal values.

    ``values``: (units, leaves), filled, before treatment. ``cells``: (unit, leaf) of each figure
    with an error, ``sides``: its standard errors below and above, (cells, 2). ``stages``: by leaf
    what treats and scales it. ``bounds``: by leaf what a figure cannot pass.
    """

    values: Array
    cells: tuple[tuple[int, int], ...]
    sides: Array
    stages: Mapping[int, tuple[Map, ...]]
    bounds: Mapping[int, tuple[float, float]]

    def __call__(self, noise: Array) -> dict[int, Array]:
        """By leaf (draws, units)."""
        told = {}
        for leaf, stages in self.stages.items():
            at = [n for n, (_, held) in enumerate(self.cells) if held == leaf]
            units = [self.cells[n][0] for n in at]
            by = noise[:, at]
            column = np.repeat(self.values[None, :, leaf], len(noise), axis=0)
            column[:, units] += np.where(by < 0, self.sides[at, 0], self.sides[at, 1]) * by
            column = np.clip(column, *self.bounds[leaf])
            for stage in stages:
                column = stage.apply(column.ravel()).reshape(column.shape)
            told[leaf] = column
        return told


def choices(plan: Plan, code: Code) -> Chosen:
    """What the numbers of a code stand for."""
    settings: list[str] = []
    turned: list[str] = []
    fills, at = False, 0
    for planned in (p for p in plan.factors if p.effect.kind == "setting"):
        digits = code[at : at + planned.effect.source.dims]
        at += len(digits)
        if planned.factor.kind == "methods":
            settings += planned.options[digits[0]]
        elif planned.factor.kind == "missing-areas":
            fills = planned.options[digits[0]] == "peer-median"
        else:
            turned += [i for i, on in zip(planned.options, digits, strict=True) if on]
    return Chosen(tuple(settings), tuple(turned), fills)


def scored_as(scores: Scores, chosen: Chosen, known: Known, *, framed: bool) -> Scores | Finding:
    """The table once more from the stage on that is set otherwise, or why it cannot be."""
    fitted, data = scores.fitted, scores.data
    try:
        turned = _turned(fitted.framework, chosen.turned)
        framework = with_settings(turned, chosen.settings)
        if framed or not learns(framework, fitted):
            return score(reframed(fitted, framework), data, known=known)
        # Directions do not come into it: what is one value throughout is so either way.
        key = resting_on(framework, (), ("denominate", "normalise"))
        level = once(known, ("level", *key), lambda: _level(framework, data))
        if level is not None:
            return level
        return score(_fitted(framework, fitted.tree, data, known), data, known=known)
    except StiscoreError as fault:
        return next(f for f in fault.findings if isinstance(f, Finding))


def _fitted(framework: Framework, tree: Tree, data: Dataset, known: Known) -> Fitted:
    """What is learned; once for all variants that only join otherwise, where they can share it."""
    if asks(framework, tree):
        return fit(framework, data, known=known)
    costs = (i.id for i in framework.indicators if i.direction == "cost")
    key = ("fitted", aside(framework), *costs)
    first = once(known, key, lambda: fit(framework, data, known=known))
    return reframed(first, framework)


def _level(framework: Framework, data: Dataset) -> Finding | None:
    """A column of one value throughout where the scale is learned from the table (C303)."""
    subject = Subject(framework, denominate(framework, data))
    return next((f for f in constant(subject) if f.severity is Severity.ERROR), None)


def configuration(
    scores: Scores,
    own: Scores,
    plan: Plan,
    rows: Sequence[int],
    *,
    fills: bool,
    framed: bool = False,
) -> Configuration:
    """One configuration at work on ``rows``; ``own``: the framework's, whose scale it may leave."""
    at, gaps = list(rows), gap_boughs(scores)
    measured = [
        ~np.isnan(scores.normalised[:, list(b.children)]).all(axis=1, keepdims=True) for b in gaps
    ]
    held = ~np.isnan(np.column_stack([scores.normalised, scores.groups]))
    setting = Setting(
        leaves=np.ascontiguousarray(scores.normalised[at]),
        boughs=(*scores.fitted.boughs, *gaps),
        top=scores.fitted.tree.root,
        scored=np.column_stack([held, *measured])[at],
        fills=fills,
        tie=scores.tie,
        fixed=framed,
    )
    noisy = next((p for p in plan.factors if p.effect.kind == "noise"), None)
    shift = _shift(scores, noisy, rows) if noisy else None
    return Configuration(setting, _scale(scores.fitted) == _scale(own.fitted), shift)


def _scale(fitted: Fitted) -> tuple[object, ...]:
    """What makes scores comparable: how columns come to the scale, and who leaves it on the way."""
    method = fitted.framework.method
    columns = (method.of("normalise", column).model_dump_json() for column in fitted.columns)
    return (fitted.ends, *columns, *(bough.joiner.own_ends for bough in fitted.boughs))


def gap_boughs(scores: Scores) -> tuple[Bough, ...]:
    """Each gap as a group of its own beside the tree, numbered on from the index.

    A gap is as severe as its indicators' mean is low, so it varies as an area does.
    """
    fitted = scores.fitted
    told = []
    for number, gap in enumerate(fitted.framework.gaps):
        leaves = tagged_leaves(fitted, gap.id)
        weights = tuple(fitted.tree.weight[i] for i in leaves)
        place = len(fitted.tree.ids) + number
        told.append(Bough(place, leaves, weights or (), Arithmetic()))
    return tuple(told)


def _shift(scores: Scores, noisy: Planned, rows: Sequence[int]) -> Shifted | None:
    """How errors move scores under one configuration; its maps stay as they were learned."""
    fitted, effect = scores.fitted, noisy.effect
    held = {row: at for at, row in enumerate(rows)}
    kept = [n for n, (row, _) in enumerate(noisy.options) if row in held]
    if effect.table is None or not kept:
        return None
    stages, bounds = {}, {}
    for leaf in {noisy.options[n][1] for n in kept}:
        at = fitted.columns.index(fitted.tree.ids[leaf])
        treated = fitted.treatments[at : at + 1]
        stages[leaf] = (*treated, fitted.maps[at])
        low, high = fitted.framework.bounds(fitted.leaves[leaf], fitted.level)
        bounds[leaf] = (-np.inf if low is None else low, np.inf if high is None else high)
    cells = [(held.get(row, -1), leaf) for row, leaf in noisy.options]
    return Shifted(
        values=np.ascontiguousarray(scores.filled[list(rows)]),
        cells=tuple((row, leaf if row >= 0 else -1) for row, leaf in cells),
        sides=effect.table,
        stages=stages,
        bounds=bounds,
    )


def _turned(framework: Framework, indicators: Sequence[str]) -> Framework:
    """The framework with some indicators' directions the other way round."""
    if not indicators:
        return framework
    tree = framework.model_dump(mode="json", by_alias=True)
    _turn(tree["index"], set(indicators))
    return Framework.model_validate_json(json.dumps(tree))


def _turn(node: dict[str, Any], wanted: set[str]) -> None:
    if node["id"] in wanted:
        node["direction"] = "benefit" if node["direction"] == "cost" else "cost"
    for child in node.get("children", ()):
        _turn(child, wanted)
