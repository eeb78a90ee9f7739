"""Gaps over the units of a table: which is the most common, and how wide each is where."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report.gaps_fill import over_units
from stiscore.report.gaps_links import source
from stiscore.report.gaps_model import GapsReport, Guide
from stiscore.report.league import place, unit_label
from stiscore.report.model import UnitReport
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, name, words
from stiscore.report.table import Field, in_blocks
from stiscore.report.variation import joined
from stiscore.words import Lang, Words
from stiscore.words.gaps import GAPS, said
from stiscore.words.report import label


def parts(told: GapsReport, lang: Lang, width: int | None) -> Iterator[Part]:
    """The answer and a summary of the gaps, the matrix in blocks that fit, what is not measured."""
    measured = [guide for guide in told.guides if guide.measured]
    yield Part(
        said("over_units", lang), _summary(told, measured, lang), above=list(_common(told, lang))
    )
    if measured:
        yield from _matrix(told, measured, lang, width)
    yield from over_units(told, lang, short=width is not None)


def _common(told: GapsReport, lang: Lang) -> Iterator[str]:
    held = told.most_common
    if told.ranked < len(told.report.units):
        yield label("ranked", lang, ranked=told.ranked, of=len(told.report.units),
                    units=words(told.report.unit_word))  # fmt: skip
    if not held:
        yield said("common_none", lang)
    else:
        fields = {"n": len(held[0].widest), "of": told.ranked}
        if len(held) > 1:
            gaps = joined(words(guide.name) for guide in held)
            yield said("common_level", lang, gaps=gaps, **fields)
        else:
            yield said("common", lang, gap=words(held[0].name), **fields)
    n = sum(guide.measured > 0 for guide in told.guides)
    if n < len(told.guides):
        yield said("common_of", lang, n=n, of=len(told.guides))


def _summary(told: GapsReport, measured: list[Guide], lang: Lang) -> list[Field]:
    rows = sorted(measured, key=lambda guide: -(guide.median or 0.0))
    counts = [label("n_of_m", lang, n=g.measured, m=g.of) for g in rows]
    if not rows:
        return []
    return [
        Field(said("gap", lang), [name(g.name, lang) for g in rows], "left"),
        Field(said("goes_with", lang), [_measures(told, g, lang) for g in rows], "left", drop=2),
        Field(said("behind", lang), counts, drop=1),
        Field(said("median_all", lang), [figure(g.median) for g in rows]),
        Field(said("widest_of", lang), [str(len(g.widest)) for g in rows]),
        Field(said("units_measured", lang), [str(g.units) for g in rows], drop=3),
    ]


def _measures(told: GapsReport, guide: Guide, lang: Lang) -> str:
    """The measures in brief: their sections and short names; whole ones stand by each unit."""
    if guide.link is None:
        return "-"
    held = [told.headings.measures[id_] for id_ in guide.link.measures]
    return joined(
        GAPS["section_named"].filled(
            section=source(m),
            name=Words(m.name.short_en or m.name.en, m.name.short_zh or m.name.zh),
        )
        for m in held
    ).say(lang)


def _matrix(
    told: GapsReport, measured: list[Guide], lang: Lang, width: int | None
) -> Iterator[Part]:
    units = told.report.units
    head = Field(said("unit", lang), [unit_label(u, lang) for u in units], "left")
    columns = [Field(said("rank", lang), [place(u, lang) for u in units])]
    for guide in measured:
        cells = [_cell(guide, u) for u in units]
        columns.append(Field(name(guide.name, lang, short=width is not None), cells))
    columns.append(Field(said("gap_index", lang), [figure(u.gap_index) for u in units]))
    groups = [[column] for column in columns]
    blocks = [[head, *columns]] if width is None else in_blocks(head, groups, width)
    for number, block in enumerate(blocks, 1):
        last = number == len(blocks)
        beneath = [said("about_matrix", lang), said("one_unit", lang)] if last else []
        yield Part("" if number > 1 else said("matrix", lang), block, beneath=beneath)


def _cell(guide: Guide, unit: UnitReport) -> str:
    severity = next(gap.severity for gap in unit.gaps if gap.id == guide.id)
    return f"{'*' if unit.id in guide.marked else ''}{figure(severity)}"
