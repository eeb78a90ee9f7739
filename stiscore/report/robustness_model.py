"""What was asked of a table's ranks, with what its renderers need around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from stiscore.analysis.uncertainty.robustness import Robustness
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Name
from stiscore.framework.uncertainty import Weights
from stiscore.report.factors import described
from stiscore.report.model import Report, UnitReport
from stiscore.report.printed import Tabled
from stiscore.robust.ranking import RankShares
from stiscore.words import Words

# The places whose shares are told by themselves.
TOPS = (3, 5, 10)


class UnitRanks(NamedTuple):
    """One unit over the variants.

    ``ranks``: counts of its ranks alone; None for a unit that is not ranked, or never. Shares are
    of the variants in which it has a score, 0-1.
    """

    unit: UnitReport
    ranks: RankShares | None = None

    @property
    def scored(self) -> int:
        """Variants in which it has a score."""
        return 0 if self.ranks is None else int(self.ranks.scored[0])

    @property
    def median(self) -> float | None:
        """The median of its ranks."""
        return None if self.ranks is None else float(self.ranks.quantile(0.5)[0])

    @property
    def shares(self) -> tuple[float, ...] | None:
        """Share of its variants at each rank, from 1; None without a rank."""
        return None if self.ranks is None else tuple(self.ranks.shares[0].tolist())

    def top(self, places: int) -> float | None:
        """Share of its variants in which it is among the first ``places``."""
        return None if self.ranks is None else float(self.ranks.top(places)[0])


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessReport(Tabled):
    """How far the ranks of one table depend on choices. Frozen; text is made on demand.

    ``robustness``: None with fewer than two ranked units. ``report``: of the scores, each unit with
    its range and tier. ``noted``: findings on the ranks themselves. ``deep``: whether there are
    groups between areas and indicators.
    """

    renderers: ClassVar[str] = "robustness"
    report: Report
    robustness: Robustness | None
    noted: tuple[Finding, ...] = ()
    deep: bool = False

    @property
    def units(self) -> tuple[UnitRanks, ...]:
        """The ranked units by rank, then the others."""
        told = self.robustness
        if told is None:
            return tuple(UnitRanks(unit) for unit in self.report.units)
        held, by_row = told.ranges.outcome.shares[0], self.by_row
        ranked = {
            by_row[row].id: RankShares(held.counts[n : n + 1], held.draws)
            for n, row in enumerate(told.ranges.rows[: len(held.counts)])
            if held.scored[n]
        }
        return tuple(UnitRanks(unit, ranked.get(unit.id)) for unit in self.report.units)

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the ranks."""
        return Findings((*self.report.findings, *self.noted))

    @property
    def factors(self) -> dict[str, Words]:
        """Each factor that varies something here, by id: one clause on what it varies."""
        if self.robustness is None:
            return {}
        names, plan = self.names, self.robustness.ranges.plan
        return {
            p.factor.id: described(p.factor, names, p.listed, deep=self.deep) for p in plan.factors
        }

    @property
    def spreads(self) -> dict[str, float]:
        """By how much a factor multiplies weights, by its id; only of factors that do."""
        if self.robustness is None:
            return {}
        factors = [planned.factor for planned in self.robustness.ranges.plan.factors]
        return {factor.id: factor.spread for factor in factors if isinstance(factor, Weights)}

    @property
    def names(self) -> dict[str, Name]:
        """Names of nodes by id; an area that rests on proxies alone goes by theirs."""
        return {**self.report.names, **{area.id: area.name for area in self.report.areas}}

    @property
    def lost(self) -> int:
        """How many variants gave no scores."""
        return 0 if self.robustness is None else sum(f.draws for f in self.robustness.ranges.failed)

    @property
    def by_row(self) -> dict[int, UnitReport]:
        """The units by their row of the table; empty without robustness."""
        if self.robustness is None:
            return {}
        by_id = {unit.id: unit for unit in self.report.units}
        data = self.robustness.evaluated.scores.data
        return {row: by_id[unit.id] for row, unit in enumerate(data.units)}
