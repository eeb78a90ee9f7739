"""How the sheets of a blank workbook look and what may be typed into them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from stiscore.report.workbook import put_text
from stiscore.words.template import REFUSALS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from stiscore.words import Lang

# The last row that may be typed into: hints and unlocked cells end here.
LAST = 2000
_SHADE = PatternFill("solid", fgColor="E8EEF4")
_INPUT = PatternFill("solid", fgColor="FFFDF2")
_LINE = Border(bottom=Side(style="thin", color="9AA7B5"))
# What Excel lets a hint and its title hold.
_TITLE, _HINT = 32, 255
# Points: three lines of a head.
_TALL = 48


def head(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Write the locked rows of a head, the first in bold, and keep them in view and on paper."""
    for r, texts in enumerate(rows, start=1):
        for c, text in enumerate(texts, start=1):
            target = put_text(sheet, r, c, text) if text else sheet.cell(r, c)
            target.font = Font(bold=r == 1, italic=r > 1, color=None if r == 1 else "445566")
            target.fill, target.border = _SHADE, _LINE
            target.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[r].height = _TALL if r == 1 else None
    sheet.print_title_rows = f"1:{len(rows)}"


def widths(sheet: Worksheet, wide: Sequence[float]) -> None:
    """Set the widths of the first columns, in characters."""
    for c, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(c)].width = width


def typed_into(sheet: Worksheet, columns: Sequence[int], shown: str = "General") -> None:
    """Unlock whole columns, as far down as anyone types; cells of their own are set apart."""
    for c in columns:
        column = sheet.column_dimensions[get_column_letter(c)]
        column.protection = Protection(locked=False)
        column.number_format = shown
        column.alignment = Alignment(vertical="top", wrap_text=shown == "@")


def open_cell(sheet: Worksheet, row: int, column: int, text: str = "", shown: str = "@") -> None:
    """An unlocked cell, marked as one to fill in, with what stands in it beforehand."""
    target = put_text(sheet, row, column, text) if text else sheet.cell(row, column)
    target.protection = Protection(locked=False)
    target.number_format = shown
    target.fill = _INPUT


def protect(sheet: Worksheet) -> None:
    """Lock what is not unlocked, without a password; widths, order and rows stay the user's."""
    lock = sheet.protection
    lock.sheet = True
    # These flags say what is locked, so that False allows it.
    lock.formatColumns = lock.formatRows = lock.sort = lock.autoFilter = False
    lock.insertRows = lock.deleteRows = False


def on_paper(sheet: Worksheet) -> None:
    """Landscape, as wide as the paper."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def hint(rule: DataValidation, title: str, text: str) -> DataValidation:
    """``rule`` with what is shown when its cell is chosen, cut to what Excel holds."""
    rule.promptTitle, rule.prompt = cut(title, _TITLE), cut(text, _HINT)
    rule.showInputMessage = rule.showErrorMessage = True
    rule.allow_blank = True
    return rule


def refusing(rule: DataValidation, text: str, lang: Lang, *, style: str = "stop") -> DataValidation:
    """``rule`` with what is said of a wrong value; ``style``: stop refuses it, warning asks."""
    rule.errorStyle = style  # type: ignore[assignment]
    rule.errorTitle = cut(REFUSALS["title"].say(lang), _TITLE)
    rule.error = cut(text, _HINT)
    return rule


def choice(source: str, lang: Lang) -> DataValidation:
    """A drop-down of a range of cells, or of texts in quotes and commas."""
    return refusing(DataValidation("list", source), REFUSALS["list"].say(lang), lang)


def apply(sheet: Worksheet, rule: DataValidation, column: int, first: int, last: int) -> None:
    """Put a rule on the rows of one column."""
    letters = get_column_letter(column)
    rule.add(f"{letters}{first}:{letters}{last}")
    sheet.add_data_validation(rule)


def cut(text: str, most: int) -> str:
    """A text of at most ``most`` signs, counted as Excel does; a cut is shown.

    >>> cut("Technology market exchange", 12)
    'Technology …'
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def source_range(sheet: str, column: int, rows: int) -> str:
    """The cells under a head of one row in another sheet, as a drop-down names them."""
    letters = get_column_letter(column)
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!${letters}$2:${letters}${rows + 1}"
