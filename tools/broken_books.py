"""The samples of sample_data/broken that are workbooks, or pretend to be."""

from __future__ import annotations

import re
import warnings
import zipfile

from broken_binary import encrypted, xlsb
from broken_package import Raw, Sheet, Value, book, cell, members, rows_of, zipped
from broken_tables import CLEAN, ECONOMIES, HEAD, column, edited, without

DATA = "数据"
SHEET = "xl/worksheets/sheet1.xml"
# Coding and questionnaire samples are of one province alone, so that no column is thin.
ALONE = HEAD + "江苏,44.6,0.9,1.7,26\n"
DECLARED = '<?xml version="1.0" encoding="UTF-16"?><styleSheet/>'
TEMPLATE = {
    "schema": "stiscore.template/1",
    "framework": "broken_samples",
    "framework_version": "1",
    "level": "regional",
}


def clean(*more: tuple[str, Sheet]) -> dict[str, Sheet]:
    """The clean table as the sheet 数据, and further sheets."""
    return {DATA: Sheet(rows_of(CLEAN)), **dict(more)}


def one(rows: list[list[Value]], **about: object) -> bytes:
    """A workbook of one sheet."""
    return book({DATA: Sheet(rows, **about)})  # type: ignore[arg-type]


def with_cell(row: int, number: int, value: Value) -> bytes:
    """The clean table with one cell (from 1, as in its address) put in place of another."""
    rows = rows_of(CLEAN)
    rows[row - 1][number - 1] = value
    return one(rows)


def with_part(name: str, content: bytes) -> bytes:
    """The clean workbook with one more part, or another in its place."""
    return zipped({**members(clean()), name: content}.items())


def sheet_xml(rows: str) -> bytes:
    """The clean workbook's sheet with its rows as they are given."""
    return members(clean())[SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")


def tables() -> dict[str, bytes]:
    """Workbooks whose table or cells are at fault."""
    yearbook = column(CLEAN, 5, "进出口总额（万元）", "3644 845 4190 5445 4684 8310 1008 484")
    other = edited(CLEAN, ("73.5,1.8,4.2,38", "70.4,1.7,4.0,35"))
    stacked = [["2021年"], *rows_of(other), [None], ["2022年"], *rows_of(CLEAN)]
    return {
        "clean.xlsx": book(clean()),
        "L102.xlsx": book({"2021年": Sheet(rows_of(other)), "2022年": Sheet(rows_of(CLEAN))}),
        "L103.xlsx": book(clean(("说明", Sheet([["数据来源：统计年鉴"]])))),
        "L117.xlsx": one(stacked),
        "L121.xlsx": one(rows_of(CLEAN), hidden_rows=frozenset({4, 5})),
        "L123.xlsx": one([["规模以上工业企业主要指标（2022年）"], *rows_of(yearbook)]),
        "D102.xlsx": with_cell(5, 2, Raw(' t="e"', "<f>B20/C20*100</f><v>#DIV/0!</v>")),
        "D103.xlsx": with_cell(5, 2, Raw("", "<f>54454.9/122875.6*100</f>")),
        **collected(),
        "R115.xlsx": book(
            {"说明": Sheet([["数据见统计年鉴"]]), DATA: Sheet(rows_of(CLEAN), hidden=True)}
        ),
        "R117.xlsx": book(clean(("图1", Sheet([], chart=True)))),
        "R130.xlsx": with_part(
            SHEET,
            members(clean())[SHEET].replace(
                b'<c r="B5"><v>44.6</v></c>', b'<c r="B5"><v>44.6</v></c><c r="B5"><v>46.4</v></c>'
            ),
        ),
    }


def coding(answers: list[tuple[str, str, str]], unit: str = "江苏") -> bytes:
    """A table beside a coding sheet: for each measure coder 1, coder 2, agreed."""
    heads: list[Value] = ["单位", "政策措施名称"]
    for question in ("现行有效", "明确一个责任单位"):
        heads += [f"{question}（{who}）" for who in ("编码员1", "编码员2", "议定")]
    rows = [heads]
    for number, answer in enumerate(answers, start=1):
        rows.append([unit, f"开放合作措施{number}", "是", "是", None, *(a or None for a in answer)])
    return book({DATA: Sheet(rows_of(without(ALONE, 4))), "政策编码": Sheet(rows)})


def questionnaire(*rows: list[Value], table: str | None = None) -> bytes:
    """A table without the share that is asked, beside a questionnaire sheet with these rows."""
    heads: list[Value] = ["单位", "指标", "分子", "分母", "填报部门"]
    held = without(ALONE, 4) if table is None else table
    return book({DATA: Sheet(rows_of(held)), "问卷": Sheet([heads, *rows])})


def collected() -> dict[str, bytes]:
    """Coding and questionnaire sheets."""
    calls = "科技计划对外开放项目占比"
    half = [("是", "是", ""), ("否", "否", "")] * 2
    mixed = [("是", "否", "是"), ("否", "否", "")] * 2
    good: list[Value] = ["江苏", calls, 26.0, 100.0, "科技厅"]
    return {
        "D120.xlsx": coding([*half, ("部分", "是", "是")]),
        "D121.xlsx": questionnaire(good, ["江苏", "专利授权量", 12.0, 60.0, "知识产权局"]),
        "D122.xlsx": questionnaire(good, ["青海", calls, 3.0, 40.0, "科技厅"]),
        "D123.xlsx": coding([*half, ("", "", "")]),
        "D124.xlsx": questionnaire(["江苏", calls, 100.0, 26.0, "科技厅"]),
        "D125.xlsx": questionnaire(["江苏", calls, 0.26, 100.0, "科技厅"]),
        "D126.xlsx": questionnaire(["江苏", calls, 0.0, 0.0, "科技厅"]),
        "D127.xlsx": questionnaire(["江苏", calls, 31.0, 100.0, "科技厅"], table=ALONE),
        "D128.xlsx": questionnaire(good, ["江苏", calls, 12.0, 60.0, "科技厅"]),
        "D129.xlsx": questionnaire(["江苏", calls, 26.0, None, "科技厅"]),
        "C325.xlsx": questionnaire(["江苏", calls, 1.0, 3.0, "科技厅"]),
        "C326.xlsx": coding([*mixed, ("否", "是", "否")]),
        "C327.xlsx": coding([("是", "", ""), ("否", "", "")] * 2),
        "C328.xlsx": coding([*half, *half, *half, ("是", "否", "")]),
        "C329.xlsx": coding([("是", "是", "")] * 4),
    }


def templates(imprint: str) -> dict[str, bytes]:
    """Templates as they come back; ``imprint``: that of framework.yaml's regional indicators."""
    now = {**TEMPLATE, "imprint": imprint}
    blank = HEAD + "".join(f"{unit},,,,\n" for unit in ("上海", "江苏", "浙江"))
    listed = "trade_gdp gerd_abroad_share foreign_students open_call_share gdp_per_head"
    before = {**now, "framework_version": "0", "framework_indicators": f"{listed} patent_share"}
    partly = edited(CLEAN, ("44.6,0.9,1.7,26", ",,,"))
    return {
        "L140.xlsx": template(blank, now),
        "L141.xlsx": template(CLEAN, before),
        "L142.xlsx": template(CLEAN, {**now, "level": "national"}),
        "L143.xlsx": template(column(CLEAN, 5, "responsible_share", " " * 7), now),
        "L144.xlsx": template(partly, now),
    }


def template(table: str, about: dict[str, str]) -> bytes:
    """A table beside the sheet by which a template is known."""
    told: list[list[Value]] = [[key, key, value] for key, value in about.items()]
    return book({DATA: Sheet(rows_of(table)), "填写说明": Sheet(told)})


def containers() -> dict[str, bytes]:
    """Files that a guard refuses, or that a parser cannot make out."""
    whole = book(clean())
    stray = '<row r="1048576">' + cell("XFD1048576", 0.0) + "</row>"
    wide = '<row r="20">' + cell("XFD1048576", 1.0) + cell("A20", 1.0) + "</row>"
    doctype = b'<?xml version="1.0"?><!DOCTYPE c SYSTEM "c.dtd"><c/>'
    return {
        "R103.csv": b"",
        "R104.xlsx": encrypted(),
        "R105.xlsx": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        "R107.xlsx": whole[: len(whole) * 2 // 3],
        "R108.xlsx": with_part(SHEET, sheet_xml(stray)),
        "R109.csv": edited(ECONOMIES, ("Brazil", "Côte d'Ivoire")).encode("latin-1"),
        "R113.xlsx": with_part(SHEET, sheet_xml(wide)),
        "R114.xlsx": CLEAN.encode(),
        "R116.xlsx": with_part(SHEET, _odd_addresses()),
        "R118.xlsx": zipped(
            {**members(clean()), "xl/media/image1.png": bytes(4_000_000)}.items(),
            zipfile.ZIP_DEFLATED,
        ),
        "R120.xlsx": _doubled(),
        "R121.xlsx": with_part("docProps/core.xml", doctype),
        "R122.xlsx": with_part("xl/styles.xml", DECLARED.encode("utf-16")),
        "R123.xlsx": zipped(members(clean()).items(), zipfile.ZIP_BZIP2),
        "R124.csv": CLEAN.encode("utf-16-le"),
        "R128.xlsb": xlsb(DATA, rows_of(CLEAN)),
        "R131.xls": b"\x09\x04\x06\x00\x00\x00\x10\x00" + b"\x0a\x00\x00\x00",
    }


def _odd_addresses() -> bytes:
    """A sheet with its addresses in small letters and single quotes: no spreadsheet writes so."""
    return re.sub(
        rb' r="([A-Z]+)(\d+)"',
        lambda at: b" r='%b%b'" % (at[1].lower(), at[2]),
        members(clean())[SHEET],
    )


def _doubled() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name stands twice is the point
        parts = members(clean())
        return zipped([*parts.items(), (SHEET, parts[SHEET])])
