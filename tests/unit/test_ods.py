"""OpenDocument tables: values, marks, what is hidden, repeats that must not explode."""

from __future__ import annotations

from pathlib import Path

import pytest

from stiscore.errors import InputRefused
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.parse import read_book
from tests.minimal_ods import cell, ods, row, table

PERCENT = '<table:table-cell office:value-type="percentage" office:value="0.123"{}/>'
ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
OLD_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
    "<text:p>Err:502</text:p></table:table-cell>"
)


def read(tmp_path: Path, content: bytes) -> Book:
    path = tmp_path / "data.ods"
    path.write_bytes(content)
    return read_book(path)


def only(book: Book) -> Grid:
    (grid,) = book.grids
    return grid


def refused(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(InputRefused) as raised:
        read(tmp_path, content)
    return raised.value.findings[0].code


def kinds(grid: Grid) -> list[list[str]]:
    return [[CellKind(k).name for k in line] for line in grid.kinds]


def test_values_and_their_addresses(tmp_path):
    rows = row() + row(cell(), cell("北  京"), cell(12.5), cell(), cell(-3))
    book = read(tmp_path, ods(table(rows, "指标 & 数据")))
    grid = only(book)
    assert (book.container, grid.sheet, grid.shape) == ("ods", "指标 & 数据", (2, 5))
    assert (grid.text(1, 1), grid.numbers[1, 2], grid.numbers[1, 4]) == ("北  京", 12.5, -3)
    assert book.notes == ()


def test_errors_unsaved_formulas_and_percentages_are_told(tmp_path):
    unsaved = '<table:table-cell table:formula="of:=[.A1]+1"/>'
    grid = only(read(tmp_path, ods(table(row(ERROR, OLD_ERROR, unsaved, PERCENT.format(""))))))
    assert kinds(grid) == [["ERROR", "ERROR", "NO_VALUE", "NUMBER"]]
    assert [grid.text(0, c) for c in range(3)] == ["#DIV/0!", "Err:502", "=[.A1]+1"]
    assert grid.percent.tolist() == [[False, False, False, True]]


def test_repeats_are_spelt_out(tmp_path):
    twice = PERCENT.format(' table:number-columns-repeated="2"')
    rows = row(cell(1, ' table:number-columns-repeated="3"'), twice, repeated=2) + row(cell(9))
    grid = only(read(tmp_path, ods(table(rows))))
    assert grid.shape == (3, 5)
    assert grid.numbers[:2].tolist() == [[1, 1, 1, 0.123, 0.123]] * 2
    assert grid.percent.sum() == 4


def test_empty_repeats_to_the_end_of_the_sheet_do_not_count(tmp_path):
    rows = row(cell(1), cell(None, ' table:number-columns-repeated="16383"')) + row(
        cell(None, ' table:number-columns-repeated="16384"'), repeated=1_048_575
    )
    assert only(read(tmp_path, ods(table(rows)))).shape == (1, 1)


@pytest.mark.parametrize(
    "rows",
    [
        row(cell(1, ' table:number-columns-repeated="16384"'), repeated=1_048_576),
        row(cell(1, ' table:number-columns-repeated="99999999"')),
        row(cell(1), repeated=999_999_999),
        row(cell(1)) + row(cell(), repeated=1_048_574) + row(cell("x", "") * 9),
        row(ERROR.replace(" table:formula", ' table:number-columns-repeated="9999" table:formula'))
        * 600,
    ],
)
def test_repeats_that_explode_are_refused_before_the_parser_sees_them(tmp_path, rows):
    assert refused(tmp_path, ods(table(rows))) == "R108"


def test_sheets_that_explode_only_together_are_refused(tmp_path):
    one = row(cell(1, ' table:number-columns-repeated="100"'), repeated=20_000)
    assert refused(tmp_path, ods(table(one, "a") + table(one, "b") + table(one, "c"))) == "R108"


def test_hidden_and_filtered_rows_columns_and_sheets_are_told(tmp_path):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row(cell(1), cell(2)) + row(cell(3), shown="collapse") + row(cell(4), shown="filter")
    grid = only(read(tmp_path, ods(table(columns + rows))))
    assert (grid.hidden_rows, grid.hidden_columns) == ((2, 3), (2,))


def test_merged_cells_are_told(tmp_path):
    title = (
        cell("title", ' table:number-columns-spanned="3" table:number-rows-spanned="1"')
        + "<table:covered-table-cell/>" * 2
    )
    assert only(read(tmp_path, ods(table(row(title) + row(*map(cell, "abc")))))).merged == (
        (0, 0, 0, 2),
    )


def test_a_table_in_a_drawing_is_no_part_of_the_sheet(tmp_path):
    """The parser takes the drawing's row for the sheet's, and drops the sheet's own."""
    drawing = f"<table:shapes>{table(row(cell(99)), 'chart data')}</table:shapes>"
    assert only(read(tmp_path, ods(table(drawing + row(cell(7)))))).numbers.tolist() == [[7]]


def test_line_breaks_between_tags_are_no_matter(tmp_path):
    spaced = ods(table(row(cell("a b"), cell(1)).replace("><", ">\n  <")))
    grid = only(read(tmp_path, spaced))
    assert (grid.text(0, 0), grid.numbers[0, 1]) == ("a b", 1)


def test_an_encrypted_document_is_named_as_such(tmp_path):
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refused(tmp_path, ods(table(row(cell(1))), manifest=entry)) == "R104"


@pytest.mark.parametrize("content", ["", "<office:body/>"])
def test_a_document_without_a_sheet_has_none(tmp_path, content):
    assert read(tmp_path, ods(content)).grids == ()


def test_a_document_that_ends_within_a_sheet_is_damaged(tmp_path):
    begun = '<table:table table:name="Data"><table:table-row>'
    assert refused(tmp_path, ods(begun)) == "R107"
