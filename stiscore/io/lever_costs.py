"""Costs of levers from a table: an indicator, and its cost a point of its scale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stiscore.errors import Location, UsageError
from stiscore.framework.flaw import heading
from stiscore.io.grid import CellKind
from stiscore.io.opinions import amount, exact, names
from stiscore.io.parse import read_book
from stiscore.words.faults import found, refusal
from stiscore.words.faults.target import COSTS

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid


def lever_costs(path: Path, framework: Framework, level: str) -> Mapping[str, float]:
    """The costs by indicator of ``level``; its ids and names in either language will do.

    A head is a first row whose second cell is no number. Raises UsageError (U189) with every row
    that is not understood.
    """
    faults: list[Finding] = []
    grids = [g for g in read_book(path).grids if (g.kinds != CellKind.EMPTY).any()]
    if not grids or min(grids[0].shape) < 1 or grids[0].shape[1] < 2:
        raise refusal(UsageError, [found("U189", Location(path.name), what=COSTS["form"])])
    told = _told(grids[0], _known(framework, level), faults)
    if not told and not faults:
        faults.append(found("U189", Location(path.name), what=COSTS["form"]))
    if faults:
        raise refusal(UsageError, faults)
    return told


def _known(framework: Framework, level: str) -> dict[str, str]:
    """Ids of the level's indicators by every way to write them."""
    at_level = {indicator.id for indicator in framework.at_level(level)}
    told = {}
    for text, ids in names(framework).items():
        held = [node for node in ids if node in at_level]
        if len(held) == 1:
            told[text] = held[0]
    return told


def _told(grid: Grid, known: Mapping[str, str], faults: list[Finding]) -> dict[str, float]:
    told: dict[str, float] = {}
    filled = np.flatnonzero((grid.kinds != CellKind.EMPTY).any(axis=1)).tolist()
    for row in filled:
        given, shown = grid.text(row, 0).strip(), exact(grid, row, 1)
        node, cost = known.get(heading(given)), amount(shown)
        if row == filled[0] and node is None and cost is None:
            continue
        place, fields = grid.location(row, 0), {"given": node or given, "value": shown}
        wrong = "name" if node is None else "twice" if node in told else ""
        if not wrong and (cost is None or cost <= 0):
            wrong, place = "cost", grid.location(row, 1)
        if wrong:
            faults.append(found("U189", place, what=COSTS[wrong].filled(**fields)))
        elif node is not None and cost is not None:
            told[node] = cost
    return told
