"""What the renderers of trends see; they do no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stiscore.analysis.scales import Scale
from stiscore.analysis.trends import Course, Measure
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.report.compare_model import Side
from stiscore.report.model import Report


class TrendsReport(NamedTuple):
    """One node over the years.

    ``reports``: one a year, without units. ``sides`` and ``courses``: the same units in the same
    order. ``measured_in``: of an indicator; None for scores and severities. ``cost``: whether less
    of the indicator is better. ``left_out``: columns not scored, with the years that lack them.
    """

    labels: tuple[str, ...]
    reports: tuple[Report, ...]
    measure: Measure
    name: Name
    measured_in: str | None
    cost: bool
    sides: tuple[Side, ...]
    courses: tuple[Course, ...]
    named: bool
    scale: Scale
    left_out: Mapping[str, tuple[str, ...]]
    findings: Findings

    @property
    def report(self) -> Report:
        """The last year's report."""
        return self.reports[-1]

    @property
    def rates(self) -> bool:
        """Whether growth rates mean something for what is followed."""
        return self.measure.comparable and self.measure.from_zero
