"""Every collected hostile or odd file ends as expected.csv says: in a Book or one coded refusal.

For each file the table says how it is read (container, and encoding if not UTF-8) and with which
shapes, or by which code it is refused. Cells are compared in test_hostile_cells.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stiscore.errors import InputRefused
from stiscore.io.delimited import read as read_text
from stiscore.io.grid import CellKind
from stiscore.io.guard import NORMAL
from stiscore.io.inflate import Large
from stiscore.io.parse import read_book
from stiscore.io.second_look import Part, Unclear
from stiscore.io.wire import Refused
from stiscore.words.faults import SAYINGS, line, tell

HERE = Path(__file__).parent
# R111 (crashed) and R112 (out of time) would say that a guard let something through. R113 does not:
# one cell of an .xls in its last row and column makes a table of 16 million.
UNWANTED = {"R111", "R112"}


@pytest.fixture(scope="module")
def hostile(shared: Path) -> Path:
    return shared / "data" / "hostile"


@pytest.fixture(scope="module")
def manifest(hostile: Path) -> list[dict[str, str]]:
    with (hostile / "MANIFEST.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def expected() -> Iterator[dict[str, str]]:
    with (HERE / "expected.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def outcome(path: Path) -> dict[str, str]:
    """A row of expected.csv, as the reader has it."""
    try:
        book = read_book(path)
    except InputRefused as refused:
        (finding,) = refused.findings
        assert all(line(finding, lang) for lang in ("en", "zh"))
        told = [str(finding.fields[k]) for k in ("format", "version") if k in finding.fields]
        return {"file": path.name, "how": "refused", "what": finding.code, "told": " ".join(told)}
    encoding = f" {book.encoding}" if book.encoding not in (None, "utf-8") else ""
    shapes = [f"{grid.shape[0]}x{grid.shape[1]}" for grid in book.grids]
    notes = [note.code for note in book.notes]
    how = f"{book.container}{encoding}"
    return {"file": path.name, "how": how, "what": " ".join(shapes), "told": " ".join(notes)}


@pytest.fixture(scope="module")
def outcomes(hostile: Path) -> dict[str, dict[str, str]]:
    paths = [hostile / row["file"] for row in expected()]
    with ThreadPoolExecutor(4) as pool:
        return {row["file"]: row for row in pool.map(outcome, paths)}


@pytest.mark.parametrize("row", list(expected()), ids=lambda row: row["file"])
def test_the_file_ends_as_expected(outcomes, row):
    assert outcomes[row["file"]] == row


def test_every_control_is_read(manifest):
    rows = {row["file"]: row["how"] for row in expected()}
    names = [row["file"] for row in manifest if row["control_must_read"]]
    assert len(names) >= 17
    assert "refused" not in {rows[name] for name in names}


def test_no_file_is_forgotten_and_no_guard_let_anything_through(hostile, manifest):
    rows = list(expected())
    there = {path.name for path in hostile.iterdir()} - {"MANIFEST.csv"}
    assert {row["file"] for row in rows} == {row["file"] for row in manifest} == there
    codes = {row["what"] for row in rows if row["how"] == "refused"}
    assert codes <= set(SAYINGS) - UNWANTED


def test_what_is_no_table_is_named_with_its_fix():
    """Each format that is not read is told by the name people know, not as damage."""
    rows = {row["file"]: row["told"] for row in expected() if row["what"] in ("R105", "R131")}
    endings = {Path(name).suffix.lower() for name in rows}
    assert {".numbers", ".fods", ".slk", ".dif", ".xml", ".html"} <= endings
    for name, told in rows.items():
        assert told in (Path(name).suffix.lower(), "4", ".docx", ".gz"), name


def test_encrypted_workbooks_are_named_as_such(manifest):
    rows = {row["file"]: row["what"] for row in expected()}
    names = [row["file"] for row in manifest if "encrypted" in row["why_odd"]]
    assert names
    assert {rows[name] for name in names} == {"R104"}


def test_document_types_are_refused(manifest):
    rows = {row["file"]: row["what"] for row in expected()}
    names = [row["file"] for row in manifest if "dtd" in row["why_odd"].split("; ")]
    assert names
    assert {rows[name] for name in names} <= {"R121", "R122"}


def test_error_cells_are_found_where_calamine_tells_none(hostile):
    book = read_book(hostile / "poi__46535.xlsx")
    assert sum(int((g.kinds == CellKind.ERROR).sum()) for g in book.grids) == 331


def test_error_cells_of_an_xls_are_said_to_be_unchecked(hostile):
    book = read_book(hostile / "phpspreadsheet__formulas.xls")
    (note,) = book.notes
    assert "error cell was read as blank" in tell(note, "en").what
    assert book.grids[0].kinds[2, 0] == CellKind.EMPTY


def read_parts(hostile: Path, names: list[str]) -> Iterator[tuple[str, bytes, frozenset[bytes]]]:
    """The XML of every small sheet, with the percent styles of its workbook."""
    from stiscore.io.archive import unpack
    from stiscore.io.package import member, percent_styles

    for name in names:
        data = (hostile / name).read_bytes()
        if not data.startswith(b"PK") or len(data) > 200_000:
            continue
        try:
            members = unpack(data, NORMAL).members
        except Refused:
            continue
        styles = percent_styles(member(members, "xl/styles.xml") or b"")
        for part, xml in members.items():
            if "worksheets/sheet" in part and part.endswith(".xml"):
                assert not isinstance(xml, Large)
                yield f"{name} {part}", xml, styles


def test_hits_and_walk_agree_on_real_sheets(hostile, manifest):
    compared = 0
    for name, xml, styles in read_parts(hostile, [row["file"] for row in manifest]):
        try:
            part = Part(xml)
            assert part.look(styles) == part.walk(styles), name
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
