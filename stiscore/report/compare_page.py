"""A comparison as headings, sentences and grids, for whoever lays them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from stiscore.analysis.compare import Kind
from stiscore.analysis.scales import EACH, POOLED, Scale
from stiscore.finding import Finding
from stiscore.report import applied, compare_league
from stiscore.report.compare_above import above_lines
from stiscore.report.compare_grids import (
    Grid,
    Style,
    brief,
    many,
    marked,
    nodes,
    overview,
    signed,
)
from stiscore.report.compare_indicators import indicators
from stiscore.report.compare_model import ComparisonReport, Widest
from stiscore.report.league import absent, on_ranges
from stiscore.report.model import Report
from stiscore.report.phrases import footer, listed, name, opening
from stiscore.words import Lang
from stiscore.words.applied import APPLIED
from stiscore.words.compare import said
from stiscore.words.faults import tell
from stiscore.words.report import label

PartKind = Literal["title", "head", "text", "small"]
_DIMENSIONS: tuple[Kind, ...] = ("group", "gap")
# Findings on the comparison itself, without which its tables would be misread.
_SAID = frozenset({"C333", "C334", "C336", "C337"})


class Part(NamedTuple):
    """A piece of a page: sentences of one kind."""

    kind: PartKind
    lines: tuple[str, ...]


def page(told: ComparisonReport, style: Style) -> Iterator[Part | Grid]:
    """The whole comparison, piece by piece."""
    lang = style.lang
    first, *rest = opening(_joint(told, lang), lang)
    yield Part("title", (first,))
    yield Part("text", (*rest, *_in(lang, partial(_subject, told))))
    if len(told.tables) > 1:
        yield from _over_tables(told, style)
    elif told.named:
        yield from _side_by_side(told, style)
    else:
        yield from _all_units(told, style)
    yield Part("text", tuple(_notes(told, style)))
    yield from _done(told, lang)
    if missing := absent(told.report, lang):
        yield Part("head", (label("not_measured", lang),))
        yield Part("text", tuple(missing))
    yield Part("small", tuple(_ending(told, style)))


def _joint(told: ComparisonReport, lang: Lang) -> Report:
    """The first table's report with the periods of all, and the mark of any that is invented."""
    parts = [table.report.provenance for table in told.tables]
    periods = dict.fromkeys(p.period for p in parts if p.period)
    joint = parts[0]._replace(
        period=listed(periods, lang) or None, invented=any(p.invented for p in parts)
    )
    return told.report._replace(provenance=joint)


def _in(lang: Lang, build: Callable[[Lang], Iterable[str]]) -> Iterator[str]:
    """Sentences in ``lang``; for both, each whole in one language before the other."""
    if lang != "both":
        yield from build(lang)
        return
    for en, zh in zip(build("en"), build("zh"), strict=True):
        yield en if en == zh else f"{en} {zh}"


def _subject(told: ComparisonReport, lang: Lang) -> Iterator[str]:
    """What is compared, and on which scale."""
    of = len(told.sides)
    if len(told.tables) > 1:
        yield from _tables(told, lang)
    group = name(told.group_name, lang) if told.group_name else None
    if told.named:
        yield said("units", lang, units=many((marked(s, lang) for s in told.sides), lang))
        if group is not None:
            yield said("against", lang, group=group, n=told.peers)
    elif group is not None:
        yield said("group_units", lang, n=of, group=group)
    else:
        yield said("all_units", lang, n=of)


def _tables(told: ComparisonReport, lang: Lang) -> Iterator[str]:
    shown = [said("table", lang, label=t.label, ranked=t.ranked, of=t.of) for t in told.tables]
    yield said("tables", lang, tables=many(shown, lang))
    fields = {"rows": told.scale.rows, "table": told.scale.name}
    key = scale_key(told.scale, told.report)
    yield said(key, lang, level=name(told.report.level, lang), **fields)
    yield from left_out_line(told.left_out, told.report, lang)


def left_out_line(
    left_out: Mapping[str, Sequence[str]], report: Report, lang: Lang
) -> Iterator[str]:
    """Which columns are not scored, since some tables lack them; nothing where none is."""
    columns = [
        said("not_in", lang, column=name(report.names[column], lang), tables=many(tables, lang))
        for column, tables in left_out.items()
    ]
    if columns:
        yield said("left_out", lang, columns=many(columns, lang))


def scale_key(scale: Scale, report: Report) -> str:
    """The key of the sentence on which scale the tables stand."""
    if report.provenance.frame:
        return "on_saved"
    if not scale.learned:
        return "on_goalposts"
    return {POOLED: "on_pool", EACH: "on_each"}.get(scale.name, "on_table")


def _side_by_side(told: ComparisonReport, style: Style) -> Iterator[Part | Grid]:
    yield Part("text", tuple(_in(style.lang, partial(_differences, told))))
    yield overview(told, style)
    for kind in _DIMENSIONS:
        if lines := told.shown(kind, told.tables[0]):
            yield nodes(lines, told, style)
    yield indicators(told, style)


def _all_units(told: ComparisonReport, style: Style) -> Iterator[Part | Grid]:
    yield compare_league.standings(told, style)
    yield Part("head", (said("who_leads", style.lang),))
    for kind in _DIMENSIONS:
        if lines := told.shown(kind, told.tables[0]):
            yield compare_league.who_leads(lines, told, style)


def _over_tables(told: ComparisonReport, style: Style) -> Iterator[Part | Grid]:
    yield compare_league.over_tables(told, style)
    if not told.named:
        return
    for place, side in enumerate(told.sides):
        yield Part("head", (marked(side, style.lang),))
        if moved := told.moved[place]:
            yield Part("text", tuple(_in(style.lang, partial(_changes, moved))))
        for kind in _DIMENSIONS:
            if told.shown(kind, told.tables[0]):
                yield compare_league.changes(kind, told, place, style)


def _differences(told: ComparisonReport, lang: Lang) -> Iterator[str]:
    yield from _largest(told, lang)
    yield from above_lines(told, lang)


def _largest(told: ComparisonReport, lang: Lang) -> Iterator[str]:
    """The areas that differ most, in one sentence."""
    places = told.tables[0].places
    aside = [s for s, place in zip(told.sides, places, strict=True) if place and not place.ranked]
    if aside and len(told.sides) > 1:
        yield said("unranked", lang, units=many((brief(s, lang) for s in aside), lang))
    if len(told.sides) > 1 and len(told.sides) - len(aside) < 2:
        return
    if not told.widest:
        yield said("no_difference", lang)
    elif told.against_median:
        yield said("from_peers", lang, told=many((_by(w, lang) for w in told.widest), lang))
    else:
        leads = (_lead(w, told, lang) for w in told.widest)
        yield said("largest", lang, told=many(leads, lang))


def _lead(widest: Widest, told: ComparisonReport, lang: Lang) -> str:
    ahead = [brief(told.sides[place], lang) for place in widest.units]
    key = "lead_together" if len(ahead) > 1 else "leads_on" if len(told.sides) > 2 else "leads"
    return said(
        key,
        lang,
        unit=said("and", lang).join(ahead),
        area=name(widest.area, lang, short=True),
        by=signed(widest.by),
        last=brief(told.sides[widest.last], lang) if widest.last is not None else "",
    )


def _changes(moved: Sequence[Widest], lang: Lang) -> Iterator[str]:
    if moved:
        yield said("largest_changes", lang, told=many((_by(w, lang) for w in moved), lang))


def _by(widest: Widest, lang: Lang) -> str:
    area = name(widest.area, lang, short=True)
    return said("in_area", lang, area=area, by=signed(widest.by))


def _notes(told: ComparisonReport, style: Style) -> Iterator[str]:
    """What has to be said under the tables."""
    lang = style.lang
    places = [place for table in told.tables for place in table.places if place]
    if any(not place.ranked for place in places):
        yield label("brackets", lang)
    if told.named and len(told.tables) == 1 and len(told.sides) > 1:
        yield said("from_first", lang, unit=brief(told.sides[0], lang))
    if len(told.tables) > 1 and not told.scale.apart:
        yield said("change_to", lang, label=told.tables[0].label)
    if any(not place.same_cells for place in places):
        yield said("other_cells", lang)
    yield said("dash", lang)
    if told.report.provenance.common:
        yield label("common", lang)
    if any(side.tolerated for side in told.sides):
        yield label("set_aside", lang)
    for finding in told.findings:
        if finding.code in _SAID:
            yield finding_line(finding, lang)
    yield from on_ranges(told.report, lang)
    yield from (note.say(lang) for note in told.notes)


def _done(told: ComparisonReport, lang: Lang) -> Iterator[Part]:
    """What was done to the data of each table; nothing where nothing was."""
    done = [(table.label, applied.lines(table.report, lang)) for table in told.tables]
    if any(lines for _, lines in done):
        yield Part("head", (APPLIED["head"].say(lang),))
    for label_, lines in done:
        if lines:
            heading = () if len(done) == 1 else (label_,)
            yield Part("text", (*heading, *lines))


def finding_line(finding: Finding, lang: Lang) -> str:
    """A finding as a sentence of the page."""
    return " ".join(_in(lang, partial(_sentence, finding)))


def _sentence(finding: Finding, lang: Lang) -> Iterator[str]:
    text = tell(finding, lang).what
    yield label("sentence", lang, text=text[:1].upper() + text[1:])


def _ending(told: ComparisonReport, style: Style) -> Iterator[str]:
    """The footer of the first table, and what other files the figures come from."""
    yield from footer(told.report, style.lang)
    seen = {told.report.provenance.data_sha256}
    for provenance in (table.report.provenance for table in told.tables):
        if provenance.data_sha256 not in seen:
            seen.add(provenance.data_sha256)
            sha = provenance.data_sha256[:12]
            yield said("data", style.lang, file=provenance.file, sha=sha)
