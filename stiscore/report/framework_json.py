"""The framework as ``framework show -F json`` prints it: the tree with every default filled in."""

from __future__ import annotations

from typing import Any

from stiscore.framework.find import Part
from stiscore.framework.model import Framework, Gap, Group, Indicator
from stiscore.framework.peers import all_groups

Json = dict[str, Any]


def tree(framework: Framework, shown: Framework | Part, level: str | None = None) -> Json:
    """The whole, or one part of it.

    The whole has ``index`` with nested ``children``, ``gaps`` and all else the file holds.
    ``level`` keeps the scales of one level, and only indicators that have one.
    """
    if isinstance(shown, (Group, Indicator)):
        return node_tree(framework, shown, level)
    if not isinstance(shown, Framework):
        told = shown.model_dump(mode="json")
        if isinstance(shown, Gap) and shown.id in framework.gap_map:
            told["map"] = framework.gap_map[shown.id].model_dump(mode="json")
        return told
    whole = framework.model_dump(mode="json", by_alias=True, exclude={"index"})
    return {
        **whole,
        "peer_groups": [group.model_dump(mode="json") for group in all_groups(framework)],
        "index": node_tree(framework, framework.index, level),
        "sha256": framework.digest,
    }


def node_tree(framework: Framework, node: Group | Indicator, level: str | None = None) -> Json:
    """A node and all below it; bounds stand at each level, as they hold there."""
    told = node.model_dump(mode="json", exclude={"children", "levels"})
    if isinstance(node, Indicator):
        told["levels"] = {
            key: {**scale.model_dump(mode="json"), "bounds": list(framework.bounds(node, key))}
            for key, scale in node.levels.items()
            if level in (None, key)
        }
        return told
    told["children"] = [
        node_tree(framework, child, level)
        for child in node.children
        if level is None or isinstance(child, Group) or level in child.levels
    ]
    return told
