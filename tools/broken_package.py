"""Workbooks made by hand, member by member, the same bytes every time.

openpyxl would write none of the faults wanted here, and other bytes with every version.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WHEN = (2024, 1, 1, 0, 0, 0)


class Raw(NamedTuple):
    """A cell as XML: its attributes beside the address, and what stands in it."""

    attributes: str
    inside: str


Value = str | float | Raw | None


class Sheet(NamedTuple):
    """A sheet: its rows, the numbers of hidden ones, whether it is hidden or a chart itself."""

    rows: Sequence[Sequence[Value]]
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    chart: bool = False


def rows_of(text: str) -> list[list[Value]]:
    """A table in text as rows of a sheet, figures as numbers."""
    return [[_value(cell) for cell in line.split(",")] for line in text.splitlines()]


def members(sheets: Mapping[str, Sheet]) -> dict[str, bytes]:
    """The members of a workbook with these sheets."""
    numbered = list(enumerate(sheets.items(), start=1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}"'
        f'{" state=" + chr(34) + "hidden" + chr(34) if sheet.hidden else ""} r:id="rId{n}"/>'
        for n, (name, sheet) in numbered
    )
    related = "".join(
        _relation(n, "chartsheet" if s.chart else "worksheet", _part(n, s).removeprefix("xl/"))
        for n, (_, s) in numbered
    )
    types = "".join(
        f'<Override PartName="/{_part(n, s)}" '
        f'ContentType="{KIND}.{"chartsheet" if s.chart else "worksheet"}+xml"/>'
        for n, (_, s) in numbered
    )
    told = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{types}'
        "</Types>",
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(related),
        **{_part(n, s): _sheet(s) for n, (_, s) in numbered},
    }
    return {name: text.encode() for name, text in told.items()}


def zipped(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of these members with fixed times; stored, so that no library's version shows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, WHEN)
            entry.create_system = 3
            entry.compress_type = method
            archive.writestr(entry, content)
    return made.getvalue()


def book(sheets: Mapping[str, Sheet]) -> bytes:
    """A workbook with these sheets."""
    return zipped(members(sheets).items())


def _value(text: str) -> Value:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _part(number: int, sheet: Sheet) -> str:
    kind = "chartsheet" if sheet.chart else "worksheet"
    return f"xl/{kind}s/sheet{number}.xml"


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _sheet(sheet: Sheet) -> str:
    if sheet.chart:
        return f'<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>'
    rows = "".join(_row(n, row, sheet) for n, row in enumerate(sheet.rows, start=1) if row)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, row: Sequence[Value], sheet: Sheet) -> str:
    hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
    cells = "".join(
        cell(f"{letters(n)}{number}", value)
        for n, value in enumerate(row, start=1)
        if value is not None
    )
    return f'<row r="{number}"{hidden}>{cells}</row>'


def cell(address: str, value: Value) -> str:
    """One cell's XML."""
    if isinstance(value, Raw):
        return f'<c r="{address}"{value.attributes}>{value.inside}</c>'
    if isinstance(value, float | int):
        return f'<c r="{address}"><v>{value:.15g}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(value or "")}</t></is></c>'


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    told = ""
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told
