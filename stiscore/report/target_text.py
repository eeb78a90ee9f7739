"""What a goal takes, on a terminal and as markdown: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report import league
from stiscore.report.markdown import escape
from stiscore.report.parts import as_markdown, on_screen
from stiscore.report.phrases import figure, footer, opening, raw, words
from stiscore.report.screen import Screen
from stiscore.report.target_model import TargetReport
from stiscore.report.target_parts import parts, standing, titles
from stiscore.words import Lang, Words
from stiscore.words.target import said


def text(told: TargetReport, screen: Screen) -> str:
    """The page at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _beginning(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    on_screen(parts(told, screen.lang), screen, fold=True)
    screen.line()
    screen.lines(_ending(told, screen.lang), "dim")
    return screen.text()


def markdown(told: TargetReport, lang: Lang) -> str:
    """The same as pipe tables under headings."""
    title, *rest = _beginning(told, lang)
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += as_markdown(parts(told, lang))
    return "\n".join([*lines, *(f"{escape(each)}  " for each in _ending(told, lang))]) + "\n"


def _ending(told: TargetReport, lang: Lang) -> list[str]:
    notes = [note.say(lang) for note in told.report.notes]
    ranges = league.on_ranges(told.report, lang, table=False)
    return [*ranges, *notes, *footer(told.report, lang, caveats=False)]


def _beginning(told: TargetReport, lang: Lang) -> Iterator[str]:
    goal, aim = told.goal, told.aim
    wanted = f"{goal.wanted:g}"
    yield said(f"title_{goal.kind}", lang, unit=titles(told.unit), wanted=wanted, gap=_gap(told))
    key = "reached" if told.reached else "missed"
    yield said(key, lang, state=standing(aim.after))
    yield said("arithmetic", lang)
    yield from opening(told.report, lang)
    yield said("now", lang, state=standing(aim.before))
    if told.rival is not None:
        rival = titles(told.rival)
        yield said("needs_rank", lang, wanted=wanted, need=figure(aim.sought.need, 2), rival=rival)
        if told.reached:
            yield said("shares", lang, rival=rival, rank=aim.after.rank)
    yield from _range(told, lang)


def _range(told: TargetReport, lang: Lang) -> Iterator[str]:
    """Where the goal stands beside what the method variants give already."""
    span = told.present_range
    if span is None:
        return
    ends = dict.fromkeys(raw(end) if told.goal.kind == "rank" else figure(end) for end in span)
    key = f"{'in' if told.in_range else 'out_of'}_range_{told.goal.kind}"
    yield said(key, lang, span="-".join(ends), wanted=f"{told.goal.wanted:g}")


def _gap(told: TargetReport) -> Words:
    """The name of the goal's gap; empty without one."""
    held = [words(gap.name) for gap in told.unit.gaps if gap.id == told.goal.gap]
    return held[0] if held else Words("", "")
