"""What was supposed of a table's units, with what its renderers need around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from stiscore.analysis.outcome import Noted, Outcome
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.report.model import Report, UnitReport
from stiscore.report.phrases import raw, words
from stiscore.report.printed import Tabled
from stiscore.words import Words
from stiscore.words.whatif import WHATIF


@dataclass(frozen=True, slots=True, eq=False)
class WhatIfReport(Tabled):
    """Scenarios of units of one table. Frozen; text is made on demand.

    ``report``: of the table as it was read, with every unit. ``ranges``: by row the ends of the
    range that method variants give the unit's rank there. ``ids``: of the units by row. ``ends``:
    the nominal ends of the scale. ``learned``: whether the scale is made from the units.
    """

    renderers: ClassVar[str] = "whatif"
    report: Report
    outcomes: tuple[Outcome, ...]
    ranges: Mapping[int, tuple[int, int]]
    ids: tuple[str, ...]
    ends: tuple[float, float] = (0.0, 100.0)
    learned: bool = False

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the supposed values."""
        more = (finding for each in self.outcomes for finding in each.findings)
        return Findings((*self.report.findings, *more))

    def unit(self, row: int) -> UnitReport:
        """The unit of a row, as the table has it."""
        return next(u for u in self.report.units if u.id == self.ids[row])

    @property
    def still(self) -> bool:
        """Whether there are ranges, and none is wider than one rank."""
        held = [u.rank_range for u in self.report.units if u.rank_range is not None]
        return bool(held) and all(low == high for low, high in held)

    def inside(self, told: Outcome) -> bool | None:
        """Whether the new rank lies inside the range of the unit as it stands.

        None: no range, or no rank of the table differs between variants, so that a range is one
        rank wide for want of anything to vary.
        """
        if told.row not in self.ranges or told.after.rank is None or self.still:
            return None
        low, high = self.ranges[told.row]
        return low <= told.after.rank <= high

    def remarks(self, told: Outcome) -> Iterator[Words]:
        """What is to be said of the indicators of a scenario, a sentence each."""
        for noted in told.notes:
            yield _sentence(noted, self.report.names)


def _sentence(noted: Noted, names: Mapping[str, Name]) -> Words:
    key = f"{noted.remark}_{noted.end}" if noted.end else noted.remark
    return WHATIF[key].filled(name=words(names[noted.indicator]), at=raw(noted.at))
