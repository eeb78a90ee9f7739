"""CSV for spreadsheets and scripts: one row a unit and node, full precision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from stiscore.report.model import Ranks, Report, Span, UnitReport

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
    "rank_low",
    "rank_high",
    "score_low",
    "score_high",
    "tier",
    "peer_median",
)
# What a spreadsheet would take for a formula, in ASCII and full width (safety.md 9).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Cell = str | float | int | None


def tidy(report: Report) -> str:
    """The report as tidy rows of each unit: index, groups, gaps (score: severity), indicators."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for unit in report.rows:
        for row in _rows(unit, report):
            writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def raw_grid(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as they stand, numbers and text alike."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Cell) -> Cell:
    """Text that a spreadsheet would run is disarmed; numbers are written in full."""
    if isinstance(value, str):
        armed = value.startswith(FORMULA_STARTS) and not _number(value)
        # Python before 3.13 leaves a bare \r unquoted, and readers take it for the end of a row.
        told = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{told}" if armed else told
    return repr(value) if isinstance(value, float) else value


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _rows(unit: UnitReport, report: Report) -> Iterator[tuple[Cell, ...]]:
    own = (unit.id, unit.label)
    mark = ["invented"] if report.provenance.invented else []
    mark += ["reference"] if unit.reference else []
    for g in unit.groups:
        kind = "group" if g.parent else "index"
        placed = g.parent or unit.ranked or unit.reference
        marks = [*g.flags, *mark, *([] if placed else ["unranked"])]
        told: tuple[Cell, ...] = (g.score, g.rank, g.effective, g.points, g.coverage)
        ends = _ends(g.rank_range, g.score_range)
        tier = None if g.parent else unit.tier
        yield (*own, g.id, kind, None, *told, ";".join(marks), *ends, tier, g.peer_median)
    if unit.adjusted is not None:
        adjusted = (unit.adjusted, *(None,) * 4)
        yield (*own, "adjusted", "index", None, *adjusted, ";".join(mark), *_NO_RANGE, None)
    severity = (unit.gap_index, *(None,) * 4)
    median = unit.peers.gap_index if unit.peers else None
    yield (*own, "gap_index", "gap", None, *severity, ";".join(mark), *_NO_RANGE, median)
    for gap in unit.gaps:
        told = (gap.severity, gap.rank, None, None, gap.coverage)
        marks = [*mark, *([gap.band] if gap.band else [])]
        ends = _ends(gap.rank_range, gap.severity_range)
        yield (*own, gap.id, "gap", None, *told, ";".join(marks), *ends, None, gap.peer_median)
    for i in unit.indicators:
        told = (i.normalised, i.rank, i.effective, i.points, None)
        flags = ";".join([*i.flags, *mark])
        yield (*own, i.id, "indicator", i.raw, *told, flags, *_NO_RANGE, None)


_NO_RANGE: tuple[Cell, ...] = (None,) * 5


def _ends(ranks: Ranks, scores: Span) -> tuple[Cell, ...]:
    """The ends of both ranges; nothing where there are none."""
    return (*(ranks or (None, None)), *(scores or (None, None)))
