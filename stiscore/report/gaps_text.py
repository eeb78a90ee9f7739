"""Gaps on a terminal and as markdown: how wide, what stands behind, what goes with them."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.dataset import titled
from stiscore.report import gaps_across as across
from stiscore.report import gaps_fill as fill
from stiscore.report import gaps_unit as single
from stiscore.report.gaps_model import GapsReport
from stiscore.report.parts import Page, Part
from stiscore.report.phrases import footer, listed, opening, words
from stiscore.report.screen import Screen
from stiscore.words import Lang
from stiscore.words.gaps import said


def text(told: GapsReport, screen: Screen) -> str:
    """All tables at the screen's width, with blanks to fill in by hand where it is wide enough."""
    return _page(told, screen.lang, screen.width).printed(screen)


def markdown(told: GapsReport, lang: Lang) -> str:
    """All tables, with empty columns to fill in."""
    return _page(told, lang, None).as_markdown()


def _page(told: GapsReport, lang: Lang, width: int | None) -> Page:
    """``width``: of a terminal, None where tables may be as wide as any."""
    return Page(_beginning(told, lang), _parts(told, lang, width), _ending(told, lang))


def _beginning(told: GapsReport, lang: Lang) -> Iterator[str]:
    report = told.report
    if told.single:
        yield said("title", lang, units=listed((titled(u, lang) for u in report.units), lang))
    else:
        yield said("title_all", lang, n=len(report.units), units=words(report.unit_word))
    yield from opening(report, lang)


def _parts(told: GapsReport, lang: Lang, width: int | None) -> Iterator[Part]:
    """The page part by part; ``width``: of a terminal, None where tables may be as wide as any."""
    if not told.single:
        yield from across.parts(told, lang, width)
        return
    units, short = told.units, width is not None
    once = fill.alike(told, units)
    for number, unit in enumerate(units, 1):
        yield from single.parts(told, unit, lang)
        yield from fill.actions(told, unit, lang, width)
        # Blanks that all units share are told once, after the last of them.
        if not once or number == len(units):
            yield from fill.to_measure(told, unit, lang, short=short)


def _ending(told: GapsReport, lang: Lang) -> Iterator[str]:
    if told.single:
        yield from single.notes(told, told.units, lang)
    if told.headings.quoted and any(guide.link for guide in told.guides):
        yield said("whose", lang)
        if told.headings.note is not None:
            yield words(told.headings.note).say(lang)
    yield from (note.say(lang) for note in told.report.notes)
    yield from footer(told.report, lang, caveats=False)
