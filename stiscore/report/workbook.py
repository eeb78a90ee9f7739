"""Workbooks that come out the same, byte for byte, whenever and wherever they are written."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Of the file, not of the data: any fixed moment will do.
STAMP = datetime(2025, 1, 1)  # noqa: DTZ001  (a workbook has no time zones)
# The most a cell holds.
_LONGEST = 32_767
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at a place; sheets made here have no merged cells."""
    return sheet.cell(row, column)  # type: ignore[return-value]


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as a text: never a formula or an error, whatever sign it begins with."""
    target = cell(sheet, row, column)
    target.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    target.data_type = "s"
    return target


def packed(book: Workbook) -> bytes:
    """The workbook as a file, with fixed times inside and on every member of the zip."""
    book.properties.creator = "stiscore"
    book.properties.created = STAMP
    raw, out = BytesIO(), BytesIO()
    book.save(raw)
    with ZipFile(raw) as made, ZipFile(out, "w") as fixed:
        for name in made.namelist():
            member = ZipInfo(name, STAMP.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            # ZipInfo notes the system it runs on; 3 is Unix.
            member.create_system = 3
            # openpyxl stamps the moment of saving whatever the properties say.
            held = _MODIFIED.sub(
                rb"\g<1>" + f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode(), made.read(name)
            )
            fixed.writestr(member, held)
    return out.getvalue()
