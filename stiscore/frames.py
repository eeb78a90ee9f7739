"""The only room that names pandas: results as frames, and frames as raw tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pandas import DataFrame
from pandas.api.types import is_numeric_dtype

from stiscore.words.faults import tell

if TYPE_CHECKING:
    from stiscore.finding import Findings
    from stiscore.report.model import Report


__all__ = ["DataFrame", "breakdown", "findings", "gaps", "scores", "table"]


def scores(report: Report) -> DataFrame:
    """One row a unit: rank and its range, tier, score, gap index, coverage, a column an area."""
    areas = [a.id for a in report.shown_areas]
    rows = [
        {
            "unit": u.id,
            "label": u.label,
            "rank": u.rank,
            "rank_low": u.rank_range[0] if u.rank_range else None,
            "rank_high": u.rank_range[1] if u.rank_range else None,
            "tier": u.tier,
            "score": u.score,
            "gap_index": u.gap_index,
            "coverage": u.coverage,
            "ranked": u.ranked,
            **{a: u.group(a).score for a in areas},
        }
        for u in report.units
    ]
    whole = ("rank", "rank_low", "rank_high", "tier")
    return _frame(rows).astype(dict.fromkeys(whole, "Int64"))


def breakdown(report: Report) -> DataFrame:
    """One row a unit and indicator: from the raw value to the points it adds."""
    rows = [
        {
            "unit": u.id,
            "group": i.group,
            "indicator": i.id,
            "role": i.role,
            "raw": i.raw,
            "normalised": i.normalised,
            "rank": i.rank,
            "weight": i.effective,
            "points": i.points,
            "cell": "; ".join(str(c) for c in i.cells),
            "flags": "; ".join(i.flags),
        }
        for u in report.units
        for i in u.indicators
    ]
    return _frame(rows).astype({"rank": "Int64"})


def gaps(report: Report) -> DataFrame:
    """One row a unit and gap: severity, rank (1 is the smallest), how many indicators behind."""
    rows = [
        {
            "unit": u.id,
            "gap": g.id,
            "severity": g.severity,
            "rank": g.rank,
            "measured": g.measured,
            "of": g.of,
        }
        for u in report.units
        for g in u.gaps
    ]
    head = ["unit", "gap", "severity", "rank", "measured", "of"]
    return DataFrame(rows, columns=head).astype({"rank": "Int64"})


def findings(found: Findings) -> DataFrame:
    """One row a finding, in English."""
    rows = [
        {
            "code": f.code,
            "severity": str(f.severity),
            "where": str(f.location or ""),
            "unit": f.unit,
            "message": tell(f, "en").what,
            "help": tell(f, "en").remedy,
        }
        for f in found
    ]
    return DataFrame(rows, columns=["code", "severity", "where", "unit", "message", "help"])


def table(frame: DataFrame) -> list[list[object]]:
    """A frame as rows of cells, the head first; an index of labels becomes the first columns."""
    told = any(n is not None for n in frame.index.names)
    if not told and not is_numeric_dtype(frame.index):
        frame, told = frame.rename_axis("unit"), True
    plain = frame.reset_index() if told else frame
    body = plain.astype(object).where(plain.notna(), None).to_numpy().tolist()
    return [[str(c) for c in plain.columns], *body]


def _frame(rows: Sequence[Mapping[str, object]]) -> DataFrame:
    return DataFrame(rows)
