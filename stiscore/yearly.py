"""Trends: every unit over the years of one table, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from stiscore.analysis.compare import GAP_INDEX, Kind, in_order
from stiscore.analysis.editions import EVERY_YEAR, Edition, editions
from stiscore.analysis.trends import Course, Measure, Year, courses, zero_based
from stiscore.dataset import Dataset
from stiscore.errors import Location, UsageError
from stiscore.finding import Finding, Findings
from stiscore.framework.find import id_of
from stiscore.framework.model import Framework
from stiscore.io.read import periods
from stiscore.joint import Joint, Rules, absent_units, filled, scales_differ, score_jointly
from stiscore.panels import time_of
from stiscore.report.compare_build import Basis
from stiscore.report.printed import Tabled
from stiscore.report.trends_build import build_trends
from stiscore.report.trends_model import TrendsReport
from stiscore.sides import Question, wanted
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.faults.compare import YEARS


class Asked(NamedTuple):
    """What is to be followed: names as the user gave them; ``node`` None is the index."""

    units: tuple[str, ...] = ()
    node: str | None = None
    years: tuple[str, ...] = (EVERY_YEAR,)


@dataclass(frozen=True, slots=True, eq=False)
class Trends(Tabled):
    """Units over the years of one table. Frozen; text is made on demand."""

    renderers: ClassVar[str] = "trends"
    report: TrendsReport

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the years."""
        return self.report.findings

    @property
    def printed(self) -> TrendsReport:
        """What the renderers take."""
        return self.report


def followed(data: Dataset, framework: Framework, asked: Asked, rules: Rules) -> Trends:
    """Check, score and follow; see ``stiscore.api.trends``."""
    (whole,) = filled(framework, [data])
    joint = score_jointly(_by_year(whole, asked.years), framework, rules)
    who = wanted(Question(units=asked.units), joint.tables)
    measure = _measure(framework, joint, asked.node)
    pairs = zip(joint.tables, joint.whole, strict=True)
    years = [Year(label, evaluated, table) for (label, evaluated), table in pairs]
    told = courses(framework, years, measure, who.units)
    if not any(course.years for course in told):
        raise refusal(UsageError, [found("U106", node=measure.node)])
    apart = () if measure.raw else scales_differ(joint, YEARS)
    about = (*_left(whole), *apart, *absent_units(joint, who))
    basis = Basis(
        frame=rules.frame.reference.digest[:12] if rules.frame else None,
        common=rules.common,
        scale=joint.scale,
        left_out=joint.left_out,
    )
    findings = Findings((*joint.findings, *about))
    shown = told if who.named else _by_rank(told, joint)
    return Trends(build_trends(joint.tables, measure, shown, basis, findings, named=who.named))


def _by_year(data: Dataset, asked: Sequence[str]) -> tuple[Edition, ...]:
    """The years asked for, earliest first; UsageError (U151) where there is only one."""
    dated = [row for row, period in enumerate(data.periods) if not np.isnan(time_of(period))]
    parts = editions([data.rows(dated) if dated else data], asked, "--years")
    if len(parts) < 2:
        known = ", ".join(periods(data))
        where = Location(data.source.file)
        raise refusal(
            UsageError, [found("U151", where, year=parts[0].data.periods[0], periods=known)]
        )
    return parts


def _left(data: Dataset) -> Iterator[Finding]:
    """Rows without a year, which no line over the years can take up."""
    undated = [p for p in data.periods if np.isnan(time_of(p))]
    if undated:
        told = ", ".join(dict.fromkeys(p for p in undated if p is not None)) or "-"
        yield found("C338", count=len(undated), periods=told)


def _measure(framework: Framework, joint: Joint, text: str | None) -> Measure:
    """The node to follow; UsageError (U101) where there is none of that name."""
    node = framework.index.id if text is None else id_of(framework, text)
    fitted = joint.tables[0][1].scores.fitted
    known = _kinds(framework, fitted.level)
    if node not in known:
        raise unknown("followed", text or node, known)
    if known[node] == "indicator":
        return Measure("indicator", node, comparable=True, from_zero=True)
    zero = zero_based(framework, fitted.columns)
    return Measure(known[node], node, comparable=not joint.scale.apart, from_zero=zero)


def _kinds(framework: Framework, level: str) -> dict[str, Kind]:
    """Every node of the level that can be followed."""
    told: dict[str, Kind] = {group.id: "group" for group in framework.groups}
    told |= dict.fromkeys((i.id for i in framework.at_level(level)), "indicator")
    told |= dict.fromkeys((GAP_INDEX, *(gap.id for gap in framework.gaps)), "gap")
    return {**told, framework.index.id: "index"}


def _by_rank(told: Sequence[Course], joint: Joint) -> tuple[Course, ...]:
    """By rank of the node in the last year, then as the last year's table lists the units."""
    place = {unit: n for n, unit in enumerate(in_order(joint.tables[-1][1]))}
    rest = len(place)
    return tuple(sorted(told, key=lambda c: (c.rank is None, c.rank or 0, place.get(c.unit, rest))))
