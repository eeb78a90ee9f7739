"""One table, written in every layout, naming and container, is always the same table.

A written table is rows of cells and, beside them, where each figure went: the reader must give back
the same units, periods, values and addresses.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stiscore.dataset import Dataset
from stiscore.io.parse import read_book
from stiscore.io.read import interpret
from stiscore.units.registry import Entry, entries
from tests.tables import framework, read

FRAMEWORK = framework()
IDS = ("share", "papers", "index")
MEASURED = {"share": "%", "papers": "per 1,000 population", "index": "index 0-1"}
NAMING: dict[str, Callable[[str], str]] = {
    "id": lambda node: node,
    "en": lambda node: f"{node} name",
    "zh": lambda node: f"{node}名称",
}
UNITS: dict[str, Callable[[Entry], str]] = {
    "code": lambda e: e.id,
    "en": lambda e: e.name_en,
    "zh": lambda e: e.name_zh,
    "spaced": lambda e: "　".join(e.name_zh),
}
Cell = str | float | int | None
Key = tuple[str, str, str]


class Facts(NamedTuple):
    """What a table says: figures by unit, year and indicator."""

    units: tuple[Entry, ...]
    years: tuple[str, ...]
    ids: tuple[str, ...]
    figures: dict[Key, float]


class Written(NamedTuple):
    """Rows of cells, and the 1-based place of each figure."""

    rows: list[list[Cell]]
    places: dict[Key, tuple[int, int]]


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    units = draw(
        st.lists(st.sampled_from(entries("province")), min_size=2, max_size=5, unique=True)
    )
    years = draw(st.lists(st.sampled_from(["2019", "2020", "2021"]), min_size=2, unique=True))
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    values = st.one_of(st.floats(0, 1).map(lambda v: round(v, 6)), st.just(math.nan))
    held = {(u.id, y, i): draw(values) for u in units for y in years for i in ids}
    for year in years:  # a year without any figure is no period, and a column without is none
        for node in ids:
            assume(any(not math.isnan(held[u.id, year, node]) for u in units))
    return Facts(tuple(units), tuple(years), tuple(ids), held)


def shown(value: float) -> Cell:
    return None if math.isnan(value) else value


def wide(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    rows: list[list[Cell]] = [["地区", "年份", *(name(i) for i in table.ids)]]
    places: dict[Key, tuple[int, int]] = {}
    for u in table.units:
        for year in table.years:
            rows.append([unit(u), year, *(shown(table.figures[u.id, year, i]) for i in table.ids)])
            places |= {(u.id, year, i): (len(rows), 3 + c) for c, i in enumerate(table.ids)}
    return Written(rows, places)


def measured(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    """Wide, under a title, with a row of measurements and a bilingual head."""
    plain = wide(table, unit, name)
    head: list[list[Cell]] = [
        ["各地区开放情况"],
        plain.rows[0],
        ["Region", "Year", *table.ids],
        ["单位", None, *(MEASURED[i] for i in table.ids)],
    ]
    return Written([*head, *plain.rows[1:]], {k: (r + 3, c) for k, (r, c) in plain.places.items()})


def long(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    rows: list[list[Cell]] = [["province", "year", "indicator", "value", "units"]]
    places: dict[Key, tuple[int, int]] = {}
    for u in table.units:
        for year in table.years:
            for node in table.ids:
                figure = shown(table.figures[u.id, year, node])
                rows.append([unit(u), year, name(node), figure, MEASURED[node]])
                places[u.id, year, node] = (len(rows), 4)
    return Written(rows, places)


def stacked(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    rows: list[list[Cell]] = [["地区", "指标", *(f"{y}年" for y in table.years)]]
    places: dict[Key, tuple[int, int]] = {}
    for node in table.ids:
        for u in table.units:
            figures = [shown(table.figures[u.id, y, node]) for y in table.years]
            rows.append([unit(u), name(node), *figures])
            places |= {(u.id, y, node): (len(rows), 3 + c) for c, y in enumerate(table.years)}
    return Written(rows, places)


def blocks(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    rows: list[list[Cell]] = [["地区", *table.years]]
    places: dict[Key, tuple[int, int]] = {}
    for node in table.ids:
        rows.append([name(node)])
        for u in table.units:
            rows.append([unit(u), *(shown(table.figures[u.id, y, node]) for y in table.years)])
            places |= {(u.id, y, node): (len(rows), 2 + c) for c, y in enumerate(table.years)}
    return Written(rows, places)


def over_years(table: Facts, unit: Callable[[Entry], str], name: Callable[[str], str]) -> Written:
    """Years in the head under the name they belong to."""
    pairs = [(i, y) for i in table.ids for y in table.years]
    names: list[Cell] = [
        name(i) if y == table.years[0] else None for i, y in pairs
    ]  # the rest of a merged cell is empty
    rows: list[list[Cell]] = [["", *names], ["地区", *(y for _, y in pairs)]]
    places: dict[Key, tuple[int, int]] = {}
    for u in table.units:
        rows.append([unit(u), *(shown(table.figures[u.id, y, i]) for i, y in pairs)])
        places |= {(u.id, y, i): (len(rows), 2 + c) for c, (i, y) in enumerate(pairs)}
    return Written(rows, places)


LAYOUTS = (wide, measured, long, stacked, blocks, over_years)
ways = st.tuples(
    st.sampled_from(LAYOUTS), st.sampled_from(list(UNITS)), st.sampled_from(list(NAMING))
)


def agree(data: Dataset, table: Facts, places: dict[Key, tuple[int, int]]) -> None:
    keys = list(zip((u.id for u in data.units), data.periods, strict=True))
    assert sorted(map(str, keys)) == sorted(
        str((u.id, y)) for u in table.units for y in table.years
    )
    assert set(data.ids) == set(table.ids)
    for row, (unit, year) in enumerate(keys):
        for column, node in enumerate(data.ids):
            wanted = table.figures[unit, str(year), node]
            assert np.array_equal(data.values[row, column], wanted, equal_nan=True)
            assert tuple(data.origin[row, column]) == places[unit, str(year), node]


@given(facts(), ways)
def test_every_layout_and_naming_gives_the_same_table(
    table: Facts, way: tuple[Callable[..., Written], str, str]
) -> None:
    layout, units, naming = way
    written = layout(table, UNITS[units], NAMING[naming])
    agree(read(written.rows), table, written.places)


def as_csv(rows: Iterable[Iterable[Cell]], delimiter: str) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return made.getvalue()


def as_xlsx(rows: Iterable[Iterable[Cell]], path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)


# Each example starts a worker process.
@settings(max_examples=25, deadline=None)
@given(facts(), ways, st.sampled_from(["xlsx", "utf-8", "utf-8-sig", "gb18030", "utf-16"]),
       st.sampled_from([",", ";", "\t"]))  # fmt: skip
def test_every_container_and_encoding_gives_the_same_table(
    tmp_path_factory: pytest.TempPathFactory,
    table: Facts,
    way: tuple[Callable[..., Written], str, str],
    container: str,
    delimiter: str,
) -> None:
    layout, units, naming = way
    written = layout(table, UNITS[units], NAMING[naming])
    folder = tmp_path_factory.mktemp("layouts")
    path = folder / ("d.xlsx" if container == "xlsx" else "d.csv")
    if container == "xlsx":
        as_xlsx(written.rows, path)
    else:
        path.write_bytes(as_csv(written.rows, delimiter).encode(container))
    agree(interpret(read_book(path), FRAMEWORK), table, written.places)
