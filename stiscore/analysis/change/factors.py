"""Which factors differ between two sides: found by their content, before anything is scored."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stiscore.analysis.change.coalitions import FACTORS, Coalitions, scored_leaves
from stiscore.analysis.change.sides import Pair, Side, aligned, cut, revised
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework, Indicator
from stiscore.methods.base import Array

# Figures that differ by less than this share are the same.
_BIT = 1e-13
# What of the methods moves no score: words, findings, and what stands beside the index.
_BESIDE = {"weight", "weight_levels", "strengths", "gap_penalty", "coverage"}
_COVERAGE = ("min_unit_coverage", "max_areas_missing", "min_area_coverage")


def differing(coalitions: Coalitions) -> tuple[str, ...]:
    """The factors in which the two sides differ, in order. Some may still move no unit."""
    tests = {
        "data": _data,
        "revision": _revision,
        "coverage": _coverage,
        "frame": _frame,
        "weights": _weights,
        "method": _method,
    }
    fixed = coalitions.frame is not None
    asked = FACTORS[:3] if fixed else FACTORS
    return tuple(factor for factor in asked if tests[factor](coalitions))


def rescaled(coalitions: Coalitions) -> tuple[str, ...]:
    """The indicators scored on both sides whose declared scale differs where it is used."""
    old, new = coalitions.frameworks
    level = coalitions.level
    return tuple(
        name
        for name in _both(coalitions)
        if any(
            _declared(old, name, level, stage) != _declared(new, name, level, stage)
            for stage in {f.method.of("normalise", name).id for f in (old, new)}
        )
    )


def _both(coalitions: Coalitions) -> list[str]:
    """The indicators scored on both sides."""
    old, new = coalitions.sides
    return [name for name in new.columns if name in old.columns]


def _known(coalitions: Coalitions) -> list[str]:
    """The indicators scored on either side that both frameworks have a scale for."""
    scored = [{i.id for i in f.at_level(coalitions.level)} for f in coalitions.frameworks]
    used = {name for side in coalitions.sides for name in side.columns}
    return sorted(used & scored[0] & scored[1])


def _indicator(framework: Framework, name: str) -> Indicator:
    return next(i for i in framework.indicators if i.id == name)


def _declared(framework: Framework, name: str, level: str, stage: str | None) -> tuple[object, ...]:
    """The scale of an indicator, as far as a method of normalisation uses it; None: all of it."""
    held = _indicator(framework, name)
    scale = held.levels[level]
    ends = scale.goalposts if stage in {None, "goalposts"} else None
    target = scale.target if stage in {None, "distance-to-target"} else None
    return held.direction, held.curve, ends, target


def _pairs(coalitions: Coalitions) -> Iterator[Pair]:
    """Both tables under the methods of either side."""
    yield coalitions.pair(method=False)
    if coalitions.frame is None and _method(coalitions):
        yield coalitions.pair(method=True)


def _figures(coalitions: Coalitions) -> Iterator[tuple[Pair, Array, Array, Array]]:
    """OLD's figures of what both sides score, the revised ones and NEW's, at OLD's cells."""
    columns = tuple(_both(coalitions))
    for pair in _pairs(coalitions):
        like = cut(pair.old, columns)
        was, now = like.values, aligned(pair.new, like)
        both = ~np.isnan(was) & ~np.isnan(now)
        yield pair, was[both], revised(pair, like, was)[both], now[both]


def _same(one: Array, other: Array) -> bool:
    """Whether figures are the same; a last bit lost in saving a file is no change."""
    return bool(np.allclose(one, other, rtol=_BIT, atol=0.0))


def _data(coalitions: Coalitions) -> bool:
    told = _figures(coalitions)
    return any(
        (pair.dated or pair.undated) and not _same(again, now) for pair, _, again, now in told
    )


def _revision(coalitions: Coalitions) -> bool:
    told = _figures(coalitions)
    return any(
        not _same(was, again if pair.dated else now)
        for pair, was, again, now in told
        if not pair.undated
    )


def _coverage(coalitions: Coalitions) -> bool:
    old, new = coalitions.sides
    if old.columns != new.columns or {*scored_leaves(old)} != {*scored_leaves(new)}:
        return True
    for pair in _pairs(coalitions):
        table = cut(pair.old, old.columns)
        now = aligned(pair.new, table)
        common = [row for row, unit in enumerate(table.units) if unit.id in {*new.units}]
        if not np.array_equal(np.isnan(table.values[common]), np.isnan(now[common])):
            return True
    return _groups(old, new) != _groups(new, old)


def _groups(side: Side, other: Side) -> dict[tuple[str, str], str | None]:
    """The groups the file puts its units in, of those the other file has."""
    data, known = side.evaluated.scores.data, {*other.units}
    return {
        (name, unit.id): label
        for name, labels in data.groupings.items()
        for unit, label in zip(data.units, labels, strict=True)
        if unit.id in known
    }


def _frame(coalitions: Coalitions) -> bool:
    old, new = coalitions.frameworks
    level, both = coalitions.level, _both(coalitions)
    if any(
        _declared(old, i, level, None) != _declared(new, i, level, None) for i in _known(coalitions)
    ):
        return True
    learned = any(_learns(f, both) or _compares(f) for f in (old, new))
    return learned and any(not _alike(pair, both) for pair in _pairs(coalitions))


def _learns(framework: Framework, columns: list[str]) -> bool:
    """Whether what the scale rests on is learned from the table."""
    method = framework.method
    return any(
        method.of("impute", name).id != "none"
        or method.of("treat", name).id != "none"
        or method.of("normalise", name).from_sample
        for name in columns
    )


def _compares(framework: Framework) -> bool:
    """Whether scores rest on those of the units the scale was learned from."""
    method = framework.method
    joiners = (method.aggregate, *method.aggregate_levels.values())
    weighers = (method.weight, *method.weight_levels.values())
    return any(j.compares for j in joiners) or any(w.per_unit for w in weighers)


def _alike(pair: Pair, columns: list[str]) -> bool:
    """Whether both tables teach the same."""
    old, new = (cut(table, tuple(columns)) for table in (pair.old, pair.new))
    return _ids(old) == _ids(new) and np.array_equal(old.values, new.values, equal_nan=True)


def _ids(table: Dataset) -> list[str]:
    return [unit.id for unit in table.units]


def _weights(coalitions: Coalitions) -> bool:
    old, new = coalitions.sides
    if coalitions.tree_with == "weights" and old.framework.parents != new.framework.parents:
        return True
    declared = [_declared_weights(side) for side in (old, new)]
    common = declared[0].keys() & declared[1].keys()
    if any(declared[0][node] != declared[1][node] for node in common):
        return True
    methods = [side.framework.method for side in (old, new)]
    if any(getattr(methods[0], s) != getattr(methods[1], s) for s in ("weight", "weight_levels")):
        return True
    weighers = (methods[0].weight, *methods[0].weight_levels.values())
    return any(w.uses_data for w in weighers) and _learned_weights(old) != _learned_weights(new)


def _declared_weights(side: Side) -> dict[str, float]:
    tree = side.evaluated.scores.fitted.tree
    told = dict(zip(tree.ids, tree.weight, strict=True))
    del told[tree.ids[tree.root]]
    return told


def _learned_weights(side: Side) -> dict[str, float]:
    fitted = side.evaluated.scores.fitted
    return dict(zip(fitted.tree.ids, fitted.weights.local, strict=True))


def _method(coalitions: Coalitions) -> bool:
    old, new = coalitions.frameworks
    return old is not new and _settings(coalitions, 0) != _settings(coalitions, 1)


def _settings(coalitions: Coalitions, number: int) -> tuple[object, ...]:
    """All that decides how figures become scores, apart from scales and weights."""
    framework = coalitions.frameworks[number]
    method = framework.method
    recipes = [_indicator(framework, name).derive for name in _both(coalitions)]
    rules = [getattr(method.coverage, rule) for rule in _COVERAGE]
    grouped = getattr(method.impute, "group", None)
    peers = framework.peer_groups if grouped else ()
    return method.model_dump_json(exclude=_BESIDE), recipes, rules, peers
