"""Trends on a terminal, and as markdown: a row a unit, a column a year."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report.compare_grids import many, marked
from stiscore.report.compare_page import finding_line, left_out_line, scale_key
from stiscore.report.league import Rows
from stiscore.report.markdown import escape
from stiscore.report.markdown import table as pipes
from stiscore.report.phrases import footer, listed, name, opening
from stiscore.report.screen import Screen
from stiscore.report.trends_columns import FEW, fields, fitting
from stiscore.report.trends_done import done
from stiscore.report.trends_model import TrendsReport
from stiscore.words import Lang
from stiscore.words.applied import APPLIED
from stiscore.words.compare import said as compared
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.trends import said

_SAID = frozenset({"C336", "C337", "C338"})
_DATA_STAGES = frozenset({"impute", "treat"})
# The sentence on filling and treatment that goes with the one on the scale.
_DATA_ON = {"on_pool": "data_on_pool", "on_table": "data_on_table"}


def text(told: TrendsReport, screen: Screen) -> str:
    """The page at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _opening(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    screen.line()
    shown = fitting(told, screen)
    screen.table(shown)
    screen.line()
    if shown != list(fields(told, screen.lang)):
        screen.line(said("rounded", screen.lang, digits=FEW))
    screen.lines(list(_notes(told, screen.lang)))
    if changes := done(told, screen.lang):
        screen.line()
        screen.line(APPLIED["head"].say(screen.lang), "bold")
        screen.lines(changes)
    screen.line()
    screen.lines(footer(told.report, screen.lang, caveats=False), "dim")
    return screen.text()


def markdown(told: TrendsReport, lang: Lang) -> str:
    """The page as markdown: one pipe table, labels escaped."""
    title, *rest = _opening(told, lang)
    shown = list(fields(told, lang))
    cells = [list(row) for row in zip(*(field.cells for field in shown), strict=True)]
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += [*pipes(Rows([field.head for field in shown], cells, left=1)), ""]
    lines += [f"{escape(each)}  " for each in _notes(told, lang)]
    if changes := done(told, lang):
        lines += ["", f"## {escape(APPLIED['head'].say(lang))}", ""]
        lines += [f"{escape(each)}  " for each in changes]
    ending = footer(told.report, lang, caveats=False)
    return "\n".join([*lines, "", *(f"{escape(each)}  " for each in ending)]) + "\n"


def _opening(told: TrendsReport, lang: Lang) -> Iterator[str]:
    period = f"{told.labels[0]}-{told.labels[-1]}"
    provenance = told.report.provenance._replace(period=period)
    yield from opening(told.report._replace(provenance=provenance), lang)
    followed = name(told.name, lang)
    if told.measured_in is None:
        yield said("node", lang, name=followed)
    else:
        yield said("raw", lang, name=followed, measured=measured(told.measured_in, lang))
    yield said("years", lang, years=listed(told.labels, lang))
    if told.named:
        yield said("units", lang, units=many((marked(s, lang) for s in told.sides), lang))
    else:
        yield said("all_units", lang, n=len(told.sides))
    if told.measured_in is None:
        key = scale_key(told.scale, told.report)
        yield said(key, lang, rows=told.scale.rows, year=told.scale.name)
        yield from _together(told, key, lang)
        yield from left_out_line(told.left_out, told.report, lang)


def _together(told: TrendsReport, key: str, lang: Lang) -> Iterator[str]:
    """That filling and treatment rest on the rows of the scale too, where they learn from rows."""
    methods = [m for m in told.scale.learned if m.split()[0] in _DATA_STAGES]
    if key in _DATA_ON and methods:
        named = listed(methods, lang)
        yield said(_DATA_ON[key], lang, methods=named, year=told.scale.name)


def _notes(told: TrendsReport, lang: Lang) -> Iterator[str]:
    """What has to be said under the table."""
    scored, points = told.measured_in is None, [p for c in told.courses for p in c.points]
    if scored and any(p.value is not None and not p.ranked for p in points):
        yield label("brackets", lang)
    if told.measure.comparable:
        yield said("figures" if told.rates else "figures_no_rate", lang)
        if told.rates:
            yield said("above_zero", lang)
    if any(0 < c.years < len(told.labels) for c in told.courses):
        yield said("counted", lang)
    if any(not c.same_cells and c.change is not None for c in told.courses):
        yield said("other_cells", lang)
    if any(p.filled for p in points):
        yield said("filled", lang)
    yield compared("dash", lang)
    if any(c.rank for c in told.courses):
        ranked, year = told.report.ranked, told.labels[-1]
        yield said("ranks", lang, ranked=ranked, of=told.report.of, year=year)
    yield from _about(told, lang)
    for finding in told.findings:
        if finding.code in _SAID:
            yield finding_line(finding, lang)
    yield said("past", lang)


def _about(told: TrendsReport, lang: Lang) -> Iterator[str]:
    """What the values are."""
    if told.cost:
        yield said("less", lang)
    if told.measure.kind == "gap":
        yield said("severity", lang)
    if told.report.provenance.common:
        yield label("common", lang)
    if any(side.tolerated for side in told.sides):
        yield label("set_aside", lang)
