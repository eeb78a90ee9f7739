"""Trends for programs: ``stiscore.trends/1`` as JSON, and a row a unit as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.trends import Course, Point
from stiscore.report.compare_json import scale
from stiscore.report.compare_model import Side
from stiscore.report.csvout import Cell, raw_grid
from stiscore.report.jsonout import Json, basis, called, change, dumps, finding, name
from stiscore.report.trends_model import TrendsReport

HEAD = (
    "unit",
    "label",
    "node",
    "kind",
    "rank",
    "change",
    "cagr",
    "trend",
    "trend_share",
    "years",
    "from",
    "to",
    "flags",
)


def as_json(told: TrendsReport) -> str:
    """The years in full precision; missing is null, keys are never translated."""
    provenance = told.report.provenance
    return dumps(
        {
            "schema": "stiscore.trends/1",
            **basis(told.report),
            "level": provenance.level,
            "years": list(told.labels),
            "scale": scale(told.scale),
            "left_out": {column: list(years) for column, years in told.left_out.items()},
            "node": {
                "id": told.measure.node,
                "kind": told.measure.kind,
                "name": name(told.name),
                "measured_in": told.measured_in,
                "values": "raw" if told.measure.raw else "score",
            },
            "ranked": told.report.ranked,
            "of": told.report.of,
            "units": [
                _unit(side, course, told)
                for side, course in zip(told.sides, told.courses, strict=True)
            ],
            "applied": [
                {"year": year, **change(done)}
                for year, report in zip(told.labels, told.reports, strict=True)
                for done in report.applied
            ],
            "findings": [finding(f) for f in told.findings],
        }
    )


def _unit(side: Side, course: Course, told: TrendsReport) -> Json:
    pairs = zip(told.labels, course.points, strict=True)
    return {
        **called(side),
        "values": [_point(year, point) for year, point in pairs],
        "rank": course.rank,
        "change": course.change,
        "cagr": course.rate,
        "trend": course.slope,
        "trend_share": course.share,
        "years": course.years,
        "from": _year(course.first, told),
        "to": _year(course.last, told),
        "same_indicators": course.same_cells,
        "tolerated": side.tolerated,
    }


def _point(year: str, point: Point) -> Json:
    return {
        "year": year,
        "value": point.value,
        "ranked": point.ranked,
        "filled": point.filled,
    }


def _year(place: int | None, told: TrendsReport) -> str | None:
    return None if place is None else told.labels[place]


def as_csv(told: TrendsReport) -> str:
    """One row a unit: its figures, then one column a year."""
    pairs = zip(told.sides, told.courses, strict=True)
    rows = [tuple(_row(side, course, told)) for side, course in pairs]
    return raw_grid([(*HEAD, *told.labels), *rows])


def _row(side: Side, course: Course, told: TrendsReport) -> Iterator[Cell]:
    yield from (side.id, side.label, told.measure.node, told.measure.kind)
    yield from (course.rank, course.change, course.rate, course.slope, course.share)
    yield from (course.years, _year(course.first, told), _year(course.last, told))
    marks = [
        *(["filled"] if any(p.filled for p in course.points) else []),
        *([] if course.same_cells else ["other_indicators"]),
        *(["tolerated"] if side.tolerated else []),
        *(["unranked"] if told.measure.kind == "index" and course.rank is None else []),
        *(["invented"] if told.report.provenance.invented else []),
    ]
    yield ";".join(marks)
    yield from (point.value for point in course.points)
