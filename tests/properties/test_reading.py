"""What must hold of any table: the order of columns, and measurements, change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.checks import check
from stiscore.dataset import Dataset
from stiscore.io.measurement import conversion
from stiscore.io.parse import read_book
from stiscore.io.read import interpret
from stiscore.units.registry import entries
from tests.tables import framework, read

FRAMEWORK = framework()
COLUMNS = ["share", "papers", "index", "gdp（万元）", "trade（万元）"]
NAMES = [e.name_zh for e in entries("province")]
figures = st.one_of(
    st.none(),
    st.sampled_from(["..", "n/a", "x", "1,234.5", "12.3%", "7 p", ""]),
    st.floats(-1e9, 1e9),
    st.integers(-1000, 1000),
)


class Table(NamedTuple):
    """Headers (units first) and rows."""

    header: list[str]
    rows: list[list[object]]

    def permuted(self, order: Sequence[int]) -> Table:
        return Table([self.header[i] for i in order], [[r[i] for i in order] for r in self.rows])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True))
    return Table(["省份", *columns], [[n, *(draw(figures) for _ in columns)] for n in names])


def same(one: Dataset, other: Dataset) -> bool:
    return (
        one.digest == other.digest
        and np.array_equal(one.flags, other.flags)
        and one.units == other.units
        and dict(one.texts) == dict(other.texts)
    )


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_columns_changes_nothing(table: Table, random: Random) -> None:
    order = list(range(len(table.header)))
    random.shuffle(order)
    moved = table.permuted(order)
    first, second = read([table.header, *table.rows]), read([moved.header, *moved.rows])
    assert same(first, second)
    for place, column in enumerate(second.columns):
        assert column.header_at is not None
        assert moved.header[column.header_at[1] - 1] == column.header
        assert (second.origin[:, place, 1] == column.header_at[1]).all()


PAIRS = [
    ("gdp", "万元", "亿元"),
    ("gdp", "万元", "元"),
    ("share", "%", "‰"),
    ("share", "%", "比值"),
]


@given(
    st.sampled_from(PAIRS),
    st.lists(
        st.floats(-1e12, 1e12).filter(lambda v: v == 0 or abs(v) > 1e-9), min_size=1, max_size=9
    ),
)
def test_another_measurement_with_its_header_gives_the_same_values(
    pair: tuple[str, str, str], values: list[float]
) -> None:
    name, own, other = pair
    factor = conversion(own, other)
    assert factor is not None
    named = list(zip(NAMES, values, strict=False))
    plain = read([["省份", f"{name}（{own}）"], *[[n, v] for n, v in named]])
    converted = read([["省份", f"{name}（{other}）"], *[[n, v * factor] for n, v in named]])
    assert converted.values == pytest.approx(plain.values, rel=1e-12)
    in_unit_row = read([["省份", name], ["", other], *[[n, v * factor] for n, v in named]])
    assert in_unit_row.digest == converted.digest


# Each example starts a worker process.
@settings(max_examples=15, deadline=None)
@given(table=tables())
def test_a_table_written_as_csv_is_read_with_the_same_values_and_cells(
    table: Table, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("csv") / "d.csv"
    lines = [table.header, *table.rows]
    path.write_text(
        "".join(",".join(_quoted(cell) for cell in row) + "\n" for row in lines), encoding="utf-8"
    )
    written, made = interpret(read_book(path), FRAMEWORK), read(lines)
    assert same(written, made)
    assert np.array_equal(written.origin, made.origin)


def _quoted(cell: object) -> str:
    text = "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)
    return f'"{text}"'


@given(tables())
def test_checks_never_raise_and_point_into_the_table(table: Table) -> None:
    data = read([table.header, *table.rows])
    for finding in check(FRAMEWORK, data):
        assert finding.location is not None
        assert finding.location.file == "d.xlsx"
