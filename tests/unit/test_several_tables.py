"""Several tables on a sheet, parts of a sheet, and readings that are as good as each other."""

from __future__ import annotations

import pytest

from stiscore.errors import DataInvalid, UsageError
from stiscore.io.inspection import inspect_book
from stiscore.io.read import interpret
from tests.tables import PROVINCES, book, framework, read, sheet

FIRST = [["省份", "share"], *[[p, float(i)] for i, p in enumerate(PROVINCES[:3])]]
SECOND = [["省份", "papers"], *[[p, float(i)] for i, p in enumerate(PROVINCES[:3])]]
STACKED = [*FIRST, [], ["续表"], *SECOND]


def test_stacked_tables_are_named_and_one_is_asked_for() -> None:
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:B4, data!A6:B10 \(续表\)"):
        read(STACKED)
    data = read(STACKED, sheet="data!A7:B10")
    assert (data.ids, str(data.location(2, 0))) == (("papers",), "d.xlsx [data] B10")
    assert read(STACKED, sheet="data!$A$1:b4").ids == ("share",)


def test_a_text_file_has_parts_without_a_sheet() -> None:
    whole = book(sheet(STACKED, None))
    assert interpret(whole, framework(), sheet="A1:B4").ids == ("share",)


def test_tables_side_by_side_with_other_units_are_two() -> None:
    rows = [["省份", "share", "", "省份", "papers"]]
    rows += [[a, "1", "", b, "2"] for a, b in zip(PROVINCES[:3], PROVINCES[3:6], strict=True)]
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:C4, data!D1:E4"):
        read(rows)


def test_a_table_with_blank_rows_or_names_in_two_languages_is_one() -> None:
    spaced = [FIRST[0], FIRST[1], [], FIRST[2], [], FIRST[3]]
    assert read(spaced).values[:, 0].tolist() == [0, 1, 2]
    twice = [["地区", "Region", "share"], ["北京", "Beijing", 1], ["天津", "Tianjin", 2]]
    assert read(twice).values[:, 0].tolist() == [1, 2]


def test_a_range_outside_the_sheet_and_an_unknown_layout_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="L122"):
        read(FIRST, sheet="data!A90:B99")
    with pytest.raises(UsageError, match="L103"):
        read(FIRST, sheet="other!A1:B9")
    with pytest.raises(UsageError, match="L120"):
        read(FIRST, layout="diagonal")


def test_two_layouts_that_fit_are_not_chosen_between() -> None:
    rows = [["省份", "指标", "数值", "papers"], ["北京", "share", 1, 2], ["天津", "share", 3, 4]]
    with pytest.raises(DataInvalid, match=r"L116.*wide, long"):
        read(rows)
    assert read(rows, layout="wide").ids == ("papers",)
    assert read(rows, layout="long").ids == ("share",)


def test_the_part_offered_holds_what_stands_above_the_head() -> None:
    rows = [["表1"], ["单位：‰"], *FIRST, ["注：工业企业"], [], ["表2"], ["单位：%"], *SECOND]
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:B6 \(表1\), data!A9:B14 \(表2\)"):
        read(rows)
    assert read(rows, sheet="data!A1:B6").columns[0].measured_in == "‰"


def test_tables_of_other_years_under_each_other_are_several() -> None:
    rows = [["地区生产总值(亿元)"], ["地区", 2022, 2021], ["北京", 2, 1]]
    rows += [["进出口总额(亿元)"], ["地区", 2020, 2019], ["北京", 7, 8]]
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:C3 .*data!A4:C6 "):
        read(rows)
    data = read(rows, sheet="data!A4:C6")
    assert (data.ids, data.periods) == (("trade",), ("2020", "2019"))


def test_tables_side_by_side_with_the_same_units_in_another_order_are_two() -> None:
    rows = [["省份", "share", "", "省份", "papers"]]
    rows += [[a, "1", "", b, "2"] for a, b in zip(PROVINCES, PROVINCES[::-1], strict=True)]
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:C9, data!D1:E9"):
        read(rows)


def test_years_of_other_units_beside_the_first_are_another_table() -> None:
    rows = [["地区", 2021, 2022, "", "地区", 2019, 2020], ["北京", 1, 2, "", "河北", 3, 4]]
    with pytest.raises(DataInvalid, match=r"L117.*data!A1:D2, data!E1:G2"):
        read(rows, indicator="share")
    same = [rows[0], ["北京", 1, 2, "", "北京", 3, 4]]
    assert read(same, indicator="share").values[:, 0].tolist() == [1, 2, 3, 4]


def test_inspect_lists_every_reading_that_fits_with_its_reasons() -> None:
    rows = [["省份", "指标", "数值", "papers"], ["北京", "share", 1, 2], ["天津", "share", 3, 4]]
    seen = inspect_book(book(sheet(rows)), framework())
    assert [(s.layout, s.score) for s in seen.sheets] == [("wide", 1.0), ("long", 1.0)]
    assert all(s.reasons for s in seen.sheets)
    assert [f.code for f in seen.refused] == ["L116"]
