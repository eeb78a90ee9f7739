"""One unit's card on a terminal: areas, gaps, indicators, what stands out."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.report import beside, league
from stiscore.report.model import IndicatorScore, Report, UnitReport
from stiscore.report.phrases import figure, flags, name, raw, spots, told
from stiscore.report.screen import Screen
from stiscore.report.table import Field, bar
from stiscore.report.variation import span
from stiscore.words.peers import said
from stiscore.words.uncertainty import RANGES


def write(unit: UnitReport, report: Report, screen: Screen) -> None:
    """Write the card of one unit."""
    screen.line()
    screen.line(league.card_head(unit, report, screen.lang), "bold")
    if unit.band:
        band = league.band(unit.band, report, screen.lang)
        screen.line(told(screen.say("band"), band, screen.lang))
    screen.lines(league.ranges_of(unit, report, screen.lang))
    screen.lines(beside.lines(unit, screen.lang))
    _areas(unit, report, screen)
    _gaps(unit, report, screen)
    _indicators(unit, screen)
    screen.lines(league.standing_out(unit, report, screen.lang))


def _areas(unit: UnitReport, report: Report, screen: Screen) -> None:
    areas = [name(area.name, screen.lang, short=True) for area in report.shown_areas]
    groups = [unit.group(area.id) for area in report.shown_areas]
    bars = [bar(g.score, 12, ascii_only=screen.ascii) for g in groups]
    screen.table(
        [
            Field(screen.say("area"), areas, "left"),
            Field(screen.say("score"), [figure(g.score) for g in groups]),
            Field(screen.say("rank"), [str(g.rank or "-") for g in groups]),
            *_range([span(g.rank_range) for g in groups], report, screen),
            *_median([g.peer_median for g in groups], unit, screen),
            Field(screen.say("weight"), [f"{g.effective:.1%}" for g in groups], drop=1),
            Field(screen.say("points"), [figure(g.points) for g in groups], drop=1),
            Field(
                screen.say("flags"), [flags(g.flags, screen.lang) for g in groups], "left", drop=2
            ),
            Field(screen.say("bar"), bars, "left", drop=3),
        ]
    )


def _gaps(unit: UnitReport, report: Report, screen: Screen) -> None:
    gaps = [g for g in unit.gaps if g.severity is not None]
    if not gaps:
        return
    counts = [screen.say("n_of_m", n=g.measured, m=g.of) for g in gaps]
    fields = [
        Field(screen.say("gap"), [name(g.name, screen.lang, short=True) for g in gaps], "left"),
        Field(screen.say("severity"), [figure(g.severity) for g in gaps]),
        Field(screen.say("rank"), [str(g.rank or "-") for g in gaps]),
        *_range([span(g.rank_range) for g in gaps], report, screen),
        *_median([g.peer_median for g in gaps], unit, screen),
        Field(screen.say("behind"), counts, "left", drop=1),
    ]
    if any(g.band for g in gaps):
        bands = [league.band(g.band, report, screen.lang) for g in gaps]
        fields.append(Field(screen.say("band"), bands, "left", drop=2))
    screen.line()
    screen.table(fields)


def _indicators(unit: UnitReport, screen: Screen) -> None:
    rows = unit.indicators
    screen.line()
    screen.table(
        [
            Field(screen.say("indicator"), [_head(i, screen) for i in rows], "left"),
            Field(screen.say("value"), [raw(i.raw) for i in rows]),
            Field(screen.say("score"), [figure(i.normalised) for i in rows]),
            Field(screen.say("rank"), [str(i.rank or "-") for i in rows], drop=1),
            Field(screen.say("points"), [figure(i.points) for i in rows], drop=3),
            Field(screen.say("cells"), [spots(i.cells) for i in rows], "left", drop=1),
            Field(screen.say("flags"), [flags(i.flags, screen.lang) for i in rows], "left", drop=2),
        ]
    )


def _range(cells: list[str], report: Report, screen: Screen) -> list[Field]:
    """A column of rank ranges, where there are any."""
    head = RANGES["range"].say(screen.lang)
    return [Field(head, cells, drop=1)] if report.variation else []


def _head(indicator: IndicatorScore, screen: Screen) -> str:
    """An indicator in a narrow column: its id in English, its name in Chinese, as short."""
    return indicator.name.zh if screen.lang == "zh" else indicator.id


def _median(values: Sequence[float | None], unit: UnitReport, screen: Screen) -> list[Field]:
    """The medians of the unit's peers, where it has any."""
    if unit.peers is None:
        return []
    return [Field(said("median", screen.lang), [figure(value) for value in values])]
