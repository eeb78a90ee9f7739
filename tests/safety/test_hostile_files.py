"""Every collected hostile or odd file ends in a Book or in one coded refusal; controls are read."""

from __future__ import annotations

import csv
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from stiscore.errors import InputRefused
from stiscore.io.delimited import read as read_text
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.guard import NORMAL
from stiscore.io.parse import read_book
from stiscore.io.second_look import Part, Unclear
from stiscore.io.wire import Refused
from stiscore.words.faults import SAYINGS, line

# Codes a refusal of a file may have; R111 to R113 would say that a guard let something through.
REFUSALS = {f"R{n}" for n in (103, 104, 105, 106, 107, 108, 109, 110, *range(118, 127))}
NOT_YET = (
    ".xls",
    ".xlsb",
    ".ods",
    ".parquet",
    ".numbers",
    ".fods",
    ".slk",
    ".dif",
    ".xml",
    ".html",
)


@pytest.fixture(scope="module")
def hostile(shared: Path) -> Path:
    return shared / "data" / "hostile"


@pytest.fixture(scope="module")
def manifest(hostile: Path) -> list[dict[str, str]]:
    with (hostile / "MANIFEST.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def outcome(path: Path) -> Book | str:
    try:
        return read_book(path)
    except InputRefused as refused:
        (finding,) = refused.findings
        assert all(line(finding, lang) for lang in ("en", "zh"))
        return finding.code


@pytest.fixture(scope="module")
def outcomes(hostile: Path, manifest: list[dict[str, str]]) -> dict[str, Book | str]:
    paths = [hostile / row["file"] for row in manifest]
    with ThreadPoolExecutor(4) as pool:
        return dict(zip((p.name for p in paths), pool.map(outcome, paths), strict=True))


def test_every_file_is_read_or_refused_with_a_code(outcomes):
    assert len(outcomes) >= 150
    codes = {name: o for name, o in outcomes.items() if isinstance(o, str)}
    assert {name: code for name, code in codes.items() if code not in REFUSALS} == {}
    assert set(codes.values()) <= set(SAYINGS)


def test_what_is_not_read_yet_is_refused_by_name_or_as_encrypted(outcomes):
    others = {n: o for n, o in outcomes.items() if Path(n).suffix.lower() in NOT_YET}
    assert {n: o for n, o in others.items() if o not in ("R104", "R105")} == {}


def test_encrypted_workbooks_are_named_as_such(outcomes, manifest):
    names = [row["file"] for row in manifest if "encrypted" in row["why_odd"]]
    assert names
    assert {outcomes[name] for name in names} == {"R104"}


def test_document_types_are_refused(outcomes, manifest):
    names = [row["file"] for row in manifest if "dtd" in row["why_odd"].split("; ")]
    assert names
    assert {outcomes[name] for name in names} <= {"R121", "R122"}


def shown(value: object) -> str | float:
    """A value as either reader gives it, in one form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def held(grid: Grid, row: int, column: int) -> str | float:
    if row >= grid.shape[0] or column >= grid.shape[1]:
        return ""
    if grid.kinds[row, column] == CellKind.NUMBER:
        return float(grid.numbers[row, column])
    return grid.text(row, column).removesuffix("T00:00:00")


def differences(book: Book, path: Path) -> list[str]:
    theirs = openpyxl.load_workbook(path, data_only=True)
    parsed = CalamineWorkbook.from_path(path)
    found = []
    for grid in book.grids:
        rows = parsed.get_sheet_by_name(grid.sheet or "").to_python(skip_empty_area=False)
        sheet = theirs[grid.sheet or ""]
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            r, c = cell.row - 1, cell.column - 1
            inside = r < len(rows) and c < len(rows[r])
            values = {shown(cell.value), shown(rows[r][c]) if inside else ""}
            if values != {held(grid, r, c)}:
                found.append(f"{path.name} {grid.sheet} {cell.coordinate}: {values}")
        assert grid.shape[0] <= max(sheet.max_row, len(rows))
    return found


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_control_workbooks_are_read_cell_by_cell(hostile, manifest, outcomes):
    names = [
        row["file"]
        for row in manifest
        if row["control_must_read"] and row["file"].endswith(".xlsx")
    ]
    assert len(names) >= 9
    for name in names:
        book = outcomes[name]
        assert isinstance(book, Book), (name, book)
        assert differences(book, hostile / name) == []


def test_control_text_is_read_cell_by_cell(hostile, manifest, outcomes):
    names = [
        row["file"] for row in manifest if row["control_must_read"] and row["file"].endswith(".csv")
    ]
    assert names
    for name in names:
        book = outcomes[name]
        assert isinstance(book, Book), (name, book)
        with (hostile / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        (grid,) = book.grids
        assert [[held(grid, r, c) for c in range(len(row))] for r, row in enumerate(rows)] == rows


def test_error_cells_are_found_where_calamine_tells_none(outcomes):
    book = outcomes["poi__46535.xlsx"]
    assert isinstance(book, Book)
    assert sum(int((g.kinds == CellKind.ERROR).sum()) for g in book.grids) == 331


def test_hits_and_walk_agree_on_real_sheets(hostile, manifest):
    from stiscore.io.archive import unpack
    from stiscore.io.workbook import percent_styles

    compared = 0
    for row in manifest:
        data = (hostile / row["file"]).read_bytes()
        if not data.startswith(b"PK") or len(data) > 200_000:
            continue
        try:
            members = unpack(data, NORMAL)
        except Refused:
            continue
        styles = percent_styles(members.get("xl/styles.xml", b""))
        for name, xml in members.items():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                try:
                    part = Part(xml)
                    assert part.look(styles) == part.walk(styles), (row["file"], name)
                except Unclear:
                    continue
                compared += 1
    assert compared > 50


def test_native_files_of_statistics_offices(shared):
    real = shared / "data" / "real"
    (bank,) = real.glob("API_*.csv")
    parsed = read_text(bank.read_bytes(), NORMAL)
    assert parsed.sheets[0].texts[0] == "Data Source"
    (bureau,) = real.glob("nbs_*_gbk.csv")
    assert read_text(bureau.read_bytes(), NORMAL).encoding == "gb18030"
