"""What moved between two sides, with what its renderers need around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np

from stiscore.analysis.change.coalitions import FACTORS
from stiscore.analysis.change.movers import Mover, movers, told_apart
from stiscore.analysis.change.split import Change
from stiscore.finding import Findings
from stiscore.methods.base import Array
from stiscore.report.model import Report, UnitReport
from stiscore.report.printed import Tabled

# Indicators told of every unit that moved.
MOVERS = 3
# A change below this is summation noise.
NOISE = 1e-9


class UnitChange(NamedTuple):
    """One unit on both sides.

    ``change`` of its score, new less old, and its ``parts`` by factor, all six of them, which add
    up to it; None without a score on both sides, and parts None where no order parts the change.
    ``rank_change``: a rise is positive; None where no change of rank is told. ``apart``: whether it
    goes beyond the ranges; None without ranges, and where they hold one rank each throughout.
    ``movers``: the indicators that moved it most.
    """

    old: UnitReport
    new: UnitReport
    change: float | None
    parts: Mapping[str, float] | None
    rank_change: int | None
    rank_parts: Mapping[str, float] | None
    apart: bool | None
    movers: tuple[Mover, ...]

    @property
    def moved(self) -> bool:
        """Whether its score or its rank changed."""
        return bool(self.rank_change) or abs(self.change or 0.0) > NOISE


@dataclass(frozen=True, eq=False)
class DiffReport(Tabled):
    """What moved between two sides, and through what. Frozen; text is made on demand.

    ``old`` and ``new``: reports of both sides with every unit. ``shown``: ids of the units named;
    None for all.
    """

    renderers: ClassVar[str] = "diff"
    old: Report
    new: Report
    parted: Change
    findings: Findings
    shown: tuple[str, ...] | None = None

    @property
    def labels(self) -> tuple[str, str]:
        """What the sides are called."""
        old, new = self.parted.sides
        return old.label, new.label

    @property
    def ranks_told(self) -> bool:
        """Whether changes of rank are told."""
        return self.parted.ranks is not None

    @cached_property
    def ranges_move(self) -> bool:
        """Whether any rank differs between method variants, of either side and any unit.

        Where none does, as with one indicator alone, a range is one rank wide for want of anything
        to vary: it tells no change apart.
        """
        held = (unit.rank_range for side in (self.old, self.new) for unit in side.units)
        return any(ends is not None and ends[0] < ends[1] for ends in held)

    @property
    def no_ranks(self) -> tuple[str, ...]:
        """Why not: columns, goalposts, units."""
        told = self.parted
        reasons = {"columns": told.columns, "goalposts": told.scales, "units": told.ranked}
        return tuple(key for key, held in reasons.items() if held)

    @property
    def weights(self) -> tuple[tuple[str, float, float], ...]:
        """The nodes of both trees whose declared weight differs: id, old, new."""
        trees = (side.evaluated.scores.fitted.tree for side in self.parted.sides)
        was, now = (dict(zip(tree.ids, tree.weight, strict=True)) for tree in trees)
        return tuple((n, was[n], now[n]) for n in was if n in now and was[n] != now[n])

    @property
    def only(self) -> tuple[tuple[UnitReport, ...], tuple[UnitReport, ...]]:
        """The units that one side alone has, those of the old side first."""
        both = self.parted.rows
        old, new = (
            tuple(unit for unit in report.units if unit.id not in both and self._wanted(unit.id))
            for report in (self.old, self.new)
        )
        return old, new

    @cached_property
    def units(self) -> tuple[UnitChange, ...]:
        """The units on both sides, in the order of the new table: by rank, then by score."""
        before = {unit.id: unit for unit in self.old.units}
        at = {unit: n for n, unit in enumerate(self.parted.rows)}
        return tuple(
            self._unit(before[unit.id], unit, at[unit.id])
            for unit in self.new.units
            if unit.id in at and self._wanted(unit.id)
        )

    def _wanted(self, unit: str) -> bool:
        return self.shown is None or unit in self.shown

    def _unit(self, old: UnitReport, new: UnitReport, place: int) -> UnitChange:
        told = self.parted
        change = None if old.score is None or new.score is None else new.score - old.score
        ranks = (old.rank, new.rank) if self.ranks_told and old.rank and new.rank else None
        first, second = (side.evaluated for side in told.sides)
        return UnitChange(
            old=old,
            new=new,
            change=change,
            parts=None if change is None else self._parts(told.points, place),
            rank_change=None if ranks is None else ranks[0] - ranks[1],
            rank_parts=None if ranks is None else self._parts(told.ranks, place),
            apart=self._apart(ranks, old, new),
            movers=movers(first, second, told.rows[new.id], MOVERS),
        )

    def _apart(
        self, ranks: tuple[int, int] | None, old: UnitReport, new: UnitReport
    ) -> bool | None:
        if ranks is None:
            return None
        spans = (old.rank_range, new.rank_range) if self.ranges_move else (None, None)
        return told_apart(*ranks, *spans)

    def _parts(self, held: Array | None, place: int) -> dict[str, float] | None:
        """The parts of one unit by factor; a factor in which the sides do not differ has 0."""
        if held is None or np.isnan(held[place]).any():
            return None
        parts = dict(zip(self.parted.factors, held[place].tolist(), strict=True))
        return {factor: parts.get(factor, 0.0) + 0.0 for factor in FACTORS}
