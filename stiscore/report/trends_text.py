"""Trends on a terminal, and as markdown: a row a unit, a column a year."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.trends import Course, Point
from stiscore.report import applied
from stiscore.report.compare_grids import many, marked
from stiscore.report.compare_page import finding_line, left_out_line, scale_key
from stiscore.report.league import Rows
from stiscore.report.markdown import escape
from stiscore.report.markdown import table as pipes
from stiscore.report.phrases import figure, footer, listed, name, opening, raw
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.report.trends_model import TrendsReport
from stiscore.words import Lang
from stiscore.words.applied import APPLIED
from stiscore.words.compare import said as compared
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.trends import said

_SAID = frozenset({"C336", "C337", "C338"})
# Where room is short: the share of the trend goes, the number of years, years in between, ...
_SHARE, _COUNT, _MIDDLE, _SLOPE, _RATE, _RANK = range(6, 0, -1)


def text(told: TrendsReport, screen: Screen) -> str:
    """The page at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _opening(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    screen.line()
    screen.table(list(_fields(told, screen.lang)))
    screen.line()
    screen.lines(list(_notes(told, screen.lang)))
    if done := list(_done(told, screen.lang)):
        screen.line()
        screen.line(APPLIED["head"].say(screen.lang), "bold")
        screen.lines(done)
    screen.line()
    screen.lines(footer(told.report, screen.lang, caveats=False), "dim")
    return screen.text()


def markdown(told: TrendsReport, lang: Lang) -> str:
    """The page as markdown: one pipe table, labels escaped."""
    title, *rest = _opening(told, lang)
    fields = list(_fields(told, lang))
    cells = [list(row) for row in zip(*(field.cells for field in fields), strict=True)]
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += [*pipes(Rows([field.head for field in fields], cells, left=1)), ""]
    lines += [f"{escape(each)}  " for each in _notes(told, lang)]
    if done := list(_done(told, lang)):
        lines += ["", f"## {escape(APPLIED['head'].say(lang))}", ""]
        lines += [f"{escape(each)}  " for each in done]
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
        yield from left_out_line(told.left_out, told.report, lang)


def _fields(told: TrendsReport, lang: Lang) -> Iterator[Field]:
    """Unit, years, rank in the last, then what the years come to."""
    courses, last = told.courses, len(told.labels) - 1
    yield Field(label("unit", lang), [marked(side, lang) for side in told.sides], "left")
    for place, year in enumerate(told.labels):
        cells = [_value(course.points[place], told) for course in courses]
        yield Field(year, cells, drop=0 if place in {0, last} else _MIDDLE)
    if told.measure.node != "gap_index" and any(c.rank for c in courses):
        ranks = [str(course.rank or "-") for course in courses]
        yield Field(said("rank_in", lang, year=told.labels[-1]), ranks, drop=_RANK)
    if told.measure.comparable:
        yield Field(said("change", lang), [_change(c, told) for c in courses])
        if told.rates:
            yield Field(said("rate", lang), [_percent(c.rate) for c in courses], drop=_RATE)
        yield Field(said("slope", lang), [_signed(c.slope, told) for c in courses], drop=_SLOPE)
        if told.rates:
            yield Field(said("share", lang), [_percent(c.share) for c in courses], drop=_SHARE)
    yield Field(said("count", lang), [_count(c, told) for c in courses], drop=_COUNT)


def _value(point: Point, told: TrendsReport) -> str:
    """A value; in brackets a score with too little behind it, with a star what was filled."""
    if point.value is None:
        return "-"
    if told.measured_in is not None:
        return raw(point.value) + ("*" if point.filled else "")
    return figure(point.value) if point.ranked else f"[{figure(point.value)}]"


def _change(course: Course, told: TrendsReport) -> str:
    return _signed(course.change, told) + ("" if course.same_cells else "~")


def _signed(value: float | None, told: TrendsReport) -> str:
    """A difference with its sign: of scores to one digit more than they have, of data to six."""
    if value is None:
        return "-"
    if told.measured_in is None:
        return f"{round(value, 2) + 0.0:+.2f}"
    return raw(value) if value < 0 else f"+{raw(value + 0.0)}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{round(100 * value, 1) + 0.0:+.1f}%"


def _count(course: Course, told: TrendsReport) -> str:
    """How many years have a value, and from when to when unless all have."""
    if course.years in {0, len(told.labels)} or course.first is None or course.last is None:
        return str(course.years)
    ends = dict.fromkeys((told.labels[course.first], told.labels[course.last]))
    return f"{course.years} ({'-'.join(ends)})"


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


def _done(told: TrendsReport, lang: Lang) -> Iterator[str]:
    """What was done to the data, year by year; nothing where nothing was."""
    for year, report in zip(told.labels, told.reports, strict=True):
        if done := applied.lines(report, lang):
            yield year
            yield from done
