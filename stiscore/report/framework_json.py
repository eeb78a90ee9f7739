"""The framework as ``framework show -F json`` prints it: the tree with every default filled in."""

from __future__ import annotations

from typing import Any

from stiscore.framework.find import Part
from stiscore.framework.model import (
    Barrier,
    Framework,
    Gap,
    Group,
    Indicator,
    Issue,
    Measure,
    Quantity,
)
from stiscore.framework.peers import all_groups

Json = dict[str, Any]


def tree(framework: Framework, shown: Framework | Part, level: str | None = None) -> Json:
    """The whole, or one part of it.

    The whole has ``index`` with nested ``children``, ``gaps`` and all else the file holds.
    ``level`` keeps the scales of one level, and only indicators that have one.
    """
    if not isinstance(shown, Framework):
        return _part(framework, shown, level)
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


def _part(framework: Framework, shown: Part, level: str | None) -> Json:
    """One part, with what refers to it elsewhere in the framework."""
    if isinstance(shown, Indicator):
        parts = shown.derive.quantities if shown.derive else ()
        held = [q.model_dump(mode="json") for q in framework.quantities if q.id in parts]
        parent = framework.parents[shown.id]
        return {**node_tree(framework, shown, level), "group": parent, "quantities": held}
    if isinstance(shown, Group):
        weakening = [gap for gap, link in framework.gap_map.items() if shown.id in link.weakens]
        return {**node_tree(framework, shown, level), "weakened_by": weakening}
    told = shown.model_dump(mode="json")
    if isinstance(shown, Gap):
        tags = [(i.id, i.gaps) for i in framework.indicators if i.gaps is not None]
        told["indicators"] = [id_ for id_, gaps in tags if gaps.primary == shown.id]
        told["related"] = [id_ for id_, gaps in tags if shown.id in gaps.related]
        if shown.id in framework.gap_map:
            told["map"] = framework.gap_map[shown.id].model_dump(mode="json")
    elif isinstance(shown, Quantity):
        told["indicators"] = [
            i.id for i in framework.indicators if i.derive and shown.id in i.derive.quantities
        ]
    elif isinstance(shown, (Measure, Issue, Barrier)):
        told["gaps"] = [
            gap
            for gap, link in framework.gap_map.items()
            if shown.id in (*link.measures, *link.issues, *link.barriers)
        ]
    return told
