"""Sheets that open well and workbooks that come out the same, byte for byte, when written again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from stiscore.report.workbook import cell, packed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_SHADE = PatternFill("solid", fgColor="E8EEF4")
_LOUD = Font(bold=True, color="C00000")


def exact(target: Cell, number: str, shown: str = "General") -> None:
    """Put a number's text into a cell as a number.

    openpyxl writes a float with 16 digits, which may miss its last bit, but a text as it stands.
    Raises ValueError when the text is no number.
    """
    float(number)
    target.value = number
    target.data_type = "n"
    target.number_format = shown


def head(sheet: Worksheet, rows: Sequence[Sequence[str | None]], first: int = 1) -> None:
    """Write header rows, the first of them bold, the columns under them 14 characters wide."""
    for r, texts in enumerate(rows, start=first):
        for c, text in enumerate(texts, start=1):
            target = cell(sheet, r, c)
            target.value = text
            target.font = Font(bold=r == first, italic=r > first)
            target.fill = _SHADE
            target.alignment = Alignment(wrap_text=True, vertical="top")
    for c in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(c)].width = 14


def widths(sheet: Worksheet, wide: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    for c, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(c)].width = width


def loud(sheet: Worksheet, text: str) -> None:
    """Write a warning into the first cell."""
    target = cell(sheet, 1, 1)
    target.value = text
    target.font = _LOUD


def prose(
    sheet: Worksheet, rows: Sequence[Sequence[str]], wide: Sequence[int], first: int = 1
) -> None:
    """Write rows of text that wrap inside their columns."""
    widths(sheet, wide)
    for r, texts in enumerate(rows, start=first):
        for c, text in enumerate(texts, start=1):
            target = cell(sheet, r, c)
            target.value = text
            target.alignment = Alignment(wrap_text=True, vertical="top")


def save(book: Workbook, path: Path) -> None:
    """Write the workbook with fixed times, inside and on every member of the zip."""
    path.write_bytes(packed(book))
