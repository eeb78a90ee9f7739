"""Indicators side by side, under the areas they belong to: value, score and cell of every unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stiscore.dataset import Labelled
from stiscore.report.compare_grids import Grid, Style, brief, head, leading
from stiscore.report.compare_model import ComparisonReport, Figure, Line
from stiscore.report.phrases import figure, name, raw, spots
from stiscore.report.table import Field
from stiscore.words import Lang
from stiscore.words.compare import said
from stiscore.words.measurements import measured
from stiscore.words.report import label

# A row names an area or an indicator; an area has no node of its own in this grid.
Row = tuple[str, Line | None]


def indicators(told: ComparisonReport, style: Style) -> Grid:
    """The grid of all indicators of the first table, context last."""
    lang = style.lang
    rows = list(_rows(told, style))
    lines = [line for _, line in rows]
    units = [measured(n.measured_in or "", lang) if n else "" for n in lines]
    groups: list[tuple[Field, ...]] = [(Field(label("measured_in", lang), units, "left", drop=1),)]
    groups += [_side(lines, place, side, lang) for place, side in enumerate(told.sides)]
    if told.group is not None:
        groups.append(_peers(lines, lang))
    groups += leading(lines, told, lang, "leader")
    return Grid(Field(label("indicator", lang), [text for text, _ in rows], "left"), tuple(groups))


def _rows(told: ComparisonReport, style: Style) -> Iterator[Row]:
    lang, table = style.lang, told.tables[0]
    areas = {n.id: n.name for n in table.lines if n.kind == "group"}
    above: str | None = None
    for line in table.lines:
        if line.kind != "indicator":
            continue
        area = "context" if line.role == "context" else line.area
        if area is not None and area != above:
            known = areas.get(area)
            yield (name(known, lang, short=style.short) if known else said("context", lang)), None
        above = area
        short = style.short and lang != "zh"
        yield f"  {line.id if short else name(line.name, lang)}", line


def _side(
    lines: Sequence[Line | None], place: int, side: Labelled, lang: Lang
) -> tuple[Field, ...]:
    own = [(n.figures[place] or Figure()) if n else None for n in lines]
    return (
        Field(head(brief(side, lang)), [raw(f.raw) if f else "" for f in own]),
        Field(label("score", lang), [figure(f.score) if f else "" for f in own]),
        Field(
            label("cells", lang),
            [spots(f.cells) if f else "" for f in own],
            "left",
            2,
            family="cells",
        ),
        Field(
            label("rank", lang), [str(f.rank or "-") if f else "" for f in own], drop=3,
            family="rank",
        ),
    )  # fmt: skip


def _peers(lines: Sequence[Line | None], lang: Lang) -> tuple[Field, ...]:
    peers = [n.peers if n else None for n in lines]
    return (
        Field(said("peer_median", lang), [raw(p.raw) if p else "" for p in peers]),
        Field(label("score", lang), [figure(p.median) if p else "" for p in peers]),
    )
