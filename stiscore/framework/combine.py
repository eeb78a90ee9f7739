"""Methods that do not fit together, or not this framework: found before anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stiscore.framework.flaw import Flaw, Path, indicators, unknown
from stiscore.framework.method import BY_LEVEL, STAGES
from stiscore.framework.model import Framework
from stiscore.framework.peers import peer_groups
from stiscore.methods.weight import Ahp, Budget
from stiscore.words.faults.methods import WHY, mend

# Numbers of units by which a scale of ranks is told from one that only happens to end there.
_SOME, _MORE = 10, 11


def misfits(framework: Framework) -> Iterator[Flaw]:
    """Every fault in the choice of methods, rule by rule."""
    for rule in RULES:
        yield from rule(framework)


def _why(reason: str, path: Path, **fields: object) -> Flaw:
    """F131: two choices that exclude each other, with the reason."""
    return Flaw("F131", path, {"why": WHY[reason].filled(**fields), "mend": mend(reason)}, key=True)


def steps_exist(framework: Framework) -> Iterator[Flaw]:
    """``level1`` to the height of the tree, and no others."""
    steps = {f"level{n}" for n in range(1, framework.height + 1)}
    for stage in BY_LEVEL:
        for key in getattr(framework.method, f"{stage}_levels"):
            if key not in steps:
                yield unknown("step", key, steps, ("method", f"{stage}_levels", key), key=True)


def names_exist(framework: Framework) -> Iterator[Flaw]:
    """Indicators, nodes, columns and groupings that methods name exist."""
    leaves = {i.id for i in framework.indicators}
    for name in framework.method.by_indicator:
        if name not in leaves:
            yield unknown("indicator", name, leaves, ("method", "by_indicator", name), key=True)
    columns = leaves | {q.id for q in framework.quantities}
    for path, chosen in _chosen(framework, "denominate"):
        below = getattr(chosen, "denominator", None)
        if below is not None and below not in columns:
            yield unknown("quantity", below, columns, (*path, "denominator"))
    nodes = {node.id for node in framework.nodes}
    for path, chosen in _chosen(framework, "weight"):
        for name in sorted(_judged(chosen) - nodes):
            yield unknown("node", name, nodes, path)


def _judged(method: Any) -> set[str]:
    """The nodes that experts were asked about."""
    if isinstance(method, Budget):
        return {node for points in method.points.values() for node in points}
    if isinstance(method, Ahp):
        return {node for pair in method.judgements for node in pair.split("/")}
    return set()


def parameters_are_given(framework: Framework) -> Iterator[Flaw]:
    """What a method cannot do without is there."""
    for stage in STAGES:
        for path, chosen in _chosen(framework, stage):
            if chosen.required and not getattr(chosen, chosen.required):
                fields = {"stage": stage, "method": chosen.id, "parameter": chosen.required}
                yield _why("required", path, **fields)


def groups_exist(framework: Framework) -> Iterator[Flaw]:
    """Filling by group needs a grouping: a column of the data, or peer groups."""
    known = {g.id for g in framework.groupings}
    for level in framework.levels:
        known |= {g.id for g in peer_groups(framework, level)}
    for path, chosen in _chosen(framework, "impute"):
        if not getattr(chosen, "group", None):
            continue
        named = [chosen.group] if isinstance(chosen.group, str) else chosen.group
        for name in named:
            if name not in known:
                yield unknown("grouping", name, known, (*path, "group"))


def scales_are_given(framework: Framework) -> Iterator[Flaw]:
    """Goalposts, targets and directions that normalisation rests on are there."""
    for path, node in indicators(framework):
        chosen = framework.method.of("normalise", node.id)
        if node.role == "context":
            continue
        if not chosen.costs and node.direction == "cost":
            yield _why("cost", (*path, "id"), indicator=node.id, method=chosen.id)
        for level, scale in node.levels.items():
            place = (*path, "levels", level)
            fields = {"indicator": node.id, "level": level}
            if chosen.id == "goalposts" and scale.goalposts is None:
                yield Flaw("F116", place, fields, key=True)
            if chosen.id == "distance-to-target" and scale.target is None:
                yield Flaw("F132", place, fields, key=True)


def scales_are_alike(framework: Framework) -> Iterator[Flaw]:
    """Scores that are averaged run between the same ends."""
    common = framework.method.normalise
    for path, chosen in _chosen(framework, "normalise"):
        if any(chosen.ends(n) != common.ends(n) for n in (_SOME, _MORE)):
            fields = {"one": _span(common), "other": _span(chosen)}
            yield _why("unlike", path, **fields, method=chosen.id)


def _span(scaling: Any) -> str:
    """The ends of a scale; its upper one may be the number of units."""
    (low, high), longer = scaling.ends(_SOME), scaling.ends(_MORE)
    if (low, high) == longer:
        return f"{low:g} - {high:g}"
    return f"{low:g} - n" if high == _SOME else f"{low:g} - n-1"


def treatment_keeps_the_measurement(framework: Framework) -> Iterator[Flaw]:
    """Goalposts and targets are in the indicator's own measurement, which a transform leaves."""
    for node in framework.indicators:
        treated = framework.method.of("treat", node.id)
        scaled = framework.method.of("normalise", node.id)
        if treated.transforms and scaled.id in {"goalposts", "distance-to-target"}:
            own = framework.method.by_indicator.get(node.id)
            path: Path = ("method", "by_indicator", node.id) if own else ("method", "treat")
            yield _why("measurement", path, treat=treated.id, normalise=scaled.id)
            return


def filling_by_rows_is_for_all(framework: Framework) -> Iterator[Flaw]:
    """What looks across a unit's indicators, or along its years, is no choice of one indicator."""
    for name, own in framework.method.by_indicator.items():
        chosen = own.impute
        if chosen is not None and (chosen.panel or "within" in type(chosen).model_fields):
            path = ("method", "by_indicator", name, "impute")
            yield _why("for_all", path, method=chosen.id)


def means_suit_the_scale(framework: Framework) -> Iterator[Flaw]:
    """Each mean finds the scores it is defined for."""
    scaled = framework.method.normalise
    low, high = scaled.ends(_SOME)
    for path, chosen in _chosen(framework, "aggregate"):
        fields = {"method": chosen.id, "normalise": scaled.id}
        if chosen.needs == "z-score" and (scaled.id != "z-score" or low <= 0):
            yield _why("z_score", path, **fields)
        elif chosen.needs == "positive-scale" and low <= 0:
            yield _why("positive_scale", path, **fields)
        elif chosen.positive and low < 0:
            yield _why("positive", path, **fields, low=low, high=high)
        elif chosen.positive and (getattr(chosen, "floor", None) or low) >= high:
            yield _why("floor", path, method=chosen.id, floor=chosen.floor, low=low, high=high)


def own_scales_are_that_of_all(framework: Framework) -> Iterator[Flaw]:
    """What scores on a scale of its own suits a framework on that scale only."""
    ends = framework.method.normalise.ends(_SOME)
    for stage in BY_LEVEL:
        for path, chosen in _chosen(framework, stage):
            if chosen.own_ends is not None and chosen.own_ends != ends:
                one, other = (
                    _span(framework.method.normalise),
                    "{:g} - {:g}".format(*chosen.own_ends),
                )
                yield _why("own_scale", path, stage=stage, method=chosen.id, one=one, other=other)


def own_weights_are_summed(framework: Framework) -> Iterator[Flaw]:
    """Weights that each unit chooses for itself are the aggregation of their step as well."""
    method = framework.method
    for level in range(1, framework.height + 1):
        chosen, joined = method.at("weight", level), method.at("aggregate", level)
        if chosen.per_unit and joined.id != "arithmetic":
            key = f"level{level}"
            own = key in method.weight_levels
            path: Path = ("method", "weight_levels", key) if own else ("method", "weight")
            yield _why("own_weights", path, method=chosen.id, aggregate=joined.id)
            return


def _chosen(framework: Framework, stage: str) -> Iterator[tuple[Path, Any]]:
    """Every method a stage has: for all, for a step, for an indicator."""
    method = framework.method
    yield ("method", stage), getattr(method, stage)
    for key, own in getattr(method, f"{stage}_levels", {}).items():
        yield ("method", f"{stage}_levels", key), own
    for name, held in method.by_indicator.items():
        own = getattr(held, stage, None)
        if own is not None:
            yield ("method", "by_indicator", name, stage), own


RULES = (
    steps_exist,
    names_exist,
    parameters_are_given,
    groups_exist,
    scales_are_given,
    scales_are_alike,
    treatment_keeps_the_measurement,
    filling_by_rows_is_for_all,
    means_suit_the_scale,
    own_scales_are_that_of_all,
    own_weights_are_summed,
)
