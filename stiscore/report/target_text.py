"""What a goal takes, on a terminal and as markdown: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.named import title
from stiscore.report import league
from stiscore.report.parts import Page
from stiscore.report.phrases import figure, opening, raw, words
from stiscore.report.screen import Screen
from stiscore.report.target_model import TargetReport
from stiscore.report.target_parts import parts, standing
from stiscore.words import Lang, Words
from stiscore.words.target import said


def text(told: TargetReport, screen: Screen) -> str:
    """The page at the screen's width."""
    return _page(told, screen.lang).printed(screen)


def markdown(told: TargetReport, lang: Lang) -> str:
    """The same as markdown."""
    return _page(told, lang).as_markdown()


def _page(told: TargetReport, lang: Lang) -> Page:
    return Page(_beginning(told, lang), parts(told, lang), league.ending(told.report, lang))


def _beginning(told: TargetReport, lang: Lang) -> Iterator[str]:
    goal, aim = told.goal, told.aim
    wanted = f"{goal.wanted:g}"
    yield said(f"title_{goal.kind}", lang, unit=title(told.unit), wanted=wanted, gap=_gap(told))
    key = "reached" if told.reached else "missed"
    yield said(key, lang, state=standing(aim.after))
    yield said("arithmetic", lang)
    yield from opening(told.report, lang)
    yield said("now", lang, state=standing(aim.before))
    if told.rival is not None:
        rival = title(told.rival)
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
    # One indicator behind a gap has no weight to vary: its severity is no range.
    if len(ends) == 1 and key == "out_of_range_gap":
        key = "unmoved_gap"
    yield said(key, lang, span="-".join(ends), wanted=f"{told.goal.wanted:g}")


def _gap(told: TargetReport) -> Words:
    """The name of the goal's gap; empty without one."""
    held = [words(gap.name) for gap in told.unit.gaps if gap.id == told.goal.gap]
    return held[0] if held else Words("", "")
