"""Factors of a framework, put to one table: what each varies there, and by which numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from stiscore.analysis.uncertainty.learning import reframed
from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Finding
from stiscore.framework import uncertainty as declared
from stiscore.framework.model import Framework
from stiscore.framework.override import resolved, with_settings
from stiscore.methods.agreement import Z95
from stiscore.methods.base import Array
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Declared
from stiscore.robust.draws import Beside, Choice, Dirichlet, Even, Normal
from stiscore.robust.effects import Effect
from stiscore.scores import Fitted, Scores
from stiscore.words.faults import found


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One factor at work on a table.

    ``effect``: what it does, as numbers. ``options``: what its choices stand for, the framework's
    own first; for directions the indicators that may be turned, for errors the (row, leaf) of every
    figure that has one; nothing where weights are multiplied. ``listed``: options as the framework
    lists them, of errors the indicators; its own methods are empty where they are not among them.
    """

    factor: declared.Factor
    effect: Effect
    options: tuple[Any, ...] = ()
    listed: tuple[Any, ...] = ()


class Impossible(NamedTuple):
    """An alternative that does not suit the framework as it is set, with the reason."""

    factor: str
    settings: declared.Settings
    why: Finding


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The factors that vary something in this table.

    ``idle``: those that vary nothing here. ``impossible``: alternatives no variant takes.
    """

    factors: tuple[Planned, ...]
    idle: tuple[declared.Factor, ...]
    impossible: tuple[Impossible, ...] = ()

    def without(self, idle: Sequence[Planned]) -> Plan:
        """The plan with some factors found idle."""
        kept = tuple(p for p in self.factors if p not in idle)
        return replace(self, factors=kept, idle=(*self.idle, *(p.factor for p in idle)))

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the factors do."""
        return tuple(planned.effect for planned in self.factors)


def plan(scores: Scores, factors: Sequence[declared.Factor], *, framed: bool = False) -> Plan:
    """What each factor varies in this table; one that finds nothing to vary is idle.

    ``framed``: the scores stand on a fixed scale, so that what would have to be learned anew is
    impossible (C318).
    """
    at_work, idle, impossible = [], [], list[Impossible]()
    for number, factor in enumerate(factors):
        if isinstance(factor, declared.Methods):
            own, others, refused = _distinct(scores.fitted, factor, framed=framed)
            impossible += refused
            planned = _choice(factor, number, ((), *others), (own, *others))
        elif framed and isinstance(factor, declared.Directions):
            impossible.append(Impossible(factor.id, factor.indicators, found("C318")))
            planned = None
        else:
            planned = _BUILDERS[type(factor)](scores, factor, number)
        if planned is None or planned.effect.source.dims == 0:
            idle.append(factor)
        else:
            at_work.append(planned)
    return Plan(tuple(at_work), tuple(idle), tuple(impossible))


def _choice(
    factor: declared.Factor, number: int, options: Sequence[Any], listed: Sequence[Any] = ()
) -> Planned | None:
    """One of several options, all as often; None where there is but one."""
    if len(options) < 2:
        return None
    shares = (1.0 / len(options),) * len(options)
    effect = Effect(number, "setting", Choice(shares))
    return Planned(factor, effect, tuple(options), tuple(listed or options))


def groups_varied(tree: Tree, of: str) -> tuple[int, ...]:
    """The groups whose children's weights ``of`` speaks of."""
    if of == "areas":
        return (tree.root,)
    if of == "below":
        return tuple(g for g in tree.groups if g != tree.root)
    if of in tree.ids:
        return (tree.ids.index(of),)
    return tuple(g for g in tree.groups if of == f"level{tree.height(g)}")


def _families(fitted: Fitted, of: str) -> Iterator[tuple[int, ...]]:
    """The measured children of each such group; a lone child has no weight to vary."""
    for group in groups_varied(fitted.tree, of):
        children = [c for c in fitted.tree.children(group) if fitted.weights.local[c] > 0]
        if len(children) > 1:
            yield tuple(children)


def varied_nodes(fitted: Fitted, of: str) -> tuple[int, ...]:
    """The nodes whose weights ``of`` speaks of, those that have a sibling to lose weight to."""
    return tuple(child for family in _families(fitted, of) for child in family)


def _weights(scores: Scores, factor: declared.Weights, number: int) -> Planned:
    places = varied_nodes(scores.fitted, factor.of)
    source = Even(len(places), factor.spread)
    return Planned(factor, Effect(number, "weights", source, places))


def _missing_areas(scores: Scores, factor: declared.MissingAreas, number: int) -> Planned | None:
    lacking = scores.absent_areas.any(axis=1) & ~np.isnan(scores.index)
    rules = dict.fromkeys(("own-mean", *factor.rules))
    return _choice(factor, number, tuple(rules) if lacking.any() else ())


def _directions(scores: Scores, factor: declared.Directions, number: int) -> Planned:
    leaves = tuple(i for i in scores.fitted.columns if i in factor.indicators)
    source = Choice((0.5, 0.5), len(leaves))
    return Planned(factor, Effect(number, "setting", source), leaves)


def _dirichlet(scores: Scores, factor: declared.DirichletWeights, number: int) -> Planned:
    fitted = scores.fitted
    families = list(_families(fitted, factor.of))
    local = fitted.weights.local
    parts = [Dirichlet(tuple(local[c] for c in f), factor.concentration) for f in families]
    places = tuple(c for family in families for c in family)
    return Planned(factor, Effect(number, "weights", Beside(tuple(parts)), places))


def _sets(scores: Scores, factor: declared.WeightSets, number: int) -> Planned | None:
    """Whole sets of weights as multipliers of the declared ones; the framework's own first.

    Weights that a method gives without asking what is declared stay as they are.
    """
    framework, tree = scores.fitted.framework, scores.fitted.tree
    sets = {p: framework.weight_presets[p] for p in factor.presets} | dict(factor.sets)
    own = np.ones(len(tree.ids))
    rows = {"": own}
    for name, weights in sets.items():
        row = own.copy()
        for place, node in enumerate(tree.ids):
            if node in weights and _is_declared(framework, tree, place):
                row[place] = weights[node] / tree.weight[place]
        rows[name] = row
    if all((row == 1.0).all() for row in rows.values()):
        return None
    source = Choice((1.0 / len(rows),) * len(rows))
    effect = Effect(number, "sets", source, table=np.array(list(rows.values())))
    return Planned(factor, effect, tuple(rows))


def _is_declared(framework: Framework, tree: Tree, place: int) -> bool:
    """Whether a node's weight is the one the framework declares."""
    above = tree.parent[place]
    return above < 0 or isinstance(framework.method.at("weight", tree.height(above)), Declared)


def _left_out(scores: Scores, factor: declared.LeaveOut, number: int) -> Planned | None:
    fitted, tree = scores.fitted, scores.fitted.tree
    if factor.nodes == "areas":
        wanted = tree.children(tree.root)
    elif factor.nodes == "indicators":
        wanted = tuple(range(tree.leaves))
    else:
        wanted = tuple(i for i, node in enumerate(tree.ids) if node in factor.nodes)
    held = {leaf for leaf in range(tree.leaves) if fitted.weights.effective[leaf] > 0}
    # Without a node that holds all the rest there would be nothing to score.
    places = tuple(p for p in wanted if 0 < len(held & {*tree.leaves_under(p)}) < len(held))
    if not places:
        return None
    shares = (factor.whole, *((1.0 - factor.whole) / len(places) for _ in places))
    options = ("", *(tree.ids[p] for p in places))
    return Planned(factor, Effect(number, "drop", Choice(shares), places), options)


def _distinct(
    fitted: Fitted, factor: declared.Methods, *, framed: bool
) -> tuple[declared.Settings, list[declared.Settings], list[Impossible]]:
    """The framework's own methods as the factor lists them, the others, each once, and the rest."""
    framework, tree = fitted.framework, fitted.tree
    steps = sorted({tree.height(group) for group in tree.groups})
    own = resolved(framework, steps)
    told: dict[str, declared.Settings] = {own: ()}
    refused = []
    for settings in factor.alternatives:
        try:
            changed = with_settings(framework, settings)
            methods = resolved(changed, steps)
            if framed and methods != own:
                reframed(fitted, changed)
        except (UsageError, DataInvalid) as fault:
            why = next(f for f in fault.findings if isinstance(f, Finding))
            refused.append(Impossible(factor.id, settings, why))
        else:
            told[methods] = told.get(methods) or settings
    return told.pop(own), list(told.values()), refused


def _errors(scores: Scores, factor: declared.DataError, number: int) -> Planned | None:
    """The figures with an error: one column of the cube for each, row by row."""
    places = tuple(p for p in range(scores.fitted.tree.leaves) if _has(scores, factor.errors, p))
    if not places:
        return None
    sides = np.stack([standard_errors(scores, factor.errors, place) for place in places], axis=1)
    rows, columns = np.nonzero((np.nan_to_num(sides) > 0).any(axis=2))
    if not rows.size:
        return None
    cells = tuple(zip(rows.tolist(), (places[c] for c in columns), strict=True))
    effect = Effect(number, "noise", Normal(len(cells)), places, sides[rows, columns])
    held = dict.fromkeys(scores.fitted.tree.ids[leaf] for _, leaf in cells)
    return Planned(factor, effect, cells, tuple(held))


def _has(scores: Scores, given: Mapping[str, declared.GivenError], place: int) -> bool:
    name, data = scores.fitted.tree.ids[place], scores.data
    if not scores.fitted.measures(place):
        return False
    column = data.position(name)
    if name in given or data.errors is None or column is None:
        return name in given
    return bool(np.isfinite(data.errors[:, column]).any())


def standard_errors(scores: Scores, given: Mapping[str, declared.GivenError], place: int) -> Array:
    """Standard errors of one leaf below and above, (rows, 2), in its own measurement; 0 is none.

    What the data file gives for a figure goes before what the framework states for all.
    """
    name, data = scores.fitted.tree.ids[place], scores.data
    values = scores.raw[:, place]
    told = np.zeros((len(values), 2))
    if name in given:
        told[:] = _stated(given[name], values)[:, None]
    column = data.position(name)
    if data.errors is not None and column is not None:
        read = data.errors[:, column]
        told = np.where(np.isnan(read), told, read)
    told[np.isnan(values)] = 0.0
    return told


_BUILDERS: dict[type[declared.Varying], Callable[[Scores, Any, int], Planned | None]] = {
    declared.Weights: _weights,
    declared.DirichletWeights: _dirichlet,
    declared.WeightSets: _sets,
    declared.MissingAreas: _missing_areas,
    declared.LeaveOut: _left_out,
    declared.Directions: _directions,
    declared.DataError: _errors,
}


def _stated(error: declared.GivenError, values: Array) -> Array:
    """What a stated error comes to for each value."""
    if error.standard_error is not None:
        return np.full(values.shape, error.standard_error)
    if error.half_width is not None:
        return np.full(values.shape, error.half_width / Z95)
    # The mean absolute deviation of a normal distribution is sqrt(2 / pi) of its standard one.
    share = error.relative or (error.revision or 0.0) * math.sqrt(math.pi / 2)
    return np.abs(np.nan_to_num(values)) * share
