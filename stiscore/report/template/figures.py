"""The sheet of figures: one row a unit, one column an indicator, each with its rule and hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from stiscore.report.phrases import name
from stiscore.report.template import style
from stiscore.report.template.plan import Plan, unit_label
from stiscore.words.measurements import measured
from stiscore.words.template import HEADS, HINTS, NO_LIMIT, REFUSALS, SPAN

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from stiscore.framework.model import Indicator
    from stiscore.words import Lang

# Where 1 is a tenth of the scale or more, values between 0 and 1 are to be expected.
_SMALL = 10.0
_FIGURE = "0.0##"


def write_figures(sheet: Worksheet, plan: Plan, units: str) -> None:
    """Fill the sheet of figures; ``units``: the range that lists the names to choose from."""
    rows, keys = _head(plan), _keys(plan)
    style.head(sheet, rows)
    style.widths(sheet, [10, 22, *([8] if plan.year else []), *[15] * len(plan.indicators)])
    first = len(rows) + 1
    last = first + len(plan.units) - 1
    for row, unit in enumerate(plan.units, start=first):
        style.open_cell(sheet, row, 1, unit.id)
        style.open_cell(sheet, row, 2, unit_label(unit, plan.lang))
        if plan.year:
            style.open_cell(sheet, row, 3, shown="0")
            sheet.cell(row, 3).value = plan.year
        for c in range(len(keys) + 1, len(rows[0]) + 1):
            style.open_cell(sheet, row, c, shown=_FIGURE)
    style.apply(sheet, _unit_rule(plan, units), 2, first, last)
    if plan.year:
        style.apply(sheet, _year_rule(plan), 3, first, last)
    for c, indicator in enumerate(plan.indicators, start=len(keys) + 1):
        rule = figure_rule(indicator, plan, f"{get_column_letter(c)}{first}")
        style.apply(sheet, rule, c, first, last)
    sheet.freeze_panes = f"{get_column_letter(len(keys) + 1)}{first}"


def figure_rule(indicator: Indicator, plan: Plan, cell: str) -> DataValidation:
    """What a column accepts: numbers within its bounds, and of per cent no fraction.

    ``cell``: the first cell of the column. Where shares below 1 % occur, the rule asks only.
    """
    low, high = plan.framework.bounds(indicator, plan.level)
    told = {"range": span(low, high, plan)}
    if indicator.measured_in == "%":
        limits = [f"{cell}>={low:g}"] if low is not None else []
        limits += [f"{cell}<={high:g}"] if high is not None else []
        parts = [f"ISNUMBER({cell})", *limits, f"OR({cell}<=0,{cell}>=1)"]
        rule = DataValidation("custom", f"AND({','.join(parts)})")
        small = below_one_occurs(indicator, plan.level)
        text = REFUSALS["small" if small else "share"].say(plan.lang, **told)
        style.refusing(rule, text, plan.lang, style="warning" if small else "stop")
    else:
        rule = _decimal(low, high)
        style.refusing(rule, REFUSALS["other"].say(plan.lang, **told), plan.lang)
    shown = name(indicator.name, "zh" if plan.lang == "zh" else "en", short=True)
    return style.hint(rule, shown, _hint(indicator, plan))


def below_one_occurs(indicator: Indicator, level: str) -> bool:
    """Whether values between 0 and 1 are to be expected of a column of per cent.

    So where the goalposts or the plausible range name one, or the scale ends at 10 or lower.
    """
    scale = indicator.levels[level]
    ends = (*(scale.goalposts or ()), *(scale.plausible or ()))
    top = max(scale.goalposts or scale.plausible or (100.0,))
    return top <= _SMALL or any(0 < end < 1 for end in ends)


def span(low: float | None, high: float | None, plan: Plan) -> str:
    """A range in words; an open end is told as no limit."""
    no_limit = NO_LIMIT.say(plan.lang)
    ends = [no_limit if end is None else f"{end:g}" for end in (low, high)]
    return SPAN.say(plan.lang, low=ends[0], high=ends[1])


def _decimal(low: float | None, high: float | None) -> DataValidation:
    if low is not None and high is not None:
        return DataValidation("decimal", f"{low:g}", f"{high:g}", operator="between")
    if low is None and high is None:
        return DataValidation("decimal", "-1E+300", "1E+300", operator="between")
    if high is None:
        return DataValidation("decimal", f"{low:g}", operator="greaterThanOrEqual")
    return DataValidation("decimal", f"{high:g}", operator="lessThanOrEqual")


def _hint(indicator: Indicator, plan: Plan) -> str:
    lang, plausible = plan.lang, indicator.levels[plan.level].plausible
    unit = measured(indicator.measured_in, lang)
    share = indicator.measured_in == "%"
    told = [HINTS["share" if share else "other"].say(lang, measured_in=unit)]
    if plausible is not None:
        low, high = (f"{end:g}" for end in plausible)
        told.append(HINTS["usual"].say(lang, low=low, high=high))
    if indicator.collect is not None:
        told.append(HINTS["counted"].say(lang, sheet=plan.sheet(indicator.collect.sheet)))
    else:
        told.append(HINTS["blank"].say(lang))
    return "".join(told)


def _keys(plan: Plan) -> tuple[str, ...]:
    return ("code", "unit", "year") if plan.year else ("code", "unit")


def _head(plan: Plan) -> list[list[str]]:
    """Names in the language (in both: a row each), ids, measurements."""
    keys, words = _keys(plan), HEADS["data"]
    one: Lang = "zh" if plan.lang == "zh" else "en"
    langs: tuple[Lang, ...] = ("en", "zh") if plan.lang == "both" else (one,)
    rows = [
        [*(words[k].say(lang) for k in keys), *(name(i.name, lang) for i in plan.indicators)]
        for lang in langs
    ]
    rows.append([*keys, *(i.id for i in plan.indicators)])
    told = ["", words["measured_in"].say(one), *([""] if plan.year else [])]
    rows.append([*told, *(measured(i.measured_in, one) for i in plan.indicators)])
    return rows


def _unit_rule(plan: Plan, units: str) -> DataValidation:
    title = HEADS["data"]["unit"].say(plan.lang)
    return style.hint(style.choice(units, plan.lang), title, HINTS["unit"].say(plan.lang))


def _year_rule(plan: Plan) -> DataValidation:
    told = HINTS["year"].say(plan.lang)
    rule = DataValidation("whole", "1900", "2100", operator="between")
    style.refusing(rule, told, plan.lang)
    return style.hint(rule, HEADS["data"]["year"].say(plan.lang), told)
