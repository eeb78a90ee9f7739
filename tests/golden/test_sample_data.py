"""The sample workbooks hold the collected figures to the last bit, each with a source."""

from __future__ import annotations

import csv
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import yaml

import stiscore as sti
from stiscore.io.measurement import conversion

LEFT_OUT = {
    "capital_account_openness",
    "igo_participation",
    "political_globalisation_dejure",
    "iso_tc_participation",
}
FILES = ("economies_2022.xlsx", "provinces_2022.xlsx", "provinces_full_invented.xlsx")
# File, sheets of figures and of sources, rows of the head, columns that name the unit.
REAL = [
    ("economies_2022.xlsx", "data", "sources", 3, 2),
    ("provinces_2022.xlsx", "数据", "来源", 2, 1),
]
Figures = dict[tuple[str, str], float]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def leaves(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for child in node:
            yield from leaves(child)
    elif isinstance(node, dict):
        if "measured_in" in node and "levels" in node:
            yield node
        for child in node.values():
            yield from leaves(child)


@pytest.fixture(scope="module")
def framework(repo: Path) -> dict[str, dict[str, Any]]:
    text = (repo / "indicators.yaml").read_text(encoding="utf-8")
    return {leaf["id"]: leaf for leaf in leaves(yaml.safe_load(text))}


@pytest.fixture(scope="module")
def chinese(framework: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {leaf["name"]["zh"]: name for name, leaf in framework.items()}


@pytest.fixture(scope="module")
def books(repo: Path) -> dict[str, Any]:
    return {name: openpyxl.load_workbook(repo / "sample_data" / name) for name in FILES}


def collected(shared: Path, file: str) -> Figures:
    """What the collection holds, without the series that are left out."""
    real = shared / "data" / "real"
    if file.startswith("economies"):
        cells = rows(real / "national_openness_real_cells.csv")
        figures = {(r["unit_code"], r["indicator"]): float(r["value"]) for r in cells}
    else:
        cells = rows(real / "provincial_openness_real_cells.csv")
        figures = {(r["unit"], r["indicator"]): float(r["value"]) for r in cells}
        for row in rows(real / "provincial_openness_real.csv"):
            context = {c: float(v) for c, v in row.items() if c.startswith("context_")}
            figures |= {(row["省份"], column): value for column, value in context.items()}
    return {place: value for place, value in figures.items() if place[1] not in LEFT_OUT}


def held(sheet: Any, head: int, keys: int, chinese: dict[str, str]) -> Figures:
    """What a sheet of figures holds."""
    ids = {
        c: chinese.get(t, t)
        for c in range(keys + 1, sheet.max_column + 1)
        if (t := sheet.cell(1, c).value)
    }
    return {
        (sheet.cell(r, 1).value, name): value
        for r in range(head + 1, sheet.max_row + 1)
        for c, name in ids.items()
        if (value := sheet.cell(r, c).value) is not None
    }


@pytest.mark.parametrize(("file", "data", "sources", "head", "keys"), REAL)
def test_the_figures_are_those_of_the_collection(
    shared, books, chinese, file, data, sources, head, keys
):
    # Equal dictionaries: no figure more, none less, every one equal as a double.
    assert held(books[file][data], head, keys, chinese) == collected(shared, file)


@pytest.mark.parametrize(
    ("file", "units"), [("economies_2022.xlsx", 109), ("provinces_2022.xlsx", 31)]
)
def test_every_unit_has_one_row(books, file, units):
    name, head = next((data, head) for f, data, _, head, _ in REAL if f == file)
    ids = [row[0] for row in books[file][name].iter_rows(min_row=head + 1, values_only=True)]
    assert len(ids) == len(set(ids)) == units


@pytest.mark.parametrize(("file", "data", "sources", "head", "keys"), REAL)
def test_each_figure_has_a_source_that_points_at_its_cell(
    books, chinese, file, data, sources, head, keys
):
    sheet = books[file][data]
    seen = []
    for row in books[file][sources].iter_rows(min_row=2, values_only=True):
        unit, column, place, value = row[0], row[2], row[3], row[4]
        target = sheet[place]
        assert target.value == value
        assert sheet.cell(target.row, 1).value == unit
        assert keys == 1 or sheet.cell(target.row, 2).value == row[1]
        header = sheet.cell(1, target.column).value
        assert chinese.get(header, header) == column
        assert all(row[5:10]), f"{unit} {column}: year, publisher, series, licence and file"
        seen.append((unit, column))
    figures = held(sheet, head, keys, chinese)
    assert len(seen) == len(figures)
    assert set(seen) == set(figures)


def test_the_years_are_those_of_the_collection(shared, books):
    cells = rows(shared / "data" / "real" / "national_openness_real_cells.csv")
    years = {(r["unit_code"], r["indicator"]): r["year"] for r in cells}
    sheet = books["economies_2022.xlsx"]["sources"]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        assert str(row[5]) == years[row[0], row[2]]


def test_series_we_may_not_pass_on_are_out_and_named(repo, books):
    book = books["economies_2022.xlsx"]
    assert not LEFT_OUT & {c.value for c in book["data"][1]}
    notes = {row[0] for row in book["notes"].iter_rows(values_only=True)}
    assert {f"Left out: {name}" for name in LEFT_OUT} <= notes
    readme = (repo / "sample_data" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in LEFT_OUT)


@pytest.mark.parametrize(
    ("file", "sheet", "names", "measured"),
    [(FILES[0], "data", 1, 3), (FILES[1], "数据", 1, 2), (FILES[2], "invented_data", 3, 4)],
)
def test_the_unit_row_says_what_the_framework_measures_in(
    books, chinese, framework, file, sheet, names, measured
):
    checked = 0
    for name, given in zip(books[file][sheet][names], books[file][sheet][measured], strict=True):
        leaf = framework.get(chinese.get(name.value, name.value))
        if leaf:
            assert conversion(given.value, leaf["measured_in"]) == 1.0, name.value
            checked += 1
    assert checked >= 7


@pytest.mark.parametrize("file", FILES)
def test_stiscore_reads_every_figure(repo, books, file):
    """No column unknown, no figure converted or lost on the way from workbook to dataset."""
    data = sti.read(repo / "sample_data" / file)
    assert not [left for left in data.leftovers if left.kind != "sheet"]
    assert data.source.invented == ("invented" in file)
    sheet = books[file][data.source.sheet]
    for row in range(len(data.units)):
        for column in range(len(data.columns)):
            value = sheet[data.location(row, column).cell].value
            assert (math.nan if value is None else value) == pytest.approx(
                data.values[row, column], rel=0, abs=0, nan_ok=True
            )


def marked(sheet: Any) -> bool:
    text = " ".join(
        str(v) for row in sheet.iter_rows(max_row=3, values_only=True) for v in row if v
    )
    return "INVENTED" in text.upper() or "虚构" in text


def test_only_the_invented_workbook_is_marked_and_on_every_sheet(books):
    assert {f: {marked(s) for s in book} for f, book in books.items()} == {
        FILES[0]: {False},
        FILES[1]: {False},
        FILES[2]: {True},
    }
    assert all("invented" in s.title for s in books[FILES[2]])


def invented(sheet: Any) -> dict[str, dict[tuple[str, int], float | None]]:
    keys = [(sheet.cell(r, 1).value, sheet.cell(r, 2).value) for r in range(5, sheet.max_row + 1)]
    return {
        sheet.cell(3, c).value: {key: sheet.cell(r, c).value for r, key in enumerate(keys, start=5)}
        for c in range(3, sheet.max_column + 1)
    }


def test_the_invented_workbook_has_the_whole_regional_framework(shared, books, framework):
    table = invented(books[FILES[2]]["invented_data"])
    assert list(table) == [i for i, leaf in framework.items() if "regional" in leaf["levels"]]
    provinces = [r["省份"] for r in rows(shared / "data" / "real" / "provincial_openness_real.csv")]
    for figures in table.values():
        assert list(figures) == [(p, year) for year in (2021, 2022) for p in provinces]
    assert len(provinces) == 31


def test_invented_figures_are_plausible_and_a_few_are_blank(books, framework):
    table = invented(books[FILES[2]]["invented_data"])
    figures = [v for column in table.values() for v in column.values()]
    assert 0.03 <= sum(v is None for v in figures) / len(figures) <= 0.05
    for name, column in table.items():
        low, high = framework[name]["levels"]["regional"]["plausible"]
        assert all(low <= v <= high for v in column.values() if v is not None), name


def test_invented_figures_get_better_with_the_year_and_with_development(shared, books, framework):
    heads = rows(shared / "data" / "real" / "provincial_openness_real.csv")
    heads.sort(key=lambda r: float(r["context_gdp_yi_yuan"]) / float(r["context_population_wan"]))
    order = [r["省份"] for r in heads]
    for name, column in invented(books[FILES[2]]["invented_data"]).items():
        sign = 1 if framework[name]["direction"] == "benefit" else -1
        signed = {key: sign * v for key, v in column.items() if v is not None}
        both = [p for p in order if (p, 2021) in signed and (p, 2022) in signed]
        assert fmean(signed[p, 2022] - signed[p, 2021] for p in both) > 0, name
        poor, rich = (
            [signed[p, 2022] for p in part if (p, 2022) in signed]
            for part in (order[:10], order[-10:])
        )
        assert fmean(rich) > fmean(poor), name


def build(repo: Path, folder: Path, **surroundings: str) -> dict[str, bytes]:
    folder.mkdir()
    command = [sys.executable, str(repo / "tools" / "build_samples.py"), str(folder)]
    subprocess.run(command, check=True, env=os.environ | surroundings)
    return {name: (folder / name).read_bytes() for name in FILES}


def members(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_rebuilding_gives_the_same_workbooks(repo, shared, tmp_path):
    once = build(repo, tmp_path / "once", TZ="UTC", PYTHONHASHSEED="1")
    again = build(repo, tmp_path / "again", TZ="Asia/Shanghai", PYTHONHASHSEED="2")
    assert once == again
    # Compressors differ between platforms, so the committed files are compared unpacked.
    for name in FILES:
        same = members(tmp_path / "once" / name) == members(repo / "sample_data" / name)
        assert same, f"{name} is stale: run python tools/build_samples.py"
