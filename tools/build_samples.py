"""Makes the sample workbooks again: python tools/build_samples.py [FOLDER].

Needs the folder `shared` beside the checkout; writes into sample_data, or into FOLDER. The figures
are those of shared/data/real, digit for digit. What may be passed on, from whom and on what terms
stands in sample_sources.csv: a series with something under `left_out` stays out and is named in the
notes sheet.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from invent import Row, invent
from openpyxl import Workbook
from sheets import cell, exact, head, prose, save, widths

from stiscore.io.framework_yaml import load_framework

HERE = Path(__file__).resolve().parent
REAL = HERE.parents[1] / "shared" / "data" / "real"
FRAMEWORK = HERE.parent / "indicators.yaml"
GDP = "nbs_分省年度数据_地区生产总值_gbk.csv"
Figures = dict[tuple[str, str], Row]
Places = dict[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Sample:
    """What is particular to one of the two real workbooks."""

    level: str
    table: str
    file: str
    sheets: tuple[str, str, str]
    keys: dict[str, str]
    measured_in: str
    by_name: bool
    columns: str


ECONOMIES = Sample(
    level="national",
    table="national_openness_real",
    file="economies_2022.xlsx",
    sheets=("data", "sources", "notes"),
    keys={"unit_code": "code", "unit_name": "economy"},
    measured_in="measured in",
    by_name=False,
    columns="code economy indicator cell value year publisher series licence source_file note",
)
PROVINCES = Sample(
    level="regional",
    table="provincial_openness_real",
    file="provinces_2022.xlsx",
    sheets=("数据", "来源", "说明"),
    keys={"省份": "省份"},
    measured_in="单位",
    by_name=True,
    columns="省份 指标 指标代码 单元格 数值 年份 发布机构 统计表 使用条款 源文件 备注",
)


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def figures(sample: Sample) -> Figures:
    """Every figure by unit and indicator, with its value as text, year, file and note."""
    provenance = {r["indicator"]: r for r in rows(REAL / f"{sample.table}_provenance.csv")}
    for origin in provenance.values():
        origin["source_file"] = origin["source_file"].replace("nbs GDP file", GDP)
    found: Figures = {}
    # The provincial cells hold no context columns; their figures stand in the table, unrounded.
    for row in rows(REAL / f"{sample.table}.csv") if sample.by_name else []:
        for column in (c for c in row if c.startswith("context_") and row[c]):
            origin = provenance[column]
            found[row["省份"], column] = {"value": row[column], "year": origin["year_rule"]}
            found[row["省份"], column] |= {"file": origin["source_file"], "note": ""}
    for row in rows(REAL / f"{sample.table}_cells.csv"):
        file = row.get("source_file") or provenance[row["indicator"]]["source_file"]
        unit = row.get("unit_code") or row["unit"]
        figure = {"value": row["value"], "year": row["year"], "file": file}
        found[unit, row["indicator"]] = figure | {"note": row.get("note", "")}
    return found


def series(sample: Sample) -> dict[str, Row]:
    """What sample_sources.csv says of the level's series, labels filled in from the framework."""
    named = {i.id: i for i in load_framework(FRAMEWORK).indicators}
    told = {r["id"]: r for r in rows(HERE / "sample_sources.csv") if r["level"] == sample.level}
    for key, row in told.items():
        if key in named:
            row["label"] = named[key].name.zh if sample.by_name else named[key].name.en
            row["measured_in"] = row["measured_in"] or named[key].measured_in
    return told


def build(sample: Sample, folder: Path) -> None:
    """Write one workbook: the data, a source for each figure, and what was left out."""
    told, held = series(sample), figures(sample)
    table = rows(REAL / f"{sample.table}.csv")
    columns = [c for c in table[0] if c not in sample.keys and not told[c]["left_out"]]
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in sample.sheets:
        book.create_sheet(name)
    places = write_data(book, sample, [told[c] for c in columns], table, held)
    write_sources(book, sample, told, held, places)
    write_notes(book, sample, told)
    save(book, folder / sample.file)


def write_data(
    book: Workbook, sample: Sample, columns: list[Row], table: list[Row], held: Figures
) -> Places:
    """Write the data sheet; returns the address and the unit's name behind every figure."""
    sheet, keys = book[sample.sheets[0]], list(sample.keys)
    head(sheet, header(sample, columns))
    widths(sheet, [8, 24] if len(keys) > 1 else [10])
    first = len(header(sample, columns)) + 1
    places: Places = {}
    for r, row in enumerate(table, start=first):
        for c, key in enumerate(keys, start=1):
            cell(sheet, r, c).value = row[key]
        for c, column in enumerate(columns, start=len(keys) + 1):
            figure = held.get((row[keys[0]], column["id"]))
            if figure:
                exact(cell(sheet, r, c), figure["value"], shown(column["id"]))
                places[row[keys[0]], column["id"]] = (cell(sheet, r, c).coordinate, row[keys[-1]])
    sheet.freeze_panes = cell(sheet, first, len(keys) + 1)
    return places


def header(sample: Sample, columns: list[Row]) -> list[list[str | None]]:
    """The head of the data sheet: Chinese names, or ids and English names; then measurements."""
    ids = [*sample.keys.values(), *(c["id"] for c in columns)]
    measured: list[str | None] = [*[None] * (len(sample.keys) - 1), sample.measured_in]
    measured += [c["measured_in"] for c in columns]
    if sample.by_name:
        names = [
            i if "context_" in i else c["label"] for i, c in zip(ids[1:], columns, strict=True)
        ]
        return [[ids[0], *names], measured]
    return [[*ids], ["Code", "Economy", *(c["label"] for c in columns)], measured]


def shown(column: str) -> str:
    """How a column's figures are displayed; what the cells hold has all its digits."""
    return "#,##0.0##" if column.startswith("context_") else "0.00##"


def write_sources(
    book: Workbook, sample: Sample, told: dict[str, Row], held: Figures, places: Places
) -> None:
    """Write a row for each figure of the data sheet."""
    sheet = book[sample.sheets[1]]
    head(sheet, [sample.columns.split()])
    widths(sheet, [10, 30, 30, 8, 22, 11, 28, 60, 26, 50, 40])
    for r, ((unit, column), (place, name)) in enumerate(places.items(), start=2):
        figure, origin = held[unit, column], told[column]
        note = "; ".join(n for n in dict.fromkeys((figure["note"], origin["note"])) if n)
        named = [unit, origin["label"], column] if sample.by_name else [unit, name, column]
        terms = [origin["publisher"], origin["series"], origin["licence"], figure["file"], note]
        year: str | int = int(figure["year"]) if figure["year"].isdigit() else figure["year"]
        for c, text in enumerate([*named, place, None, year, *terms], start=1):
            cell(sheet, r, c).value = text
        exact(cell(sheet, r, 5), figure["value"])
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = sheet.dimensions


def write_notes(book: Workbook, sample: Sample, told: dict[str, Row]) -> None:
    """Write how the table was made, and what was left out and why."""
    left = [
        (f"Left out: {key}", f"{row['publisher']}, {row['series']}: {row['left_out']}.")
        for key, row in told.items()
        if row["left_out"]
    ]
    prose(book[sample.sheets[2]], [*notes(sample.file), *left], (44, 110))


def notes(file: str) -> list[tuple[str, str]]:
    """Title and text of each note on a workbook."""
    told = rows(HERE / "sample_notes.csv")
    return [(row["title"], row["text"]) for row in told if row["workbook"] == file]


def main() -> None:
    """Write all three workbooks."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "sample_data"
    for sample in (ECONOMIES, PROVINCES):
        build(sample, folder)
    people = rows(REAL / f"{PROVINCES.table}.csv")
    path = folder / "provinces_full_invented.xlsx"
    invent(load_framework(FRAMEWORK).at_level("regional"), people, notes(path.name), path)


if __name__ == "__main__":
    main()
