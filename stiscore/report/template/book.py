"""The blank workbook as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from stiscore.report.template import collecting, figures, style, texts
from stiscore.report.workbook import packed
from stiscore.words.template import SHEETS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from stiscore.report.template.plan import Plan


def blank_workbook(plan: Plan) -> bytes:
    """The workbook to be filled in, as a file; the same plan gives the same bytes.

    A coding or questionnaire sheet is there when a chosen indicator is counted from it. Heads are
    locked without a password; the date of making is told only when the plan has one.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {key: book.create_sheet(plan.sheet(key)) for key in SHEETS if _wanted(key, plan)}
    units, names = texts.write_units(sheets["units"], plan)
    figures.write_figures(sheets["data"], plan, units)
    texts.write_definitions(sheets["definitions"], plan)
    texts.write_sources(sheets["sources"], plan)
    if "coding" in sheets:
        collecting.write_coding(sheets["coding"], plan, units)
    if "questionnaire" in sheets:
        collecting.write_questionnaire(sheets["questionnaire"], plan, units, names)
    texts.write_about(sheets["about"], plan)
    for sheet in sheets.values():
        _finish(sheet)
    return packed(book)


def _wanted(key: str, plan: Plan) -> bool:
    return key not in {"coding", "questionnaire"} or bool(plan.collected(key))


def _finish(sheet: Worksheet) -> None:
    style.on_paper(sheet)
    style.protect(sheet)
