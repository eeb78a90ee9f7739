"""Totals of a file, shown beside the units and never ranked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stiscore import api
from stiscore.errors import UsageError
from stiscore.io.read import at
from stiscore.report import csvout, jsonout
from tests.tables import PROVINCES, framework, read

ROWS: list[list[object]] = [
    ["省份", "年份", "share", "papers", "index"],
    *[["全 国", year, 30, 10, 0.5] for year in (2020, 2021)],
    *[[p, 2021, 10 + i, 5 + i, 0.1 * i] for i, p in enumerate(PROVINCES)],
]


def card() -> api.Scorecard:
    return api.evaluate(read(ROWS), framework())


def test_totals_are_kept_apart_with_their_cells() -> None:
    data = read(ROWS)
    assert data.references is not None
    assert [u.label for u in data.references.units] == ["全国", "全国"]
    assert str(data.references.location(1, 0)) == "d.xlsx [data] C3"
    assert len(at(data, "2021").references.units) == 1  # type: ignore[union-attr]


def test_a_total_is_scored_on_the_units_scale_and_not_ranked() -> None:
    plain, shown = card().report, card().report_of(references=["全国"])
    assert plain.units == shown.units
    (total,) = shown.references
    alike = api.evaluate(read([*ROWS, ["海南", 2021, 30, 10, 0.5]]), framework()).report
    (same,) = [u for u in alike.units if u.label == "海南"]
    assert total.score == same.score
    assert (total.rank, total.ranked, total.strengths) == (None, False, ())
    assert {g.rank for g in (*total.groups, *total.gaps, *total.indicators)} <= {None}


def test_every_form_marks_the_total() -> None:
    report = card().report_of(references=["National total"])
    held: dict[str, Any] = json.loads(jsonout.scorecard(report))
    assert [u["rank"] for u in held["references"]] == [None]
    rows = [row for row in csvout.tidy(report).splitlines() if "全国" in row]
    assert rows
    assert all("reference" in row for row in rows)


def test_a_total_the_file_does_not_hold_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"U101.*全国"):
        card().report_of(references=["全球"])
