"""A framework with other weights or methods, as the command line and the library ask for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from stiscore.errors import UsageError
from stiscore.framework.combine import misfits
from stiscore.framework.method import BY_INDICATOR, BY_LEVEL, STAGES, MethodSettings
from stiscore.framework.model import Framework
from stiscore.framework.strict import MOST_WEIGHT
from stiscore.words import Words
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.faults.usage import FORMS
from stiscore.words.faults.wanted import wanted as expected


def with_weights(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other declared weights for the named nodes; the rest keep theirs.

    Raises UsageError for a node that does not exist or a weight that is not positive.
    """
    # The index itself is a part of nothing: its weight would change nothing.
    known = {node.id for node in framework.nodes} - {framework.index.id}
    for node, weight in weights.items():
        if node not in known:
            raise unknown("node", node, known)
        if not 0 < weight <= MOST_WEIGHT:
            raise refusal(UsageError, [found("U102", node=node, value=weight)])
    tree = framework.model_dump(mode="json", by_alias=True)
    _set_weights(tree["index"], weights)
    return Framework.model_validate_json(json.dumps(tree))


def with_preset(framework: Framework, preset: str) -> Framework:
    """The framework under one of its weight presets; UsageError when it has none of that name."""
    if preset not in framework.weight_presets:
        raise unknown("preset", preset, framework.weight_presets)
    return with_weights(framework, framework.weight_presets[preset])


def with_methods(framework: Framework, settings: Iterable[str]) -> Framework:
    """The framework with ``stage=id`` and ``stage.parameter=value`` applied in order.

    ``aggregate.level2=geometric`` sets one level, ``treat.patents=none`` one indicator. Raises
    UsageError for an unknown stage, method or parameter, with what there is, and for methods that
    cannot be combined, with the reason.
    """
    wanted = list(settings)
    return fitting(applied(framework, wanted)) if wanted else framework


def fitting(framework: Framework) -> Framework:
    """The framework itself; UsageError where its methods cannot be combined, with the reason."""
    flaws = list(misfits(framework))
    if flaws:
        known = [found(f.code, None, unit=None, group=None, at=None, **f.fields) for f in flaws]
        raise refusal(UsageError, known)
    return framework


def applied(framework: Framework, wanted: Sequence[str]) -> Framework:
    """As ``with_methods``, but whether the methods can be combined is left to ``fitting``."""
    tree = framework.model_dump(mode="json", by_alias=True)
    tree["method"] = _changed(framework, wanted).model_dump(mode="json")
    return Framework.model_validate_json(json.dumps(tree))


def _changed(framework: Framework, wanted: Sequence[str]) -> MethodSettings:
    """The methods with settings applied in order; UsageError for one that cannot be."""
    method = framework.method.model_dump(mode="json")
    for setting in wanted:
        _apply(method, setting, {i.id for i in framework.indicators})
    try:
        return MethodSettings.model_validate_json(json.dumps(method))
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        limits = first.get("ctx", {})
        told = found(
            "U104",
            given=" ".join(wanted),
            where=where,
            value=_typed(first["input"]),
            wanted=_wanted(first["type"], limits),
        )
        raise refusal(UsageError, [told]) from fault


def with_settings(framework: Framework, wanted: Sequence[str]) -> Framework:
    """The framework with its methods set otherwise, its tree untouched and not read again.

    Raises UsageError as ``with_methods`` does.
    """
    method = _changed(framework, wanted)
    changed = framework.model_copy(update={"method": method})
    # What was worked out before of the methods is no longer so.
    changed.__dict__.pop("digest", None)
    return fitting(changed)


def resolved(framework: Framework, steps: Iterable[int]) -> str:
    """What every node and indicator has done to it: equal texts, equal methods.

    ``steps``: those of the tree at the level in use, which may be lower than the framework's.
    """
    method = framework.method
    told = [getattr(method, stage) for stage in STAGES if stage not in BY_LEVEL]
    told += [method.at(stage, step) for step in steps for stage in BY_LEVEL]
    told += [method.of(stage, i) for stage in BY_INDICATOR for i in method.by_indicator]
    return json.dumps([each.model_dump(mode="json") for each in told])


def _apply(method: dict[str, Any], setting: str, indicators: Iterable[str]) -> None:
    key, equals, value = setting.partition("=")
    stage, _, parameter = key.partition(".")
    if not equals or not value:
        form = FORMS["method"]
        raise refusal(UsageError, [found("U103", option="--method", form=form, given=setting)])
    if stage not in STAGES:
        raise unknown("stage", stage, STAGES)
    level, _, inner = parameter.partition(".")
    # Ids may hold dots of their own, so the longest that fits is meant.
    named = max((i for i in indicators if f"{parameter}.".startswith(f"{i}.")), key=len, default="")
    if stage in BY_LEVEL and level.startswith("level"):
        _set(method[f"{stage}_levels"], level, inner, value, method[stage])
    elif stage in BY_INDICATOR and named:
        own = method["by_indicator"].setdefault(named, {})
        _set(own, stage, parameter[len(named) + 1 :], value, method[stage])
    else:
        _set(method, stage, parameter, value, method[stage])


def _set(
    held: dict[str, Any], name: str, parameter: str, value: str, default: dict[str, Any]
) -> None:
    """One method by its id, or one parameter of the method that stands there."""
    if parameter:
        held[name] = {**(held.get(name) or default), parameter: _value(value)}
    else:
        held[name] = {"id": value}


def _wanted(kind: str, limits: dict[str, Any]) -> Words:
    """What would do; of methods their ids."""
    tags = limits.get("expected_tags")
    return expected("literal_error", {"expected": tags}) if tags else expected(kind, limits)


def _typed(value: Any) -> str:
    """A refused value as it was given: of a method chosen by its id, the id."""
    chosen = value.get("id") if isinstance(value, dict) else None
    return str(chosen) if chosen else json.dumps(value, ensure_ascii=False)


def _value(text: str) -> Any:
    """A parameter as JSON has it; a comma makes a list; anything else is text."""
    if "," in text:
        return [_value(part) for part in text.split(",")]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _set_weights(node: dict[str, Any], weights: Mapping[str, float]) -> None:
    if node["id"] in weights:
        node["weight"] = float(weights[node["id"]])
    for child in node.get("children", ()):
        _set_weights(child, weights)
