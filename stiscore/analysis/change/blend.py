"""A framework made of two: the tree of one, the scales, weights or methods of the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stiscore.framework.model import Framework

# What of the methods decides weights; all else decides the other stages.
WEIGHING = ("weight", "weight_levels")
_PLAIN = {"id": "derive"}
Node = dict[str, Any]


class Parts(NamedTuple):
    """Which framework each part is taken from: True is the new one."""

    tree: bool
    frame: bool
    weights: bool
    method: bool


def blended(frameworks: tuple[Framework, Framework], level: str, parts: Parts) -> Framework:
    """The tree of one framework with scales, weights and methods of either.

    A node that the other framework does not have keeps its own. Nothing is derived any more: the
    tables hold indicators.
    """
    trees = [_dumped(framework) for framework in frameworks]
    told = _dumped(frameworks[parts.tree])
    weights, scales = (_by_id(trees[side]) for side in (parts.weights, parts.frame))
    for node in _nodes(told["index"]):
        if node["id"] in weights:
            node["weight"] = weights[node["id"]]["weight"]
        if "levels" in node:
            node["derive"] = None
            _scale(node, scales.get(node["id"], node), level)
    told["method"] = _method(told, trees, parts)
    told["peer_groups"] = trees[parts.method]["peer_groups"]
    return Framework.model_validate_json(json.dumps(told))


def denominating(own: Framework, other: Framework) -> Framework:
    """A framework that computes its indicators, and fills along years, as another does."""
    told, theirs = _dumped(own), _dumped(other)
    recipes = _by_id(theirs)
    for node in _nodes(told["index"]):
        if "derive" in node and node["id"] in recipes:
            node["derive"] = recipes[node["id"]].get("derive")
    method = theirs["method"]
    known = {i.id for i in own.indicators}
    own_methods = {i: held for i, held in method["by_indicator"].items() if i in known}
    told["method"] |= {key: method[key] for key in ("denominate", "impute")}
    told["method"]["by_indicator"] = own_methods
    return Framework.model_validate_json(json.dumps(told))


def _dumped(framework: Framework) -> dict[str, Any]:
    return framework.model_dump(mode="json", by_alias=True)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("children", ()):
        yield from _nodes(child)


def _by_id(tree: Mapping[str, Any]) -> dict[str, Node]:
    return {node["id"]: node for node in _nodes(tree["index"])}


def _scale(node: Node, other: Node, level: str) -> None:
    """The scale of an indicator at a level, taken from its namesake where that has one."""
    if level not in other.get("levels", {}) or level not in node["levels"]:
        return
    node |= {key: other[key] for key in ("direction", "curve")}
    theirs = other["levels"][level]
    node["levels"][level] |= {key: theirs[key] for key in ("goalposts", "target")}


def _method(told: Node, trees: list[Node], parts: Parts) -> dict[str, Any]:
    """The settings of all stages; those of indicators only one framework has are that one's."""
    method = dict(trees[parts.method]["method"])
    method |= {key: trees[parts.weights]["method"][key] for key in WEIGHING}
    theirs, here = _by_id(trees[parts.method]), _by_id(told)
    own = told["method"]["by_indicator"]
    chosen = {**{i: held for i, held in own.items() if i not in theirs}, **method["by_indicator"]}
    return method | {
        "denominate": _PLAIN,
        "by_indicator": {
            i: {**held, "denominate": None} for i, held in chosen.items() if i in here
        },
    }
