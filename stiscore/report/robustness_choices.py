"""What was varied, what each choice alone does to ranks, and which choice matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import isnan

from stiscore.analysis.uncertainty.robustness import RankShift, Robustness, Sensitivity
from stiscore.analysis.uncertainty.shifts import DRAWN, FAR
from stiscore.framework.model import Name
from stiscore.report import league
from stiscore.report.factors import named
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed
from stiscore.report.robustness_model import RobustnessReport
from stiscore.report.table import Field
from stiscore.report.variation import Variation, joined, lost_lines
from stiscore.words import Lang, Words
from stiscore.words.faults import tell
from stiscore.words.robustness import NOT_COMPUTED, ROBUSTNESS, SHIFTS, said
from stiscore.words.uncertainty import PARTS, RANGES

# A terminal shows as many choices, those that move ranks furthest.
FEW = 15


def varied(told: RobustnessReport, variation: Variation, lang: Lang) -> Part:
    """Every factor in words; what varies nothing here, and variants that gave nothing."""
    lines = []
    if variation.idle:
        lines.append(RANGES["idle"].say(lang, factors=joined(variation.idle)))
    lines += lost_lines(variation, lang)
    if not variation.failed:
        lines.append(said("none_lost", lang, draws=variation.draws))
    if told.lost == variation.draws:
        lines.append(said("all_lost", lang))
    items = [factor.say(lang) for factor in variation.factors]
    nothing = [] if items else [said("nothing", lang)]
    return Part(said("varied", lang), items=items, above=[*nothing, *lines])


def shifts(told: RobustnessReport, held: Robustness, lang: Lang, *, few: int | None = None) -> Part:
    """Each choice alone against the framework, the largest mean first; ``few``: no more rows."""
    title = said("shifts", lang)
    if not held.shifts:
        why = NOT_COMPUTED["interrupted"].say(lang) if held.interrupted else said("no_shifts", lang)
        return Part(title, above=[why])
    ordered = sorted(held.shifts, key=lambda shift: -1.0 if shift.mean is None else -shift.mean)
    # What could not be computed comes last, in the order of the factors.
    ordered = sorted(ordered, key=lambda shift: shift.mean is None)
    shown = ordered[:few]
    beneath = [said("about_shifts", lang, far=FAR, drawn=DRAWN)]
    if len(shown) < len(ordered):
        beneath.insert(0, said("more_shifts", lang, n=len(ordered) - len(shown)))
    return Part(title, _shift_fields(told, shown, lang), beneath=beneath)


def _shift_fields(told: RobustnessReport, shown: list[RankShift], lang: Lang) -> list[Field]:
    by_row = told.by_row
    moving = ["-" if s.row is None else league.unit_label(by_row[s.row], lang) for s in shown]
    return [
        Field(said("choice", lang), [choice(told, shift, lang) for shift in shown], "left"),
        Field(said("mean_shift", lang), [figure(shift.mean, 2) for shift in shown]),
        Field(said("largest", lang), [_count(shift.largest) for shift in shown]),
        Field(said("beyond", lang, far=FAR), [_count(shift.over) for shift in shown], drop=2),
        Field(said("whose", lang), moving, "left", drop=1),
    ]


def _count(value: int | None) -> str:
    return "-" if value is None else str(value)


def choice(told: RobustnessReport, shift: RankShift, lang: Lang) -> str:
    """One choice in words, and why it is not possible where it is not."""
    text = in_words(told, shift).say(lang)
    if shift.why is None:
        return text
    why = said("not_possible", lang, why=tell(shift.why, lang).what)
    return listed((text, why), lang, "semicolon")


def in_words(told: RobustnessReport, shift: RankShift) -> Words:
    """One choice in both languages."""
    if shift.kind == "all":
        return SHIFTS["all"].filled(factor=told.factors[shift.factor])
    if shift.kind in {"settings", "preset"}:
        return SHIFTS[shift.kind].filled(what=shift.label)
    what = PARTS[shift.label] if shift.kind == "rule" else _node(shift.label, told.names)
    spread = told.spreads.get(shift.factor)
    if spread is not None and shift.kind in {"lighter", "heavier"}:
        return SHIFTS[f"{shift.kind}_by"].filled(what=what, spread=spread)
    return SHIFTS[shift.kind].filled(what=what)


def _node(id_: str, names: Mapping[str, Name]) -> Words:
    """A node by its short name: many of them stand under each other."""
    held = names.get(id_)
    if held is None:
        return named(id_, names)
    return Words(held.short_en or held.en, held.short_zh or held.zh)


def sobol(told: RobustnessReport, held: Robustness, lang: Lang) -> Part:
    """Each factor's indices for the mean rank shift, and which factor matters most."""
    title, indices = said("sobol", lang), held.sobol
    if indices is None:
        return Part(title, above=[NOT_COMPUTED[held.no_sobol or "off"].say(lang)])
    factors = [told.factors[id_].say(lang) for id_ in indices.factors]
    first, total = (_with_interval(indices, part) for part in ("first", "total"))
    fields = [
        Field(said("factor", lang), factors, "left"),
        Field(said("first", lang), first, drop=1),
        Field(said("total", lang), total),
    ]
    return Part(title, fields, beneath=list(_on_sobol(told, indices, lang)))


def _with_interval(told: Sensitivity, part: str) -> list[str]:
    """An index of the mean rank shift with its interval, by factor."""
    value, low, high = (
        getattr(told.indices, f"{part}{end}")[:, 0].tolist() for end in ("", "_low", "_high")
    )
    return [
        "-" if isnan(v) else f"{figure(v, 2)} [{figure(a, 2)}, {figure(b, 2)}]"
        for v, a, b in zip(value, low, high, strict=True)
    ]


def _on_sobol(told: RobustnessReport, held: Sensitivity, lang: Lang) -> Iterator[str]:
    best, *by_unit = held.leaders
    if not held.indices.variance[0] > 0:
        yield said("no_variance", lang)
    elif best is None:
        yield said("none_most", lang)
    else:
        yield said("matters_most", lang, factor=told.factors[best])
    if by_unit:
        yield _units_by(told, by_unit, lang)
    yield said(
        "about_sobol", lang, n=held.sample, runs=held.runs, share=held.share,
        bootstraps=held.bootstraps,
    )  # fmt: skip
    if held.indices.used < held.sample:
        yield said("sobol_lost", lang, lost=held.sample - held.indices.used, n=held.sample)


def _units_by(told: RobustnessReport, leaders: list[str | None], lang: Lang) -> str:
    """By how many units each factor is the one that moves their rank most."""
    counts = Counter(id_ for id_ in leaders if id_ is not None)
    if not counts:
        return said("units_by_none", lang, of=len(leaders))
    parts = [
        ROBUSTNESS["units_of"].filled(factor=told.factors[id_], n=n)
        for id_, n in counts.most_common()
    ]
    none = len(leaders) - sum(counts.values())
    return said("units_by", lang, counts=joined(parts), none=none, of=len(leaders))


def sobol_units(told: RobustnessReport, held: Sensitivity, lang: Lang) -> Part:
    """The factors' total indices for the rank of every unit."""
    by_row, totals = told.by_row, held.indices.total[:, 1:].tolist()
    fields = [
        Field(said("unit", lang), [league.unit_label(by_row[r], lang) for r in held.rows], "left"),
        *(
            Field(id_, ["-" if isnan(v) else figure(v, 2) for v in column])
            for id_, column in zip(held.factors, totals, strict=True)
        ),
        Field(said("most", lang), [id_ or "-" for id_ in held.leaders[1:]], "left"),
    ]
    return Part(said("sobol_units", lang), fields)
