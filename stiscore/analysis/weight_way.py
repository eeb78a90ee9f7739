"""How a node came by its weight: as declared, in this table, for this unit."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from stiscore.methods.climb import Bough
from stiscore.methods.weight import Declared
from stiscore.scores import Fitted, Scores

# Shares closer than this print alike.
_ALIKE = 5e-4

TableWhy = Literal["absent", "scaled", "method"]
UnitWhy = Literal["missing", "own"]


class Way(NamedTuple):
    """A node's weight in its group, at every step.

    ``declared``: as the framework has it, ``share`` of the sum ``of`` the group's parts, 0-1.
    ``table``: its share in this table, 0-1, and ``table_why`` it is another. ``unit``: its share
    for this unit, and ``unit_why``. ``parts`` the group has at this level, ``absent`` of them
    without a column, ``missing`` of the rest without a score for the unit. ``method``: what gives
    the weights.
    """

    declared: float
    of: float
    table: float
    unit: float
    table_why: tuple[TableWhy, ...]
    unit_why: UnitWhy | None
    parts: int
    absent: int
    missing: int
    method: str

    @property
    def share(self) -> float:
        """The declared weight as a share of the group's, 0-1."""
        return self.declared / self.of

    @staticmethod
    def differs(one: float, other: float) -> bool:
        """Whether two shares print unlike."""
        return abs(one - other) > _ALIKE


def way(scores: Scores, row: int, bough: Bough, place: int, unit: float) -> Way:
    """The way of one child of ``bough`` for one row; ``unit``: its share there."""
    fitted, tree = scores.fitted, scores.fitted.tree
    children = tree.children(bough.group)
    alone = [c for c in children if c not in tree.standins] or list(children)
    counted = [*alone, *([place] if place not in alone else [])]
    absent = [c for c in children if not fitted.measures(c)]
    lacking = [c for c in bough.children if np.isnan(scores.node(c)[row])]
    weigher = fitted.framework.method.at("weight", tree.height(bough.group))
    declared, of = tree.weight[place], sum(tree.weight[c] for c in counted)
    table = fitted.weights.local[place]
    own: UnitWhy | None = "own" if bough.joiner.per_unit else "missing" if lacking else None
    return Way(
        declared=declared,
        of=of,
        table=table,
        unit=unit,
        table_why=_why(fitted, weigher, bough, absent),
        unit_why=own if Way.differs(unit, table) else None,
        parts=len(children),
        absent=len(absent),
        missing=len(lacking),
        method=weigher.id,
    )


def _why(fitted: Fitted, weigher: object, bough: Bough, absent: list[int]) -> tuple[TableWhy, ...]:
    """Why a table's weights may differ from those declared."""
    why: list[TableWhy] = []
    if absent:
        why.append("absent")
    measured = [fitted.weights.measured[c] for c in bough.children]
    if not isinstance(weigher, Declared):
        why.append("method")
    elif weigher.area_weight == "scaled" and min(measured) < max(measured):
        why.append("scaled")
    return tuple(why)
