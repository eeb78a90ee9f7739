"""Faults and doubts of the factors that method variants are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stiscore.errors import UsageError
from stiscore.finding import Finding
from stiscore.framework.flaw import Flaw, Path, unknown
from stiscore.framework.method import methods
from stiscore.framework.model import Framework, Group
from stiscore.framework.override import with_settings
from stiscore.framework.uncertainty import (
    DataError,
    Directions,
    DirichletWeights,
    Factor,
    LeaveOut,
    Methods,
    MissingAreas,
    Weights,
    WeightSets,
)
from stiscore.words import Words
from stiscore.words.faults.factors import NOT_UNDERSTOOD
from stiscore.words.faults.framework import KINDS
from stiscore.words.faults.wanted import wanted as expected


def factors_hold(framework: Framework) -> Iterator[Flaw]:
    """Ids of factors are their own, what they name exists, settings are understood."""
    seen: set[str] = set()
    kinds: dict[str, str] = {}
    for path, factor in _factors(framework):
        if factor.id in seen:
            yield Flaw("F111", (*path, "id"), {"id": factor.id, "first": KINDS["factor"]})
        seen.add(factor.id)
        # One table has one set of errors, and a unit one rule for what it lacks.
        if isinstance(factor, DataError | MissingAreas):
            first = kinds.setdefault(factor.kind, factor.id)
            if first != factor.id:
                fields = {"factor": factor.id, "kind": factor.kind, "first": first}
                yield Flaw("F134", (*path, "kind"), fields)
        yield from _refers(framework, factor, path)


def _factors(framework: Framework) -> Iterator[tuple[Path, Factor]]:
    held = framework.uncertainty.factors if framework.uncertainty else ()
    for number, factor in enumerate(held):
        yield ("uncertainty", "factors", number), factor


def _refers(framework: Framework, factor: Factor, path: Path) -> Iterator[Flaw]:
    """What one factor names and is not there."""
    leaves = {i.id for i in framework.indicators}
    nodes = {node.id for node in framework.nodes} - {framework.index.id}
    if isinstance(factor, Weights | DirichletWeights):
        yield from _of(framework, factor.of, (*path, "of"))
    elif isinstance(factor, WeightSets):
        presets = framework.weight_presets
        yield from _named("preset", factor.presets, presets, (*path, "presets"))
        for name, weights in factor.sets.items():
            yield from _keys("node", weights, nodes, (*path, "sets", name))
    elif isinstance(factor, Methods):
        yield from _settings(framework, factor, (*path, "alternatives"))
    elif isinstance(factor, LeaveOut) and isinstance(factor.nodes, tuple):
        yield from _named("node", factor.nodes, nodes, (*path, "nodes"))
    elif isinstance(factor, Directions):
        yield from _named("indicator", factor.indicators, leaves, (*path, "indicators"))
    elif isinstance(factor, DataError):
        yield from _keys("indicator", factor.errors, leaves, (*path, "errors"))


def _of(framework: Framework, of: str, path: Path) -> Iterator[Flaw]:
    """Whose children's weights are varied: areas, below, a step or a group."""
    groups = {group.id for group in framework.groups}
    steps = {f"level{n}" for n in range(1, framework.height + 1)}
    if of in {"areas", "below"} | groups | steps:
        return
    if re.fullmatch(r"level\d+", of):
        yield unknown("step", of, steps, path)
    else:
        yield unknown("varied", of, {"areas", "below"} | groups | steps, path)


def _named(kind: str, names: Iterable[str], known: Iterable[str], path: Path) -> Iterator[Flaw]:
    held = set(known)
    for number, name in enumerate(names):
        if name not in held:
            yield unknown(kind, name, held, (*path, number))


def _keys(kind: str, names: Iterable[str], known: set[str], path: Path) -> Iterator[Flaw]:
    for name in names:
        if name not in known:
            yield unknown(kind, name, known, (*path, name), key=True)


def _settings(framework: Framework, factor: Methods, path: Path) -> Iterator[Flaw]:
    """Settings that no framework could have; those that only this one cannot are told of a run."""
    for number, settings in enumerate(factor.alternatives):
        try:
            with_settings(framework, settings)
        except UsageError as fault:
            for told in fault.findings:
                if isinstance(told, Finding):
                    yield from _misunderstood(told, factor.id, (*path, number))


def _misunderstood(told: Finding, factor: str, path: Path) -> Iterator[Flaw]:
    if told.code == "U104" and _fits_another(told):
        # Under the method that has it, the alternative would do: a run says that it does not here.
        return
    if told.code in NOT_UNDERSTOOD:
        why: Words = NOT_UNDERSTOOD[told.code].filled(**told.fields)
        yield Flaw("F133", path, {"factor": factor, "why": why})
    elif told.code == "F112":
        yield Flaw("F112", path, told.fields)


def _fits_another(told: Finding) -> bool:
    """Whether what is refused is a parameter that another method of the stage has."""
    if told.fields["wanted"] != expected("extra_forbidden", {}):
        return False
    stage, _, rest = str(told.fields["where"]).partition(".")
    parameter = rest.rpartition(".")[2]
    known = [m for m in methods() if m.stage == stage.removesuffix("_levels")]
    return any(parameter in method.model_fields for method in known)


def flat_weights_say_little(framework: Framework) -> Iterator[Flaw]:
    """A Dirichlet distribution that holds any weights as good as the framework's own."""
    for path, factor in _factors(framework):
        if not isinstance(factor, DirichletWeights):
            continue
        for group in _varied(framework, factor.of):
            parts = len(group.children)
            if parts > 1 and factor.concentration <= parts:
                mean = 1 / parts
                spread = (mean * (1 - mean) / (factor.concentration + 1)) ** 0.5
                fields = {"factor": factor.id, "parent": group.id, "parts": parts}
                fields |= {"concentration": factor.concentration, "mean": mean, "spread": spread}
                yield Flaw("F128", (*path, "concentration"), fields)
                break


def _varied(framework: Framework, of: str) -> Iterator[Group]:
    """The groups whose children's weights a factor varies."""
    heights = _heights(framework)
    for group in framework.groups:
        top = group.id == framework.index.id
        named = {group.id, "areas" if top else "below", f"level{heights[group.id]}"}
        if of in named:
            yield group


def _heights(framework: Framework) -> dict[str, int]:
    """Steps above the lowest indicator, by group."""
    told = {indicator.id: 0 for indicator in framework.indicators}
    for group in framework.groups:
        told[group.id] = 1 + max(told[child.id] for child in group.children)
    return told
