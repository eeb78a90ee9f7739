"""What goes with a gap, line by line: measures, issues, barriers, areas, a first action."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.framework.links import GapLink, Issue, Measure
from stiscore.framework.model import Barrier, Name
from stiscore.report.gaps_model import Figure, GapsReport, Shortfall, UnitGaps
from stiscore.report.model import IndicatorScore
from stiscore.report.phrases import figure, raw, words
from stiscore.report.variation import joined
from stiscore.words import Lang, Words
from stiscore.words.gaps import GAPS, said
from stiscore.words.measurements import measured
from stiscore.words.sections import section

_NOTHING = Words("", "")


def goes_with(told: GapsReport, unit: UnitGaps, gap: Shortfall, lang: Lang) -> Iterator[str]:
    """All that the framework links to a gap; nothing where it links nothing."""
    link, headings = told.guide(gap.told.id).link, told.headings
    if link is None:
        return
    for id_ in link.measures:
        yield _heading("measure", headings.measures[id_], lang)
    for id_ in link.issues:
        yield _heading("issue", headings.issues[id_], lang)
    for id_ in link.barriers:
        barrier = headings.barriers[id_]
        yield _heading("barrier", barrier, lang, diagnostic=_diagnostic(told, unit, barrier))
    yield from _weakens(told, unit, link, lang)


def source(part: Measure | Issue | Barrier) -> Words:
    """The section a heading stands in; of one that is no paper's, that it is ours."""
    if part.origin != "paper":
        return GAPS["own"]
    if not part.paper:
        return GAPS["no_section"]
    told = section(part.paper)
    return told if isinstance(told, Words) else Words(told, told)


def heading(called: Name) -> Words:
    """A heading as it stands between quotation marks."""
    return Words(called.en.replace('"', "'"), called.zh.replace("“", "‘").replace("”", "’"))


def placed(told: IndicatorScore, sheet: str | None) -> str:
    """The cells behind an indicator, with their sheet where it is not the one of the table."""
    return " ".join(
        f"{c.sheet}!{c.spot}" if c.sheet not in {None, sheet} else c.spot
        for c in told.cells
        if c.spot
    )


def figure_line(beside: Figure, sheet: str | None) -> Words:
    """An indicator's value, the peers' median, its score and its cell in one clause."""
    told, place = beside.told, placed(beside.told, sheet)
    cell = GAPS["in_cell"].filled(cell=place) if place else _NOTHING
    if told.raw is None:
        return GAPS["no_value"].filled(cell=cell)
    scored = told.normalised is not None
    return GAPS["figure"].filled(
        value=GAPS["per_cent" if told.measured_in == "%" else "of_value"].filled(
            value=raw(told.raw),
            measured_in=Words(measured(told.measured_in, "en"), measured(told.measured_in, "zh")),
        ),
        median=raw(beside.median),
        score=GAPS["with_score"].filled(score=figure(told.normalised)) if scored else _NOTHING,
        cell=cell,
    )


def _heading(
    key: str, part: Measure | Issue | Barrier, lang: Lang, diagnostic: Words = _NOTHING
) -> str:
    return said(key, lang, section=source(part), name=heading(part.name), diagnostic=diagnostic)


def _diagnostic(told: GapsReport, unit: UnitGaps, barrier: Barrier) -> Words:
    """The barrier's own indicator: its figures, or where to fill them in."""
    id_ = barrier.diagnostic
    if id_ is None:
        return _NOTHING
    if id_ not in unit.diagnostics:
        return GAPS["undiagnosed"]
    figures = figure_line(unit.diagnostics[id_], told.report.provenance.sheet)
    return GAPS["diagnostic"].filled(name=heading(told.report.names[id_]), told=figures)


def _weakens(told: GapsReport, unit: UnitGaps, link: GapLink, lang: Lang) -> Iterator[str]:
    areas = {area.id: area for area in unit.unit.groups}
    shown = []
    for id_ in link.weakens:
        area = words(told.report.names[id_])
        if id_ not in areas:
            shown.append(GAPS["area_absent"].filled(area=area))
        elif areas[id_].score is None:
            shown.append(GAPS["area_thin"].filled(area=area))
        else:
            score = figure(areas[id_].score)
            shown.append(GAPS["area_score"].filled(area=area, score=score))
    yield said("weakens", lang, areas=joined(shown))
    for id_, why in link.untagged.items():
        reason = Words(why, why) if isinstance(why, str) else Words(why.en, why.zh)
        yield said("untagged", lang, area=words(told.report.names[id_]), why=reason)
