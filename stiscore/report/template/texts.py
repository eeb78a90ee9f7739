"""The sheets that explain: definitions, what to choose from, sources, how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment

from stiscore.framework.collect import Coding
from stiscore.framework.imprint import SCHEMA, imprint
from stiscore.methods.agreement import FEW_CASES, LEAST_KAPPA
from stiscore.report.phrases import name, prose
from stiscore.report.template import style
from stiscore.report.template.figures import span
from stiscore.report.template.plan import Plan, unit_label
from stiscore.report.workbook import put_text
from stiscore.version import __version__
from stiscore.words import Words
from stiscore.words.measurements import measured
from stiscore.words.template import (
    ABOUT,
    DIRECTIONS,
    GUIDE,
    HEADS,
    HOW,
    JOINED,
    QUESTIONS,
    ROLES,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from stiscore.framework.model import Indicator


def write_definitions(sheet: Worksheet, plan: Plan) -> None:
    """A row an indicator: what it is, what is accepted, where it comes from."""
    style.head(sheet, [[words.say(plan.lang) for words in HEADS["definitions"].values()]])
    style.widths(sheet, [30, 34, 26, 44, 44, 16, 14, 22, 16, 16, 44, 50, 34, 44])
    _rows(sheet, [_definition(i, plan) for i in plan.indicators])
    sheet.freeze_panes = "B2"


def write_units(sheet: Worksheet, plan: Plan) -> tuple[str, str]:
    """What there is to choose from; returns the ranges of units' and of indicators' names."""
    told = HEADS["units"]
    style.head(sheet, [[words.say(plan.lang) for words in told.values()]])
    style.widths(sheet, [12, 30, 30, 30, 44])
    asked = [name(i.name, plan.lang) for i in plan.collected("questionnaire")]
    units = [(u.id, unit_label(u, plan.lang), u.name_en, u.name_zh) for u in plan.units]
    blank = ("",) * 4
    _rows(
        sheet,
        [
            (*(units[at] if at < len(units) else blank), asked[at] if at < len(asked) else "")
            for at in range(max(len(units), len(asked)))
        ],
    )
    sheet.freeze_panes = "A2"
    return (
        style.source_range(sheet.title, [*told].index("label") + 1, len(units)),
        style.source_range(sheet.title, [*told].index("asked") + 1, len(asked)),
    )


def write_sources(sheet: Worksheet, plan: Plan) -> None:
    """A row an indicator to begin with, to note where its figures were taken from."""
    style.head(sheet, [[words.say(plan.lang) for words in HEADS["sources"].values()]])
    style.widths(sheet, [30, 34, 20, 36, 10, 36, 36, 36])
    style.typed_into(sheet, range(1, 9), "@")
    for row, indicator in enumerate(plan.indicators, start=2):
        texts = (indicator.id, name(indicator.name, plan.lang))
        for c in range(1, 9):
            style.open_cell(sheet, row, c, texts[c - 1] if c <= len(texts) else "")
    sheet.freeze_panes = "C2"


def write_about(sheet: Worksheet, plan: Plan) -> None:
    """What the workbook is made for, and how it is filled in. Keys are for programs."""
    style.widths(sheet, [24, 34, 100])
    told = _facts(plan)
    rows = [(key, ABOUT[key].say(plan.lang), value) for key, value in told.items()]
    origin = plan.framework.origin_note
    figures = {"cases": FEW_CASES, "kappa": LEAST_KAPPA, "origin": Words(origin.en, origin.zh)}
    guide = [("", str(n), text.say(plan.lang, **figures)) for n, text in enumerate(GUIDE, start=1)]
    _rows(sheet, [*rows, *guide], first=1)


def _facts(plan: Plan) -> dict[str, str]:
    framework = plan.framework
    told = {
        "schema": SCHEMA,
        "stiscore": __version__,
        "framework": framework.id,
        "framework_version": framework.version,
        "framework_sha256": framework.digest,
        "imprint": imprint(framework, plan.level),
        "level": plan.level,
        "language": plan.lang,
        "year": str(plan.year) if plan.year else "",
        "date": plan.date or "",
        "indicators": ", ".join(i.id for i in plan.indicators),
        "framework_indicators": ", ".join(i.id for i in framework.at_level(plan.level)),
    }
    return {key: value for key, value in told.items() if value}


def _definition(indicator: Indicator, plan: Plan) -> tuple[str, ...]:
    lang, level = plan.lang, plan.level
    plausible = indicator.levels[level].plausible
    sources = (
        s.name + (f" ({s.code})" if s.code else "")
        for s in indicator.sources
        if s.level in (level, "both")
    )
    return (
        indicator.id,
        indicator.name.en,
        indicator.name.zh,
        prose(indicator.definition.numerator, lang),
        prose(indicator.definition.denominator, lang),
        measured(indicator.measured_in, lang),
        DIRECTIONS[indicator.direction].say(lang),
        ROLES[indicator.role].say(lang),
        span(*plan.framework.bounds(indicator, level), plan),
        span(*plausible, plan) if plausible else "",
        _how(indicator, plan),
        JOINED.say("zh" if lang == "zh" else "en").join(sources),
        indicator.standard or "",
        name(indicator.caveat, lang) if indicator.caveat else "",
    )


def _how(indicator: Indicator, plan: Plan) -> str:
    collect, lang = indicator.collect, plan.lang
    if collect is None:
        return HOW["data"].say(lang, sheet=plan.sheet("data"))
    if not isinstance(collect, Coding):
        return HOW["questionnaire"].say(lang, sheet=plan.sheet(collect.sheet))
    asked = [QUESTIONS[q] for q in collect.questions]
    return HOW["coding"].say(
        lang,
        sheet=plan.sheet(collect.sheet),
        questions=Words("; ".join(q.en for q in asked), "；".join(q.zh for q in asked)),
        among=QUESTIONS[collect.among] if collect.among else HOW["all"],
    )


def _rows(sheet: Worksheet, rows: Sequence[Sequence[str]], first: int = 2) -> None:
    """Rows of locked text that wraps inside its column."""
    for r, texts in enumerate(rows, start=first):
        for c, text in enumerate(texts, start=1):
            if not text:
                continue
            target = put_text(sheet, r, c, text)
            target.alignment = Alignment(wrap_text=True, vertical="top")
