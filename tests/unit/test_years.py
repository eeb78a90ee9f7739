"""Years as columns, the World Bank's download among them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from stiscore.errors import DataInvalid
from stiscore.io.layouts import RECOGNISERS, Recognition, look
from stiscore.io.layouts.years import recognise
from stiscore.io.read import interpret
from stiscore.io.vocabulary import Vocabulary
from tests.tables import book, framework, read, sheet

YEARS = ["2022年", "2021年"]


def seen(rows: list[list[object]]) -> Recognition:
    return recognise(sheet(rows), Vocabulary(framework()))


def test_the_one_indicator_is_named_before_the_table_with_its_measurement() -> None:
    rows = [
        ["数据库：分省年度数据"],
        ["指标：地区生产总值(亿元)"],
        ["时间：最近2年"],
        ["地区", *YEARS],
        ["北京", 2, 1],
        ["天津", 4, 3],
        ["注：初步核算数", None, None],
    ]
    data = read(rows)
    assert data.ids == ("gdp",)
    assert [(u.id, p) for u, p in zip(data.units, data.periods, strict=True)] == [
        ("CN-BJ", "2022"), ("CN-BJ", "2021"), ("CN-TJ", "2022"), ("CN-TJ", "2021"),
    ]  # fmt: skip
    assert data.values[:, 0].tolist() == [20000, 10000, 40000, 30000]
    assert str(data.location(1, 0)) == "d.xlsx [data] C5"
    assert str(data.header_location(0)) == "d.xlsx [data] A2"
    assert [x.why for x in data.leftovers] == ["footnote"]


def test_a_measurement_of_its_own_line_counts() -> None:
    rows = [["地区生产总值"], ["单位：亿元"], ["地区", *YEARS], ["北京", 2, 1]]
    assert read(rows).columns[0].factor == 10000


@pytest.mark.parametrize("year", ["2022", 2022, "2022.0", "2022 [YR2022]", "field_2022", "Y2022"])
def test_every_way_to_write_a_year(year: object) -> None:
    data = read([["country", "indicator", year, 2021], ["China", "share", 1, 2]])
    assert sorted(map(str, data.periods)) == ["2021", "2022"]


def test_stacked_indicators_beside_the_units() -> None:
    rows = [
        ["地区", "指标", *YEARS],
        ["北京", "share名称", 1, 2],
        ["北京", "papers名称", 3, 4],
        ["北京", "其他", 5, 6],
    ]
    data = read(rows)
    assert data.ids == ("share", "papers")
    assert data.values.tolist() == [[1, 3], [2, 4]]
    assert ("column", "unknown", "其他") in {(x.kind, x.why, x.text) for x in data.leftovers}


def test_blocks_of_units_under_the_name_of_an_indicator() -> None:
    rows = [
        ["地区", *YEARS],
        ["share名称", None, None],
        ["北京", 1, 2],
        ["天津", 3, 4],
        ["papers名称", None, None],
        ["北京", 5, 6],
        ["天津", 7, 8],
    ]
    data = read(rows)
    assert data.values.tolist() == [[1, 5], [2, 6], [3, 7], [4, 8]]
    assert "blocks" in {r.key for r in seen(rows).reasons}


def test_names_over_the_years_and_years_over_the_names() -> None:
    over = [
        ["", "share名称", None, "papers名称", None],
        ["地区", 2021, 2022, 2021, 2022],
        ["北京", 1, 2, 3, 4],
    ]
    under = [
        ["地区", 2021, None, 2022, None],
        ["", "share名称", "papers名称", "share名称", "papers名称"],
        ["北京", 1, 3, 2, 4],
    ]
    for rows in (over, under):
        data = read(rows)
        assert data.periods == ("2021", "2022")
        assert data.values.tolist() == [[1, 3], [2, 4]]


def test_a_year_without_any_figure_is_no_period() -> None:
    rows = [["country", "indicator", 2021, 2022], ["China", "share", 1, None]]
    assert read(rows).periods == ("2021",)


def test_the_world_bank_download_is_read_by_its_own_layout() -> None:
    rows = [
        ["Data Source", "World Development Indicators"],
        [],
        ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2021", "2022"],
        ["China", "CHN", "Share of it", "share", 1.5, 2.5],
        ["World", "WLD", "Share of it", "share", 9, 9],
        ["Data from database: World Development Indicators"],
    ]
    assert look(sheet(rows), Vocabulary(framework())).layout == "world-bank"
    data = read(rows)
    assert data.values[:, 0].tolist() == [1.5, 2.5]
    assert [x.why for x in data.leftovers if x.kind == "row"] == ["aggregate", "footnote"]


def test_an_unnamed_indicator_is_asked_for() -> None:
    rows = [["Country", 2021, 2022], ["China", 1, 2], ["India", 3, 4]]
    with pytest.raises(DataInvalid, match="L118"):
        read(rows)
    assert read(rows, indicator="share").values[:, 0].tolist() == [1, 2, 3, 4]


def test_figures_that_happen_to_look_like_years_are_no_head() -> None:
    rows = [["Country Name", "Country Code", "Year", "Value"], ["Angola", "AGO", 1992, 1950]]
    assert seen(rows).score == 0


def test_a_column_beside_the_years_is_left_over_and_never_a_figure() -> None:
    assert list(RECOGNISERS) == ["wide", "world-bank", "years", "long"]
    data = read([["地区", "指标", *YEARS, "备注"], ["北京", "share", 1, 2, "初步"]])
    assert data.values[:, 0].tolist() == [1, 2]
    assert [(x.why, x.text) for x in data.leftovers] == [("context", "备注")]


def test_what_stands_under_an_unknown_heading_is_not_of_the_block_above() -> None:
    rows = [
        ["地区", *YEARS],
        ["share名称", None, None],
        ["北京", 1, 2],
        ["别的指标", None, None],
        ["天津", 3, 4],
        ["注：初步核算数", None, None],
    ]
    data = read(rows)
    assert [u.id for u in data.units] == ["CN-BJ", "CN-BJ"]
    told = [(x.kind, x.why, x.text) for x in data.leftovers]
    assert told == [("column", "unknown", "别的指标"), ("row", "footnote", "注：初步核算数")]


def test_figures_before_any_heading_are_told() -> None:
    rows = [["地区", *YEARS], ["天津", 3, 4], ["share名称", None, None], ["北京", 1, 2]]
    data = read(rows)
    assert data.values[:, 0].tolist() == [1, 2]
    assert [(x.why, str(x.location)) for x in data.leftovers] == [("unknown", "d.xlsx [data] A2")]


def test_the_name_before_the_table_is_that_of_the_first_block() -> None:
    rows = [
        ["地区生产总值(亿元)"],
        ["地区", *YEARS],
        ["北京", 2, 1],
        ["进出口总额", None, None],
        ["单位：万元", None, None],
        ["地区", *YEARS],
        ["北京", 7, 8],
    ]
    data = read(rows)
    assert data.ids == ("gdp", "trade")
    assert data.values.tolist() == [[20000, 7], [10000, 8]]
    assert data.leftovers == ()


def test_a_heading_with_a_total_beside_it_still_ends_the_block_above() -> None:
    rows = [["地区", *YEARS], ["share名称", None, None], ["北京", 1, 2]]
    rows += [["papers名称", 9, 9], ["天津", 3, 4]]
    data = read(rows)
    assert data.ids == ("share", "papers")
    assert np.isnan(data.values[2:, 0]).all()


def test_measurements_are_those_of_the_records_and_may_stand_first() -> None:
    head = ["计量单位", "地区", "指标", *YEARS]
    alike = [head, ["亿元", "北京", "gdp", 1, 2], ["亿元", "天津", "gdp", 3, 4]]
    assert read(alike).values[:, 0].tolist() == [10000, 20000, 30000, 40000]
    data = read([head, alike[1], ["万元", "天津", "gdp", 3, 4]])
    assert data.columns[0].measured_in == "亿元 | 万元"
    assert math.isnan(data.columns[0].factor)


def test_one_indicator_measured_differently_over_the_years_is_not_guessed() -> None:
    rows = [["", "gdp（亿元）", None, "gdp（万元）", None], ["地区", 2021, 2022, 2019, 2020]]
    data = read([*rows, ["北京", 1, 2, 30000, 40000]])
    assert math.isnan(data.columns[0].factor)


@pytest.mark.parametrize("told", [None, "share"])
def test_a_measurement_for_the_whole_table_counts_however_it_is_named(told: str | None) -> None:
    named: list[list[object]] = [["share名称", None, None]] if told is None else []
    rows = [["单位：‰"], ["地区", *YEARS], *named, ["北京", 1, 2]]
    assert read(rows, indicator=told).values[:, 0].tolist() == [0.1, 0.2]
    records = [["单位：‰"], ["地区", "指标", *YEARS], ["北京", "share", 1, 2]]
    assert read(records).values[:, 0].tolist() == [0.1, 0.2]


def test_an_unknown_name_over_or_under_the_years_names_nothing_known() -> None:
    over = [["", "share名称", None, "别的", None], ["地区", 2021, 2022, 2019, 2020]]
    under = [["地区", 2021, None, 2022, None], ["", "share名称", "别的", "share名称", None]]
    for head in (over, under):
        data = read([*head, ["北京", 1, 2, 3, 4]])
        assert set(data.periods) <= {"2021", "2022"}
        assert ("column", "unknown", "别的") in {(x.kind, x.why, x.text) for x in data.leftovers}


def test_a_merged_name_counts_for_the_rows_beside_it_and_a_blank_one_is_told() -> None:
    rows = [["指标", "地区", *YEARS], ["share名称", "北京", 1, 2], [None, "天津", 3, 4]]
    merged = book(replace(sheet(rows), merged=((1, 0, 2, 0),)))
    assert interpret(merged, framework()).values[:, 0].tolist() == [1, 2, 3, 4]
    data = read(rows)
    assert data.values[:, 0].tolist() == [1, 2]
    assert [(x.kind, x.why) for x in data.leftovers] == [("column", "unknown")]


def test_a_head_of_units_that_is_also_a_code_is_a_head() -> None:
    rows = [["geo", "indicator", 2021, "flag"], ["China", "share", 1, "p"]]
    assert read(rows).values.tolist() == [[1]]
