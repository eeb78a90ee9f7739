"""The ranked table and the gap table as rows of text, for renderers of plain tables."""

from __future__ import annotations

from typing import NamedTuple

from stiscore.dataset import titled
from stiscore.report.model import Report, UnitReport
from stiscore.report.phrases import figure, footer, listed, name, told
from stiscore.report.variation import about, held, span, unranged
from stiscore.words import Lang
from stiscore.words.report import label
from stiscore.words.uncertainty import RANGES
from stiscore.words.units import say


class Rows(NamedTuple):
    """Heads and rows; the first ``left`` columns are text, or those it holds; the rest figures."""

    heads: list[str]
    rows: list[list[str]]
    left: int | frozenset[int]


def ranks(report: Report, lang: Lang) -> Rows:
    """Units in order: rank, score, gap index, a column an area."""
    areas = report.shown_areas
    penalised = any(u.adjusted is not None for u in report.units)
    gapped = ("gap_index",) if report.gaps else ()
    keys = ("score", *(("adjusted",) if penalised else ()), *gapped)
    within = [say("in_group", lang)] if report.group else []
    ranged = [RANGES[k].say(lang) for k in ("range", "tier")] if report.variation else []
    heads = [label("unit", lang), label("rank", lang), *ranged, *within]
    heads += [label(keys[0], lang)]
    heads += [RANGES["score_range"].say(lang)] if report.variation else []
    heads += [label(k, lang) for k in keys[1:]]
    heads += [name(a.name, lang, short=True) for a in areas]
    rows = [
        [
            unit_label(u, lang),
            place(u, lang),
            *([rank_range(u), tier(u)] if report.variation else []),
            *([rank_within(u, report)] if report.group else []),
            score(u),
            *([score_range(u)] if report.variation else []),
            *([figure(u.adjusted)] if penalised else []),
            *([figure(u.gap_index)] if gapped else []),
            *(figure(u.group(a.id).score) for a in areas),
        ]
        for u in report.rows
    ]
    return Rows(heads, rows, left=1)


def gaps(report: Report, lang: Lang) -> Rows:
    """Gaps over the ranked units, widest first, with the measures that go with each."""
    heads = [label(k, lang) for k in ("gap", "goes_with", "median", "widest")]
    rows = [
        [
            name(s.name, lang),
            listed((name(m, lang) for m in s.measures), lang, "semicolon"),
            figure(s.median),
            f"{titled(s.widest, lang)} {figure(s.widest_severity, 0)}",
        ]
        for s in report.largest_gaps
    ]
    return Rows(heads, rows, left=2)


def unit_label(told: UnitReport, lang: Lang) -> str:
    """A unit's label; marked where a value of it was set aside."""
    return f"{titled(told, lang)}{' !' if told.tolerated else ''}"


def rank_within(unit: UnitReport, report: Report) -> str:
    """A unit's rank in the group that is shown alone."""
    return str(unit.rank_in_group.get(report.group or "") or "-")


def score(unit: UnitReport) -> str:
    """A unit's score; in brackets when too little stands behind it for a rank."""
    plain = unit.ranked or unit.reference
    return figure(unit.score) if plain else f"[{figure(unit.score)}]"


def place(unit: UnitReport, lang: Lang) -> str:
    """A unit's rank; a dash without one, and a word where it is a total shown as a reference."""
    return label("reference", lang) if unit.reference else str(unit.rank or "-")


def band(told: str | None, report: Report, lang: Lang) -> str:
    """The word of a band; a dash where none holds."""
    return name(report.band_words[told], lang) if told else "-"


def notes(report: Report, lang: Lang) -> list[str]:
    """What has to be said under a ranked table."""
    lines = [label("brackets", lang)] if any(not u.ranked for u in report.units) else []
    if any(u.tolerated for u in report.units):
        lines.append(label("set_aside", lang))
    if report.references:
        lines.append(label("references", lang))
    if report.provenance.common:
        lines.append(label("common", lang))
    if any(u.band or any(g.band for g in u.gaps) for u in report.units):
        ranged = report.variation is not None
        lines.append(RANGES["band_held"].say(lang) if ranged else label("nominal_bands", lang))
        if report.band_note is not None:
            lines.append(name(report.band_note, lang))
    return [*lines, *on_ranges(report, lang), *(note.say(lang) for note in report.notes)]


def on_ranges(report: Report, lang: Lang, *, table: bool = True) -> list[str]:
    """What the ranges rest on, or why there are none; ``table``: see ``variation.about``."""
    if report.variation is None:
        return [unranged(report.unranged, lang)]
    return about(report.variation, lang, table=table)


def ending(report: Report, lang: Lang) -> list[str]:
    """The lines a page of single units ends with: what ranges rest on, notes, the footer."""
    noted = (note.say(lang) for note in report.notes)
    ranges = on_ranges(report, lang, table=False)
    return [*ranges, *noted, *footer(report, lang, caveats=False)]


def rank_range(unit: UnitReport) -> str:
    """A unit's rank range, marked where its nominal rank is outside."""
    return f"{span(unit.rank_range)}{'^' if unit.outside else ''}"


def score_range(unit: UnitReport) -> str:
    """A unit's score range."""
    if unit.score_range is None:
        return "-"
    low, high = unit.score_range
    return f"{figure(low)}-{figure(high)}"


def tier(unit: UnitReport) -> str:
    """A unit's tier."""
    return str(unit.tier or "-")


def ranges_of(unit: UnitReport, report: Report, lang: Lang) -> list[str]:
    """One unit's ranges and tier as sentences; none without variants."""
    variation, scores = report.variation, unit.score_range
    if variation is None or unit.rank_range is None:
        return []
    ends = None if scores is None else (figure(scores[0]), figure(scores[1]))
    lines = held(variation, unit.rank_range, ends, lang)
    if unit.tier:
        lines.append(RANGES["in_tier"].say(lang, n=unit.tier))
    return [*lines, *([RANGES["outside_mark"].say(lang)] if unit.outside else [])]


def card_head(unit: UnitReport, report: Report, lang: Lang) -> str:
    """The line that opens one unit's card."""
    shown = unit_label(unit, lang)
    if not unit.ranked:
        return label(
            "card_unranked", lang, unit=shown, score=figure(unit.score), coverage=unit.coverage
        )
    return label(
        "card" if report.gaps else "card_without_gaps",
        lang,
        unit=shown,
        rank=unit.rank,
        of=report.ranked,
        score=figure(unit.score),
        gap_index=figure(unit.gap_index),
    )


def standing_out(unit: UnitReport, report: Report, lang: Lang) -> list[str]:
    """Strengths and weaknesses, a line each; that none stands out is an answer too."""
    if not unit.judged:
        return [label("not_judged", lang)]
    kinds = (
        ("strengths", "no_strength", unit.strengths),
        ("weaknesses", "no_weakness", unit.weaknesses),
    )
    return [
        told(
            label(key, lang),
            listed((name(report.names[i], lang) for i in ids), lang, "semicolon")
            or label(none, lang),
            lang,
        )
        for key, none, ids in kinds
    ]


def absent(report: Report, lang: Lang) -> list[str]:
    """Areas and gaps that no column measures, a line each."""
    areas = [name(a.name, lang) for a in report.areas if not a.measured]
    gaps = [name(g.name, lang) for g in report.gaps if not g.measured]
    return [
        told(label(key, lang), listed(names, lang, "semicolon"), lang)
        for key, names in (("areas", areas), ("gaps", gaps))
        if names
    ]
