"""One unit's gaps: how wide each is, how sure the widest, and what stands behind every one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stiscore.dataset import titled
from stiscore.report.beside import fewer
from stiscore.report.gaps_answer import answer, moved
from stiscore.report.gaps_links import figure_line, goes_with, placed
from stiscore.report.gaps_model import Figure, GapsReport, Shortfall, UnitGaps
from stiscore.report.league import band, card_head
from stiscore.report.model import GapScore
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, flags, name, raw, words
from stiscore.report.robustness_ranks import percent
from stiscore.report.table import Field
from stiscore.report.variation import lost_lines, span, unranged
from stiscore.words import Lang, Words
from stiscore.words.gaps import said
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.uncertainty import RANGES


def parts(told: GapsReport, unit: UnitGaps, lang: Lang) -> Iterator[Part]:
    """The unit's page: the answer, the gaps by severity, then gap by gap."""
    yield Part(card_head(unit.unit, told.report, lang), above=list(answer(told, unit, lang)))
    if unit.measured:
        held = ((gap.told.name, gap.having) for gap in unit.measured)
        beneath = list(fewer(held, len(unit.peers.rows), lang))
        yield Part(said("by_severity", lang), _table(told, unit, lang), beneath=beneath)
    for number, gap in enumerate(unit.measured, 1):
        yield from _gap(told, unit, gap, number, lang)


def notes(told: GapsReport, units: Sequence[UnitGaps], lang: Lang) -> Iterator[str]:
    """What has to be said under the tables of single units."""
    report = told.report
    low, high = told.ends
    key = "about_lost" if told.ends == (0.0, 100.0) else "about_lost_scale"
    yield said(key, lang, low=f"{low:g}", high=f"{high:g}")
    sheet = report.provenance.sheet
    key = "cells_in" if sheet else "cells_in_file"
    yield said(key, lang, sheet=sheet, file=report.provenance.file)
    yield said("about_ranks", lang)
    yield from _on_bands(told, units, lang)
    variation = report.variation
    if variation is None:
        yield unranged(report.unranged, lang)
        return
    if any(map(moved, units)):
        yield said(
            "about_ranges", lang, share=variation.share, draws=variation.draws, seed=variation.seed
        )
    yield said("not_by_areas", lang)
    yield from lost_lines(variation, lang)


def _on_bands(told: GapsReport, units: Sequence[UnitGaps], lang: Lang) -> Iterator[str]:
    """What a band rests on; nothing where none is shown."""
    if not any(gap.told.band for unit in units for gap in unit.gaps):
        return
    ranged = told.report.variation is not None
    yield RANGES["band_held"].say(lang) if ranged else label("nominal_bands", lang)
    if told.report.band_note is not None:
        yield name(told.report.band_note, lang)


def _table(told: GapsReport, unit: UnitGaps, lang: Lang) -> list[Field]:
    held = [gap.told for gap in unit.measured]
    ranged = told.report.variation is not None and moved(unit)
    behind = [label("n_of_m", lang, n=g.measured, m=g.of) for g in held]
    fields = [
        Field(said("gap", lang), [name(g.name, lang) for g in held], "left"),
        Field(said("behind", lang), behind, drop=1),
        Field(said("severity", lang), [figure(g.severity) for g in held]),
        Field(said("median", lang), [figure(g.median) for g in unit.measured], drop=2),
        Field(said("rank", lang), [_rank(told, g) for g in held], drop=3),
    ]
    if ranged:
        fields += [
            Field(said("rank_range", lang), [span(g.rank_range) for g in held], drop=4),
            Field(said("severity_range", lang), [_range(g.severity_range) for g in held], drop=5),
            Field(
                said("widest_in", lang), [percent(g.widest_share) for g in unit.measured], drop=6
            ),
        ]
    if any(g.band for g in held):
        bands = [band(g.band, told.report, lang) for g in held]
        fields.append(Field(said("band", lang), bands, "left", drop=7))
    return fields


def _rank(told: GapsReport, gap: GapScore) -> str:
    """A gap's rank, and among how many."""
    return "-" if gap.rank is None else f"{gap.rank}/{told.guide(gap.id).units}"


def _range(ends: tuple[float, float] | None) -> str:
    if ends is None:
        return "-"
    low, high = (figure(end) for end in ends)
    return low if low == high else f"{low}-{high}"


def _gap(
    told: GapsReport, unit: UnitGaps, gap: Shortfall, number: int, lang: Lang
) -> Iterator[Part]:
    several = len(told.report.units) > 1
    head = said(
        "gap_head_of" if several else "gap_head",
        lang,
        n=number,
        gap=words(gap.told.name),
        unit=titled(unit.unit, lang),
        severity=figure(gap.told.severity),
    )
    sheet = told.report.provenance.sheet
    yield Part(head, _indicators(gap.behind, sheet, lang), beneath=list(_about(told, gap, lang)))
    if gap.short:
        links = [said("item", lang, text=line) for line in goes_with(told, unit, gap, lang)]
        if links:
            yield Part(above=[said("goes", lang), *links])


def _about(told: GapsReport, gap: Shortfall, lang: Lang) -> Iterator[str]:
    """Under the table of a gap: what is listed beside it, what is missing, what to mind."""
    if not gap.short:
        yield said("nothing_short", lang)
    sheet = told.report.provenance.sheet
    for beside in gap.related:
        line = figure_line(beside, sheet)
        yield said("related", lang, name=words(beside.told.name), told=line)
    caveats = dict(told.report.caveats)
    for behind in gap.behind:
        if behind.told.name in caveats:
            caveat = words(caveats[behind.told.name])
            yield said("caveat", lang, name=words(behind.told.name), text=caveat)


def _indicators(held: Sequence[Figure], sheet: str | None, lang: Lang) -> list[Field]:
    names = [
        said(
            "of_value",
            lang,
            value=words(f.told.name),
            measured_in=Words(*(measured(f.told.measured_in, side) for side in ("en", "zh"))),
        )
        for f in held
    ]
    fields = [
        Field(said("indicator", lang), names, "left"),
        Field(said("value", lang), [raw(f.told.raw) for f in held]),
        Field(said("median", lang), [raw(f.median) for f in held], drop=2),
        Field(said("score", lang), [figure(f.told.normalised) for f in held], drop=1),
        Field(said("lost", lang), [figure(f.lost) for f in held]),
        Field(said("cell", lang), [placed(f.told, sheet) or "-" for f in held], "left"),
    ]
    marks = [flags(f.told.flags, lang) for f in held]
    if any(marks):
        fields.append(Field(said("notes", lang), marks, "left", drop=3))
    return fields
