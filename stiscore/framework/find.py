"""Any part of a framework by its id: node, gap, measure, issue, barrier, quantity, peer group."""

from __future__ import annotations

import difflib

from stiscore.errors import UsageError
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

Part = Group | Indicator | Gap | Issue | Barrier | Measure | Quantity | PeerGroup


def part(framework: Framework, id_: str) -> Part:
    """The part with this id; UsageError with the nearest id when there is none."""
    parts = parts_of(framework)
    if id_ in parts:
        return parts[id_]
    near = difflib.get_close_matches(id_, sorted(parts), 1)
    hint = f"did you mean '{near[0]}'?" if near else "`stiscore framework show` lists them"
    message = f"the framework has nothing with the id '{id_}'; {hint}"
    raise UsageError(message)


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
