"""Parquet: column names are the head, values keep their kind, and what is missing is said."""

from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stiscore.errors import EnvironmentFault, InputRefused
from stiscore.io import columnar, guard
from stiscore.io.grid import CellKind, Grid
from stiscore.io.parse import read_book
from stiscore.io.unpack import unpacked
from stiscore.io.wire import HEADER, Refused, refusal_message
from stiscore.words.faults import tell


def read(tmp_path: Path, columns: dict[str, object], **options: object) -> Grid:
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table(columns), path, **options)
    book = read_book(path)
    assert (book.container, book.notes) == ("parquet", ())
    (grid,) = book.grids
    return grid


def test_names_are_the_head_and_values_keep_their_kind(tmp_path):
    grid = read(
        tmp_path,
        {
            "省份": ["北京", None, "上海"],
            "gdp": [1.5, 2.25, None],
            "n": pa.array([1, 2, 3], pa.int32()),
            "ok": [True, False, None],
            "day": [dt.date(2022, 1, 2)] * 3,
            "money": [decimal.Decimal("1.10")] * 3,
            "id": [2**60 + 1, 2, 3],
        },
    )
    assert [grid.text(0, c) for c in range(7)] == ["省份", "gdp", "n", "ok", "day", "money", "id"]
    names = [CellKind(k).name for k in grid.kinds[1]]
    assert names == ["TEXT", "NUMBER", "NUMBER", "BOOLEAN", "DATE", "NUMBER", "TEXT"]
    assert grid.text(1, 6) == str(2**60 + 1)
    assert grid.kinds[2, 0] == grid.kinds[3, 1] == CellKind.EMPTY
    assert grid.text(1, 4) == "2022-01-02"
    assert str(grid.location(1, 1)) == "data.parquet:2:2"


def test_not_a_number_is_text_and_not_blank(tmp_path):
    grid = read(tmp_path, {"a": [float("nan"), float("inf"), 1.0]})
    assert [grid.text(r, 0) for r in range(4)] == ["a", "nan", "inf", "1"]


def test_many_row_groups_are_one_table(tmp_path):
    values = list(range(50_000))
    grid = read(tmp_path, {"a": values, "b": [str(v) for v in values]}, row_group_size=7_000)
    assert grid.shape == (50_001, 2)
    assert grid.numbers[1:, 0].tolist() == values
    assert grid.text(50_000, 1) == "49999"


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_moments_are_in_iso_form_whatever_they_count_in(tmp_path, unit):
    moment = pa.array([dt.datetime(2022, 3, 4, 5, 6)], pa.timestamp(unit))  # noqa: DTZ001
    lasting = pa.array([dt.timedelta(hours=1)], pa.duration(unit))
    grid = read(tmp_path, {"a": moment, "b": lasting})
    assert grid.kinds[1].tolist() == [CellKind.DATE, CellKind.DATE]
    assert [grid.text(1, 0), grid.text(1, 1)] == ["2022-03-04T05:06:00", "PT3600S"]


@pytest.mark.parametrize("values", [[[1, 2]], [{"x": 1}], [b"ab"]])
def test_nested_and_binary_values_are_text(tmp_path, values):
    grid = read(tmp_path, {"a": values, "b": [1]})
    assert grid.kinds[1].tolist() == [CellKind.TEXT, CellKind.NUMBER]


@pytest.mark.parametrize("columns", [{}, {"a": []}])
def test_an_empty_table_is_a_head_at_most(tmp_path, columns):
    assert read(tmp_path, columns).shape == (len(columns), len(columns))


def code(path: Path) -> str:
    with pytest.raises(InputRefused) as raised:
        read_book(path)
    return raised.value.findings[0].code


def test_too_many_cells_are_refused_by_the_footer(tmp_path):
    """Six million equal cells are a few kilobytes."""
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table({"a": pa.repeat(1, 6_000_000)}), path)
    assert path.stat().st_size < 200_000
    assert code(path) == "R108"


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_short_is_damaged(tmp_path, share):
    path = tmp_path / "data.parquet"
    pq.write_table(pa.table({"a": list(range(1000))}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert code(path) == "R107"


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    """The worker refuses, and the parent tells it as a fault of the surroundings: exit 4."""
    monkeypatch.setattr(columnar, "present", lambda: False)
    with pytest.raises(Refused) as refused:
        columnar.read(b"PAR1", guard.NORMAL)
    message = b"".join(refusal_message(refused.value))
    text = message[HEADER.size :]
    with pytest.raises(EnvironmentFault) as raised:
        unpacked(Path("data.parquet"), text, memoryview(b""))
    (finding,) = raised.value.findings
    assert raised.value.exit_code == 4
    assert "pip install 'stiscore[parquet]'" in tell(finding, "en").remedy
    assert "pip install 'stiscore[parquet]'" in tell(finding, "zh").remedy
