"""Fit and score: the Handbook's stages in order.

denominate -> normalise -> weight -> aggregate. ``fit`` learns from reference data; ``score`` is
row-wise and uses only what was learned, so a part of a table scores as the whole does, to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stiscore.dataset import Column, Dataset, Flag, titled
from stiscore.errors import ComputationFailed, DataInvalid, Location
from stiscore.framework.find import lacking
from stiscore.framework.model import Derive, Framework, Indicator
from stiscore.methods.aggregate import (
    Arithmetic,
    Combined,
    Geometric,
    NonPositive,
    shares_present,
)
from stiscore.methods.base import Array
from stiscore.methods.denominate import Recipe
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.scores import Fitted, FittedWeights, Reference, Scores, build_tree
from stiscore.version import __version__
from stiscore.words.faults import found, refusal


def fit(framework: Framework, reference: Dataset) -> Fitted:
    """Learn from ``reference`` all that scoring needs.

    Which scored indicators have a column (and so the scaled weights), and the map of each. Raises
    DataInvalid when no scored indicator has a value.
    """
    data = denominate(framework, reference)
    scored = [i for i in framework.at_level(data.level) if i.role != "context"]
    held = _measured_columns(data)
    superseded = tuple(i.id for i in scored if i.role == "proxy" and i.proxy_for in held)
    used = [i for i in scored if i.id in held and i.id not in superseded]
    if not used:
        absent = lacking(framework, data.level, data.ids)
        told = "; ".join(f"{i} <- {', '.join(parts)}" for i, parts in absent.items())
        where = Location(data.source.file, data.source.sheet)
        raise refusal(
            DataInvalid, [found("C309", where, level=data.level, of=len(scored), lacking=told)]
        )
    maps = framework.method.normalise.fit(
        _columns(data, [i.id for i in used]), [_spec(i, data.level) for i in used]
    )
    tree = build_tree(framework, data.level, frozenset(superseded))
    present = {tree.ids.index(i.id) for i in used}
    local, effective, measured = framework.method.weight.fit(tree, present)
    return Fitted(
        schema="stiscore.frame/1",
        stiscore=__version__,
        framework=framework,
        level=data.level,
        columns=tuple(i.id for i in used),
        maps=maps,
        superseded=superseded,
        weights=FittedWeights(local=local, effective=effective, measured=measured),
        reference=Reference(
            units=len(data.units),
            periods=tuple(sorted(set(data.periods), key=str)),
            digest=reference.digest,
        ),
    )


def reweigh(fitted: Fitted, framework: Framework) -> Fitted:
    """The same maps under the weights of ``framework``, which must have the same tree."""
    present = {fitted.tree.ids.index(column) for column in fitted.columns}
    local, effective, measured = framework.method.weight.fit(
        build_tree(framework, fitted.level, frozenset(fitted.superseded)), present
    )
    kept = {name: getattr(fitted, name) for name in Fitted.model_fields if name != "schema_"}
    weights = FittedWeights(local=local, effective=effective, measured=measured)
    return Fitted(**{**kept, "framework": framework, "weights": weights})


def _measured_columns(data: Dataset) -> set[str]:
    """Indicators with at least one value: a head over blank cells measures nothing."""
    empty = {i for i in range(len(data.columns)) if np.isnan(data.values[:, i]).all()}
    return {c.id for i, c in enumerate(data.columns) if c.kind == "indicator" and i not in empty}


def score(fitted: Fitted, dataset: Dataset) -> Scores:
    """Score every row of ``dataset`` on the fitted scale.

    Row-wise: rows may come in any order or in parts. A fitted column the dataset lacks is missing
    in every row, not absent. Missing values stay missing; parents renormalise over what is there.
    Raises DataInvalid (L115) when the data are of another level than the frame.
    """
    if dataset.level != fitted.level:
        told = found("L115", Location(dataset.source.file), level=dataset.level, frame=fitted.level)
        raise refusal(DataInvalid, [told])
    data = denominate(fitted.framework, dataset)
    raw = _columns(data, list(fitted.columns))
    mapped = apply_maps(raw, fitted.maps)
    leaves = fitted.tree.leaves
    wide = np.full((2, len(data.units), leaves), np.nan)
    places = [fitted.tree.ids.index(c) for c in fitted.columns]
    wide[0][:, places], wide[1][:, places] = raw, mapped
    return _climb(fitted, data, np.ascontiguousarray(wide[0]), np.ascontiguousarray(wide[1]))


def denominate(framework: Framework, dataset: Dataset) -> Dataset:
    """Add the indicators that can be derived from raw columns and have no column of their own."""
    held = set(dataset.ids)
    for indicator in framework.at_level(dataset.level):
        rule = indicator.derive
        if rule is None or indicator.id in held:
            continue
        if held.issuperset((*rule.numerators, *rule.denominators)):
            dataset = _with_derived(framework, dataset, indicator, rule)
    return dataset


def _with_derived(
    framework: Framework, dataset: Dataset, indicator: Indicator, rule: Derive
) -> Dataset:
    recipe = _recipe(rule, dataset)
    values = framework.method.denominate.derive(dataset.values, recipe)
    parts = [*recipe.numerators, *recipe.denominators]
    broken = np.isnan(values) & ~np.isnan(dataset.values[:, parts]).any(axis=1)
    flags = np.where(broken, Flag.DERIVED | Flag.ZERO_DENOMINATOR, Flag.DERIVED).astype(np.uint16)
    column = Column(
        indicator.id,
        "indicator",
        header=indicator.id,
        measured_in=indicator.measured_in,
        derived_from=tuple(dict.fromkeys((*rule.numerators, *rule.denominators))),
    )
    rows = len(dataset.units)
    return replace(
        dataset,
        columns=(*dataset.columns, column),
        values=np.column_stack([dataset.values, values]),
        flags=np.column_stack([dataset.flags, flags]),
        origin=np.concatenate([dataset.origin, np.zeros((rows, 1, 2), np.int32)], axis=1),
    )


def _recipe(rule: Derive, dataset: Dataset) -> Recipe:
    place = {column: i for i, column in enumerate(dataset.ids)}
    return Recipe(
        tuple(place[q] for q in rule.numerators),
        tuple(place[q] for q in rule.denominators),
        rule.combine,
        rule.combine_denominators,
        rule.factor,
    )


def _columns(data: Dataset, ids: Sequence[str]) -> Array:
    """The named columns, (rows, ids); missing throughout where the dataset has no such column."""
    out = np.full((len(data.units), len(ids)), np.nan)
    for j, column in enumerate(ids):
        place = data.position(column)
        if place is not None:
            out[:, j] = data.values[:, place]
    return out


def _spec(indicator: Indicator, level: str) -> ColumnSpec:
    scale = indicator.levels[level]
    return ColumnSpec(
        indicator.id, indicator.direction == "benefit", indicator.curve, scale.goalposts
    )


def _climb(fitted: Fitted, data: Dataset, raw: Array, normalised: Array) -> Scores:
    """From the leaves to the root: scores, coverage, then points from the root down."""
    tree, rules = fitted.tree, fitted.framework.method.coverage
    rows = len(data.units)
    nodes = np.full((rows, len(tree.ids)), np.nan)
    nodes[:, : tree.leaves] = normalised
    shares = np.zeros((rows, len(tree.ids)))
    floored = np.zeros((rows, len(tree.ids)), dtype=bool)
    coverage = _coverage(fitted, normalised)
    for group in tree.groups:
        children = [c for c in tree.children(group) if fitted.weights.local[c] > 0]
        if not children:
            continue
        combined = _combine(fitted, data, nodes, group, children)
        nodes[:, group] = combined.score
        if group != tree.root:
            thin = coverage[:, group - tree.leaves] < rules.min_area_coverage - 1e-12
            nodes[thin, group] = np.nan
        shares[:, children] = combined.points
        floored[:, children] = combined.floored
    return Scores(
        fitted=fitted,
        data=data,
        raw=raw,
        normalised=normalised,
        groups=np.ascontiguousarray(nodes[:, tree.leaves :]),
        coverage=coverage,
        points=_points(fitted, nodes, shares),
        floored=floored,
    )


def _combine(
    fitted: Fitted, data: Dataset, nodes: Array, group: int, children: Sequence[int]
) -> Combined:
    method = aggregator(fitted, group)
    parts = np.ascontiguousarray(nodes[:, children])
    try:
        return method.combine(parts, [fitted.weights.local[c] for c in children])
    except NonPositive as fault:
        child = fitted.tree.ids[children[fault.child]]
        place = data.position(child)
        where = data.location(fault.row, place) if place is not None else None
        told = found(
            "C311",
            where,
            unit=titled(data.units[fault.row], "both"),
            node=child,
            score=fault.score,
            parent=fitted.tree.ids[group],
        )
        raise refusal(ComputationFailed, [told]) from fault


def aggregator(fitted: Fitted, group: int) -> Arithmetic | Geometric:
    """The method that joins a group's children: its level's own, or the one for all."""
    method = fitted.framework.method
    return method.aggregate_levels.get(f"level{fitted.tree.height(group)}", method.aggregate)


def _coverage(fitted: Fitted, normalised: Array) -> Array:
    """Share of each group's effective weight that a row has values for, (rows, groups)."""
    tree, effective = fitted.tree, fitted.weights.effective
    out = np.zeros((normalised.shape[0], len(tree.groups)))
    for group in tree.groups:
        leaves = [leaf for leaf in tree.leaves_under(group) if effective[leaf] > 0]
        whole = sum(effective[leaf] for leaf in leaves)
        for leaf in leaves:
            has = ~np.isnan(normalised[:, leaf])
            out[:, group - tree.leaves] += np.where(has, effective[leaf] / whole, 0.0)
    return np.minimum(out, 1.0)


def _points(fitted: Fitted, nodes: Array, shares: Array) -> Array:
    """What each node adds to the index: its part of its parent, times the parent's own points."""
    tree, local = fitted.tree, fitted.weights.local
    points = np.zeros(nodes.shape)
    points[:, tree.root] = np.where(np.isnan(nodes[:, tree.root]), 0.0, nodes[:, tree.root])
    for group in reversed(tree.groups):
        children = [c for c in tree.children(group) if local[c] > 0]
        if not children:
            continue
        score = nodes[:, group][:, None]
        # A group at zero still holds points when a floor raised it: shared by weight.
        by_weight = shares_present(nodes[:, children], [local[c] for c in children])
        with np.errstate(divide="ignore", invalid="ignore"):
            part = np.where(score == 0, np.nan_to_num(by_weight), shares[:, children] / score)
        # Divided, then multiplied back by the score, a point may lose a bit; the root's must not.
        own = shares[:, children] if group == tree.root else points[:, [group]] * part
        points[:, children] = np.where(np.isnan(score), 0.0, own)
    return points
