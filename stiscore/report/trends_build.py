"""Courses over the years, put together as a TrendsReport."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stiscore.analysis.compare import GAP_INDEX
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.trends import Course, Measure
from stiscore.dataset import Flag
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.report.build import build_report
from stiscore.report.compare_build import Basis
from stiscore.report.compare_model import Side
from stiscore.report.model import Report
from stiscore.report.trends_model import TrendsReport
from stiscore.words.report import LABELS


def build_trends(
    tables: Sequence[tuple[str, Evaluated]],
    measure: Measure,
    courses: Sequence[Course],
    basis: Basis,
    findings: Findings,
    *,
    named: bool,
) -> TrendsReport:
    """The TrendsReport of scored years; ``named``: whether the units were."""
    reports = tuple(
        build_report(each, units=frozenset(), frame=basis.frame, common=basis.common)
        for _, each in tables
    )
    framework = tables[0][1].scores.fitted.framework
    leaf = next((i for i in framework.indicators if i.id == measure.node), None)
    return TrendsReport(
        labels=tuple(label for label, _ in tables),
        reports=reports,
        measure=measure,
        name=_name(reports[-1], measure.node),
        measured_in=leaf.measured_in if leaf is not None else None,
        cost=leaf is not None and leaf.direction == "cost",
        sides=tuple(_side(course.unit, [each for _, each in tables]) for course in courses),
        courses=tuple(courses),
        named=named,
        scale=basis.scale,
        left_out=basis.left_out,
        findings=findings,
    )


def _name(report: Report, node: str) -> Name:
    """As everywhere: an area that rests on proxies goes by theirs."""
    index = LABELS["gap_index"]
    areas = {area.id: area.name for area in report.areas}
    return {**report.names, GAP_INDEX: Name(en=index.en, zh=index.zh), **areas}[node]


def _side(unit: str, tables: Sequence[Evaluated]) -> Side:
    """A unit by its names in the last year that has it."""
    datasets = [each.scores.data for each in tables]
    rows = [(data, r) for data in datasets for r, u in enumerate(data.units) if u.id == unit]
    data, row = rows[-1]
    told = data.units[row]
    tolerated = any((d.flags[r] & np.uint16(Flag.TOLERATED)).any() for d, r in rows)
    return Side(told.id, told.label, told.name_en, told.name_zh, (), bool(tolerated))
