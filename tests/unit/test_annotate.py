"""The annotated workbook: a copy where openpyxl opens the input, a fresh one where not."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink

from stiscore.errors import Location
from stiscore.finding import Finding, Findings
from stiscore.report import annotate
from stiscore.report.annotate import Annotated, annotated
from stiscore.seen import SheetCells
from stiscore.words.faults import found

RED, YELLOW = "00FFC7CE", "00FFEB9C"
LIVE = ["=1+1", "+1", "-x", "@SUM(A1)", "#DIV/0!", '=HYPERLINK("http://example.org")']


def bad(cell: str, sheet: str | None = "data", code: str = "D101", value: str = "x") -> Finding:
    where = Location("d.xlsx", sheet, cell)
    told = {"low": 0.0, "high": 1.0, "measured": "%"}
    return found(code, where, unit="北京 Beijing", group="c", column="c", value=value, **told)


def cells(rows: Sequence[Sequence[float | str | None]], name: str | None = "data") -> SheetCells:
    numbered = ((n, list(row)) for n, row in enumerate(rows, 1))
    return SheetCells(name, numbered, frozenset())


def package(change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with a sheet 'data' of three rows, changed as asked."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "data"
    for row in (["省份", "share"], ["北京", "x"], ["天津", 2.5]):
        sheet.append(row)
    if change:
        change(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def opened(made: Annotated) -> Any:
    return openpyxl.load_workbook(BytesIO(made.data))


def codes(made: Annotated) -> list[str]:
    return [note.code for note in made.notes]


def linked(book: Any) -> Iterator[tuple[str, Any]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from ((c.value, c.hyperlink) for c in row if c.hyperlink)


def test_a_copy_keeps_what_was_there_and_marks_the_cell() -> None:
    def change(sheet: Any) -> None:
        sheet["A1"].font = openpyxl.styles.Font(bold=True)
        sheet["C3"] = "=B3*2"
        sheet["B2"].comment = Comment("ours", "we")
        sheet.freeze_panes = "A2"

    made = annotated(package(change), [cells([])], Findings([bad("B2")]), "en")
    book = opened(made)
    sheet = book["data"]
    assert codes(made) == ["R160"]
    assert book.sheetnames == ["data", "Findings (stiscore)"]
    assert (sheet["A1"].font.bold, sheet["C3"].value, sheet.freeze_panes) == (True, "=B3*2", "A2")
    assert [sheet["B3"].value, sheet["B2"].value] == [2.5, "x"]
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert sheet["B2"].comment.text.startswith("ours\n\nD101 Not a number\n'x' is not a number")
    assert "help: Give the figure" in sheet["B2"].comment.text
    assert sheet["A2"].comment is None


def test_the_severest_finding_colours_a_cell_and_all_are_said() -> None:
    findings = Findings([bad("B2", code="D204"), bad("B2"), bad("B3", code="D204")])
    sheet = opened(annotated(package(), [cells([])], findings, "en"))["data"]
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B3"].fill.fgColor.rgb) == (RED, YELLOW)
    assert sheet["B2"].comment.text.index("D101") < sheet["B2"].comment.text.index("D204")


@pytest.mark.parametrize("original", [True, False], ids=["copy", "fresh"])
def test_the_list_names_every_finding_and_links_to_its_cell_only(original: bool) -> None:
    findings = Findings([bad("B2"), found("C304", share=0.2), bad("A9", value="'quoted'")])
    rows: list[list[float | str | None]] = [["省份", "share"], ["北京", "x"], ["天津", 2.5]]
    book = opened(annotated(package() if original else None, [cells(rows)], findings, "zh"))
    page = book["检查结果（stiscore）"]
    assert [row[2].value for row in page.iter_rows(min_row=2)] == ["D101", "C304", "D101"]
    links = dict(linked(book))
    assert {k: v.location for k, v in links.items()} == {
        "d.xlsx [data] B2": "'data'!B2",
        "d.xlsx [data] A9": "'data'!A9",
    }
    assert all(link.target is None for link in links.values())
    assert {v.ref for v in links.values()} == {"D2", "D4"}


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    made = annotated(
        package(lambda sheet: sheet.merge_cells("A2:A3")), [cells([])], Findings([bad("A3")]), "en"
    )
    assert opened(made)["data"]["A2"].comment.text.startswith("D101")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda _: b"PK\x03\x04 nothing",
        lambda data: without(data, "xl/workbook.xml"),
        lambda data: without(data, "xl/styles.xml", b"<styleSheet><numFmts>"),
    ],
)
def test_what_does_not_open_becomes_a_fresh_workbook(spoil: Callable[[bytes], bytes]) -> None:
    rows: list[list[float | str | None]] = [["省份", "share"], ["北京", "x"], ["天津", 2.5]]
    made = annotated(spoil(package()), [cells(rows)], Findings([bad("B2")]), "en")
    assert codes(made) == ["R161"]
    sheet = opened(made)["data"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == rows
    assert (sheet["B2"].fill.fgColor.rgb, sheet["B2"].comment.author) == (RED, "stiscore")


def without(data: bytes, name: str, instead: bytes = b"") -> bytes:
    """The package with one member spoilt."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as held, zipfile.ZipFile(out, "w") as made:
        for member in held.namelist():
            made.writestr(member, instead if member == name else held.read(member))
    return out.getvalue()


def test_a_sheet_openpyxl_does_not_see_makes_no_copy() -> None:
    made = annotated(package(), [cells([["x"]], "strict")], Findings([bad("A1", "strict")]), "en")
    assert codes(made) == ["R161"]
    assert opened(made)["strict"]["A1"].value == "x"


def test_ranges_that_span_a_sheet_cost_no_time() -> None:
    whole = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    link = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    for spanned in (whole, link):
        data = package()
        with zipfile.ZipFile(BytesIO(data)) as held:
            sheet = held.read("xl/worksheets/sheet1.xml")
        told = sheet.replace(b"</sheetData>", b"</sheetData>" + spanned)
        start = time.monotonic()
        made = annotated(
            without(data, "xl/worksheets/sheet1.xml", told), [cells([["x"]])], Findings(), "en"
        )
        assert codes(made) == ["R161"]
        assert time.monotonic() - start < 5


def test_a_large_package_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "COPIED", 1_000)
    made = annotated(package(), [cells([["x"]])], Findings([bad("A1")]), "en")
    assert codes(made) == ["R161"]
    assert "too large" in str(made.notes[0].fields["reason"])


def test_no_text_of_a_file_comes_alive() -> None:
    rows: list[list[float | str | None]] = [[text] for text in LIVE]
    findings = Findings(bad("A1", value=text) for text in LIVE)
    book = opened(annotated(None, [cells(rows)], findings, "en"))
    typed = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value]
    assert [c.value for c in book["data"]["A"]] == LIVE
    assert {c.data_type for c in typed} == {"s"}


def test_numbers_stay_as_they_were_to_the_last_bit() -> None:
    numbers = [0.1, 1 / 3, 29.286082519999997, 2.0**53 + 2, 5e-324, -0.5, 12345678901234.567]
    rows: list[list[float | str | None]] = [list(numbers)]
    (row,) = opened(annotated(None, [cells(rows)], Findings(), "en"))["data"].iter_rows()
    assert [float(c.value) for c in row] == numbers


def test_a_text_file_keeps_its_lines_and_blank_ones_between() -> None:
    rows = iter([(1, ["unit", "share"]), (4, ["北京", "x"])])
    sheet = SheetCells(None, rows, frozenset({(4, 2)}))  # type: ignore[arg-type]
    lost = found("D303", Location("d.csv", line=7, column=3))
    at = found("D101", Location("d.csv", line=4, column=2), column="c", value="x")
    page = opened(annotated(None, [sheet], Findings([at, lost]), "en"))["data"]
    assert (page["A4"].value, page["B4"].value, page["A3"].value) == ("北京", "x", None)
    assert (page["B4"].fill.fgColor.rgb, page["C7"].fill.fgColor.rgb) == (RED, RED)


def test_names_of_sheets_are_made_to_fit() -> None:
    names = ["a[1]:b", "x" * 40, "x" * 41, "Findings (stiscore)", "\x00'"]
    sheets = [cells([["v"]], name) for name in names]
    findings = Findings(bad("A1", name) for name in names)
    book = opened(annotated(None, sheets, findings, "en"))
    assert len(book.sheetnames) == len({n.casefold() for n in book.sheetnames}) == 6
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert [book[name]["A1"].comment is not None for name in book.sheetnames[:5]] == [True] * 5
    assert {link.location.rpartition("!")[2] for _, link in linked(book)} == {"A1"}


def test_control_characters_and_long_texts_do_no_harm() -> None:
    rows: list[list[float | str | None]] = [["a\x00\x1f\ud800b", "y" * 40_000]]
    told = bad("A1", value="z\x0b" * 5_000)
    sheet = opened(annotated(None, [cells(rows)], Findings([told]), "en"))["data"]
    assert sheet["A1"].value == "a\ufffd\ufffd\ufffdb"
    assert len(sheet["B1"].value) == 32_767
    assert len(sheet["A1"].comment.text) < 2_000
    assert sheet["A1"].comment.text.endswith("(longer: the sheet of findings has the whole text)")


@pytest.mark.parametrize("original", [True, False], ids=["copy", "fresh"])
def test_very_many_findings_are_bounded_and_that_is_said(
    original: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stiscore.report.annotate_book.LISTED", 20)
    findings = Findings(bad(f"B{row}") for row in range(2, 32))
    made = annotated(package() if original else None, [cells([["x"]])], findings, "en")
    book = opened(made)
    assert codes(made) == ["R160" if original else "R161", "R162"]
    column = [row[0] for row in book["data"].iter_rows(min_row=2, min_col=2, max_col=2)]
    assert sum(cell.comment is not None for cell in column) == 20
    assert {cell.fill.fgColor.rgb for cell in column} == {RED}
    page = book["Findings (stiscore)"]
    assert page.max_row == 22
    assert "The first 20 of 30 findings" in page.cell(page.max_row, 1).value


@pytest.mark.parametrize("original", [True, False], ids=["copy", "fresh"])
def test_the_same_input_gives_the_same_bytes(original: bool) -> None:
    source, findings = package(), Findings([bad("B2"), bad("B3", code="D204")])
    made = []
    for _ in range(2):
        sheets = [cells([["a", 1.0], ["b", "x"]])]
        made.append(annotated(source if original else None, sheets, findings, "both").data)
    assert made[0] == made[1]
    # Two runs may fall in the same second: no member may hold the time of either.
    with zipfile.ZipFile(BytesIO(made[0])) as held:
        assert {member.date_time for member in held.infolist()} == {(2025, 1, 1, 0, 0, 0)}
        modified = held.read("docProps/core.xml").rpartition(b"</dcterms:modified>")[0]
    assert modified.endswith(b">2025-01-01T00:00:00Z")


def test_links_that_were_there_stay() -> None:
    def change(sheet: Any) -> None:
        sheet["B3"].hyperlink = Hyperlink(ref="B3", location="'data'!A1")

    book = opened(annotated(package(change), [cells([])], Findings([bad("B2")]), "en"))
    assert book["data"]["B3"].hyperlink.location == "'data'!A1"
