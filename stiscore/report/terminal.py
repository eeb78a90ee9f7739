"""The report on a terminal: what is measured, ranks, gaps; or the cards of single units."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.dataset import titled
from stiscore.report import applied, card, league
from stiscore.report.model import Column, Report, UnitReport
from stiscore.report.phrases import figure, footer, name, opening, words
from stiscore.report.screen import Screen
from stiscore.report.table import Field, bar
from stiscore.words import Lang
from stiscore.words.applied import APPLIED
from stiscore.words.uncertainty import RANGES
from stiscore.words.units import say


def ranking(report: Report, screen: Screen) -> str:
    """The first screen: ranks of all shown units, largest gaps, what is not measured."""
    _opening(report, screen)
    screen.line()
    screen.table(_rank_fields(report, screen))
    screen.lines(league.notes(report, screen.lang))
    if any("low_confidence" in g.flags for u in report.units for g in u.groups if g.parent):
        screen.line(screen.say("one_indicator"))
    _largest_gaps(report, screen)
    return _ending(report, screen)


def cards(report: Report, screen: Screen) -> str:
    """A card for every shown unit."""
    _opening(report, screen)
    for unit in report.units:
        card.write(unit, report, screen)
    screen.line()
    screen.lines(league.notes(report, screen.lang))
    return _ending(report, screen)


def _opening(report: Report, screen: Screen) -> None:
    first, *rest = opening(report, screen.lang)
    screen.line(first, "bold")
    screen.lines(rest)
    if report.of > 1:
        units = words(report.unit_word)
        screen.line(screen.say("ranked", ranked=report.ranked, of=report.of, units=units))


def _rank_fields(report: Report, screen: Screen) -> list[Field]:
    units, lang = report.rows, screen.lang
    fields = [
        Field(screen.say("rank"), [league.place(u, lang) for u in units]),
        *_ranges(report, lang),
        Field(screen.say("unit"), [league.unit_label(u, lang) for u in units], "left"),
        *_within(report, lang),
        Field(screen.say("score"), [league.score(u) for u in units]),
        *_score_range(report, lang),
    ]
    if report.gaps:
        gaps = [figure(u.gap_index) for u in units]
        fields.append(Field(screen.say("gap_index"), gaps, drop=1))
    if any(u.adjusted is not None for u in units):
        fields.append(Field(screen.say("adjusted"), [figure(u.adjusted) for u in units], drop=1))
    if any(u.band for u in units):
        bands = [league.band(u.band, report, lang) for u in units]
        fields.append(Field(screen.say("band"), bands, "left", drop=4))
    fields += [_area(area, units, screen) for area in report.shown_areas]
    bars = [bar(u.score, 12, ascii_only=screen.ascii) for u in units]
    return [*fields, Field(screen.say("bar"), bars, "left", drop=3)]


def _ranges(report: Report, lang: Lang) -> list[Field]:
    """Rank ranges and tiers, where there are any."""
    if report.variation is None:
        return []
    ranges = [league.rank_range(u) for u in report.rows]
    tiers = [league.tier(u) for u in report.rows]
    return [
        Field(RANGES["range"].say(lang), ranges),
        Field(RANGES["tier"].say(lang), tiers, drop=2),
    ]


def _score_range(report: Report, lang: Lang) -> list[Field]:
    """Score ranges, where there are any; a narrow screen does without them first."""
    if report.variation is None:
        return []
    cells = [league.score_range(u) for u in report.rows]
    return [Field(RANGES["score_range"].say(lang), cells, drop=3)]


def _within(report: Report, lang: Lang) -> list[Field]:
    """Ranks within the group that is shown alone, beside those of the whole table."""
    if report.group is None:
        return []
    return [Field(say("in_group", lang), [league.rank_within(u, report) for u in report.rows])]


def _area(area: Column, units: Sequence[UnitReport], screen: Screen) -> Field:
    """An area's column; a star where one indicator is all there is, for all units or for one."""
    lone = area.measured == 1
    groups = [unit.group(area.id) for unit in units]
    marks = ["*" if not lone and "low_confidence" in g.flags else "" for g in groups]
    cells = [f"{figure(g.score)}{mark}" for g, mark in zip(groups, marks, strict=True)]
    return Field(name(area.name, screen.lang, short=True) + ("*" if lone else ""), cells, drop=2)


def _largest_gaps(report: Report, screen: Screen) -> None:
    told, lang = report.largest_gaps, screen.lang
    if not told:
        return
    screen.line()
    screen.line(screen.say("largest_gaps"), "bold")
    gaps = {g.id: g for g in report.gaps}
    widest = [f"{titled(s.widest, lang)} {figure(s.widest_severity, 0)}" for s in told]
    counts = [screen.say("n_of_m", n=gaps[s.id].measured, m=gaps[s.id].of) for s in told]
    screen.table(
        [
            Field(screen.say("gap"), [name(s.name, lang, short=True) for s in told], "left"),
            Field(screen.say("median"), [figure(s.median) for s in told]),
            Field(screen.say("widest"), widest, "left", drop=1),
            Field(screen.say("behind"), counts, "left", drop=2),
        ]
    )


def _ending(report: Report, screen: Screen) -> str:
    missing = league.absent(report, screen.lang)
    if missing:
        screen.line()
        screen.line(screen.say("not_measured"), "bold")
        screen.lines(missing)
    done = applied.lines(report, screen.lang)
    if done:
        screen.line()
        screen.line(APPLIED["head"].say(screen.lang), "bold")
        screen.lines(done)
    screen.line()
    screen.lines(footer(report, screen.lang), "dim")
    return screen.text()
