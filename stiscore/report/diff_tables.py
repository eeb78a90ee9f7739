"""Tables of a diff: changes inside the ranges, largest movers, what moved them, the splits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from stiscore.analysis.change.movers import Mover
from stiscore.report.diff_model import NOISE, DiffReport, UnitChange
from stiscore.report.league import rank_range, unit_label
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed, name, raw, spots
from stiscore.report.table import Field
from stiscore.report.variation import unranged
from stiscore.words import Lang
from stiscore.words.diff import ABOUT, FACTORS, said
from stiscore.words.report import label
from stiscore.words.uncertainty import RANGES

_DIGITS = 2
Units = Sequence[UnitChange]
Parts = Callable[[UnitChange], Mapping[str, float] | None]
Change = Callable[[UnitChange], float | None]


def signed(value: float | None) -> str:
    """A change as people read it.

    >>> signed(3.04), signed(-0.001), signed(None)
    ('+3.04', '0.00', '-')
    """
    if value is None:
        return "-"
    rounded = round(value, _DIGITS) + 0.0
    return f"{rounded:+.{_DIGITS}f}" if rounded else f"{rounded:.{_DIGITS}f}"


def within(told: DiffReport, lang: Lang) -> Part:
    """The changes of rank that choices of method would make as well."""
    title = said("within", lang)
    moved = [unit for unit in told.units if unit.rank_change]
    variation = told.new.variation
    if variation is None or told.old.variation is None:
        reason = told.new.unranged if variation is None else told.old.unranged
        lines = [said("no_moves", lang)] if not moved else [said("no_ranges", lang)]
        return Part(title, above=[*lines, unranged(reason, lang)])
    if moved and not told.ranges_move:
        return Part(title, above=[said("still_ranges", lang)])
    units = [unit for unit in moved if unit.apart is False]
    if not units:
        return Part(title, above=[said("none_within" if moved else "no_moves", lang)])
    fields = [
        _labels(units, lang),
        *_ranks(units, lang),
        Field(said("old_range", lang), [rank_range(u.old) for u in units]),
        Field(said("new_range", lang), [rank_range(u.new) for u in units]),
        Field(said("score_change", lang), [signed(u.change) for u in units], drop=1),
    ]
    about = said("about_within", lang, share=variation.share, draws=variation.draws)
    return Part(title, fields, beneath=[about, *_outside(units, lang)])


def _outside(units: Units, lang: Lang) -> Iterator[str]:
    if any(side.outside for unit in units for side in (unit.old, unit.new)):
        yield RANGES["outside_mark"].say(lang)


def largest(told: DiffReport, units: Units, more: int, lang: Lang) -> Part:
    """The units that moved most, those told apart first."""
    fields = [
        Field(said("unit", lang), [_starred(unit, lang) for unit in units], "left"),
        Field(said("old_score", lang), [figure(u.old.score) for u in units], drop=2),
        Field(said("new_score", lang), [figure(u.new.score) for u in units], drop=2),
        Field(said("change", lang), [signed(u.change) for u in units]),
    ]
    if told.ranks_told:
        fields += _ranks(units, lang, drop=1)
        fields.append(Field(said("rank_change", lang), [_places(u.rank_change) for u in units]))
    beneath = [said("more", lang, n=more)] if more else []
    about = "about_scores"
    if told.ranks_told:
        about = "about_largest" if any(u.apart for u in units) else "about_no_star"
    return Part(said("largest", lang), fields, beneath=[said(about, lang), *beneath])


def _starred(unit: UnitChange, lang: Lang) -> str:
    return f"{unit_label(unit.new, lang)}{' *' if unit.apart else ''}"


def _ranks(units: Units, lang: Lang, drop: int = 0) -> list[Field]:
    return [
        Field(said("old_rank", lang), [str(u.old.rank or "-") for u in units], drop=drop),
        Field(said("new_rank", lang), [str(u.new.rank or "-") for u in units], drop=drop),
    ]


def _labels(units: Units, lang: Lang) -> Field:
    return Field(said("unit", lang), [unit_label(unit.new, lang) for unit in units], "left")


def _places(change: int | None) -> str:
    return "-" if change is None else f"{change:+d}" if change else "0"


def moved_by(told: DiffReport, units: Units, lang: Lang) -> Part:
    """The indicators that moved each unit most, with both values and their cells."""
    rows = [(unit, number, mover) for unit in units for number, mover in enumerate(unit.movers)]
    names = {**told.old.names, **told.new.names}
    # The unit stands at the first of its indicators alone.
    called = ["" if number else unit_label(unit.new, lang) for unit, number, _ in rows]
    indicators = [name(names[m.indicator], lang, short=True) for *_, m in rows]
    fields = [
        Field(said("unit", lang), called, "left"),
        Field(said("indicator", lang), indicators, "left"),
        Field(said("value", lang), [_values(m, lang) for *_, m in rows], "left", drop=1),
        Field(said("points", lang), [signed(m.points) for *_, m in rows]),
        Field(said("cells", lang), [_cells(m, lang) for *_, m in rows], "left", drop=2),
    ]
    return Part(said("movers", lang), fields, beneath=[said("about_movers", lang)])


def _values(mover: Mover, lang: Lang) -> str:
    """Both values; one that stays is said to, since its points move all the same."""
    if mover.old.value == mover.new.value:
        return said("value_same", lang, value=raw(mover.new.value))
    return said("both", lang, old=raw(mover.old.value), new=raw(mover.new.value))


def _cells(mover: Mover, lang: Lang) -> str:
    """Where both values stand, once where they stand at the same place."""
    old, new = (spots(side.cells) or "-" for side in (mover.old, mover.new))
    return new if old == new else said("both", lang, old=old, new=new)


def split(told: DiffReport, lang: Lang) -> Part:
    """The change of score of every unit that moved, and its parts; of one factor there are none."""
    units, aside = _parted(
        told, lambda unit: unit.parts, lambda unit: unit.change, "no_score", lang
    )
    if len(told.parted.factors) == 1:
        factor = FACTORS[told.parted.factors[0]]
        above = [said("one_factor", lang, factor=factor), *_about(told, lang), *aside]
        return Part(said("split", lang), above=above)
    fields = [
        _labels(units, lang),
        Field(said("change", lang), [signed(unit.change) for unit in units]),
        *_factors(told, units, lambda unit: unit.parts, lang),
    ]
    beneath = [*aside, said("about_split", lang), *_about(told, lang)]
    whole = [unit_label(u.new, lang) for u in units if u.parts is None]
    beneath += [said("unsplit", lang, units=listed(whole, lang))] if whole else []
    return Part(said("split", lang), fields, beneath=beneath)


def split_ranks(told: DiffReport, lang: Lang) -> Part:
    """The change of rank of every unit that moved, and its parts."""
    units, aside = _parted(
        told, lambda unit: unit.rank_parts, lambda unit: unit.rank_change, "no_rank", lang
    )
    fields = [
        _labels(units, lang),
        Field(said("rank_change", lang), [_places(unit.rank_change) for unit in units]),
        *_factors(told, units, lambda unit: unit.rank_parts, lang),
    ]
    beneath = [*aside, said("about_ranks", lang)]
    return Part(said("split_ranks", lang), fields, beneath=beneath)


def _parted(
    told: DiffReport, parts: Parts, change: Change, absent: str, lang: Lang
) -> tuple[Units, list[str]]:
    """The units with anything to part, and a line on each kind of the rest.

    Parts may cancel each other: such a unit stands in the table. ``absent``: the sentence on units
    without a change.
    """
    held = [unit for unit in told.units if change(unit) is not None]
    shown = [
        unit
        for unit in held
        if any(abs(v) > NOISE for v in (change(unit) or 0.0, *(parts(unit) or {}).values()))
    ]
    aside = []
    if still := len(held) - len(shown):
        aside.append(said("still", lang, n=still))
    lost = [unit_label(unit.new, lang) for unit in told.units if change(unit) is None]
    if lost:
        aside.append(said(absent, lang, units=listed(lost, lang)))
    return shown, aside


def _factors(told: DiffReport, units: Units, parts: Parts, lang: Lang) -> list[Field]:
    """One column a factor that moves any unit."""
    held = [parts(unit) for unit in units]
    return [
        Field(FACTORS[factor].say(lang), [signed(p[factor]) if p else "-" for p in held])
        for factor in _moving(told, parts)
    ]


def _moving(told: DiffReport, parts: Parts) -> list[str]:
    held = [p for p in map(parts, told.units) if p]
    return [f for f in told.parted.factors if any(abs(p[f]) > NOISE for p in held)]


def _named(told: DiffReport, factor: str, lang: Lang) -> Iterator[str]:
    """Which declared weights and scales differ: what a reader would otherwise look for in files."""
    names = {**told.old.names, **told.new.names}
    if factor == "weights":
        held = (
            said("weight_of", lang, name=name(names[node], lang), old=f"{was:g}", new=f"{now:g}")
            for node, was, now in told.weights
        )
        listed_weights = listed(held, lang, "semicolon")
        if listed_weights:
            yield said("weights_named", lang, weights=listed_weights)
    if factor == "frame" and told.parted.scales:
        scales = (name(names[node], lang) for node in told.parted.scales)
        yield said("scales_named", lang, names=listed(scales, lang, "semicolon"))


def _about(told: DiffReport, lang: Lang) -> Iterator[str]:
    """What each factor holds, and which of them move nothing."""
    moving = _moving(told, lambda unit: unit.parts)
    one: Lang = "zh" if lang == "zh" else "en"
    for factor in moving:
        text = label("told", one, head=FACTORS[factor].say(lang), text=ABOUT[factor].say(lang))
        yield label("sentence", one, text=text)
        yield from _named(told, factor, lang)
    idle = [FACTORS[f].say(lang) for f in told.parted.factors if f not in moving]
    if idle and not told.parted.unsplit:
        yield said("zero_factors", lang, factors=listed(idle, lang))
