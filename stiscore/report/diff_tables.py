"""Tables of a diff: changes inside the ranges, largest movers, what moved them, the splits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from stiscore.analysis.change.movers import Standing
from stiscore.report.diff_model import NOISE, DiffReport, UnitChange
from stiscore.report.league import rank_range, unit_label
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed, name, raw
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
    units = [unit for unit in moved if unit.apart is False]
    if not units:
        return Part(title, above=[said("none_within" if moved else "no_moves", lang)])
    fields = [
        _labels(units, lang),
        *_ranks(units, lang),
        Field(said("old_range", lang), [rank_range(u.old) for u in units]),
        Field(said("new_range", lang), [rank_range(u.new) for u in units]),
        Field(said("change", lang), [signed(u.change) for u in units], drop=1),
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
    about = "about_largest" if told.ranks_told else "about_scores"
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
        Field(said("old_value", lang), [_value(m.old, lang) for *_, m in rows], drop=2),
        Field(said("new_value", lang), [_value(m.new, lang) for *_, m in rows], drop=1),
        Field(said("points", lang), [signed(m.points) for *_, m in rows]),
    ]
    return Part(said("movers", lang), fields, beneath=[said("about_movers", lang)])


def _value(side: Standing, lang: Lang) -> str:
    cells = " ".join(c.cell or f"{c.line}:{c.column}" for c in side.cells if c.cell or c.line)
    value = raw(side.value)
    return said("cell", lang, value=value, cells=cells) if cells else value


def split(told: DiffReport, lang: Lang) -> Part:
    """The change of score of every unit that moved, and its parts."""
    units, still = _parted(told, lambda unit: unit.parts, lambda unit: unit.change)
    fields = [
        _labels(units, lang),
        Field(said("change", lang), [signed(unit.change) for unit in units]),
        *_factors(told, units, lambda unit: unit.parts, lang),
    ]
    lost = [unit_label(u.new, lang) for u in units if u.change is None]
    beneath = [*_still(still, lang), said("about_split", lang), *_about(told, lang)]
    beneath += [said("no_score", lang, units=listed(lost, lang))] if lost else []
    whole = [unit_label(u.new, lang) for u in units if u.change is not None and u.parts is None]
    beneath += [said("unsplit", lang, units=listed(whole, lang))] if whole else []
    return Part(said("split", lang), fields, beneath=beneath)


def split_ranks(told: DiffReport, lang: Lang) -> Part:
    """The change of rank of every unit that moved, and its parts."""
    units, still = _parted(told, lambda unit: unit.rank_parts, lambda unit: unit.rank_change)
    fields = [
        _labels(units, lang),
        Field(said("rank_change", lang), [_places(unit.rank_change) for unit in units]),
        *_factors(told, units, lambda unit: unit.rank_parts, lang),
    ]
    beneath = [*_still(still, lang), said("about_ranks", lang)]
    return Part(said("split_ranks", lang), fields, beneath=beneath)


def _parted(told: DiffReport, parts: Parts, change: Change) -> tuple[Units, int]:
    """The units with anything to part, or without a change at all; and how many there are not.

    Parts may cancel each other: such a unit stands in the table.
    """
    shown = [
        unit
        for unit in told.units
        if change(unit) is None
        or any(abs(v) > NOISE for v in (change(unit) or 0.0, *(parts(unit) or {}).values()))
    ]
    return shown, len(told.units) - len(shown)


def _still(count: int, lang: Lang) -> Iterator[str]:
    if count:
        yield said("still", lang, n=count)


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


def _about(told: DiffReport, lang: Lang) -> Iterator[str]:
    """What each factor holds, and which of them move nothing."""
    moving = _moving(told, lambda unit: unit.parts)
    one: Lang = "zh" if lang == "zh" else "en"
    for factor in moving:
        text = label("told", one, head=FACTORS[factor].say(lang), text=ABOUT[factor].say(lang))
        yield label("sentence", one, text=text)
    idle = [FACTORS[f].say(lang) for f in told.parted.factors if f not in moving]
    if idle and not told.parted.unsplit:
        yield said("zero_factors", lang, factors=listed(idle, lang))
