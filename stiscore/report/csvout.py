"""CSV for spreadsheets and scripts: one row a unit and node, full precision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from stiscore.report.model import Report, UnitReport

HEAD = (
    "unit",
    "label",
    "node",
    "kind",
    "raw",
    "score",
    "rank",
    "weight",
    "contribution",
    "coverage",
    "flags",
)
# What a spreadsheet would take for a formula, in ASCII and full width (safety.md 9).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Cell = str | float | int | None


def tidy(report: Report) -> str:
    """The report as tidy rows of each unit: index, groups, gaps (score: severity), indicators."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for unit in report.units:
        for row in _rows(unit, report):
            writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Cell) -> Cell:
    """Text that a spreadsheet would run is disarmed; numbers are written in full."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return repr(value) if isinstance(value, float) else value


def _rows(unit: UnitReport, report: Report) -> Iterator[tuple[Cell, ...]]:
    own = (unit.id, unit.label)
    marks = ["" if unit.ranked else "unranked", "invented" if report.provenance.invented else ""]
    for group in unit.groups:
        kind = "group" if group.parent else "index"
        flags = ";".join([*group.flags, *(m for m in marks if m and kind == "index")])
        yield (
            *own,
            group.id,
            kind,
            None,
            group.score,
            group.rank,
            group.effective,
            group.points,
            group.coverage,
            flags,
        )
    yield (*own, "gap_index", "gap", None, unit.gap_index, None, None, None, None, "")
    for gap in unit.gaps:
        yield (
            *own,
            gap.id,
            "gap",
            None,
            gap.severity,
            gap.rank,
            None,
            None,
            gap.coverage,
            gap.band or "",
        )
    for i in unit.indicators:
        flags = ";".join(i.flags)
        yield (
            *own,
            i.id,
            "indicator",
            i.raw,
            i.normalised,
            i.rank,
            i.effective,
            i.points,
            None,
            flags,
        )
