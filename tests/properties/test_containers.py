"""A table is the same grid in whatever container, encoding or dialect it was written."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.io import worker
from stiscore.io.grid import Book, CellKind, Grid
from stiscore.io.guard import NORMAL
from stiscore.io.unpack import unpacked
from stiscore.io.wire import HEADER, book_message
from tests.minimal_ods import sheet_of

Cell = str | float | None
Table = list[list[Cell]]

SIGNS = "省市区京沪津渝北上海江山西陕内蒙古aZ09 ,;|\"'%()-–（）．\u00a0é"
TEXTS = st.text(SIGNS, min_size=1, max_size=8).filter(lambda t: t.strip() == t)
CHINESE = st.text("省市区京沪津渝北上海江山西陕内蒙古", min_size=1, max_size=6)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.15g}")),
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
DIALECTS = st.tuples(
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


@st.composite
def tables(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Table:
    """A head of names, then columns of figures or of texts, with gaps."""
    head = draw(st.lists(texts, min_size=2, max_size=5, unique=True))
    tall = draw(st.integers(1, 6))
    sorts = [draw(st.sampled_from([texts, NUMBERS])) for _ in head]
    columns = [draw(st.lists(st.none() | s, min_size=tall, max_size=tall)) for s in sorts]
    return [[*head], *(list(row) for row in zip(*columns, strict=True))]


def as_xlsx(table: Table, path: Path) -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(table, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                cell = book.active.cell(r, c, value)
                cell.data_type = "s" if isinstance(value, str) else "n"
    book.save(path)


def as_ods(table: Table, path: Path) -> None:
    path.write_bytes(sheet_of(table))


def as_parquet(table: Table, path: Path) -> None:
    head, *rows = table
    columns = [pa.array([row[c] for row in rows]) for c in range(len(head))]
    pq.write_table(pa.table(columns, names=[str(name) for name in head]), path)


def as_csv(table: Table, path: Path, encoding: str, dialect: tuple[str, str, int]) -> None:
    made = io.StringIO(newline="")
    delimiter, line_end, quoting = dialect
    csv.writer(made, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    path.write_bytes(made.getvalue().encode(encoding))


def read(write: Callable[[Path], None], name: str) -> Book:
    """What the worker's message says, without a process for each example."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "_limit_memory", lambda _: None)  # this process is no worker
        path = Path(folder, name)
        write(path)
        parsed, digest = worker._parsed(str(path), NORMAL)
    message = bytearray(b"".join(book_message(parsed, digest)))
    _, text, _ = HEADER.unpack(message[: HEADER.size])
    body = memoryview(message)[HEADER.size :]
    return unpacked(Path(name), bytes(body[:text]), body[text:])


def cells(grid: Grid) -> Table:
    """The grid as the table it was; in a text file figures are texts."""

    def value(row: int, column: int) -> Cell:
        if grid.kinds[row, column] == CellKind.NUMBER:
            return float(grid.numbers[row, column])
        return grid.text(row, column) or None

    rows, columns = grid.shape
    return [[value(r, c) for c in range(columns)] for r in range(rows)]


def used(table: Table) -> Table:
    """Without empty rows at the end."""
    while all(value is None for value in table[-1]):
        table = table[:-1]
    return table


def read_as(table: Table, read_back: Table) -> Table:
    """What was read, figures for texts where the table has figures."""

    def like(wanted: Cell, got: Cell) -> Cell:
        return float(got) if isinstance(wanted, float) and got is not None else got

    pairs = zip(table, read_back, strict=True)
    return [[like(a, b) for a, b in zip(wanted, got, strict=True)] for wanted, got in pairs]


@pytest.mark.parametrize(
    ("write", "name"), [(as_xlsx, "t.xlsx"), (as_ods, "t.ods"), (as_parquet, "t.parquet")]
)
@given(table=tables())
@settings(max_examples=40, deadline=None)
def test_a_table_is_read_back_from_every_container(write, name, table):
    book = read(lambda path: write(table, path), name)
    (grid,) = book.grids
    assert cells(grid) == used(table)
    assert [note.code for note in book.notes] == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(data=st.data(), dialect=DIALECTS)
@settings(max_examples=40, deadline=None)
def test_a_table_is_read_back_from_text_in_every_encoding_and_dialect(encoding, data, dialect):
    # GB18030 is believed only of what reads as Chinese; in UTF any signs will do.
    texts = CHINESE if encoding == "gb18030" else TEXTS
    drawn = data.draw(tables(texts))
    # A head of words, as every table that is read has: 0,| above ,| alone may be cut either way.
    table: Table = [[f"name{place}" for place in range(len(drawn[0]))], *drawn]
    book = read(lambda path: as_csv(table, path, encoding, dialect), "t.csv")
    (grid,) = book.grids
    assert read_as(used(table), cells(grid)) == used(table)
    assert book.delimiter == dialect[0]
    assert [grid.location(r).line for r in range(grid.shape[0])] == list(
        range(1, grid.shape[0] + 1)
    )


@given(tables())
@settings(max_examples=25, deadline=None)
def test_workbooks_agree_in_addresses_and_kinds(table):
    one = read(lambda path: as_xlsx(table, path), "t.xlsx").grids[0]
    other = read(lambda path: as_ods(table, path), "t.ods").grids[0]
    assert one.kinds.tolist() == other.kinds.tolist()
    assert one.location(0, 1).cell == other.location(0, 1).cell == "B1"
