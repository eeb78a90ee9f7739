"""Where parser and XML disagree it is said; merges, hidden columns and dates are as in the file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from stiscore.io import guard, workbook
from stiscore.io.agreement import Disagreement, disagreements
from stiscore.io.archive import unpack
from stiscore.io.grid import Grid
from stiscore.io.pack import packed
from stiscore.io.parse import read_book
from stiscore.io.second_look import NOTHING, Part
from stiscore.io.texts import Collector
from stiscore.io.wire import Parsed
from tests.minimal_xlsx import members, zipped
from tests.minimal_xlsx import workbook as made

CELLS = b"""<sheetData><row r="1"><c r="A1"><v>12</v></c><c r="B1" t="n"><v>3.5</v></c>
<c r="C1" t="s"><v>0</v></c><c r="D1" t="b"><v>1</v></c></row></sheetData>"""


def read(data: bytes) -> Parsed:
    return workbook.read(unpack(data, guard.NORMAL).members, guard.NORMAL)


def compared(rows: list[list[object]]) -> list[Disagreement]:
    known = Collector()
    block = packed(rows, (0, 0), NOTHING, known)
    return disagreements(Part(CELLS), block, NOTHING, known)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([12, 3.5, "text", True], []),
        ([12, "", "text", True], [((0, 1), "3.5", "")]),
        (["", "", "text", True], [((0, 0), "12", ""), ((0, 1), "3.5", "")]),
        ([12, 3.5, 7.0, True], [((0, 2), "", "7")]),
        ([12], [((0, 1), "3.5", "")]),
    ],
)
def test_a_number_only_one_side_has_is_named(row, expected):
    assert compared([row]) == expected


def test_a_cell_written_twice_is_a_disagreement():
    """The second of two cells of one address wins in the parser, the first in other programs."""
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c></row>'
    parsed = read(made(cells))
    (note,) = parsed.notes
    assert note.code == "R130"
    assert note.place == {"sheet": "Data", "cell": "A1"}
    assert {note.fields["held"], note.fields["read"]} == {"1", "2"}


@pytest.mark.parametrize(
    "cells",
    [
        "<f>1+1</f><v></v>",
        "<v>1e999</v>",
        "<v> 7 </v>",
        "<v></v>",
        '<f t="shared" ref="A1" si="0">B1</f><v>2</v>',
    ],
)
def test_odd_but_plain_cells_are_no_disagreement(cells):
    parsed = read(made(f'<row r="1"><c r="A1">{cells}</c><c r="B1"><v>3</v></c></row>'))
    assert parsed.notes == []


def test_signs_of_a_cell_in_a_text_are_no_disagreement():
    text = '<is><t>a t="s" b t="str" &lt;v&gt;</t></is>'
    parsed = read(
        made(f'<row r="1"><c r="A1" t="inlineStr">{text}</c><c r="B1"><v>3</v></c></row>')
    )
    assert parsed.notes == []


def saved(tmp_path: Path, book: openpyxl.Workbook) -> Grid:
    book.save(tmp_path / "data.xlsx")
    (grid,) = read_book(tmp_path / "data.xlsx").grids
    return grid


def test_merges_are_told_within_the_used_range(tmp_path):
    book = openpyxl.Workbook()
    for row in (["title"], ["a", "b", "c"], [1, 2, 3]):
        book.active.append(row)
    for merged in ("A1:F1", "B2:B3", "K1:L4", "C2:C2"):
        book.active.merge_cells(merged)
    assert saved(tmp_path, book).merged == ((0, 0, 0, 2), (1, 1, 2, 1))


def test_merges_of_an_xls_are_told(shared):
    (path,) = (shared / "data" / "real").glob("cn_yearbook_2-14*.xls")
    (grid,) = read_book(path).grids
    assert len(grid.merged) == 4
    assert all(grid.text(top, left) for top, left, _, _ in grid.merged[:1])


def test_a_million_merges_are_too_many_to_keep():
    rows = '<row r="9"><c r="C9"><v>1</v></c></row>'
    parts = members(rows)
    name = "xl/worksheets/sheet1.xml"
    merges = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 30_000 + "</mergeCells>"
    parts[name] = parts[name].replace("</sheetData>", f"</sheetData>{merges}")
    assert len(read(zipped(parts)).sheets[0].merged) == 10_000


def test_hidden_columns_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([1, 2, 3, 4])
    for letter in "BDH":
        book.active.column_dimensions[letter].hidden = True
    assert saved(tmp_path, book).hidden_columns == (2, 4)


@pytest.mark.parametrize("since_1904", [False, True])
def test_dates_count_from_the_day_the_workbook_says(tmp_path, since_1904):
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    import datetime as dt

    book.active.append([dt.datetime(2022, 3, 4), 1.0])  # noqa: DTZ001 - a workbook knows no zone
    grid = saved(tmp_path, book)
    assert grid.text(0, 0).startswith("2022-03-04")
    assert grid.numbers[0, 1] == 1.0


@pytest.mark.parametrize("missing", ["xl/styles.xml", "[Content_Types].xml"])
def test_a_package_without_a_part_that_is_not_needed_is_read(missing):
    parts = members('<row r="1"><c r="A1" s="1"><v>1</v></c></row>')
    del parts[missing]
    assert read(zipped(parts)).sheets[0].numbers[0] == 1


def test_a_missing_or_broken_drawing_is_no_matter():
    parts = members('<row r="1"><c r="A1"><v>1</v></c></row>')
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("</worksheet>", '<drawing r:id="rId9"/></worksheet>')
    relations = parts["_rels/.rels"].replace("xl/workbook.xml", "../drawings/drawing1.xml")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations
    assert read(zipped(parts)).sheets[0].numbers[0] == 1


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "nonsense", "C5:D9"])
def test_a_wrong_dimension_is_ignored(dimension):
    cells = "".join(f'<row r="{r}"><c r="B{r}"><v>{r}</v></c></row>' for r in range(1, 8))
    parts = members(cells)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("<sheetData>", f'<dimension ref="{dimension}"/><sheetData>')
    (sheet,) = read(zipped(parts)).sheets
    assert (sheet.rows, sheet.columns, sum(sheet.numbers)) == (7, 2, 28)
