"""Long tables: one row a figure."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from stiscore.checks import check
from stiscore.dataset import Flag
from stiscore.errors import DataInvalid
from stiscore.io.layouts import Recognition
from stiscore.io.layouts.long import recognise
from stiscore.io.read import interpret, periods
from stiscore.io.vocabulary import Vocabulary
from tests.tables import PROVINCES, book, framework, read, sheet

HEAD = ["省份", "年份", "指标", "数值", "单位"]


def rows(*years: int, unit: str = "%") -> list[list[object]]:
    return [
        [province, year, name, value + year - 2000, unit]
        for year in years
        for value, province in enumerate(PROVINCES)
        for name in ("share名称", "其他")
    ]


def look(table: list[list[object]]) -> Recognition:
    return recognise(sheet(table), Vocabulary(framework()))


def test_every_part_is_found_by_its_head() -> None:
    seen = look([HEAD, *rows(2021)])
    assert (seen.unit, seen.year, seen.score, seen.first) == (0, 1, 1.0, 1)
    told = {r.key for r in seen.reasons}
    assert {"long-header", "indicator-column", "measurement-column", "year-column"} <= told


def test_figures_keep_their_cells_and_years_become_rows() -> None:
    data = read([HEAD, *rows(2021, 2022)])
    assert data.ids == ("share",)
    assert data.values.shape == (16, 1)
    assert data.periods[:1] == ("2021",)
    assert data.values[8, 0] == 22.0
    assert str(data.location(8, 0)) == "d.xlsx [data] D18"
    assert str(data.header_location(0)) == "d.xlsx [data] C2"


def test_measurements_are_those_of_the_records() -> None:
    assert read([HEAD, *rows(2021, unit="‰")]).values[0, 0] == pytest.approx(2.1)


def test_two_measurements_of_one_indicator_are_not_averaged_or_guessed() -> None:
    table = [HEAD, *rows(2021)]
    table[1] = ["北京", 2021, "share名称", 210, "‰"]
    data = read(table)
    assert math.isnan(data.columns[0].factor)
    (fault,) = check(framework(), data).errors
    assert (fault.code, fault.fields["given"]) == ("L109", "‰ | %")


def test_the_column_of_indicators_is_known_by_what_it_holds() -> None:
    data = read([["省份", "年份", "block", "数值"], *[r[:4] for r in rows(2021)]])
    assert data.ids == ("share",)


def test_code_and_name_of_an_indicator_agree_or_are_not_read() -> None:
    head = ["省份", "指标名称", "指标代码", "数值"]
    agreeing = [head, ["北京", "无名", "share", 1], ["天津", "share名称", "share", 2]]
    assert read(agreeing).values[:, 0].tolist() == [1, 2]
    against = [head, ["北京", "papers名称", "share", 1], ["天津", "无名", "share", 2]]
    data = read(against)
    assert data.values[:, 0].tolist() == [2]
    assert ("column", "unknown") in {(x.kind, x.why) for x in data.leftovers}


def test_a_flag_beside_a_figure_is_told() -> None:
    data = read([["country", "indicator", "value", "flag"], ["China", "share", 12.5, "p"]])
    assert data.texts[0, 0] == "12.5 p"
    assert data.flags[0, 0] & Flag.NUMBER_AS_TEXT
    assert [f.code for f in check(framework(), data)] == ["D104"]


def test_a_second_figure_for_the_same_cell_is_an_error_with_both_places() -> None:
    table = [HEAD[:4], ["北京", 2021, "share", 1], ["北京", 2021, "share", 2]]
    data = read(table)
    assert data.values[0, 0] == 1
    (fault,) = check(framework(), data).errors
    assert (fault.code, str(fault.location)) == ("D306", "d.xlsx [data] D3")
    assert fault.fields["first"] == "d.xlsx [data] D2"


def test_two_spellings_of_a_unit_are_one_row() -> None:
    table = [["unit", "indicator", "value"], ["北京", "share", 1], ["Beijing", "papers", 2]]
    data = read(table)
    assert data.values.tolist() == [[1, 2]]


def test_blank_and_absent_figures_are_missing_and_only_the_first_has_a_cell() -> None:
    table = [
        ["unit", "indicator", "value"],
        ["北京", "share", 1],
        ["北京", "papers", None],
        ["天津", "share", ".."],
    ]
    data = read(table)
    assert np.isnan(data.values[[0, 1, 1], [1, 0, 1]]).all()
    assert str(data.location(0, 1)) == "d.xlsx [data] C3"
    assert data.origin[1, 1].tolist() == [0, 0]
    assert data.flags[1].tolist() == [Flag.MISSING_MARK, Flag.BLANK]


def test_totals_notes_and_unknown_units_are_told_once_each() -> None:
    table = [
        ["unit", "year", "indicator", "value"],
        *[["全国", year, "share", 1] for year in (2020, 2021)],
        *[["Atlantis", year, "share", 1] for year in (2020, 2021)],
        ["北京", 2021, "share", 1],
        ["注：数据来源于统计年鉴", None, None, None],
    ]
    told = [(x.why, x.text) for x in read(table).leftovers if x.kind == "row"]
    assert told == [
        ("aggregate", "全国"),
        ("unknown", "Atlantis"),
        ("footnote", "注：数据来源于统计年鉴"),
    ]


def test_values_of_one_unnamed_indicator_ask_which() -> None:
    table: list[list[object]] = [["Country Name", "Country Code", "Year", "Value"]]
    table += [["China", "CHN", 2020, 1.0], ["India", "IND", 2020, 2.0]]
    with pytest.raises(DataInvalid, match="L118"):
        read(table)
    data = read(table, indicator="share")
    assert (data.ids, data.values[:, 0].tolist()) == (("share",), [1, 2])


def test_names_nobody_knows_are_listed() -> None:
    table = [["省份", "指标", "数值"], ["北京", "甲", 1], ["天津", "乙", 2]]
    with pytest.raises(DataInvalid, match=r"L119.*甲, 乙 \(2 in all\)"):
        read(table)


def test_rows_that_nothing_tells_apart_are_named() -> None:
    table = [["unit", "sector", "value"], ["北京", "a", 1], ["北京", "b", 2]]
    with pytest.raises(DataInvalid, match=r"L125.*'北京' stands in 2 rows"):
        read(table)


def test_a_row_of_data_is_never_a_head() -> None:
    assert look([HEAD, *rows(2021)]).header == 0
    assert read([["title"], HEAD, *rows(2021)]).ids == ("share",)


def test_two_spellings_of_an_indicator_measured_differently_are_not_guessed() -> None:
    data = read(
        [["省份", "指标", "数值"], ["北京", "gdp（亿元）", 1], ["天津", "地区生产总值（万元）", 3]]
    )
    assert data.columns[0].measured_in == "亿元 | 万元"
    assert [f.code for f in check(framework(), data).errors] == ["L109"]


def test_an_item_under_a_known_heading_is_not_the_heading() -> None:
    head = ["地区", "类别", "指标", "数值"]
    table = [head, ["北京", "占比", "其中：境外", 1], ["北京", "占比", "", 2]]
    data = read(table)
    assert data.values.tolist() == [[2]]
    assert "占比 / 其中：境外" in {x.text for x in data.leftovers}


@pytest.mark.parametrize("code", ["A0201", "NY.GDP.MKTP.CD", "share"])
def test_a_code_nobody_knows_or_that_alone_is_known_contradicts_no_name(code: str) -> None:
    name = "无名" if code == "share" else "share名称"
    head = ["省份", "指标名称", "指标代码", "数值"]
    assert read([head, ["北京", name, code, 1]]).ids == ("share",)


def test_a_measurement_beside_value_or_above_the_table_counts() -> None:
    beside = [["地区", "指标", "数值（‰）"], ["北京", "share", 10]]
    above = [["单位：‰"], ["地区", "指标", "数值"], ["北京", "share", 10]]
    assert read(beside).values[0, 0] == read(above).values[0, 0] == 1


@pytest.mark.parametrize("head", [[["单位：亿元"], ["地区", "数值"]], [["地区", "数值（亿元）"]]])
def test_the_indicator_told_is_measured_as_the_table_says(head: list[list[object]]) -> None:
    data = read([*head, ["北京", 2]], indicator="gdp")
    assert (data.columns[0].measured_in, data.values[0, 0]) == ("亿元", 20000)


def test_a_merged_name_counts_for_its_rows_and_a_figure_without_a_name_is_told() -> None:
    table = [["指标", "地区", "数值"], ["share名称", "北京", 1], [None, "天津", 3]]
    merged = book(replace(sheet(table), merged=((1, 0, 2, 0),)))
    assert interpret(merged, framework()).values[:, 0].tolist() == [1, 3]
    data = read(table)
    assert data.values.tolist() == [[1]]
    (left,) = data.leftovers
    assert (left.why, str(left.location)) == ("unknown", "d.xlsx [data] A3")


def test_an_indicator_told_by_the_user_states_no_measurement() -> None:
    data = read([["地区", "年份", "数值"], ["北京", 2021, 2]], indicator="gdp")
    assert (data.ids, data.values.tolist()) == (("gdp",), [[2]])
    assert [f.code for f in check(framework(), data)] == ["L111"]


def test_what_is_no_year_is_never_the_latest() -> None:
    table = [HEAD[:4], *[["北京", year, "share", 1] for year in (2021, 2022, "合计")]]
    assert periods(read(table)) == ("合计", "2021", "2022")
