"""Templates made and filled in as someone would, for tests of what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from stiscore.dataset import Dataset
from stiscore.framework.collect import Questionnaire
from stiscore.framework.model import Framework, Indicator
from stiscore.io.framework_yaml import load_framework
from stiscore.io.parse import read_book
from stiscore.io.read import interpret
from stiscore.report.template import Plan, blank_workbook, chosen, unit_label
from stiscore.units.registry import find
from stiscore.words import Lang
from stiscore.words.template import CODERS, HEADS, NO, QUESTIONS, YES

UNITS = {
    "regional": ("北京", "上海", "广东", "福建", "贵州", "陕西"),
    "national": ("CHN", "SGP", "SWE", "KOR", "DEU", "BRA"),
}
# Policy measures a unit: enough for a share, few enough to read.
MEASURES = 12


shipped = cache(load_framework)


def plan(level: str = "regional", lang: Lang = "en", **fields: Any) -> Plan:
    """A plan for six units and all indicators of the shipped framework."""
    framework: Framework = fields.pop("framework", None) or shipped()
    entries = tuple(e for name in fields.pop("units", UNITS[level]) if (e := find(name)))
    held = chosen(framework, level, fields.pop("indicators", "all"))
    return Plan(framework, level, entries, held, lang, **fields)


def opened(made: Plan) -> Workbook:
    """The blank workbook of a plan, as openpyxl sees it."""
    return load_workbook(BytesIO(blank_workbook(made)))


def read_back(
    book: Workbook, made: Plan, folder: Path, framework: Framework | None = None
) -> Dataset:
    """The workbook saved and read as a user's, with another framework where one is given."""
    path = folder / "filled.xlsx"
    book.save(path)
    raw, used = read_book(path), framework or made.framework
    return interpret(raw, used)


def share_of(unit: int, units: int) -> float:
    """How far up the scale a unit stands: from a tenth to its end."""
    return 0.1 + 0.9 * unit / (units - 1)


def value(indicator: Indicator, level: str, share: float) -> float:
    """A plausible value: ``share`` of the way between the goalposts, to three digits."""
    scale = indicator.levels[level]
    low, high = scale.goalposts or (0.0, 1.0)
    bent = share * share if indicator.curve == "sqrt" else share
    return float(f"{low + (high - low) * bent:.3g}")


def first_row(made: Plan) -> int:
    """The first row of figures: below names (in both languages two rows), ids and measurements."""
    return 5 if made.lang == "both" else 4


def fill_figures(book: Workbook, made: Plan, *, counted: bool = False) -> None:
    """Every cell of the data sheet; those that other sheets give only when ``counted``."""
    sheet = book[made.sheet("data")]
    keys = 3 if made.year else 2
    for column, indicator in enumerate(made.indicators, start=keys + 1):
        for row in range(len(made.units)):
            if indicator.collect is None or counted:
                figure = value(indicator, made.level, share_of(row, len(made.units)))
                sheet.cell(first_row(made) + row, column).value = figure


def fill_questionnaire(book: Workbook, made: Plan) -> None:
    """Every row there is: 10,000 asked of, and as many as give a plausible share."""
    sheet, columns = book[made.sheet("questionnaire")], list(HEADS["questionnaire"])
    row = 2
    for unit in range(len(made.units)):
        for indicator in made.indicators:
            if isinstance(indicator.collect, Questionnaire):
                share = value(indicator, made.level, share_of(unit, len(made.units)))
                sheet.cell(row, columns.index("numerator") + 1).value = round(share * 100)
                sheet.cell(row, columns.index("denominator") + 1).value = 10_000
                sheet.cell(row, columns.index("department") + 1).value = "科技厅"
                row += 1


def fill_coding(book: Workbook, made: Plan) -> None:
    """A dozen measures a unit, all in force, coded alike by two people."""
    row = 2
    for unit, entry in enumerate(made.units):
        yes = 3 + round(4 * share_of(unit, len(made.units)))
        for number in range(MEASURES):
            answers: dict[str, bool | None] = dict.fromkeys(QUESTIONS, number < yes)
            answers["in_force"] = True
            code(book, made, row, unit_label(entry, made.lang), [answers, answers])
            row += 1


def code(
    book: Workbook, made: Plan, row: int, unit: str, answers: Sequence[dict[str, bool | None]]
) -> None:
    """Write one measure: answers of coder 1, of coder 2 and what was agreed, as far as given."""
    sheet = book[made.sheet("coding")]
    told = [*HEADS["coding"]]
    sheet.cell(row, 1).value = unit
    sheet.cell(row, told.index("title") + 1).value = f"措施 {row}"
    for number, given in enumerate(answers):
        for question, answer in given.items():
            if answer is not None:
                place = len(told) + 3 * list(QUESTIONS).index(question) + number
                words = YES if answer else NO
                sheet.cell(row, place).value = words.say("zh" if made.lang == "zh" else "en")


def coding_cell(question: str, coder: str) -> int:
    """The column of a coder's answers to a question."""
    place = 3 * list(QUESTIONS).index(question) + list(CODERS).index(coder)
    return len(HEADS["coding"]) + place
