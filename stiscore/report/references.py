"""Totals of the file (全国, World) shown beside the units: scored on their frame, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from stiscore.analysis.evaluated import examine
from stiscore.finding import Findings
from stiscore.report.unit import unit_report

if TYPE_CHECKING:
    from stiscore.report.model import UnitReport
    from stiscore.scores import Scores


def reference_reports(
    scores: Scores, rows: Sequence[int], *, indicators: bool = True
) -> tuple[UnitReport, ...]:
    """What there is to say of some rows of ``scores``, without ranks, peers and profile."""
    evaluated = examine(scores, Findings())
    alone = {unit.id: MappingProxyType[str, int | None]({}) for unit in scores.data.units}
    return tuple(
        _unranked(unit_report(evaluated, row, alone, indicators=indicators)) for row in rows
    )


def _unranked(unit: UnitReport) -> UnitReport:
    return unit._replace(
        rank=None,
        ranked=False,
        band=None,
        strengths=(),
        weaknesses=(),
        judged=False,
        reference=True,
        groups=tuple(g._replace(rank=None) for g in unit.groups),
        gaps=tuple(g._replace(rank=None, band=None) for g in unit.gaps),
        indicators=tuple(i._replace(rank=None) for i in unit.indicators),
    )
