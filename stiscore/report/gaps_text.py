"""Gaps on a terminal and as markdown: how wide, what stands behind, what goes with them."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.dataset import titled
from stiscore.report import gaps_across as across
from stiscore.report import gaps_fill as fill
from stiscore.report import gaps_unit as single
from stiscore.report.gaps_model import GapsReport
from stiscore.report.markdown import escape
from stiscore.report.parts import Part, as_markdown, on_screen
from stiscore.report.phrases import footer, listed, opening, words
from stiscore.report.screen import Screen
from stiscore.words import Lang
from stiscore.words.gaps import said


def text(told: GapsReport, screen: Screen) -> str:
    """All tables at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _beginning(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    on_screen(_parts(told, screen.lang, screen.width), screen, fold=True)
    screen.line()
    screen.lines([*_ending(told, screen.lang)], "dim")
    return screen.text()


def markdown(told: GapsReport, lang: Lang) -> str:
    """All tables as pipe tables under headings, with empty columns to fill in."""
    title, *rest = _beginning(told, lang)
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += as_markdown(_parts(told, lang, None))
    return "\n".join([*lines, *(f"{escape(each)}  " for each in _ending(told, lang))]) + "\n"


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
    for unit in told.units:
        yield from single.parts(told, unit, lang)
        yield from fill.parts(told, unit, lang, width)


def _ending(told: GapsReport, lang: Lang) -> Iterator[str]:
    if told.single:
        yield from single.notes(told, told.units, lang)
    if told.headings.quoted and any(guide.link for guide in told.guides):
        yield said("whose", lang)
        if told.headings.note is not None:
            yield words(told.headings.note).say(lang)
    yield from (note.say(lang) for note in told.report.notes)
    yield from footer(told.report, lang, caveats=False)
