from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stiscore.dataset import Dataset, Flag
from stiscore.errors import DataInvalid, UsageError
from stiscore.finding import Finding
from stiscore.framework.model import Framework
from stiscore.io.grid import CellKind
from stiscore.io.parse import read_book
from stiscore.io.read import at, interpret, interpret_rows, latest, periods
from stiscore.words.faults import found
from tests import made
from tests.tables import PROVINCES, book, framework, indicator, read, sheet


def column(dataset: Dataset, name: str) -> list[float]:
    place = dataset.position(name)
    assert place is not None
    return dataset.values[:, place].tolist()


def test_columns_come_in_framework_order_then_amounts_then_context() -> None:
    rows = [
        ["省份", "context_b", "fiscal", "gdp", "papers", "context_a", "share"],
        ["北京", 1, 2, 3, 4, 5, 6],
    ]
    data = read(rows)
    assert data.ids == ("share", "papers", "gdp", "fiscal", "context_b", "context_a")
    assert [c.kind for c in data.columns] == ["indicator", "indicator", "raw", *["context"] * 3]
    assert data.values.tolist() == [[6, 4, 3, 2, 1, 5]]


def test_every_value_knows_its_cell() -> None:
    data = read([["title"], ["省份", "papers", "share"], ["北京", 1, 2], ["天津", 3, 4]])
    assert str(data.location(1, 0)) == "d.xlsx [data] C4"
    assert str(data.header_location(0)) == "d.xlsx [data] C2"
    assert str(data.key_location(1)) == "d.xlsx [data] A4"
    assert str(data.rows([1]).key_location(0)) == "d.xlsx [data] A4"


def test_places_in_a_text_file_are_lines() -> None:
    grid = sheet([["省份", "share"], ["北京", "1"], ["天津", "2"]], None)
    moved = replace(grid, lines=np.array([1, 2, 5], dtype=np.int32))
    data = interpret(book(moved), framework())
    assert str(data.location(1, 0)) == "d.csv:5:2"
    assert data.source.text_file


def test_labels_stay_as_in_the_source_without_padding() -> None:
    data = read([["地区", "share"], ["北 京", 1], ["Tianjin", 2], ["内蒙古自治区", 3]])
    assert [u.label for u in data.units] == ["北京", "Tianjin", "内蒙古自治区"]
    assert [u.id for u in data.units] == ["CN-BJ", "CN-TJ", "CN-NM"]
    assert (data.units[1].name_en, data.units[1].name_zh) == ("Tianjin", "天津")


def test_every_gap_has_a_reason_and_its_text() -> None:
    kinds = {2: CellKind.ERROR, 3: CellKind.NO_VALUE, 4: CellKind.BOOLEAN, 5: CellKind.DATE}
    cells = [None, "..", "#DIV/0!", "SUM(B1)", "TRUE", "2022-01-01", "abc", "12.3 p", "4%", 5.5]
    names = [*PROVINCES, "上海", "江苏"]
    grid = sheet([["省份", "share"], *[[n, c] for n, c in zip(names, cells, strict=True)]])
    marked = grid.kinds.copy()
    for row, kind in kinds.items():
        marked[row + 1, 1] = kind
    data = interpret(book(replace(grid, kinds=marked)), framework())
    assert data.flags[:, 0].tolist() == [
        Flag.BLANK,
        Flag.MISSING_MARK,
        Flag.ERROR_CELL,
        Flag.NO_CACHED_VALUE,
        Flag.NOT_A_NUMBER,
        Flag.NOT_A_NUMBER,
        Flag.NOT_A_NUMBER,
        Flag.NUMBER_AS_TEXT,
        0,
        0,
    ]
    assert data.values[7:, 0].tolist() == [12.3, 4.0, 5.5]
    assert np.isnan(data.values[:7, 0]).all()
    assert {row: text for (row, _), text in data.texts.items()} == dict(enumerate(cells[1:8], 1))


def test_blank_is_missing_and_zero_is_zero() -> None:
    data = read([["省份", "share"], ["北京", 0], ["天津", ""], ["河北", "0"]])
    assert [None if math.isnan(v) else v for v in column(data, "share")] == [0.0, None, 0.0]


@pytest.mark.parametrize(
    ("header", "value", "wanted", "factor"),
    [
        ("gdp（亿元）", 45222.4, 452224000.0, 1e4),
        ("gdp（元）", 123.0, 0.0123, 1e-4),
        ("share（‰）", 13.0, 1.3, 0.1),
        ("share（比值）", 0.25, 25.0, 100.0),
        ("share", 25.0, 25.0, 1.0),
        ("share（%）", 25.0, 25.0, 1.0),
    ],
)
def test_figures_are_converted(header: str, value: float, wanted: float, factor: float) -> None:
    data = read([["省份", header], ["北京", value], ["天津", None]])
    assert data.values[0, 0] == pytest.approx(wanted, rel=1e-15)
    assert data.columns[0].factor == factor
    assert bool(data.flags[0, 0] & Flag.CONVERTED) == (factor != 1.0)
    assert data.flags[1, 0] == Flag.BLANK


def test_a_measurement_that_is_not_understood_converts_nothing() -> None:
    data = read([["省份", "share（furlongs）"], ["北京", 7.0]])
    assert math.isnan(data.columns[0].factor)
    assert (data.columns[0].measured_in, data.values[0, 0]) == ("furlongs", 7.0)


def test_cells_with_a_per_cent_format_mean_what_the_sheet_shows() -> None:
    rows = [["省份", "share", "gdp", "index"], ["北京", 0.29, 0.5, 0.5], ["天津", 12.0, 0.5, 0.5]]
    grid = sheet(rows)
    percent = grid.percent.copy()
    percent[1, 1:] = True
    data = interpret(book(replace(grid, percent=percent)), framework())
    assert column(data, "share") == [29.0, 12.0]
    assert data.flags[:, data.ids.index("share")].tolist() == [Flag.PERCENT_FORMAT, 0]
    assert column(data, "gdp") == [0.5, 0.5]
    assert column(data, "index") == [0.5, 0.5]


def test_a_per_cent_sign_outweighs_the_header_and_is_refused_where_it_makes_no_sense() -> None:
    data = read([["省份", "share（‰）", "gdp"], ["北京", "1.5%", "3%"]])
    assert column(data, "share") == [1.5]
    assert data.flags[0].tolist() == [0, Flag.NOT_A_NUMBER]
    assert data.texts[0, 1] == "3%"


def test_nothing_is_dropped_in_silence() -> None:
    rows = [
        ["省份", "share", "sharename2", "share名称", "备注", ""],
        ["全国", 1, 1, 1, "", ""],
        ["北京", 2, 1, 1, "", ""],
        ["Beijng", 3, 1, 1, "", ""],
        ["", 4, 1, 1, "", 9],
        ["", "", "", "", "", ""],
        ["注：未含港澳台。", "", "", "", "", ""],
        ["Source: yearbook", "", "", "", "", ""],
    ]
    data = interpret(book(sheet(rows), sheet([["x"]], "other")), framework())
    left = [(x.kind, x.why, x.text, x.suggestion) for x in data.leftovers]
    assert left == [
        ("column", "unknown", "sharename2", "share name"),
        ("column", "duplicate", "share名称", "share"),
        ("column", "unknown", "F", None),
        ("column", "context", "备注", None),
        ("row", "aggregate", "全国", None),
        ("row", "unknown", "Beijng", "北京 Beijing"),
        ("row", "blank", "", None),
        ("row", "footnote", "注：未含港澳台。", None),
        ("row", "footnote", "Source: yearbook", None),
        ("sheet", "unknown", "other", None),
    ]
    assert [str(x.location) for x in data.leftovers[4:6]] == [
        "d.xlsx [data] A2",
        "d.xlsx [data] A4",
    ]
    assert [u.id for u in data.units] == ["CN-BJ"]


def test_a_code_and_a_name_of_different_units_name_neither() -> None:
    data = read([["code", "economy", "share"], ["SWE", "Norway", 1], ["SWE", "Sweden", 2]])
    assert [u.id for u in data.units] == ["SWE"]
    assert data.leftovers[0].suggestion == "瑞典 Sweden / 挪威 Norway"


@pytest.mark.parametrize(("name", "level"), [("北京", "regional"), ("Sweden", "national")])
def test_the_level_is_inferred(name: str, level: str) -> None:
    assert read([["unit", "share"], [name, 1]]).level == level


def test_mixed_levels_are_refused_unless_one_is_chosen() -> None:
    rows = [["unit", "share"], ["北京", 1], ["天津", 2], ["Sweden", 3]]
    with pytest.raises(DataInvalid, match="L108") as fault:
        read(rows)
    assert str(fault.value.findings[0].location) == "d.xlsx [data] A4"
    data = read(rows, level="regional")
    assert [(x.why, x.text) for x in data.leftovers] == [("other-level", "Sweden")]


def test_a_level_that_cannot_be_told_or_does_not_exist() -> None:
    rows = [["unit", "share"], ["Atlantis", 1]]
    with pytest.raises(DataInvalid, match="L104"):
        read(rows)
    with pytest.raises(UsageError, match=r"L113.*national, regional"):
        read(rows, level="galactic")


def test_units_of_ones_own() -> None:
    rows = [
        ["id", "name", "share"],
        ["001", "Upper Vale", 1],
        ["", "Lower Vale", 2],
        ["", "全国", 3],
    ]
    data = read(rows, level="regional", any_units=True)
    assert [(u.id, u.label) for u in data.units] == [
        ("001", "Upper Vale"),
        ("Lower Vale", "Lower Vale"),
    ]
    assert [x.why for x in data.leftovers] == ["aggregate"]


def test_a_level_without_a_registry_takes_any_units() -> None:
    model: Framework = made.framework(made.group("whole", [made.leaf("a"), made.leaf("b")]))
    data = read([["unit", "a", "b"], ["全国", 1, 2], ["x", 3, 4]], model)
    assert (data.level, [u.id for u in data.units]) == (made.LEVEL, ["全国", "x"])


def test_a_name_two_indicators_share_is_meant_at_the_level_of_the_units() -> None:
    scale = {"goalposts": [0, 1], "basis": "judgement"}
    model = framework(
        indicator("abroad", aliases=["openness"], levels={"national": scale}),
        indicator("home", aliases=["openness"], levels={"regional": scale}),
    )
    for name, meant in (("Sweden", "abroad"), ("北京", "home")):
        assert read([["unit", "openness"], [name, 1]], model).ids == (meant,)


@pytest.mark.parametrize("year", [2022, "2022", "2022.0", "2022年", "2022 [YR2022]", "2022年度"])
def test_years_are_four_digits(year: object) -> None:
    data = read([["省份", "年份", "share"], ["北京", year, 1]])
    assert data.periods == ("2022",)


def test_periods_and_choices_of_rows() -> None:
    rows = [
        ["省份", "year", "share"],
        ["北京", 2021, 1],
        ["北京", 2022, 2],
        ["天津", 2021, 3],
        ["河北", "", 4],
    ]
    data = read(rows)
    assert data.periods == ("2021", "2022", "2021", None)
    assert periods(data) == ("2021", "2022")
    assert column(latest(data), "share") == [2.0]
    assert column(at(data, "2021"), "share") == [1.0, 3.0]
    with pytest.raises(UsageError, match=r"L114.*2021, 2022"):
        at(data, "1999")
    undated = read([["省份", "share"], ["北京", 1]])
    assert latest(undated) is undated


@pytest.mark.parametrize(
    ("row", "banner", "invented"),
    [
        (0, "Invented figures", True),
        (2, "数据为虚构", True),
        (3, "INVENTED", False),
        (0, "real", False),
    ],
)
def test_invented_figures_are_told_at_the_top(row: int, banner: str, *, invented: bool) -> None:
    top: list[Sequence[object]] = [["", ""]] * 4
    top[row] = [banner, ""]
    data = read([*top, ["省份", "share"], ["北京", 1]])
    assert data.source.invented is invented


def test_the_parsers_notes_on_other_sheets_are_left_out() -> None:
    def note(name: str | None) -> Finding:
        return found("R116", replace(sheet([["x"]], name).location(0), cell=None, line=None))

    file = book(sheet([["省份", "share"], ["北京", 1]]), sheet([["x"]], "other"))
    data = interpret(replace(file, notes=(note("data"), note("other"))), framework())
    assert data.source.notes == (note("data"),)


def test_rows_in_memory_are_read_as_a_sheet_is() -> None:
    rows: list[list[object]] = [
        ["unit", "share"],
        ["北京", np.float64(1.5)],
        ["天津", math.nan],
        ["河北", True],
    ]
    data = interpret_rows(rows, framework())
    assert data.flags[:, 0].tolist() == [0, Flag.BLANK, Flag.NOT_A_NUMBER]
    assert (data.source.container, str(data.location(0, 0))) == ("frame", "data frame [rows] B2")


def test_a_csv_file_and_the_same_rows_in_memory_agree(tmp_path: Any) -> None:
    path = tmp_path / "d.csv"
    path.write_text("省份,share（‰）\n北京,13\n天津,..\n", encoding="utf-8")
    from_file = interpret(read_book(path), framework())
    in_memory = interpret_rows([["省份", "share（‰）"], ["北京", 13], ["天津", ".."]], framework())
    assert from_file.digest == in_memory.digest
    assert str(from_file.location(1, 0)) == "d.csv:3:2"
