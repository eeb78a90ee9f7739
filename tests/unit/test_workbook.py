"""What a workbook's grid says: values, errors, unsaved formulas, percent formats, addresses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.errors import InputRefused
from stiscore.io import wire
from stiscore.io.archive import unpack
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.guard import NORMAL
from stiscore.io.package import percent_styles, sheet_parts
from stiscore.io.parse import read_book
from stiscore.io.second_look import Part, Unclear
from stiscore.io.workbook import read as parse_workbook
from tests.minimal_xlsx import members, workbook

PERCENT = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.000%"/>'
    '<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/><numFmt numFmtId="166" formatCode="0\\%"/>'
    "</numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs>"
    '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
)


def read(tmp_path: Path, content: bytes) -> Book:
    path = tmp_path / "data.xlsx"
    path.write_bytes(content)
    return read_book(path)


def only(book: Book) -> Grid:
    (grid,) = book.grids
    return grid


def kinds(grid: Grid) -> list[list[str]]:
    return [[CellKind(k).name for k in row] for row in grid.kinds]


def test_the_wire_and_the_grid_name_kinds_alike():
    assert all(getattr(wire, kind.name) == kind.value for kind in CellKind)


def test_values_keep_their_kind_and_their_address(tmp_path):
    path = tmp_path / "data.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "指标"
    sheet["B3"], sheet["C3"], sheet["D3"] = "北京", 12.5, True
    sheet["B4"], sheet["C4"] = "北京", 7
    made.create_sheet("hidden").sheet_state = "hidden"
    made.save(path)
    book = read_book(path)
    grid = book.grids[0]
    assert grid.sheet == "指标"
    assert grid.shape == (4, 4)
    assert kinds(grid)[2] == ["EMPTY", "TEXT", "NUMBER", "BOOLEAN"]
    assert grid.numbers[2, 2] == 12.5
    assert np.isnan(grid.numbers[2, 1])
    assert grid.texts == ("北京", "TRUE")
    assert grid.text(3, 1) == "北京"
    assert str(grid.location(3, 2)) == "data.xlsx [指标] C4"
    assert [(n.code, n.location.sheet) for n in book.notes] == [("R115", "hidden")]
    assert not grid.numbers.flags.writeable


def test_dates_are_dates_in_iso_form(tmp_path):
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs>'
    cells = '<row r="1"><c r="A1" s="1"><v>44562</v></c><c r="B1" s="2"><v>1.5</v></c></row>'
    grid = only(read(tmp_path, workbook(cells, styles)))
    assert kinds(grid) == [["DATE", "DATE"]]
    assert grid.text(0, 0).startswith("2022-01-01")
    assert grid.text(0, 1) == "PT129600S"


def test_error_cells_are_errors_by_name(tmp_path):
    cells = (
        '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1"><v>1</v></c>'
        '<c r="C1" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    )
    grid = only(read(tmp_path, workbook(cells)))
    assert kinds(grid) == [["ERROR", "NUMBER", "ERROR"]]
    assert [grid.text(0, c) for c in range(3)] == ["#DIV/0!", "1", "#N/A"]


def test_a_formula_written_by_openpyxl_has_no_value_even_outside_the_used_range(tmp_path):
    path = tmp_path / "data.xlsx"
    made = openpyxl.Workbook()
    made.active.append([1, 2])
    made.active["D3"] = '=A1&"<"&B1'
    made.save(path)
    grid = only(read_book(path))
    assert grid.shape == (3, 4)
    assert grid.kinds[2, 3] == CellKind.NO_VALUE
    assert grid.text(2, 3) == '=A1&"<"&B1'


def test_a_saved_empty_text_is_empty_and_not_an_unsaved_formula(tmp_path):
    cells = (
        '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    )
    grid = only(read(tmp_path, workbook(cells)))
    assert kinds(grid) == [["EMPTY", "NUMBER"]]


def test_only_real_percent_formats_are_percent():
    assert percent_styles(PERCENT.encode()) == {b"1", b"2", b"3"}


@pytest.mark.parametrize("prefix", ["", "x"])
def test_percent_cells_are_marked(tmp_path, prefix):
    p = f"{prefix}:" if prefix else ""
    cells = "".join(
        f'<{p}c r="{c}2" s="{s}"><{p}v>0.5</{p}v></{p}c>' for s, c in enumerate("ABCDEF")
    )
    grid = only(read(tmp_path, workbook(f'<{p}row r="2">{cells}</{p}row>', PERCENT, prefix)))
    assert grid.percent[1].tolist() == [False, True, True, True, False, False]
    assert not grid.percent[0].any()


def test_hidden_rows_are_told(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row hidden="true" r="3"><c r="A3"><v>1</v></c></row>'
        '<row r="4" hidden="0"><c r="A4"><v>1</v></c></row>'
    )
    assert only(read(tmp_path, workbook(cells))).hidden_rows == (2, 3)


def test_cells_without_addresses_are_counted(tmp_path):
    cells = '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c s="1"><v>0.5</v></c></row>'
    grid = only(read(tmp_path, workbook(cells, PERCENT)))
    assert kinds(grid) == [["NUMBER", "ERROR"], ["NUMBER", "EMPTY"]]
    assert grid.percent.tolist() == [[False, False], [True, False]]


def test_a_figure_that_is_not_finite_is_text(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>inf</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>2</v></c></row>'
    )
    grid = only(read(tmp_path, workbook(cells)))
    assert kinds(grid) == [["TEXT", "TEXT", "NUMBER"]]


def test_trailing_empty_rows_and_columns_are_cut_and_leading_ones_kept(tmp_path):
    cells = (
        '<row r="2"><c r="B2"><v>1</v></c><c r="D2" t="inlineStr"><is><t></t></is></c></row>'
        '<row r="5"><c r="C5" t="inlineStr"><is><t></t></is></c></row>'
    )
    grid = only(read(tmp_path, workbook(cells)))
    assert grid.shape == (2, 2)
    assert grid.numbers[1, 1] == 1


@pytest.mark.parametrize("fault", [Unclear, ValueError])
def test_a_sheet_the_second_look_does_not_understand_is_noted_not_refused(monkeypatch, fault):
    def stumble(*_: object) -> None:
        raise fault

    monkeypatch.setattr(Part, "look", stumble)
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    parsed = parse_workbook(unpack(workbook(cells), NORMAL).members, NORMAL)
    assert parsed.sheets[0].numbers[0] == 1
    assert [(n.code, n.place) for n in parsed.notes] == [("R116", {"sheet": "Data"})]


def test_a_sheet_whose_part_is_not_found_is_noted():
    parts = members('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="Data"', 'name = "Data" ')
    assert sheet_parts({n: c.encode() for n, c in parts.items()}) == {
        "Data": "xl/worksheets/sheet1.xml"
    }
    del parts["_rels/.rels"]
    assert sheet_parts({n: c.encode() for n, c in parts.items()}) != {}
    del parts["xl/_rels/workbook.xml.rels"]
    assert sheet_parts({n: c.encode() for n, c in parts.items()}) == {}


def test_a_stray_cell_far_away_is_named_with_the_range(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="ZZ900000"><v>1</v></c></row>'
    )
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, workbook(cells))
    (finding,) = refused.value.findings
    assert finding.code == "R108"
    assert (finding.fields["rows"], finding.fields["columns"]) == (900_000, 702)
    assert finding.location.sheet == "Data"


def test_styled_empty_cells_far_away_do_not_count(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'
        '<row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    assert only(read(tmp_path, workbook(cells, PERCENT))).shape == (1, 1)


CELL = st.sampled_from(
    [
        "<v>1</v>",
        "",
        "<f>A1</f>",
        '<f t="shared" si="0"/><v></v>',
        '<f>A1&amp;"t=""e"""</f><v/>',
        "<f>A1</f><v>3</v>",
        "<v>#N/A</v>",
    ]
)
ATTRIBUTES = st.sampled_from(["", ' s="1"', ' t="e"', ' s="3" t="e"', ' t="str"', ' s="2" t="n"'])
ROW = st.lists(st.tuples(ATTRIBUTES, CELL), max_size=4)


@given(
    st.lists(st.tuples(ROW, st.booleans()), max_size=4),
    st.sampled_from([b"", b"x:"]),
    st.booleans(),
)
def test_hits_and_walk_see_the_same(rows, prefix, commented):
    """The quick way by hits and the slow way cell by cell never differ."""
    xml = b"".join(
        b'<Prow r="%d"%b>%b</Prow>'
        % (
            y,
            b' hidden="1"' if hidden else b"",
            b"".join(
                b'<Pc r="%c%d"%b>%b</Pc>'
                % (
                    64 + x,
                    y,
                    attributes.encode(),
                    body.replace("<", "<P").replace("<P/", "</P").encode(),
                )
                for x, (attributes, body) in enumerate(row, 1)
            ),
        )
        for y, (row, hidden) in enumerate(rows, 1)
    )
    comment = b'<!-- <c r="Z9" t="e"> -->' if commented else b""
    part = Part((b"<PsheetData>" + comment + xml + b"</PsheetData>").replace(b"P", prefix))
    styles = frozenset([b"1", b"3"])
    assert part.look(styles) == part.walk(styles)
