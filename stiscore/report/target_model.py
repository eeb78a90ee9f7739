"""What a goal takes of one unit, with what its renderers need around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stiscore.analysis.targets.aim import Aim
from stiscore.analysis.targets.goal import Goal
from stiscore.dataset import Unit
from stiscore.finding import Findings
from stiscore.report.model import Report, Span, UnitReport
from stiscore.report.printed import Tabled
from stiscore.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class TargetReport(Tabled):
    """The least change of one unit's levers that reaches a goal. Frozen; text is made on demand.

    ``report``: of the one unit as it stands. ``peers``: whose pace was observed, beside its own.
    ``rival``: the unit whose score a rank takes. ``pace``: the declared share of the scale a year.
    ``ends``: of the scale of points.
    """

    renderers: ClassVar[str] = "target"
    report: Report
    aim: Aim
    goal: Goal
    peers: Words
    rival: Unit | None
    pace: float
    ends: tuple[float, float]

    @property
    def reached(self) -> bool:
        """Whether the levers reach the goal within their bounds."""
        return self.aim.reached

    @property
    def unit(self) -> UnitReport:
        """The unit as it stands."""
        return self.report.units[0]

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data and the scores."""
        return self.report.findings

    @property
    def present_range(self) -> Span:
        """From and to of the goal's figure over the method variants; None without them."""
        if self.goal.kind == "rank":
            return self.unit.rank_range
        if self.goal.kind == "score":
            return self.unit.score_range
        return next(g for g in self.unit.gaps if g.id == self.goal.gap).severity_range

    @property
    def in_range(self) -> bool | None:
        """Whether method variants alone put the unit at the goal; None without variants."""
        span = self.present_range
        if span is None:
            return None
        low, high = span
        return high >= self.goal.wanted if self.goal.kind == "score" else low <= self.goal.wanted
