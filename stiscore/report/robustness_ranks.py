"""Tables of units: their ranks over the variants, who is above whom, who is next to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from stiscore.analysis.uncertainty.robustness import Closeness, Robustness
from stiscore.report import league
from stiscore.report.model import UnitReport
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed, name
from stiscore.report.robustness_model import TOPS, RobustnessReport, UnitRanks
from stiscore.report.table import Field
from stiscore.words import Lang
from stiscore.words.report import label
from stiscore.words.robustness import NOT_COMPUTED, said
from stiscore.words.uncertainty import RANGES

# A median between two ranks is half a rank away from each.
_WHOLE = 1e-9


def ranks(told: RobustnessReport, held: Robustness, lang: Lang) -> Part:
    """The ranked units over the variants, with what has to be said of them."""
    units = [unit for unit in told.units if unit.unit.ranked]
    fields = [
        Field(said("unit", lang), [league.unit_label(u.unit, lang) for u in units], "left"),
        Field(said("nominal", lang), [str(u.unit.rank or "-") for u in units]),
        Field(RANGES["range"].say(lang), [league.rank_range(u.unit) for u in units]),
        Field(said("median", lang), [_median(u.median) for u in units], drop=1),
        *(
            Field(said("top", lang, n=n), [percent(u.top(n)) for u in units], drop=2, family="top")
            for n in TOPS
        ),
        Field(RANGES["tier"].say(lang), [league.tier(u.unit) for u in units]),
    ]
    return Part(said("ranks", lang), fields, beneath=list(_on_ranks(told, held, units, lang)))


def _median(rank: float | None) -> str:
    if rank is None:
        return "-"
    return figure(rank, 0 if abs(rank - round(rank)) < _WHOLE else 1)


def percent(share: float | None) -> str:
    """A share of variants; 0% and 100% only where it is none or all of them.

    >>> [percent(share) for share in (0.0, 0.001, 0.256, 0.999, 1.0, None)]
    ['0%', '<1%', '26%', '>99%', '100%', '-']
    """
    if share is None:
        return "-"
    rounded = f"{share:.0%}"
    if rounded == "0%" and share > 0:
        return "<1%"
    return ">99%" if rounded == "100%" and share < 1 else rounded


def _on_ranks(
    told: RobustnessReport, held: Robustness, units: list[UnitRanks], lang: Lang
) -> Iterator[str]:
    ranges = held.ranges
    yield said("about_ranks", lang, share=ranges.share)
    yield RANGES["about_tiers"].say(lang, share=ranges.share)
    tiers = {unit.unit.tier for unit in units}
    if all(unit.shares is not None and unit.shares[0] == 1 for unit in units):
        yield said("all_tied", lang)
    elif tiers == {1}:
        yield said("one_tier", lang, share=ranges.share)
    if any(unit.unit.outside for unit in units):
        yield RANGES["outside_mark"].say(lang)
    if len(ranges.index) < ranges.draws:
        yield RANGES["kept"].say(lang, kept=len(ranges.index))
    scored = ranges.draws - told.lost
    thin = [(league.unit_label(u.unit, lang), scored - u.scored) for u in units]
    if lost := [said("unit_lost", lang, unit=unit, n=n) for unit, n in thin if n > 0]:
        yield said("units_lost", lang, units=listed(lost, lang))
    if aside := [league.unit_label(u, lang) for u in told.report.units if not u.ranked]:
        yield said("unranked", lang, units=listed(aside, lang))
    if any(unit.unit.tolerated for unit in units):
        yield label("set_aside", lang)
    if told.report.provenance.common:
        yield label("common", lang)


def dominance(told: RobustnessReport, held: Robustness, lang: Lang) -> Part:
    """How many units each is above, and how many below, whatever the area weights."""
    over, by_row = held.dominance, told.by_row
    units = [league.unit_label(by_row[row], lang) for row in over.rows]
    compared = over.compared.tolist()
    title, apart = (
        said("dominance", lang),
        [u for u, c in zip(units, compared, strict=True) if not c],
    )
    beneath = [said("apart", lang, units=listed(apart, lang))] if apart else []
    pairs, of = over.pairs
    if not pairs:
        return Part(title, above=[said("no_pairs", lang)], beneath=beneath)
    counts = ([*compress(each, compared)] for each in (over.above, over.below))
    fields = [
        Field(said("unit", lang), [*compress(units, compared)], "left"),
        *(
            Field(said(key, lang), [str(n) for n in column])
            for key, column in zip(("above_count", "below_count"), counts, strict=True)
        ),
    ]
    order = said("pairs", lang, pairs=pairs, of=of)
    return Part(title, fields, beneath=[said("about_dominance", lang), order, *beneath])


def closeness(told: RobustnessReport, held: Robustness, lang: Lang) -> Part:
    """Each unit and the next below: how little of the area weights brings the two level."""
    title, pairs, by_row = said("closeness", lang), held.closeness, told.by_row
    if held.no_closeness is not None:
        return Part(title, above=[NOT_COMPUTED[held.no_closeness].say(lang)])
    moves = [_moves(told, pair, lang) for pair in pairs]
    fields = [
        Field(said("unit", lang), _units((by_row[p.above] for p in pairs), lang), "left"),
        Field(said("next_below", lang), _units((by_row[p.below] for p in pairs), lang), "left"),
        Field(said("taken_from", lang), [taken for taken, _ in moves], "left", drop=2),
        Field(said("given_to", lang), [given for _, given in moves], "left", drop=1),
        Field(said("moved", lang), [_points(pair.moved) for pair in pairs]),
    ]
    return Part(title, fields, beneath=[said("about_closeness", lang)])


def _units(units: Iterable[UnitReport], lang: Lang) -> list[str]:
    return [league.unit_label(unit, lang) for unit in units]


def _points(moved: float | None) -> str:
    """Percentage points; a small move is never shown as none."""
    if moved is None:
        return "-"
    return "<0.1" if 0 < moved < 0.0005 else figure(100 * moved)


def _moves(told: RobustnessReport, pair: Closeness, lang: Lang) -> tuple[str, str]:
    """The areas that lose weight and those that gain it, with points where there are several."""
    if pair.moved is None:
        return said("no_weights" if pair.dominated else "no_area", lang), "-"
    return _areas(told, pair.changes, -1, lang), _areas(told, pair.changes, 1, lang)


def _areas(told: RobustnessReport, changes: dict[str, float], side: int, lang: Lang) -> str:
    moved = {area: side * by for area, by in changes.items() if side * by > _WHOLE}
    called = {area: name(told.names[area], lang, short=True) for area in moved}
    if len(moved) == 1:
        return next(iter(called.values()))
    return listed((f"{called[area]} {_points(by)}" for area, by in moved.items()), lang) or "-"
