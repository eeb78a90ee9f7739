"""Heads as yearbooks print them: names cut into lines, parts after their whole, narrower titles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stiscore.checks import check
from stiscore.framework.model import Framework
from stiscore.io.layouts.wide import recognise
from stiscore.io.read import interpret
from stiscore.io.vocabulary import Vocabulary
from tests.tables import book, framework, indicator, read, sheet

BODY = [["北 京", "Beijing", 1, 2, 3], ["天 津", "Tianjin", 4, 5, 6]]


def quantity(node: str, zh: str, *aliases: str, **fields: Any) -> dict[str, Any]:
    name = {"en": node, "zh": zh}
    return {"id": node, "name": name, "measured_in": "万元", "aliases": list(aliases), **fields}


def model() -> Framework:
    narrow = {"titles": ["工业企业"], "aliases": ["R&D经费内部支出"]}
    return framework(
        indicator("share"),
        quantities=[
            quantity("rd", "R&D经费内部支出"),
            quantity("industry_rd", "工业企业R&D经费内部支出", scope=narrow),
            quantity("imports", "引进技术经费支出", "Expenditure for Foreign Technology"),
            quantity("exports", "销售收入#出口"),
        ],
    )


def test_names_cut_into_lines_are_joined() -> None:
    rows = [
        ["2-29 各地区技术获取", "", "", "", ""],
        ["单位：万元", "", "", "", "(10 000 yuan)"],
        ["地    区", "Region", "引进技术", "R&D经费", "其他"],
        ["", "", "经费支出", "内部支出", ""],
        ["", "", "Expenditure for", "Intramural", "Other"],
        *BODY,
    ]
    data = read(rows, model())
    assert data.ids == ("rd", "imports")
    assert [c.measured_in for c in data.columns] == ["万元", "万元"]
    assert str(data.header_location(1)) == "d.xlsx [data] C3"
    assert data.values.tolist() == [[2, 1], [5, 4]]


def test_a_part_is_named_after_its_whole_and_never_alone() -> None:
    rows = [["地区", "Region", "销售收入(万元)", "#出口(万元)", "# 出口"], *BODY]
    data = read(rows, model())
    assert data.ids == ("exports",)
    assert data.values[:, 0].tolist() == [2, 5]
    alone = recognise(sheet([["地区", "share", "#share"], ["北京", 1, 2]]), Vocabulary(model()))
    assert [c.meaning is not None for c in alone.columns] == [True, False]


def test_a_title_of_narrower_scope_narrows_what_is_meant() -> None:
    head = ["地区", "Region", "R&D经费内部支出(万元)", "引进技术经费支出(万元)", "share"]
    wide = read([["各地区研发经费"], head, *BODY], model())
    narrow = read([["各地区工业企业研发经费"], head, *BODY], model())
    assert wide.ids == ("share", "rd", "imports")
    assert narrow.ids == ("share", "industry_rd")
    told = [f for f in check(model(), narrow) if f.code == "L123"]
    assert [f.fields["indicator"] for f in told] == ["imports"]


@pytest.mark.parametrize("header", ["R&D经费内部支出", "引进技术经费支出"])
def test_money_without_a_measurement_is_asked_about_and_not_read(header: str) -> None:
    data = read([["地区", "Region", header, "share"], *[r[:4] for r in BODY]], model())
    assert data.ids == ("share",)
    (told,) = [f for f in check(model(), data) if f.code == "L124"]
    assert told.fields["wanted"] == "万元"


def test_an_id_says_its_measurement() -> None:
    assert read([["地区", "", "rd", "share"], *[r[:4] for r in BODY]], model()).ids == (
        "share",
        "rd",
    )


def measured(preface: list[object]) -> list[str | None]:
    rows = [preface, ["地区", "Region", "R&D经费内部支出", "引进技术经费支出", "其他"], *BODY]
    return [c.measured_in for c in read(rows, model()).columns]


def test_a_measurement_on_either_side_of_the_line_above_is_the_tables() -> None:
    assert measured(["单位：亿元", "", "", "", "(100 million yuan)"]) == ["亿元", "亿元"]
    assert measured(["", "", "", "", "(100 million yuan)"]) == ["100 million yuan"] * 2


@pytest.mark.parametrize("line", ["单位：万元、亿元", "单位：万元、%、亿元"])
def test_of_two_measurements_that_would_do_none_is_taken(line: str) -> None:
    assert measured([line]) == ["万元 | 亿元"] * 2
    assert (
        measured(["单位：万元", "", "", "", "(100 million yuan)"])
        == ["万元 | 100 million yuan"] * 2
    )


def test_a_merged_measurement_or_heading_counts_for_the_columns_under_it() -> None:
    rows = [
        ["地区", "share", "引进技术", "其他"],
        ["", "", "经费支出(万元)", ""],
        ["北京", 1, 2, 3],
    ]
    under = [["地区", "share", "外资企业", ""], ["", "", "企业数", "rd(万元)"], ["北京", 1, 2, 3]]
    merged = book(replace(sheet(under), merged=((0, 2, 0, 3),)))
    assert read(rows, model()).ids == ("share", "imports")
    assert interpret(merged, model()).ids == ("share",)
    units = [["地区", "rd", "imports"], ["单位", "亿元", ""], ["北京", 1, 2]]
    across = book(replace(sheet(units), merged=((1, 1, 1, 2),)))
    assert interpret(across, model()).values.tolist() == [[10000, 20000]]


def test_a_head_with_many_parts_is_read_in_time_that_grows_with_it() -> None:
    head = ["地区", "销售收入(万元)", *["#出口(万元)"] * 3000]
    seen = recognise(sheet([head, ["北京", *range(3001)]]), Vocabulary(model()))
    assert sum(c.meaning is not None for c in seen.columns) == 3000


def test_a_title_is_looked_for_where_a_part_of_the_sheet_begins() -> None:
    head = ["地区", "Region", "R&D经费内部支出(万元)", "share", "其他"]
    rows = [*[[]] * 20, ["各地区工业企业研发经费"], head, *BODY]
    assert read(rows, model(), sheet="data!A21:E24").ids == ("share", "industry_rd")
