"""Any part of a framework by its id: node, gap, measure, issue, barrier, quantity, peer group."""

from __future__ import annotations

from stiscore.framework.model import (
    Barrier,
    Framework,
    Gap,
    Group,
    Indicator,
    Issue,
    Measure,
    PeerGroup,
    Quantity,
)
from stiscore.words.faults import unknown

Part = Group | Indicator | Gap | Issue | Barrier | Measure | Quantity | PeerGroup


def part(framework: Framework, id_: str) -> Part:
    """The part with this id; UsageError with the nearest id when there is none."""
    parts = parts_of(framework)
    if id_ in parts:
        return parts[id_]
    raise unknown("part", id_, parts)


def parts_of(framework: Framework) -> dict[str, Part]:
    """Every part by id; ids are unique over all kinds."""
    kinds: tuple[tuple[Part, ...], ...] = (
        framework.groups,
        framework.indicators,
        framework.gaps,
        framework.issues,
        framework.barriers,
        framework.measures,
        framework.quantities,
        framework.peer_groups,
    )
    return {each.id: each for kind in kinds for each in kind}


def id_of(framework: Framework, text: str) -> str:
    """The id of a node or gap given by id, name or short name in either language; else ``text``.

    Names are those the printed tables use, so that one can go on from there.
    """
    wanted = text.strip().casefold()
    for node in (*framework.nodes, *framework.gaps):
        names = (node.id, node.name.en, node.name.zh, node.name.short_en, node.name.short_zh)
        if wanted in {name.casefold() for name in names if name}:
            return node.id
    return text
