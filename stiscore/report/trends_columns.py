"""The columns of a table of trends: years, rank, and what the years come to."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.trends import Course, Point
from stiscore.report.compare_grids import marked
from stiscore.report.phrases import figure, raw
from stiscore.report.screen import Screen
from stiscore.report.table import Field, lay_out
from stiscore.report.trends_model import TrendsReport
from stiscore.words import Lang
from stiscore.words.report import label
from stiscore.words.trends import said

# Where room is short years stay longest: what they come to goes before the first of them does.
_SHARE, _COUNT, _SLOPE, _CHANGE, _RATE, _RANK = range(6, 0, -1)
# Values as measured have this many significant digits where six do not leave room for all columns.
FEW, _ALL = 4, 6


def fitting(told: TrendsReport, screen: Screen) -> list[Field]:
    """The columns; values as measured with few digits where some would have to go for more."""
    full = list(fields(told, screen.lang))
    if told.measure.raw and lay_out(full, screen.width).hidden:
        return list(fields(told, screen.lang, FEW))
    return full


def fields(told: TrendsReport, lang: Lang, digits: int = _ALL) -> Iterator[Field]:
    """Unit, years, rank in the last, then what the years come to.

    The last year never goes; of the others the earliest goes first.
    """
    courses, last = told.courses, len(told.labels) - 1
    yield Field(label("unit", lang), [marked(side, lang) for side in told.sides], "left")
    for place, year in enumerate(told.labels):
        cells = [_value(course.points[place], told, digits) for course in courses]
        yield Field(year, cells, drop=last - place)
    if told.measure.node != "gap_index" and any(c.rank for c in courses):
        ranks = [str(course.rank or "-") for course in courses]
        yield Field(said("rank_in", lang, year=told.labels[-1]), ranks, drop=last + _RANK)
    if told.measure.comparable:
        yield from _summed(told, lang, digits)
    counts = [_count(c, told) for c in courses]
    yield Field(said("count", lang), counts, drop=last + _COUNT)


def _summed(told: TrendsReport, lang: Lang, digits: int) -> Iterator[Field]:
    """Change, growth and trend."""
    courses, last = told.courses, len(told.labels) - 1
    changes = [_change(c, told, digits) for c in courses]
    yield Field(said("change", lang), changes, drop=last + _CHANGE)
    if told.rates:
        rates = [_percent(c.rate) for c in courses]
        yield Field(said("rate", lang), rates, drop=last + _RATE)
    slopes = [_signed(c.slope, told, digits) for c in courses]
    yield Field(said("slope", lang), slopes, drop=last + _SLOPE)
    if told.rates:
        shares = [_percent(c.share) for c in courses]
        yield Field(said("share", lang), shares, drop=last + _SHARE)


def _value(point: Point, told: TrendsReport, digits: int) -> str:
    """A value; in brackets a score with too little behind it, with a star what was filled."""
    if point.value is None:
        return "-"
    if told.measured_in is not None:
        return _measured(point.value, digits) + ("*" if point.filled else "")
    return figure(point.value) if point.ranked else f"[{figure(point.value)}]"


def _change(course: Course, told: TrendsReport, digits: int) -> str:
    return _signed(course.change, told, digits) + ("" if course.same_cells else "~")


def _signed(value: float | None, told: TrendsReport, digits: int) -> str:
    """A difference with its sign: of scores to one digit more than they have, of data as they."""
    if value is None:
        return "-"
    if told.measured_in is None:
        return f"{round(value, 2) + 0.0:+.2f}"
    return f"{'' if value < 0 else '+'}{_measured(value + 0.0, digits)}"


def _measured(value: float, digits: int) -> str:
    """A value as measured to so many significant digits; none before its point are lost to that."""
    return raw(float(f"{value:.{max(digits, min(_ALL, len(f'{abs(value):.0f}')))}g}"))


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{round(100 * value, 1) + 0.0:+.1f}%"


def _count(course: Course, told: TrendsReport) -> str:
    """How many years have a value, and from when to when unless all have."""
    if course.years in {0, len(told.labels)} or course.first is None or course.last is None:
        return str(course.years)
    ends = dict.fromkeys((told.labels[course.first], told.labels[course.last]))
    return f"{course.years} ({'-'.join(ends)})"
