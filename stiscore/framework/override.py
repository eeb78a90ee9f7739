"""A framework with other weights or methods, as the command line and the library ask for them."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from stiscore.errors import UsageError
from stiscore.framework.method import MethodSettings
from stiscore.framework.model import Framework

STAGES = ("denominate", "normalise", "weight", "aggregate")


def with_weights(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other declared weights for the named nodes; the rest keep theirs.

    Raises UsageError for a node that does not exist or a weight that is not positive.
    """
    known = {node.id for node in framework.nodes}
    for node, weight in weights.items():
        if node not in known:
            raise UsageError(_unknown("node", node, known))
        if not 0 < weight < math.inf:
            message = f"the weight of {node} must be a number above 0, not {weight:g}"
            raise UsageError(message)
    tree = framework.model_dump(mode="json", by_alias=True)
    _set_weights(tree["index"], weights)
    return Framework.model_validate_json(json.dumps(tree))


def with_preset(framework: Framework, preset: str) -> Framework:
    """The framework under one of its weight presets; UsageError when it has none of that name."""
    if preset not in framework.weight_presets:
        raise UsageError(_unknown("preset", preset, framework.weight_presets))
    return with_weights(framework, framework.weight_presets[preset])


def with_methods(framework: Framework, settings: Iterable[str]) -> Framework:
    """The framework with ``stage=id`` and ``stage.parameter=value`` applied in order.

    ``aggregate.level2=geometric`` sets one level. Raises UsageError for an unknown stage, method or
    parameter, with what there is.
    """
    wanted = list(settings)
    if not wanted:
        return framework
    method = framework.method.model_dump(mode="json")
    for setting in wanted:
        _apply(method, setting)
    try:
        MethodSettings.model_validate_json(json.dumps(method))
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(p) for p in first["loc"])
        message = f"--method {' '.join(wanted)}: {where}: {first['msg']}"
        raise UsageError(message) from fault
    tree = framework.model_dump(mode="json", by_alias=True)
    tree["method"] = method
    return Framework.model_validate_json(json.dumps(tree))


def _apply(method: dict[str, Any], setting: str) -> None:
    key, equals, value = setting.partition("=")
    stage, _, parameter = key.partition(".")
    if not equals or not value:
        message = f"--method takes stage=method or stage.parameter=value, not '{setting}'"
        raise UsageError(message)
    if stage not in STAGES:
        raise UsageError(_unknown("stage", stage, STAGES))
    if not parameter:
        method[stage] = {"id": value}
    elif stage == "aggregate" and parameter.startswith("level"):
        method["aggregate_levels"][parameter] = {"id": value}
    else:
        method[stage][parameter] = _value(value)


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


def _unknown(what: str, given: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(given, names, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(names)}"
    return f"no {what} '{given}'; {hint}"
