"""What is left to fill in: who acts on a gap, and what nothing measures so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stiscore.framework.links import GapLink
from stiscore.framework.model import Indicator, Name
from stiscore.report.gaps_links import placed, source
from stiscore.report.gaps_model import GapsReport, Guide, UnitGaps
from stiscore.report.parts import Part
from stiscore.report.phrases import name, words
from stiscore.report.table import Field
from stiscore.words import Lang, Words
from stiscore.words.gaps import GAPS, said
from stiscore.words.template import SHEETS

BLANKS = ("owner", "deadline", "evidence")
# On a narrower terminal blanks beside actions would leave no room for the actions.
_NARROWEST = 72


class Row(NamedTuple):
    """What would be measured: of which gap or barrier, the indicator, its sheet, its columns."""

    of: Name
    indicator: Words
    sheet: Words
    columns: Words


def actions(told: GapsReport, unit: UnitGaps, lang: Lang, width: int | None) -> Iterator[Part]:
    """The action table of one unit.

    ``width``: of a terminal, where blanks are drawn and names short; None for tables of any width.
    """
    held = [(g, told.guide(g.told.id).link) for g in unit.measured if g.short]
    linked = [(g.told.name, link) for g, link in held if link is not None]
    if linked and width is not None and width < _NARROWEST:
        yield Part(said("actions", lang), above=[*_action_lines(linked, lang)])
    elif linked:
        yield Part(said("actions", lang), _actions(linked, lang, paper=width is not None))


def to_measure(told: GapsReport, unit: UnitGaps, lang: Lang, *, short: bool) -> Iterator[Part]:
    """What of one unit's gaps and barriers is not measured."""
    rows = [*_of_unit(told, unit), *_barriers(told)]
    yield from _to_measure(told, rows, lang, short=short)


def alike(told: GapsReport, units: Sequence[UnitGaps]) -> bool:
    """Whether the same is not measured of all these units."""
    held = [{(r.indicator.en, r.sheet.en, r.columns.en) for r in _of_unit(told, u)} for u in units]
    return all(each == held[0] for each in held)


def over_units(told: GapsReport, lang: Lang, *, short: bool) -> Iterator[Part]:
    """What would measure gaps and barriers so far as no column of the table does."""
    guides = sorted(told.guides, key=lambda guide: guide.measured > 0)
    rows = [row for guide in guides for row in _of_guide(told, guide)]
    yield from _to_measure(told, [*rows, *_barriers(told)], lang, short=short)


def quantities(indicator: Indicator) -> tuple[str, ...]:
    """The raw quantities an indicator is derived from, each once."""
    return () if indicator.derive is None else indicator.derive.quantities


def sheet_of(indicator: Indicator) -> str:
    """The sheet of the template an indicator is filled into: data, coding or questionnaire."""
    return "data" if indicator.collect is None else indicator.collect.sheet


def _actions(linked: Sequence[tuple[Name, GapLink]], lang: Lang, *, paper: bool) -> list[Field]:
    blank = said("blank", lang) if paper else ""
    ours = any(link.origin == "ours" for _, link in linked)
    actions = [name(link.first_action, lang) for _, link in linked]
    return [
        Field(said("gap", lang), [name(gap, lang, short=paper) for gap, _ in linked], "left"),
        Field(said("action" if ours else "action_paper", lang), actions, "left"),
        *(Field(said(key, lang), [blank] * len(linked), "left") for key in BLANKS),
    ]


def _action_lines(linked: Sequence[tuple[Name, GapLink]], lang: Lang) -> Iterator[str]:
    """The same where a table has no room: an action a line, its blanks beneath it."""
    for gap, link in linked:
        action = words(link.first_action)
        yield said("action_line", lang, gap=words(gap), action=action)
        yield said("blanks", "zh" if lang == "zh" else "en", blank=GAPS["blank"].en)


def _of_unit(told: GapsReport, unit: UnitGaps) -> Iterator[Row]:
    """Gaps without a severity first, those that are the widest after them."""
    for gap in sorted(unit.gaps, key=lambda gap: gap.told.severity is not None):
        guide = told.guide(gap.told.id)
        for behind in gap.behind:
            if behind.told.normalised is None:
                place = placed(behind.told, told.report.provenance.sheet)
                where = GAPS["blank_cell"].filled(cell=place) if place else GAPS["blank_unplaced"]
                yield Row(guide.name, words(behind.told.name), where, _same(behind.told.id))
        yield from _of_guide(told, guide)


def _of_guide(told: GapsReport, guide: Guide) -> Iterator[Row]:
    for indicator in guide.absent:
        yield _row(told, guide.name, indicator)
    if not guide.of:
        yield Row(guide.name, GAPS["no_indicator"], _same("-"), _same("-"))


def _barriers(told: GapsReport) -> Iterator[Row]:
    """The barriers' own indicators that have no column."""
    for barrier in told.headings.barriers.values():
        indicator = told.headings.undiagnosed.get(barrier.id)
        if indicator is not None:
            called = GAPS["barrier_short"].filled(section=source(barrier))
            short = Name(
                en=barrier.name.en, zh=barrier.name.zh, short_en=called.en, short_zh=called.zh
            )
            yield _row(told, short, indicator)


def _row(told: GapsReport, of: Name, indicator: Indicator) -> Row:
    called, parts_ = words(indicator.name), quantities(indicator)
    if indicator.proxy_for is not None:
        core = words(told.report.names[indicator.proxy_for])
        called = GAPS["proxy_for"].filled(name=called, core=core)
    columns = _same(indicator.id)
    if parts_:
        columns = GAPS["quantities"].filled(
            column=indicator.id, quantities=Words(", ".join(parts_), "、".join(parts_))
        )
    return Row(of, called, SHEETS[sheet_of(indicator)], columns)


def _to_measure(told: GapsReport, rows: list[Row], lang: Lang, *, short: bool) -> Iterator[Part]:
    """The rows as a table; the name of a gap stands in the first of its rows only."""
    if not rows:
        return
    before = [None, *(row.of for row in rows[:-1])]
    gaps = [
        "" if row.of == last else name(row.of, lang, short=short)
        for row, last in zip(rows, before, strict=True)
    ]
    fields = [
        Field(said("gap_barrier", lang), gaps, "left"),
        Field(said("indicator_plain", lang), [row.indicator.say(lang) for row in rows], "left"),
        Field(said("sheet", lang), [row.sheet.say(lang) for row in rows], "left"),
        Field(said("column", lang), [row.columns.say(lang) for row in rows], "left", drop=1),
    ]
    level = told.report.provenance.level
    yield Part(said("to_measure", lang), fields, beneath=[said("fill_by", lang, level=level)])


def _same(text: str) -> Words:
    return Words(text, text)
