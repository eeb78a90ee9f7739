"""Evaluated tables, put side by side as a ComparisonReport."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.compare import ranked_units, rows_of
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.grouped import groups_of
from stiscore.analysis.scales import Scale
from stiscore.analysis.uncertainty.ranges import Ranges
from stiscore.finding import Findings
from stiscore.framework.model import PeerGroup
from stiscore.methods.base import Mask
from stiscore.report.build import build_report
from stiscore.report.compare_lines import Wanted, lines
from stiscore.report.compare_model import (
    Above,
    ComparisonReport,
    Figure,
    GroupRank,
    Line,
    Place,
    Side,
    Table,
    Widest,
)
from stiscore.report.model import UnitReport
from stiscore.report.peers import group_notes
from stiscore.words import Words

# As many differences as one sentence bears.
_TOLD = 3


class Basis(NamedTuple):
    """What the scores stand on: saved frame, --common, scale, columns some tables lack.

    ``unranged``: key of the reason why there are no ranges.
    """

    frame: str | None
    common: bool
    scale: Scale
    left_out: Mapping[str, tuple[str, ...]]
    unranged: str = "off"


def build_comparison(
    tables: Sequence[tuple[str, Evaluated]],
    wanted: Wanted,
    basis: Basis,
    findings: Findings,
    ranged: Sequence[Ranges | None],
) -> ComparisonReport:
    """The ComparisonReport of labelled tables that were scored on one scale.

    ``ranged``: by table what variants make of its ranks, None without any.

    Changes are told only where all stand on one scale; those in rank only where the first table
    ranks the same units on the same columns.
    """
    first = tables[0][1]
    groups = _groups(first, wanted.group)
    built = [
        _table(label, evaluated, wanted, basis, groups, ranges)
        for (label, evaluated), ranges in zip(tables, ranged, strict=True)
    ]
    told = built if basis.scale.apart else [built[0]]
    for (_, evaluated), table in zip(tables[len(told) :], built[len(told) :], strict=True):
        alike = not basis.left_out and ranked_units(evaluated) == ranked_units(first)
        told.append(_changed(table, built[0], _same_cells(first, evaluated, wanted), alike=alike))
    sides = tuple(_side(unit, built, groups) for unit in wanted.units)
    group, tie = wanted.group, first.scores.tie
    return ComparisonReport(
        tables=tuple(told),
        sides=sides,
        named=wanted.named,
        group=group.id if group else None,
        group_name=group.name if group else None,
        shared_groups=(group.id,) if group else _shared(sides),
        peers=int(_peers(first, wanted).sum()) if group else 0,
        widest=tuple(_widest(told[0], tie)),
        moved=tuple(tuple(_moved(told, side, tie)) for side in range(len(sides))),
        left_out=basis.left_out,
        scale=basis.scale,
        notes=_notes(first, wanted),
        findings=findings,
    )


def _groups(evaluated: Evaluated, given: PeerGroup | None) -> tuple[PeerGroup, ...]:
    """The groups of the level, with the one given, which may be the user's own."""
    known = _known(evaluated)
    return known if given is None or given in known else (*known, given)


def _notes(evaluated: Evaluated, wanted: Wanted) -> tuple[Words, ...]:
    """What is to be said of the group; of a known one that it alone is shown where it is."""
    if wanted.group is None or wanted.group not in _known(evaluated):
        return wanted.notes
    told = group_notes(evaluated, wanted.group)
    return told[1:] if wanted.named else told


def _known(evaluated: Evaluated) -> tuple[PeerGroup, ...]:
    return groups_of(evaluated.scores.fitted.framework, evaluated.scores.data)


def _side(unit: str, tables: Sequence[Table], groups: Sequence[PeerGroup]) -> Side:
    found = [u for table in tables for u in table.report.units if u.id == unit]
    told = found[0]
    held = tuple(g.id for g in groups if unit in g.units)
    tolerated = any(u.tolerated for u in found)
    return Side(unit, told.label, told.name_en, told.name_zh, held, tolerated)


def _shared(sides: Sequence[Side]) -> tuple[str, ...]:
    """The groups that all sides belong to."""
    first, *others = (side.groups for side in sides)
    return tuple(group for group in first if all(group in other for other in others))


def _peers(evaluated: Evaluated, wanted: Wanted) -> Mask:
    members = rows_of(evaluated, wanted.group.units if wanted.group else ())
    shown = rows_of(evaluated, wanted.units if wanted.named else ())
    return members & evaluated.ranked & ~shown


def _table(
    label: str,
    evaluated: Evaluated,
    wanted: Wanted,
    basis: Basis,
    groups: Sequence[PeerGroup],
    ranges: Ranges | None,
) -> Table:
    report = build_report(
        evaluated,
        units=frozenset(wanted.units),
        frame=basis.frame,
        common=basis.common,
        indicators=wanted.named,
        ranges=ranges,
        unranged=basis.unranged,
    )
    nodes = tuple(lines(evaluated, report, wanted))
    by_id = {unit.id: unit for unit in report.units}
    counts = {g.id: int((rows_of(evaluated, g.units) & evaluated.ranked).sum()) for g in groups}
    return Table(
        label=label,
        report=report,
        places=tuple(
            figure and _place(by_id[unit], figure, groups, counts)
            for unit, figure in zip(wanted.units, nodes[0].figures, strict=True)
        ),
        lines=nodes,
        ranked=report.ranked,
        of=report.of,
        above=tuple(_above(evaluated, ranges, wanted)) if ranges else (),
    )


def _above(evaluated: Evaluated, ranges: Ranges, wanted: Wanted) -> Iterator[Above]:
    """Every pair of ranked sides that were named, the better nominal score first."""
    rows = {unit.id: row for row, unit in enumerate(evaluated.scores.data.units)}
    held = [(side, rows[u]) for side, u in enumerate(wanted.units) if u in rows and wanted.named]
    ranked = [(side, row) for side, row in held if evaluated.ranked[row]]
    ranked.sort(key=lambda each: -evaluated.scores.index[each[1]])
    for at, (one, row) in enumerate(ranked):
        for other, below in ranked[at + 1 :]:
            share, level = ranges.above(row, below), ranges.level(row, below)
            yield Above(one, other, share, level, len(ranges.index))


def _place(
    unit: UnitReport, index: Figure, groups: Sequence[PeerGroup], counts: Mapping[str, int]
) -> Place:
    """A unit's place; of a group the user made up only the index itself knows the rank."""
    ranks = unit.rank_in_group
    return Place(
        score=unit.score,
        rank=unit.rank,
        ranked=unit.ranked,
        coverage=unit.coverage,
        gap_index=unit.gap_index,
        period=unit.period,
        groups=tuple(
            GroupRank(g.id, g.name, ranks.get(g.id, index.rank_in_group), counts[g.id])
            for g in groups
            if unit.id in g.units
        ),
        rank_range=unit.rank_range,
        score_range=unit.score_range,
        tier=unit.tier,
        outside=unit.outside,
    )


def _same_cells(first: Evaluated, later: Evaluated, wanted: Wanted) -> dict[str, bool]:
    """Whether a unit has values for the same indicators in both tables."""
    held = []
    for evaluated in (first, later):
        present = ~np.isnan(evaluated.scores.normalised)
        units = evaluated.scores.data.units
        held.append({unit.id: present[row].tobytes() for row, unit in enumerate(units)})
    return {unit: held[0].get(unit) == held[1].get(unit) for unit in wanted.units}


def _changed(table: Table, first: Table, same: Mapping[str, bool], *, alike: bool) -> Table:
    """A later table with its changes from the first."""
    before = {(line.kind, line.id): line.figures for line in first.lines}
    places = tuple(
        now and _moved_place(now, was, same=like, alike=alike)
        for now, was, like in zip(table.places, first.places, same.values(), strict=True)
    )
    return table._replace(
        places=places,
        lines=tuple(_moved_line(n, before.get((n.kind, n.id))) for n in table.lines),
    )


def _moved_place(now: Place, was: Place | None, *, same: bool, alike: bool) -> Place:
    if was is None:
        return now
    moved = was.rank - now.rank if alike and now.rank and was.rank else None
    return now._replace(change=_less(now.score, was.score), rank_change=moved, same_cells=same)


def _moved_line(line: Line, before: tuple[Figure | None, ...] | None) -> Line:
    if before is None:
        return line
    told = (
        now and now._replace(change=_less(now.score, was.score if was else None))
        for now, was in zip(line.figures, before, strict=True)
    )
    return line._replace(figures=tuple(told))


def _less(now: float | None, was: float | None) -> float | None:
    return None if now is None or was is None else now - was


def _areas(table: Table) -> Iterator[Line]:
    shown = {area.id for area in table.report.shown_areas}
    return (n for n in table.lines if n.kind == "group" and n.id in shown)


def _widest(table: Table, tie: float) -> list[Widest]:
    """The areas that differ most between units; of one unit, from the median of its peers."""
    if len(table.places) == 1:
        apart = [(n, n.figures[0].from_median if n.figures[0] else None) for n in _areas(table)]
        told = [Widest(n.name, (0,), None, by) for n, by in apart if by is not None]
    else:
        told = [
            Widest(n.name, n.leaders, n.last, n.spread)
            for n in _areas(table)
            if n.spread is not None
        ]
    return _largest(told, tie)


def _moved(tables: Sequence[Table], side: int, tie: float) -> list[Widest]:
    """The areas in which one unit's score changed most, from the first table to the last."""
    if len(tables) < 2:
        return []
    figures = [(n, n.figures[side]) for n in _areas(tables[-1])]
    changes = [(n, f.change) for n, f in figures if f is not None]
    return _largest([Widest(n.name, (side,), None, by) for n, by in changes if by is not None], tie)


def _largest(told: list[Widest], tie: float) -> list[Widest]:
    return sorted((w for w in told if abs(w.by) > tie), key=lambda w: -abs(w.by))[:_TOLD]
