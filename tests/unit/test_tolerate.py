"""Errors set aside: what becomes missing and flagged, what still stops, what stays the same."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore import api
from stiscore.checks import check
from stiscore.checks.tolerate import said, set_aside, stopping
from stiscore.dataset import Dataset, Flag
from stiscore.errors import DataInvalid
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import denominate
from stiscore.report import csvout, html, jsonout, markdown, terminal
from stiscore.report.screen import Screen
from tests import tables
from tests.made import scored

HEAD = ["省份", "share (%)", "papers (per 1,000 population)", "index (index 0-1)"]
SHARES = {"北京": 10, "天津": 20, "河北": 30, "山西": 40}


def framework() -> Framework:
    """Three indicators with bounds, and one derived from raw figures."""
    derived = tables.indicator(
        "ratio", bounds=[0, 100],
        derive={"numerators": ["trade"], "denominators": ["gdp"], "factor": 100},
    )  # fmt: skip
    plain = [
        tables.indicator("share", bounds=[0, 100]),
        tables.indicator("papers", "per 1,000 population", bounds=[0, None]),
        tables.indicator("index", "index 0-1", bounds=[0, 1]),
    ]
    return tables.framework(*plain, derived)


def read(*rows: list[object], head: list[str] = HEAD) -> Dataset:
    return tables.read([head, *rows], framework())


def whole(data: Dataset) -> tuple[Dataset, Findings]:
    complete = denominate(framework(), data)
    return complete, check(framework(), complete)


def test_each_fault_of_a_cell_becomes_missing_and_flagged() -> None:
    complete, findings = whole(
        read(["北京", "n.k.", 1, 0.1], ["天津", 134, -2, 0.3], ["河北", 7, "#DIV/0!", 0.2])
    )
    assert {f.code for f in findings.errors} == {"D101", "D102", "D202", "D203"}
    kept = set_aside(complete, findings)
    at = {(f.at) for f in findings.errors}
    assert {(r, c) for r, c in np.argwhere(kept.flags & Flag.TOLERATED).tolist()} == at
    assert all(np.isnan(kept.values[r, c]) for r, c in at if r is not None)
    assert sorted(kept.texts.values()) == ["#DIV/0!", "-2", "134", "n.k."]
    assert stopping(findings) == ()


def test_what_is_derived_from_a_cell_set_aside_is_flagged_as_well() -> None:
    head = ["省份", "GDP (万元)", "Trade value (万元)"]
    complete, findings = whole(
        read(["北京", "x", 10], ["天津", 0, 10], ["河北", 10, 20], ["山西", 100, 20], head=head)
    )
    assert [f.code for f in findings.errors] == ["D101", "D310", "D203"]
    kept = set_aside(complete, findings)
    place = kept.position("ratio")
    assert place is not None
    assert [bool(f & Flag.TOLERATED) for f in kept.flags[:, place].tolist()] == [True] * 3 + [False]
    assert np.isnan(kept.values[:, place]).tolist() == [True, True, True, False]


def test_layout_and_keys_still_stop() -> None:
    data = read(["北京", "x", 1, 0.1], ["北京", 5, 1, 0.1], ["河北", 5, 1, 0.2])
    with pytest.raises(DataInvalid) as raised:
        api.evaluate(data, framework(), tolerate=True)
    assert {"D301", "D101"} <= {f.code for f in raised.value.findings}


def test_rows_of_unknown_units_are_left_out_and_counted() -> None:
    data = read(["北京", 10, 1, 0.1], ["Atlantis", 20, 1, 0.3], ["河北", 30, 2, 0.2])
    with pytest.raises(DataInvalid):
        api.evaluate(data, framework())
    card = api.evaluate(data, framework(), tolerate=True)
    assert [u.label for u in card.report.units] == ["河北", "北京"]
    (rows,) = (f for f in card.findings if f.code == "D111")
    assert rows.fields["count"] == 1


def test_every_output_says_so() -> None:
    data = read(*([unit, share, 1, 0.1] for unit, share in {**SHARES, "河北": "?"}.items()))
    card = api.evaluate(data, framework(), tolerate=True)
    report = card.report
    told = json.loads(jsonout.scorecard(report))
    marked = {
        u["id"]: [i["id"] for i in u["indicators"] if "tolerated" in i["flags"]]
        for u in told["units"]
    }
    assert {unit: ids for unit, ids in marked.items() if ids} == {"CN-HE": ["share"]}
    assert {"D101", "D110"} <= {f["code"] for f in told["findings"]}
    rows = list(csv.DictReader(io.StringIO(csvout.tidy(report))))
    assert {(r["unit"], r["node"]) for r in rows if "tolerated" in r["flags"].split(";")} == {
        ("CN-HE", node) for node in ("whole", "area", "share")
    }
    shown = [
        terminal.ranking(report, Screen("en", 100)),
        markdown.ranking(report, "en"),
        html.fragment(report, "en"),
    ]
    for text in shown:
        assert "Cells with errors set aside as missing (" in text.replace("\\", "")
        assert "Hebei !" in text.replace("\\", "")
        assert "Beijing !" not in text.replace("\\", "")
    cards = terminal.cards(card.report_of("河北"), Screen("en", 100))
    assert "set aside (--tolerate)" in cards


def test_a_column_left_constant_still_stops_a_scale_of_the_sample() -> None:
    model = framework().model_dump(mode="json", by_alias=True)
    model["method"]["normalise"] = {"id": "min-max"}
    minmax = Framework.model_validate_json(json.dumps(model))
    rows: list[list[object]] = [["北京", 10, 1, 0.1], ["天津", 10, 2, 0.3], ["河北", 134, 3, 0.2]]
    data = tables.read([HEAD, *rows], minmax)
    with pytest.raises(DataInvalid) as raised:
        api.evaluate(data, minmax, tolerate=True)
    assert {"C303", "D203"} <= {f.code for f in raised.value.findings}


def test_when_nothing_is_left_the_reasons_are_told() -> None:
    data = tables.read([["省份", "share (%)"], ["北京", "a"], ["天津", "b"]], framework())
    with pytest.raises(DataInvalid) as raised:
        api.evaluate(data, framework(), tolerate=True)
    assert [f.code for f in raised.value.findings] == ["D101", "D101", "C309"]


def test_validate_goes_as_far_as_evaluate() -> None:
    data = read(["北京", "x", 1, 0.1], ["天津", 20, 2, 0.3], ["河北", 30, 3, 0.2])
    plain, on = (api.validate(data, framework(), tolerate=t) for t in (False, True))
    assert [f.code for f in plain.errors] == [f.code for f in on.errors] == ["D101"]
    assert "D110" in {f.code for f in on} - {f.code for f in plain}


@given(scored())
def test_a_table_without_errors_is_scored_as_without_tolerance(
    made: tuple[Framework, Dataset],
) -> None:
    model, data = made
    complete = denominate(model, data)
    findings = check(model, complete)
    if findings.errors:
        assert set_aside(complete, Findings()) is complete
        return
    plain, on = (api.evaluate(data, model, tolerate=t) for t in (False, True))
    assert plain.to_json() == on.to_json()
    assert plain.fitted.reference.digest == on.fitted.reference.digest


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2))))
def test_exactly_the_cells_at_fault_are_set_aside(cells: set[tuple[int, int]]) -> None:
    table: list[list[object]] = [[10, 1, 0.1], [20, 2, 0.3], [30, 3, 0.2], [40, 4, 0.4]]
    for row, column in cells:
        table[row][column] = "?"
    data = read(*([unit, *row] for unit, row in zip(SHARES, table, strict=True)))
    complete, findings = whole(data)
    kept = set_aside(complete, findings)
    assert set(map(tuple, np.argwhere(kept.flags & Flag.TOLERATED).tolist())) == cells
    told = [f.fields["count"] for f in said(findings)]
    assert told == ([len(cells)] if cells else [])
