"""Many units as grids with a row each: all of one table, or the same over several tables."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.analysis.compare import Kind
from stiscore.report.compare_grids import (
    Grid,
    Style,
    brief,
    group_field,
    head,
    leaders,
    marked,
    range_field,
    rank_field,
    score,
    signed,
    tier_field,
)
from stiscore.report.compare_model import ComparisonReport, Figure, Line, Place
from stiscore.report.phrases import figure, name
from stiscore.report.table import Field
from stiscore.words.compare import said
from stiscore.words.report import label


def standings(told: ComparisonReport, style: Style) -> Grid:
    """Every unit of the first table: rank, score, gap index, areas."""
    lang, table = style.lang, told.tables[0]
    places = table.places
    shown = {area.id for area in table.report.shown_areas}
    areas = [n for n in table.lines if n.kind == "group" and n.id in shown]
    fields = [
        Field(label("rank", lang), [str(p.rank or "-") if p else "-" for p in places]),
        *([range_field(places, lang), tier_field(places, lang)] if table.report.variation else []),
        Field(label("score", lang), [score(p) for p in places]),
    ]
    if told.group is not None:
        fields.append(group_field((_within(p, told.group) for p in places), lang, drop=1))
    fields.append(Field(label("gap_index", lang), [figure(p and p.gap_index) for p in places]))
    for area in areas:
        cells = [figure(f and f.score) for f in area.figures]
        fields.append(Field(name(area.name, lang, short=style.short), cells, drop=2))
    units = [marked(side, lang) for side in told.sides]
    return Grid(Field(label("unit", lang), units, "left"), (tuple(fields),))


def _within(place: Place | None, group: str) -> int | None:
    return next((g.rank for g in place.groups if g.id == group), None) if place else None


def who_leads(lines: Sequence[Line], told: ComparisonReport, style: Style) -> Grid:
    """Areas or gaps of the first table: who leads, who is last, how far apart they lie."""
    lang, gaps = style.lang, any(n.kind == "gap" for n in lines)
    figures = label("severity" if gaps else "score", lang)
    names = [name(n.name, lang, short=style.short) for n in lines]
    first = [n.leaders[0] if n.leaders else None for n in lines]
    last = [n.last for n in lines]
    lowest = [brief(told.sides[i], lang) if i is not None else "-" for i in last]
    best = [leaders(n, told, lang) for n in lines]
    fields = (
        Field(said("smallest" if gaps else "leader", lang), best, "left"),
        Field(figures, _scores(lines, first)),
        Field(said("largest_gap" if gaps else "lowest", lang), lowest, "left", 1, "last"),
        Field(figures, _scores(lines, last), drop=1, family="last"),
        Field(said("spread", lang), [figure(n.spread) for n in lines]),
    )
    return Grid(Field(label("gap" if gaps else "area", lang), names, "left"), (fields,))


def _scores(lines: Sequence[Line], places: Sequence[int | None]) -> list[str]:
    held = [n.figures[i] if i is not None else None for n, i in zip(lines, places, strict=True)]
    return [figure(f and f.score) for f in held]


def over_tables(told: ComparisonReport, style: Style) -> Grid:
    """Every unit over the tables: score and rank in each, change from the first."""
    lang = style.lang
    groups = []
    for number, table in enumerate(told.tables):
        places = table.places
        fields = [Field(head(table.label), [score(p) for p in places])]
        if number and not told.scale.apart:
            fields.append(Field(said("change", lang), [_change(p) for p in places]))
        fields.append(rank_field((p and p.rank for p in places), lang))
        if table.report.variation:
            fields.append(range_field(places, lang))
        moved = [p and p.rank_change for p in places]
        if any(m is not None for m in moved):
            cells = ["-" if m is None else f"{m:+d}" for m in moved]
            fields.append(Field(said("rank_change", lang), cells, drop=2, family="rank_change"))
        if told.group is not None:
            fields.append(group_field((_within(p, told.group) for p in places), lang))
        groups.append(tuple(fields))
    units = [marked(side, lang) for side in told.sides]
    return Grid(Field(label("unit", lang), units, "left"), tuple(groups))


def _change(place: Place | None) -> str:
    """A change of score; a mark where it is not over the same indicators."""
    if place is None or place.change is None:
        return "-"
    return signed(place.change) + ("" if place.same_cells else "~")


def changes(kind: Kind, told: ComparisonReport, side: int, style: Style) -> Grid:
    """Areas or gaps of one unit over the tables."""
    lang = style.lang
    lines = told.shown(kind, told.tables[0])
    names = [name(n.name, lang, short=style.short) for n in lines]
    groups = []
    for number, table in enumerate(told.tables):
        own = [n.figures[side] or Figure() for n in told.shown(kind, table)]
        fields = [Field(head(table.label), [figure(f.score) for f in own])]
        if number and not told.scale.apart:
            fields.append(Field(said("change", lang), [signed(f.change) for f in own]))
        groups.append((*fields, rank_field((f.rank for f in own), lang)))
    return Grid(
        Field(label("area" if kind == "group" else "gap", lang), names, "left"), tuple(groups)
    )
