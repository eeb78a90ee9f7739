"""Every node of one table as a line: its figures by unit, who leads, how the peers stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.compare import (
    GAP_INDEX,
    Key,
    Kind,
    Standing,
    Track,
    contrast,
    rows_of,
    standing,
    tracks,
)
from stiscore.analysis.evaluated import Evaluated
from stiscore.framework.model import Framework, Indicator, Name, PeerGroup
from stiscore.report.compare_model import Figure, Line, Peers
from stiscore.report.model import Report, UnitReport
from stiscore.scores import Fitted
from stiscore.words import Words
from stiscore.words.report import LABELS


class Wanted(NamedTuple):
    """What is compared: unit ids in order, whether they were named, and the group if any.

    ``notes``: what is to be said of a group made for the question.
    """

    units: tuple[str, ...]
    named: bool
    group: PeerGroup | None
    notes: tuple[Words, ...] = ()


def lines(evaluated: Evaluated, report: Report, wanted: Wanted) -> Iterator[Line]:
    """The lines of one table in order: index, gap index, groups, gaps, indicators if named."""
    by_id = {unit.id: unit for unit in report.units}
    shown = [by_id.get(unit) for unit in wanted.units]
    held = [figures(unit) if unit else None for unit in shown]
    counted = [unit is not None and unit.ranked for unit in shown]
    rows = {unit.id: row for row, unit in enumerate(evaluated.scores.data.units)}
    places = [rows.get(unit) for unit in wanted.units]
    names = _names(report, evaluated.scores.fitted)
    for track in tracks(evaluated, indicators=wanted.named):
        stood = _standing(track, evaluated, wanted)
        own = [nodes[track.key] if nodes is not None else None for nodes in held]
        values = [figure.score if figure else None for figure in own]
        told = contrast(values, counted, evaluated.scores.tie, least=track.least)
        yield Line(
            *_meta(track.key, evaluated.scores.fitted, names),
            figures=tuple(
                _with(figure, difference, stood, row)
                for figure, difference, row in zip(own, told.differences, places, strict=True)
            ),
            leaders=told.leaders,
            last=told.last,
            spread=told.spread,
            peers=Peers(stood.median, stood.raw, stood.peers) if stood else None,
        )


def figures(unit: UnitReport) -> Mapping[Key, Figure]:
    """Every node of one unit, as its own report has it."""
    root = next(g for g in unit.groups if g.parent is None)
    told: dict[Key, Figure] = {
        ("index", root.id): Figure(
            score=unit.score, rank=unit.rank, points=root.points, rank_range=unit.rank_range
        ),
        ("gap", GAP_INDEX): Figure(score=unit.gap_index),
    }
    for g in unit.groups:
        if g.parent is not None:
            told["group", g.id] = Figure(
                score=g.score, rank=g.rank, points=g.points, flags=g.flags, rank_range=g.rank_range
            )
    for gap in unit.gaps:
        told["gap", gap.id] = Figure(score=gap.severity, rank=gap.rank, rank_range=gap.rank_range)
    for i in unit.indicators:
        told["indicator", i.id] = Figure(
            raw=i.raw,
            score=i.normalised,
            rank=i.rank,
            points=i.points,
            cells=i.cells,
            flags=i.flags,
        )
    return told


def _with(
    figure: Figure | None, difference: float | None, stood: Standing | None, row: int | None
) -> Figure | None:
    """A figure beside the others: its difference to the first, its place among the peers."""
    if figure is None:
        return None
    figure = figure._replace(difference=difference)
    if stood is None or row is None:
        return figure
    apart = None
    if figure.score is not None and stood.median is not None:
        apart = figure.score - stood.median
    return figure._replace(rank_in_group=int(stood.ranks[row]) or None, from_median=apart)


def _standing(track: Track, evaluated: Evaluated, wanted: Wanted) -> Standing | None:
    if wanted.group is None:
        return None
    members = rows_of(evaluated, wanted.group.units)
    # Where all units of a group are shown, the median is that of the group.
    shown = rows_of(evaluated, wanted.units) if wanted.named else np.zeros_like(members)
    return standing(track, evaluated, members, shown)


def _names(report: Report, fitted: Fitted) -> Mapping[str, Name]:
    """Names by node; an area that rests on proxies goes by theirs, as everywhere."""
    index = LABELS["gap_index"]
    return {
        **report.names,
        **{area.id: area.name for area in report.areas},
        GAP_INDEX: Name(en=index.en, zh=index.zh),
        fitted.framework.index.id: fitted.framework.index.name,
    }


def _meta(
    key: Key, fitted: Fitted, names: Mapping[str, Name]
) -> tuple[str, Kind, Name, str | None, str | None, str | None]:
    """Id, kind, name, area, role and measurement of a node."""
    kind, node = key
    if kind != "indicator":
        return node, kind, names[node], None, None, None
    leaf = next(i for i in fitted.framework.indicators if i.id == node)
    area = _area(fitted.framework, leaf)
    return node, kind, leaf.name, area, leaf.role, leaf.measured_in


def _area(framework: Framework, leaf: Indicator) -> str | None:
    """The area above an indicator; None where it hangs at the index itself."""
    above: Sequence[str] = ()
    node = leaf.id
    while (node := framework.parents.get(node, "")) != "":
        above = [*above, node]
    return above[-2] if len(above) > 1 else None
