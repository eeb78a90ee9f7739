"""Cell by cell: what was read is what other readers of the same file read.

Controls must agree in every cell with both. Of the other workbooks each difference has a reason,
and the reason is a test: who is right, and why.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
import xlrd
from python_calamine import CalamineWorkbook

from stiscore.errors import InputRefused
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.parse import read_book

# openpyxl decodes no _xHHHH_; ECMA-376 22.9.2.19 says that _x000D_ is a carriage return.
ESCAPES = "phpspreadsheet__issue.4724.xlsx"
# openpyxl sees no sheet in a strict workbook, and stumbles over these; calamine reads them.
NOT_OPENED = {
    "calamine__issue_419.xlsx", "calamine__issue_530.xlsx", "calamine__pivots.xlsx",
    "phpspreadsheet__issue.3730.xlsx", "poi__57914.xlsx", "poi__SampleSS.strict.xlsx",
    "test_files__pivot_table_named_range.xlsx",
}  # fmt: skip
Value = str | float


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data"


@pytest.fixture(scope="module")
def controls(data: Path) -> list[Path]:
    with (data / "hostile" / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [data / "hostile" / row["file"] for row in rows if row["control_must_read"]]


def shown(value: object) -> Value:
    """A value as any reader gives it, in one form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def held(grid: Grid, row: int, column: int) -> Value:
    if row >= grid.shape[0] or column >= grid.shape[1]:
        return ""
    if grid.kinds[row, column] == CellKind.NUMBER:
        return float(grid.numbers[row, column])
    if grid.kinds[row, column] == CellKind.NO_VALUE:
        return ""
    return grid.text(row, column).removesuffix("T00:00:00")


@lru_cache(maxsize=1)
def opened(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=True)


def by_openpyxl(path: Path, grid: Grid) -> Iterator[tuple[str, Value, Value]]:
    """Every cell of a sheet as openpyxl has it, and as it was read."""
    sheet = opened(path)[grid.sheet or ""]
    # Only the cells it holds: a declared range may be a million rows.
    for cell in sheet._cells.values():
        yield cell.coordinate, shown(cell.value), held(grid, cell.row - 1, cell.column - 1)
    assert grid.shape[0] <= sheet.max_row


def by_calamine(path: Path, grid: Grid) -> Iterator[tuple[str, Value, Value]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(grid.sheet or "")
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            yield f"{r + 1},{c + 1}", shown(value), held(grid, r, c)


def by_xlrd(path: Path, grid: Grid) -> Iterator[tuple[str, Value, Value]]:
    book = xlrd.open_workbook(path, logfile=io.StringIO())
    sheet = book.sheet_by_name(grid.sheet or "")
    for r in range(sheet.nrows):
        for c in range(sheet.ncols):
            cell = sheet.cell(r, c)
            theirs: Value = cell.value
            if cell.ctype == xlrd.XL_CELL_BOOLEAN:
                theirs = shown(bool(cell.value))
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                theirs = ""  # as the note R128 says
            elif cell.ctype == xlrd.XL_CELL_DATE:
                moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
                theirs = str(moment.time()) if cell.value < 1 else shown(moment)
            yield f"{r + 1},{c + 1}", theirs, held(grid, r, c)


def test_control_workbooks_are_read_as_both_read_them(controls):
    books = [path for path in controls if path.suffix == ".xlsx"]
    assert len(books) >= 9
    for path in books:
        for grid in read_book(path).grids:
            for other in (by_openpyxl, by_calamine):
                assert [row for row in other(path, grid) if row[1] != row[2]] == [], path.name


def test_control_text_is_read_as_csv_reads_it(controls):
    texts = [path for path in controls if path.suffix == ".csv"]
    assert texts
    for path in texts:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        (grid,) = read_book(path).grids
        assert [[held(grid, r, c) for c in range(len(row))] for r, row in enumerate(rows)] == rows


def test_old_workbooks_are_read_as_xlrd_reads_them(data):
    """Controls, the others, and the yearbooks: all .xls that xlrd opens and we read."""
    compared = 0
    paths = [*data.glob("hostile/*.[xX][lL][sS]"), *data.glob("real/*.xls")]
    for path in (p for p in paths if "clusterfuzz" not in p.name):
        try:
            book = read_book(path)
        except InputRefused:
            continue
        for grid in book.grids:
            assert [row for row in by_xlrd(path, grid) if row[1] != row[2]] == [], path.name
        compared += 1
    assert compared >= 20


def readable(data: Path) -> Iterator[tuple[Path, Book]]:
    for path in sorted(data.glob("hostile/*.xls[xm]")):
        try:
            yield path, read_book(path)
        except InputRefused:
            continue


def test_no_other_workbook_is_read_differently_but_for_a_reason(data):
    compared = 0
    for path, book in readable(data):
        if path.name in {ESCAPES, *NOT_OPENED}:
            continue
        for grid in book.grids:
            # calamine drops spaces at the end that the file does not say to keep.
            different = [
                (at, theirs, ours)
                for at, theirs, ours in by_openpyxl(path, grid)
                if theirs != ours and str(theirs).strip() != str(ours).strip()
            ]
            assert different == [], path.name
        compared += 1
    assert compared > 45


def test_escapes_in_text_are_decoded(data):
    path = data / "hostile" / ESCAPES
    (grid,) = read_book(path).grids
    different = {
        at: (theirs, ours) for at, theirs, ours in by_openpyxl(path, grid) if theirs != ours
    }
    assert different == {
        "A1": ("line_x000D_\nwith_x000D_\nbreaks", "line\r\nwith\r\nbreaks"),
        "A3": ("ABC_x0031__x0032__x0033_DEF", "ABC123DEF"),
        # Half a surrogate pair is no character and stays as it was written.
        "A6": ("_xD801__x0038_", "_xD801_8"),
        "A7": ("_x0039__xDC05_", "9_xDC05_"),
    }


def test_a_strict_workbook_is_read_where_openpyxl_sees_no_sheet(data):
    path = data / "hostile" / "poi__SampleSS.strict.xlsx"
    assert opened(path).sheetnames == []
    book = read_book(path)
    assert [grid.sheet for grid in book.grids] == ["First Sheet", "Sheet Number 2", "Sheet3"]
    assert book.grids[0].text(0, 0) == "Test spreadsheet"


@pytest.mark.parametrize(
    "name",
    ["frictionless-py__table-with-booleans", "test_files__1904", "phpspreadsheet__issue.4435b"],
)
def test_ods_cells_are_those_of_its_xml(data, name):
    """Sheets that repeat nothing but empty cells: the XML in document order is the table."""
    path = data / "hostile" / f"{name}.ods"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    with zipfile.ZipFile(path) as package:
        tree = ET.fromstring(package.read("content.xml"))  # noqa: S314 - a known file
    (grid,) = read_book(path).grids
    for r, row in enumerate(tree.iter(f"{table}table-row")):
        for c, cell in enumerate(row):
            number = cell.get(f"{office}value")
            if number is not None:
                assert held(grid, r, c) == float(number)
            elif cell.get(f"{office}date-value"):
                assert held(grid, r, c) == cell.get(f"{office}date-value").removesuffix("T00:00:00")
            elif cell.get(f"{office}value-type") == "string":
                assert held(grid, r, c) == "\n".join("".join(p.itertext()) for p in cell)
