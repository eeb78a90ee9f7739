"""What moved between two sides, on a terminal and as markdown: the same parts in two layouts."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report import diff_tables as tables
from stiscore.report.diff_model import DiffReport, UnitChange
from stiscore.report.league import unit_label
from stiscore.report.model import Report
from stiscore.report.parts import Page, Part
from stiscore.report.phrases import footer, listed, opening
from stiscore.report.screen import Screen
from stiscore.words import Lang
from stiscore.words.diff import FACTORS, NO_RANKS, said

# Rows of the largest movers on a terminal; markdown has all.
FEW = 10


def text(told: DiffReport, screen: Screen) -> str:
    """All tables at the screen's width, of the largest movers the first."""
    return _page(told, screen.lang, few=FEW).printed(screen)


def markdown(told: DiffReport, lang: Lang) -> str:
    """All tables, every unit that moved."""
    return _page(told, lang, few=None).as_markdown()


def _page(told: DiffReport, lang: Lang, *, few: int | None) -> Page:
    """``few``: rows of the largest movers, None for all."""
    ending = footer(told.new, lang, caveats=False)
    return Page(_beginning(told, lang), _parts(told, lang, few=few), ending)


def _beginning(told: DiffReport, lang: Lang) -> Iterator[str]:
    old, new = told.labels
    yield said("title", lang, old=old, new=new)
    yield from opening(told.new, lang)
    yield _side("side_old", old, told.old, lang)
    yield _side("side_new", new, told.new, lang)
    moved = sum(unit.moved for unit in told.units)
    if told.parted.factors:
        factors = listed((FACTORS[f].say(lang) for f in told.parted.factors), lang)
        yield said("differs", lang, factors=factors)
        yield said("changed", lang, n=len(told.units), moved=moved)
    else:
        yield said("nothing", lang, n=len(told.units))
    if told.no_ranks and told.parted.factors:
        why = listed((NO_RANKS[key].say(lang) for key in told.no_ranks), lang, "semicolon")
        yield said("no_ranks", lang, why=why)


def _side(key: str, label: str, report: Report, lang: Lang) -> str:
    provenance = report.provenance
    return said(
        "side",
        lang,
        side=said(key, lang),
        label=label,
        ranked=report.ranked,
        of=report.of,
        framework=provenance.framework,
        version=provenance.framework_version,
        sha=provenance.framework_sha256[:12],
        data=provenance.data_sha256[:12],
    )


def _parts(told: DiffReport, lang: Lang, *, few: int | None) -> Iterator[Part]:
    """The page part by part; ``few``: rows of the largest movers, None for all."""
    moved = in_order(told)
    if told.ranks_told and told.parted.factors:
        yield tables.within(told, lang)
    if moved:
        shown = moved[:few]
        yield tables.largest(told, shown, len(moved) - len(shown), lang)
        yield tables.moved_by(told, shown, lang)
    if moved or any(unit.change is None for unit in told.units):
        yield tables.split(told, lang)
    several = len(told.parted.factors) > 1
    if several and told.ranks_told and any(unit.rank_change for unit in moved):
        yield tables.split_ranks(told, lang)
    if any(told.only):
        yield Part(said("apart", lang), above=list(_apart(told, lang)))
    if moved and several:
        yield Part(above=[said("limits", lang)])
    elif moved:
        yield Part(above=[said("limits_one", lang)])


def in_order(told: DiffReport) -> list[UnitChange]:
    """The units that moved: those told apart first, then by change of score."""
    moved = [unit for unit in told.units if unit.moved]
    return sorted(moved, key=lambda unit: (not unit.apart, -abs(unit.change or 0.0)))


def _apart(told: DiffReport, lang: Lang) -> Iterator[str]:
    pairs = zip(("only_old", "only_new"), told.labels, told.only, strict=True)
    for key, label, units in pairs:
        if units:
            yield said(
                key, lang, label=label, units=listed((unit_label(u, lang) for u in units), lang)
            )
