"""The sheets figures are counted from: policy measures coded twice, and a questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from stiscore.framework.collect import Coding, Questionnaire
from stiscore.report.phrases import name
from stiscore.report.template import style
from stiscore.report.template.plan import Plan, unit_label
from stiscore.words import Words
from stiscore.words.template import (
    ANSWER,
    CODERS,
    HEADS,
    HINTS,
    NO,
    QUESTIONS,
    YES,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from stiscore.framework.model import Indicator
    from stiscore.words import Lang

_WIDE = {"title": 40, "link": 30, "note": 30, "issuer": 24, "indicator": 44, "unit": 20}
_NARROW = 16.0


def write_coding(sheet: Worksheet, plan: Plan, units: str) -> None:
    """A blank row a policy measure: what it is, then every question for two coders and agreed.

    Asked is what the chosen indicators are counted from.
    """
    told = HEADS["coding"]
    asked = _asked(plan)
    answers = [_answer(QUESTIONS[q], who) for q in asked for who in CODERS.values()]
    keys = [*told]
    # What describes a measure, then the answers, then remarks.
    heads = [*(told[k] for k in keys[:-1]), *answers, told["note"]]
    style.head(sheet, [[words.say(plan.lang) for words in heads]])
    extra = [*keys[:-1], *["answer"] * len(answers), "note"]
    style.widths(sheet, [_WIDE.get(key, _NARROW) for key in extra])
    style.typed_into(sheet, range(1, len(heads) + 1), "@")
    style.apply(sheet, _list(units, "unit", plan, told["unit"]), 1, 2, style.LAST)
    for column, key in enumerate(extra, start=1):
        if key == "answer":
            # A comma parts the answers of a list, whatever the language.
            source = f'"{YES.say(_one(plan))},{NO.say(_one(plan))}"'
            rule = _list(source, "answer", plan, heads[column - 1])
            style.apply(sheet, rule, column, 2, style.LAST)
    sheet.freeze_panes = "C2"


def write_questionnaire(sheet: Worksheet, plan: Plan, units: str, names: str) -> None:
    """A row a unit and indicator to begin with, and room for further departments.

    ``units`` and ``names``: the ranges that list units and indicators to choose from.
    """
    told = HEADS["questionnaire"]
    style.head(sheet, [[words.say(plan.lang) for words in told.values()]])
    style.widths(sheet, [_WIDE.get(key, _NARROW) for key in told])
    columns = {key: place for place, key in enumerate(told, start=1)}
    for key, place in columns.items():
        shown = "General" if key in {"numerator", "denominator"} else "@"
        style.typed_into(sheet, [place], shown)
    indicators = plan.collected("questionnaire")
    pairs = [(unit, indicator) for unit in plan.units for indicator in indicators]
    for row, (unit, indicator) in enumerate(pairs, start=2):
        style.open_cell(sheet, row, columns["unit"], unit_label(unit, plan.lang))
        style.open_cell(sheet, row, columns["indicator"], name(indicator.name, plan.lang))
        for side in ("numerator", "denominator"):
            style.open_cell(sheet, row, columns[side], shown="General")
    last = max(style.LAST, len(pairs) + 500)
    style.apply(sheet, _list(units, "unit", plan, told["unit"]), columns["unit"], 2, last)
    rule = _list(names, "indicator", plan, told["indicator"])
    style.apply(sheet, rule, columns["indicator"], 2, last)
    for side in ("numerator", "denominator"):
        style.apply(sheet, _amount(plan, indicators, told[side]), columns[side], 2, last)
    sheet.freeze_panes = "C2"


def _asked(plan: Plan) -> list[str]:
    """The questions behind the chosen indicators, in the order they are asked."""
    wanted = {
        question
        for indicator in plan.indicators
        if isinstance(indicator.collect, Coding)
        for question in (*indicator.collect.questions, indicator.collect.among)
    }
    return [question for question in QUESTIONS if question in wanted]


def _answer(question: Words, coder: Words) -> Words:
    return Words(
        ANSWER.en.format(question=question.en, coder=coder.en),
        ANSWER.zh.format(question=question.zh, coder=coder.zh),
    )


def _list(source: str, key: str, plan: Plan, title: Words) -> DataValidation:
    rule = style.choice(source, plan.lang)
    return style.hint(rule, title.say(_one(plan)), HINTS[key].say(plan.lang))


def _amount(plan: Plan, indicators: tuple[Indicator, ...], title: Words) -> DataValidation:
    """Numbers of 0 or more; whole ones where only counts are asked."""
    counts = all(
        isinstance(i.collect, Questionnaire) and i.collect.of == "counts" for i in indicators
    )
    rule = DataValidation("whole" if counts else "decimal", "0", operator="greaterThanOrEqual")
    told = HINTS["count" if counts else "amount"].say(plan.lang)
    style.refusing(rule, told, plan.lang)
    return style.hint(rule, title.say(_one(plan)), told)


def _one(plan: Plan) -> Lang:
    return "zh" if plan.lang == "zh" else "en"
