"""Units side by side as grids: rows of nodes, a group of columns for each unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import chop_cells

from stiscore.dataset import Labelled, titled
from stiscore.report.compare_model import ComparisonReport, Figure, Line, Place, Side, Table
from stiscore.report.phrases import figure, listed, name, words
from stiscore.report.table import Field
from stiscore.report.variation import span
from stiscore.words import Lang
from stiscore.words.compare import said
from stiscore.words.report import label
from stiscore.words.uncertainty import RANGES

# A longer head over figures is broken: figures never are.
_WIDEST_HEAD = 18
_NOTHING = Figure()
# What variants add to a unit's standing.
_RANGED = ("rank_range", "tier")


class Style(NamedTuple):
    """How a page is written; ``short``: names for narrow heads."""

    lang: Lang
    short: bool


class Grid(NamedTuple):
    """The column that names the rows, and groups of columns that stay together."""

    head: Field
    groups: tuple[tuple[Field, ...], ...]


def signed(value: float | None) -> str:
    """A difference of scores as people read it, its sign always there.

    >>> signed(3.04), signed(-0.001), signed(None)
    ('+3.0', '+0.0', '-')
    """
    return "-" if value is None else f"{round(value, 1) + 0.0:+.1f}"


def brief(unit: Labelled, lang: Lang) -> str:
    """A unit in heads and sentences: its name in one language, or both where both are asked for."""
    if lang == "both":
        return titled(unit, lang)
    return (unit.name_zh if lang == "zh" else unit.name_en) or unit.label


def marked(side: Side, lang: Lang) -> str:
    """A unit with its label, and a mark where a value of it was set aside."""
    return f"{titled(side, lang)}{' !' if side.tolerated else ''}"


def many(items: Iterable[str], lang: Lang) -> str:
    """Items that may hold commas themselves, in one line."""
    return listed(items, lang, "semicolon")


def head(text: str) -> str:
    """The head of a column of figures, broken where it would be far wider than they are."""
    return "\n".join(chop_cells(text, _WIDEST_HEAD)) if " " not in text else text


def rank_field(ranks: Iterable[int | None], lang: Lang) -> Field:
    """Ranks beside scores."""
    return Field(label("rank", lang), [str(r or "-") for r in ranks], drop=3, family="rank")


def group_field(ranks: Iterable[int | None], lang: Lang, drop: int = 4) -> Field:
    """Ranks within the group beside ranks over all."""
    return Field(said("in_group", lang), [str(r or "-") for r in ranks], drop=drop, family="group")


def rank_range(place: Place | None) -> str:
    """A unit's rank range, marked where its nominal rank is outside."""
    return f"{span(place.rank_range)}{'^' if place.outside else ''}" if place else "-"


def range_field(places: Iterable[Place | None], lang: Lang) -> Field:
    """Rank ranges beside ranks."""
    cells = [rank_range(place) for place in places]
    return Field(RANGES["range"].say(lang), cells, drop=2, family="range")


def tier_field(places: Iterable[Place | None], lang: Lang) -> Field:
    """Tiers beside rank ranges."""
    cells = [str(place.tier or "-") if place else "-" for place in places]
    return Field(RANGES["tier"].say(lang), cells, drop=3)


def score(place: Place | None) -> str:
    """A unit's score; in brackets when too little stands behind it for a rank."""
    if place is None:
        return "-"
    return figure(place.score) if place.ranked else f"[{figure(place.score)}]"


def overview(told: ComparisonReport, style: Style) -> Grid:
    """Score, rank, gap index, rank in each shared group, coverage of every unit."""
    lang, table = style.lang, told.tables[0]
    held = {g.id: g for p in table.places if p for g in p.groups}
    shared = [held[group] for group in told.shared_groups if group in held]
    rows = [
        label("score", lang),
        said("rank_of", lang, n=table.ranked),
        *([RANGES[k].say(lang) for k in _RANGED] if table.report.variation else []),
        *(said("rank_in", lang, group=words(g.name), n=g.of) for g in shared),
        label("gap_index", lang),
        label("coverage", lang),
    ]
    groups = [
        (Field(head(brief(side, lang)), _standing(place, [g.id for g in shared], table)),)
        for side, place in zip(told.sides, table.places, strict=True)
    ]
    if told.group is not None:
        index, gap_index = (line.peers for line in table.lines[:2])
        ranged = len(_RANGED) if table.report.variation else 0
        ranks = ["-"] * (1 + ranged + len(shared))
        medians = [figure(index and index.median), figure(gap_index and gap_index.median)]
        cells = [medians[0], *ranks, medians[1], "-"]
        groups.append((Field(said("peer_median", lang), cells),))
    return Grid(Field(said("measure", lang), rows, "left"), tuple(groups))


def _standing(place: Place | None, groups: Sequence[str], table: Table) -> list[str]:
    ranged = table.report.variation is not None
    if place is None:
        return ["-"] * (4 + (len(_RANGED) if ranged else 0) + len(groups))
    ranks = {g.id: g.rank for g in place.groups}
    within = [str(ranks.get(group) or "-") for group in groups]
    first = [score(place), str(place.rank or "-")]
    if ranged:
        first += [rank_range(place), str(place.tier or "-")]
    return [*first, *within, figure(place.gap_index), f"{place.coverage:.0%}"]


def nodes(lines: Sequence[Line], told: ComparisonReport, style: Style) -> Grid:
    """Areas or gaps by unit: score, rank and difference to the first; then peers, who leads."""
    lang, gaps = style.lang, any(n.kind == "gap" for n in lines)
    names = [name(n.name, lang, short=style.short) for n in lines]
    groups = []
    for place, side in enumerate(told.sides):
        own = [n.figures[place] or _NOTHING for n in lines]
        fields = [Field(head(brief(side, lang)), [figure(f.score) for f in own])]
        if place:
            fields.append(Field(said("difference", lang), [signed(f.difference) for f in own]))
        fields.append(rank_field((f.rank for f in own), lang))
        if told.group is not None:
            fields.append(group_field((f.rank_in_group for f in own), lang))
        groups.append(tuple(fields))
    groups += _against(lines, told, lang)
    groups += leading(lines, told, lang, "smallest" if gaps else "leader")
    return Grid(Field(label("gap" if gaps else "area", lang), names, "left"), tuple(groups))


def _against(
    lines: Sequence[Line], told: ComparisonReport, lang: Lang
) -> Iterator[tuple[Field, ...]]:
    """The peers' median, how far one unit is from it, how many peers it is of."""
    if told.group is None:
        return
    peers = [n.peers for n in lines]
    fields = [Field(said("peer_median", lang), [figure(p and p.median) for p in peers])]
    if told.against_median:
        apart = [(n.figures[0] or _NOTHING).from_median for n in lines]
        fields.append(Field(said("from_median", lang), [signed(v) for v in apart]))
    counts = [str(p.having) if p else "-" for p in peers]
    yield (*fields, Field(said("peers", lang), counts, drop=2))


def leading(
    lines: Sequence[Line | None], told: ComparisonReport, lang: Lang, key: str
) -> Iterator[tuple[Field, ...]]:
    """Who leads, where there are several units; nothing in rows without a node."""
    if len(told.sides) > 1:
        yield (
            Field(said(key, lang), [leaders(n, told, lang) if n else "" for n in lines], "left"),
        )


def leaders(line: Line, told: ComparisonReport, lang: Lang) -> str:
    """Who has the best value; that several tie, and a dash where nobody can lead."""
    if line.leader is not None:
        return brief(told.sides[line.leader], lang)
    return said("tie", lang) if line.leaders else "-"
