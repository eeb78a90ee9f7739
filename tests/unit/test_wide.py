from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stiscore.errors import DataInvalid, UsageError
from stiscore.io.framework_yaml import load_framework
from stiscore.io.inspection import inspect_book
from stiscore.io.layouts import Choice, Recognition, choose
from stiscore.io.layouts.wide import recognise
from stiscore.io.parse import read_book
from stiscore.io.read import interpret
from stiscore.io.vocabulary import Vocabulary
from tests.tables import PROVINCES, book, framework, indicator, read, sheet

HEADER = ["省份", "share", "papers"]
BODY = [[name, 10.0 + i, 1.0 + i] for i, name in enumerate(PROVINCES)]


def look(rows: list[list[object]]) -> Recognition:
    return recognise(sheet(rows), Vocabulary(framework()))


def ids(found: Recognition) -> list[str | None]:
    return [c.meaning.term.id if c.meaning else None for c in found.columns]


@pytest.mark.parametrize(
    "header",
    [
        "share",
        "SHARE",
        " Share  name ",
        "share_name",
        "share名称",
        "ｓｈａｒｅ名称",
        "share name (%)",
        "share name\n（％）",
        "share_x000D_\nname",
        "share名称（替代指标）",
        "Share name (proxy)",
        "share名称\nShare name",
        "share名称 (Share name)",
        "share名称（2022年）",
        "Trade (% of GDP)",
        "占比(‰)",
        "占 比",
    ],
)
def test_a_column_is_known_by_every_form_of_its_name(header: str) -> None:
    found = look([["省份", header, "papers"], *BODY])
    assert ids(found) == ["share", "papers"]


@pytest.mark.parametrize(
    "header", ["shares", "share of what", "sharename2", "share (net) total", ""]
)
def test_nothing_is_known_by_likeness(header: str) -> None:
    assert ids(look([["省份", header, "papers"], *BODY])) == [None, "papers"]


@pytest.mark.parametrize(
    "header",
    [
        "省份",
        "地 区",
        "Province",
        "REGION",
        "Economy",
        "Country Name",
        "unit_name",
        "国家（地区）",
        "经济体",
        "",
    ],
)
def test_the_units_column_is_known_by_its_header_or_what_it_holds(header: str) -> None:
    assert look([[header, "share", "papers"], *BODY]).unit == 0


def test_code_name_and_year_columns() -> None:
    rows = [["unit_code", "unit_name", "年份", "share", "备注"], ["CN-BJ", "北京", 2022, 1.5, "x"]]
    found = look(rows)
    assert (found.code, found.unit, found.year, found.asides) == (0, 1, 2, (4,))
    assert ids(found) == ["share"]


def test_of_two_columns_of_units_the_one_with_units_is_taken() -> None:
    rows = [["地区", "省份", "share"], *[["东部", n, 1.0] for n in PROVINCES]]
    found = look(rows)
    assert (found.unit, found.keys) == (1, (0,))


def test_preface_label_rows_and_unit_row() -> None:
    rows = [
        ["各地区开放情况 INVENTED", "", ""],
        ["Openness by region", "", ""],
        ["", "", ""],
        ["省份", "share名称", "papers名称"],
        ["Province", "Share name", "Papers name"],
        ["", "share", "papers"],
        ["单位", "‰", "per 1,000 population"],
        *BODY,
    ]
    found = look(rows)
    assert (found.header, found.labels, found.unit_row, found.first) == (3, (4, 5), 6, 7)
    assert found.preface == (0, 1)
    assert [c.meaning.measured_in for c in found.columns if c.meaning] == [
        "‰",
        "per 1,000 population",
    ]


def test_label_and_unit_rows_may_stand_above_the_header() -> None:
    rows = [
        ["", "(%)", "每千人"],
        ["", "share名称", "papers名称"],
        ["unit", "share", "papers"],
        *BODY,
    ]
    found = look(rows)
    assert found.first == 3
    assert (found.header, found.labels, found.unit_row) == (1, (2,), 0)
    assert found.unit == 0


def test_a_header_split_over_rows_is_put_together() -> None:
    rows = [
        ["地 区", "Region", "地区生产总值\nTotal", "", ""],
        ["", "", "", "share名称", "papers名称"],
        *[[n, "", 5.0, 1.0, 2.0] for n in PROVINCES],
    ]
    found = look(rows)
    assert ids(found) == ["gdp", "share", "papers"]
    assert found.unit == 0


def test_a_sub_header_that_is_not_known_makes_the_column_unknown() -> None:
    rows = [["省份", "进出口总额", ""], ["", "出口", "进口"], *BODY]
    assert recognise(sheet(rows), Vocabulary(framework())).score == 0


def test_a_measurement_for_the_whole_table_counts_for_columns_without_their_own() -> None:
    rows = [["单位：亿元", "", ""], ["省份", "地区生产总值", "进出口总额（万元）"], *BODY]
    found = look(rows)
    assert [c.meaning.measured_in for c in found.columns if c.meaning] == ["亿元", "万元"]


def test_names_of_different_indicators_over_one_column_make_it_unknown() -> None:
    rows = [["省份", "share名称", "papers名称"], ["", "papers", "papers"], *BODY]
    assert ids(look(rows)) == [None, "papers"]


def test_a_name_shared_by_indicator_and_amount_is_settled_by_the_measurement() -> None:
    model = framework(indicator("share", aliases=["地区生产总值"]))
    for header, meant in (("地区生产总值（亿元）", "gdp"), ("地区生产总值（%）", "share")):
        found = recognise(sheet([["省份", header], ["北京", 1.0]]), Vocabulary(model))
        assert ids(found) == [meant]


def test_the_sheet_that_fits_is_chosen() -> None:
    notes = sheet([["indicator", "source"], ["share", "yearbook"]], "sources")
    data = sheet([HEADER, *BODY], "data")
    empty = sheet([], "empty")
    vocabulary = Vocabulary(framework())
    for order in ([notes, data, empty], [empty, data, notes]):
        assert choose(book(*order), vocabulary).sheet == "data"


def test_two_sheets_that_fit_equally_are_not_chosen_between() -> None:
    years = book(sheet([HEADER, *BODY], "2021"), sheet([HEADER, *BODY], "2022"))
    with pytest.raises(DataInvalid, match=r"L102.*2021, 2022") as fault:
        choose(years, Vocabulary(framework()))
    assert fault.value.findings[0].code == "L102"
    assert choose(years, Vocabulary(framework()), Choice("2021")).sheet == "2021"


def test_no_table_and_no_such_sheet() -> None:
    letter = book(sheet([["Dear reader", "share"], ["yours", ""]], "letter"))
    with pytest.raises(DataInvalid, match="L101"):
        choose(letter, Vocabulary(framework()))
    with pytest.raises(UsageError, match=r"L103.*letter"):
        choose(letter, Vocabulary(framework()), Choice("data"))


def test_inspection_tells_what_is_seen_without_raising() -> None:
    seen = inspect_book(book(sheet([["", "x"], [1, 2]])), framework())
    assert [f.code for f in seen.refused] == ["L101"]
    assert [s.score for s in seen.sheets] == [0.0]
    rows = [
        ["单位：‰", "", ""],
        ["省份", "share", "other"],
        *BODY,
        ["全国", 1, 1],
        ["Atlantis", 1, 1],
    ]
    seen = inspect_book(book(sheet(rows)), framework())
    assert (seen.sheet, seen.level, seen.header_row, seen.preface) == (
        "data",
        "regional",
        2,
        ("单位：‰",),
    )
    assert [(c.id, c.wanted, c.factor, c.cell) for c in seen.known] == [
        ("share", "%", 0.1, "d.xlsx [data] B2")
    ]
    assert [c.header for c in seen.unknown] == ["other"]
    assert seen.units == (("aggregate", 1), ("province", 8))
    assert seen.unknown_units == ("Atlantis",)


def test_a_yearbook_page_is_read(shared: Path) -> None:
    page = shared / "data/real/cn_yearbook_1-14_rd_by_source_region_2021_raw.xlsx"
    seen = inspect_book(read_book(page), load_framework())
    assert {c.id: c.measured_in for c in seen.known} == {
        "rd_expenditure": "万元",
        "rd_expenditure_abroad": "万元",
    }
    assert dict(seen.units) == {"province": 31, "aggregate": 5}


def test_two_languages_in_one_cell_that_disagree_name_nothing() -> None:
    data = read([["地区", "占比\npapers name", "index"], ["北京", 1, 0.2]])
    assert data.ids == ("index",)
    assert [x.why for x in data.leftovers] == ["unknown"]


def test_a_line_more_is_not_the_name_above_it() -> None:
    data = read([["地区", "占比\n其中：境外", "index"], ["北京", 1, 0.2]])
    assert data.ids == ("index",)


@pytest.mark.parametrize("end", ["(‰)", "‰", "（‰）"])
def test_a_measurement_under_two_languages_counts_for_both(end: str) -> None:
    data = read([["地区", f"占比\nShare of it\n{end}"], ["北京", 10]])
    assert (data.columns[0].measured_in, data.values[0, 0]) == ("‰", 1)


def test_a_second_name_of_another_unit_contradicts_the_first() -> None:
    head = ["地区", "Region", "share"]
    data = read(
        [head, ["北京", "Tianjin", 1], ["天津", "Tianjin", 2], ["河北", "Eastern region", 3]]
    )
    assert [u.id for u in data.units] == ["CN-TJ", "CN-HE"]
    assert [(x.why, x.text) for x in data.leftovers] == [("unknown", "Tianjin 北京")]


def test_a_code_of_two_digits_contradicts_a_name_too() -> None:
    data = read([["代码", "地区", "share"], ["11", "天津", 1], ["13", "河北", 3]])
    assert [u.id for u in data.units] == ["CN-HE"]
    assert [x.text for x in data.leftovers] == ["11 天津"]


def test_hong_kong_in_a_table_of_provinces_is_one_with_or_without_its_code() -> None:
    data = read([["代码", "地区", "share"], ["110000", "北京", 1], ["HKG", "香港", 2]])
    assert [u.id for u in data.units] == ["CN-BJ", "CN-HK"]


def test_a_merged_unit_counts_for_all_its_years() -> None:
    rows = [["地区", "年份", "share"], ["北京", 2021, 1], [None, 2022, 3]]
    merged = book(replace(sheet(rows), merged=((1, 0, 2, 0),)))
    assert interpret(merged, framework()).periods == ("2021", "2022")


def test_a_second_column_of_years_is_told_and_not_read() -> None:
    rows = [["地区", "年份", "年度", "share"], ["北京", "2022", "2021", 1]]
    data = interpret(book(sheet(rows)), framework())
    assert (data.ids, data.periods) == (("share",), ("2022",))
    assert [(x.why, x.text) for x in data.leftovers] == [("unknown", "年度")]
