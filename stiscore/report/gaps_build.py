"""Gaps put together for whoever prints them: figures beside those of peers, links beside gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.gap_parts import parts, related, widest, widest_shares, would_measure
from stiscore.analysis.peers import EVERYONE, Others, Peers, others
from stiscore.analysis.uncertainty.ranges import Ranges
from stiscore.framework.model import Gap
from stiscore.methods.base import Array, Mask
from stiscore.report.gaps_model import (
    Figure,
    GapsReport,
    Guide,
    Headings,
    Shortfall,
    UnitGaps,
)
from stiscore.report.model import IndicatorScore, Report, UnitReport
from stiscore.scores import number, quantile

PeersOf = Callable[[int], Peers]


def gaps_report(
    evaluated: Evaluated, report: Report, peers: PeersOf, ranges: Ranges | None, *, single: bool
) -> GapsReport:
    """The gaps of the units of ``report``; ``peers``: of a row of the table."""
    scores = evaluated.scores
    rows = {unit.id: row for row, unit in enumerate(scores.data.units)}
    table = _Table(evaluated, ranges)
    ranked = [row for row in rows.values() if evaluated.ranked[row]]
    shown = ranked if single else [rows[unit.id] for unit in report.units if unit.ranked]
    framework = scores.fitted.framework
    return GapsReport(
        report=report,
        guides=tuple(_guide(table, g, gap, shown) for g, gap in enumerate(framework.gaps)),
        headings=_headings(table),
        single=single,
        about=partial(_unit, table, rows, peers),
        ends=scores.fitted.ends,
    )


class _Table:
    """One examined table with what is asked of all its rows at once."""

    def __init__(self, evaluated: Evaluated, ranges: Ranges | None) -> None:
        self.evaluated = evaluated
        self.fitted, self.data = evaluated.scores.fitted, evaluated.scores.data
        self.widest: Mask = widest(evaluated.gaps.severity, evaluated.scores.tie)
        self.shares: Array | None = None if ranges is None else widest_shares(ranges)
        leaves = self.fitted.tree.ids[: self.fitted.tree.leaves]
        self.places: Mapping[str, int] = {leaf: place for place, leaf in enumerate(leaves)}
        self._others: dict[str, Others] = {}

    def values(self, indicator: str) -> Array | None:
        """The values of an indicator as measured, (rows,); None where the table has none."""
        if indicator in self.places:
            return self.evaluated.scores.raw[:, self.places[indicator]]
        column = self.data.position(indicator)
        return None if column is None else self.data.values[:, column]

    def median(self, row: int, indicator: IndicatorScore, peers: Peers) -> float | None:
        """The peers' median of an indicator."""
        values = self.values(indicator.id)
        return None if values is None else self.beside(row, indicator.id, values, peers)[0]

    def beside(self, row: int, node: str, values: Array, peers: Peers) -> tuple[float | None, int]:
        """The peers' median of the values of a node, and how many of them have one.

        All others are asked of all rows at once: unit by unit a long table would take for ever.
        """
        if peers.id != EVERYONE:
            return peers.median(values), peers.having(values)
        if node not in self._others:
            self._others[node] = others(values, self.evaluated.ranked)
        told = self._others[node]
        return number(told.medians[row]), int(told.counts[row])


def _guide(table: _Table, place: int, gap: Gap, shown: list[int]) -> Guide:
    fitted, held = table.fitted, table.evaluated.gaps
    severity = held.severity[shown, place]
    severity = severity[~np.isnan(severity)]
    units = table.data.units
    return Guide(
        id=gap.id,
        name=gap.level_names.get(fitted.level, gap.name),
        origin=gap.origin,
        paper=gap.paper,
        link=fitted.framework.gap_map.get(gap.id),
        absent=would_measure(fitted, gap.id),
        measured=len(held.leaves[place]),
        of=held.tagged[place],
        units=int(severity.size),
        median=quantile(severity, 0.5) if severity.size else None,
        widest=tuple(units[row].id for row in shown if table.widest[row, place]),
        marked=frozenset(units[row].id for row in np.flatnonzero(table.widest[:, place])),
    )


def _headings(table: _Table) -> Headings:
    framework = table.fitted.framework
    held = {*table.data.ids, *table.fitted.columns}
    absent = {i.id: i for i in framework.at_level(table.fitted.level) if i.id not in held}
    return Headings(
        measures={m.id: m for m in framework.measures},
        issues={i.id: i for i in framework.issues},
        barriers={b.id: b for b in framework.barriers},
        note=framework.measures_note,
        undiagnosed={
            b.id: absent[b.diagnostic] for b in framework.barriers if b.diagnostic in absent
        },
    )


def _unit(table: _Table, rows: Mapping[str, int], peers: PeersOf, unit: UnitReport) -> UnitGaps:
    row = rows[unit.id]
    held = peers(row)
    told = {indicator.id: indicator for indicator in unit.indicators}
    count = len(table.evaluated.gaps.ids)
    gaps = [_shortfall(table, row, place, unit, held) for place in range(count)]
    diagnostics = (b.diagnostic for b in table.fitted.framework.barriers)
    return UnitGaps(
        unit=unit,
        peers=held,
        compared=None if held.id == EVERYONE else tuple(table.data.units[r].id for r in held.rows),
        # Sorting is stable, and level gaps stay as the framework has them.
        gaps=tuple(sorted(gaps, key=_narrowness)),
        diagnostics={
            id_: Figure(told[id_], table.median(row, told[id_], held))
            for id_ in dict.fromkeys(diagnostics)
            if id_ is not None and id_ in told
        },
    )


def _narrowness(gap: Shortfall) -> tuple[bool, float]:
    severity = gap.told.severity
    return severity is None, -(severity or 0.0)


def _shortfall(table: _Table, row: int, place: int, unit: UnitReport, peers: Peers) -> Shortfall:
    evaluated, gap = table.evaluated, unit.gaps[place]
    share = None if table.shares is None else number(table.shares[row, place])
    median, having = table.beside(row, gap.id, evaluated.gaps.severity[:, place], peers)
    return Shortfall(
        told=gap,
        median=median,
        having=having,
        widest=bool(table.widest[row, place]),
        widest_share=share,
        behind=tuple(_behind(table, row, place, unit, peers)),
        related=tuple(_related(table, row, gap.id, unit, peers)),
    )


def _behind(
    table: _Table, row: int, place: int, unit: UnitReport, peers: Peers
) -> Iterator[Figure]:
    told = {indicator.id: indicator for indicator in unit.indicators}
    for part in parts(table.evaluated, row, place):
        indicator = told[table.fitted.leaves[part.leaf].id]
        yield Figure(indicator, table.median(row, indicator, peers), part.share, part.lost)


def _related(table: _Table, row: int, gap: str, unit: UnitReport, peers: Peers) -> Iterator[Figure]:
    """Indicators listed under a gap, and context tagged with it: neither counts in it."""
    listed = {table.fitted.leaves[leaf].id for leaf in related(table.fitted, gap)}
    for indicator in table.fitted.framework.indicators:
        tags = indicator.gaps
        if indicator.role == "context" and tags and gap in (tags.primary, *tags.related):
            listed.add(indicator.id)
    for told in unit.indicators:
        if told.id in listed:
            yield Figure(told, table.median(row, told, peers))
