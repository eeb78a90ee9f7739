"""Every real file of the shared folder: read with these figures from these cells, or refused so.

``real_files.csv``: outcome, shape, units and the option a file needs. ``real_cells.csv``:
up to ten cells a file, drawn at random and compared by eye with the row and head they stand in.
Here each is compared with what another reader finds at that address: the csv module, or the parser
alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from stiscore import api
from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FILES = {row["file"]: row for row in rows("real_files.csv")}
CELLS = rows("real_cells.csv")


@lru_cache(maxsize=4)
def dataset(path: Path) -> Dataset:
    return api.read(path, indicator=FILES[path.name]["indicator"] or None)


@lru_cache(maxsize=4)
def raw(path: Path) -> list[list[object]]:
    """The cells as another reader sees them, by line and column."""
    if path.suffix != ".csv":
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    encoding = "gb18030" if "gbk" in path.name else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        lines: list[list[object]] = []
        for row in reader:
            lines += [[] for _ in range(reader.line_num - len(lines) - 1)]
            lines.append(list(row))
    return lines


def address(cell: str) -> tuple[int, int]:
    """Line and column, from 1, of ``D12`` or ``12:4``."""
    if ":" in cell:
        line, _, column = cell.partition(":")
        return int(line), int(column)
    letters = cell.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), number


def test_every_file_is_in_the_table(shared: Path) -> None:
    held = {p.name for p in (shared / "data" / "real").iterdir() if p.suffix != ".md"}
    assert held == set(FILES)


@pytest.mark.parametrize("name", [n for n, f in FILES.items() if f["outcome"] == "read"])
def test_a_file_is_read_with_these_figures_from_these_cells(shared: Path, name: str) -> None:
    path, wanted = shared / "data" / "real" / name, FILES[name]
    data = dataset(path)
    assert (data.level, *data.values.shape) == (
        wanted["level"], int(wanted["rows"]), int(wanted["columns"]),
    )  # fmt: skip
    assert len({u.id for u in data.units}) == int(wanted["units"])
    spots = [c for c in CELLS if c["file"] == name]
    assert len(spots) == min(10, data.values.size)
    for spot in spots:
        _compare(data, spot, raw(path))


def _compare(data: Dataset, spot: dict[str, str], cells: list[list[object]]) -> None:
    (row,) = _rows(data, spot)
    column = data.position(spot["column"])
    assert column is not None
    line, place = address(spot["cell"])
    assert tuple(data.origin[row, column]) == (line, place)
    there = float(str(cells[line - 1][place - 1]).replace(",", ""))
    assert there == pytest.approx(float(spot["raw"]), rel=1e-14)
    assert data.values[row, column] == pytest.approx(there * float(spot["factor"]), rel=1e-14)


def _rows(data: Dataset, spot: dict[str, str]) -> Iterator[int]:
    keys = zip(data.units, data.periods, strict=True)
    return (r for r, (u, p) in enumerate(keys) if (u.id, p or "") == (spot["unit"], spot["period"]))


@pytest.mark.parametrize("name", [n for n, f in FILES.items() if f["outcome"] == "refused"])
def test_a_file_that_is_no_table_of_units_is_refused_with_what_to_do(
    shared: Path, name: str
) -> None:
    with pytest.raises(DataInvalid, match=FILES[name]["code"]):
        dataset(shared / "data" / "real" / name)


@pytest.mark.parametrize("name", [n for n, f in FILES.items() if f["indicator"]])
def test_a_series_without_a_name_asks_for_it(shared: Path, name: str) -> None:
    with pytest.raises(DataInvalid, match="L118"):
        api.read(shared / "data" / "real" / name)
