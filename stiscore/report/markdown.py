"""The report as markdown: tables every renderer takes, labels escaped."""

from __future__ import annotations

from stiscore.report import applied, beside, league
from stiscore.report.league import Rows
from stiscore.report.model import Report, UnitReport
from stiscore.report.phrases import figure, flags, footer, name, opening, raw, spots
from stiscore.report.variation import span
from stiscore.words import Lang
from stiscore.words.applied import APPLIED
from stiscore.words.measurements import measured
from stiscore.words.peers import said
from stiscore.words.report import label
from stiscore.words.uncertainty import RANGES

_SPECIAL = "\\`*_{}[]<>|#!&~$"


def escape(text: str) -> str:
    r"""Text from a file as literal markdown.

    >>> escape("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return "".join(
        f"\\{sign}" if sign in _SPECIAL else " " if sign in "\r\n\t" else sign for sign in text
    )


def ranking(report: Report, lang: Lang) -> str:
    """All shown units in one table, then gaps, what is not measured, notes."""
    lines = [*_opening(report, lang), *table(league.ranks(report, lang)), ""]
    lines += [f"{escape(note)}  " for note in league.notes(report, lang)]
    if report.largest_gaps:
        lines += ["", f"## {label('largest_gaps', lang)}", "", *table(league.gaps(report, lang))]
    return "\n".join([*lines, "", *_ending(report, lang)]) + "\n"


def cards(report: Report, lang: Lang) -> str:
    """A section for every shown unit."""
    lines = _opening(report, lang)
    for unit in report.units:
        lines += _card(unit, report, lang)
    lines += [*(f"{escape(note)}  " for note in league.notes(report, lang)), ""]
    return "\n".join([*lines, *_ending(report, lang)]) + "\n"


def table(told: Rows) -> list[str]:
    """A pipe table."""
    heads = [escape(head) for head in told.heads]
    left = range(told.left) if isinstance(told.left, int) else told.left
    rule = ["---" if i in left else "---:" for i in range(len(heads))]
    body = ([escape(cell) for cell in row] for row in told.rows)
    return [f"| {' | '.join(row)} |" for row in (heads, rule, *body)]


def _opening(report: Report, lang: Lang) -> list[str]:
    title, *rest = opening(report, lang)
    return [f"# {escape(title)}", "", *(f"{escape(text)}  " for text in rest), ""]


def _card(unit: UnitReport, report: Report, lang: Lang) -> list[str]:
    lines = [f"## {escape(league.card_head(unit, report, lang))}", ""]
    ranges = league.ranges_of(unit, report, lang)
    ranges += beside.lines(unit, lang)
    lines += [*(f"{escape(text)}  " for text in ranges), *([""] if ranges else [])]
    for told in (_areas(unit, report, lang), _gaps(unit, report, lang), _indicators(unit, lang)):
        lines += [*table(told), ""]
    return [*lines, *(f"{escape(t)}  " for t in league.standing_out(unit, report, lang)), ""]


def _areas(unit: UnitReport, report: Report, lang: Lang) -> Rows:
    heads = [label(k, lang) for k in ("area", "flags", "score", "rank")]
    heads += [*_range_head(report, lang), *_median_head(unit, lang)]
    heads += [label(k, lang) for k in ("weight", "points")]
    rows = [
        [
            name(area.name, lang),
            flags(g.flags, lang),
            figure(g.score),
            str(g.rank or "-"),
            *([span(g.rank_range)] if report.variation else []),
            *([figure(g.peer_median)] if unit.peers else []),
            f"{g.effective:.1%}",
            figure(g.points),
        ]
        for area, g in ((area, unit.group(area.id)) for area in report.shown_areas)
    ]
    return Rows(heads, rows, left=2)


def _range_head(report: Report, lang: Lang) -> list[str]:
    return [RANGES["range"].say(lang)] if report.variation else []


def _median_head(unit: UnitReport, lang: Lang) -> list[str]:
    return [said("median", lang)] if unit.peers else []


def _gaps(unit: UnitReport, report: Report, lang: Lang) -> Rows:
    heads = [label(k, lang) for k in ("gap", "behind", "severity", "rank")]
    heads += [*_range_head(report, lang), *_median_head(unit, lang)]
    rows = [
        [
            name(g.name, lang),
            label("n_of_m", lang, n=g.measured, m=g.of),
            figure(g.severity),
            str(g.rank or "-"),
            *([span(g.rank_range)] if report.variation else []),
            *([figure(g.peer_median)] if unit.peers else []),
        ]
        for g in unit.gaps
        if g.severity is not None
    ]
    return Rows(heads, rows, left=2)


def _indicators(unit: UnitReport, lang: Lang) -> Rows:
    heads = [
        label(k, lang)
        for k in ("indicator", "measured_in", "cells", "flags", "value", "score", "rank", "points")
    ]
    rows = [
        [
            name(i.name, lang),
            measured(i.measured_in, lang),
            spots(i.cells),
            flags(i.flags, lang),
            raw(i.raw),
            figure(i.normalised),
            str(i.rank or "-"),
            figure(i.points),
        ]
        for i in unit.indicators
    ]
    return Rows(heads, rows, left=4)


def _ending(report: Report, lang: Lang) -> list[str]:
    missing = league.absent(report, lang)
    lines = [f"## {label('not_measured', lang)}", "", *(f"- {escape(m)}" for m in missing), ""]
    done = [f"## {APPLIED['head'].say(lang)}", "", *table(applied.rows(report, lang)), ""]
    done += [f"{escape(text)}  " for text in applied.lines(report, lang)]
    return [
        *(lines if missing else []),
        *([*done, ""] if report.applied or report.treatments else []),
        *(f"{escape(text)}  " for text in footer(report, lang)),
    ]
