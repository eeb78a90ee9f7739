"""What moved between two tables, years or frameworks, and through what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stiscore.analysis.change.sides import Side
from stiscore.analysis.change.split import Change, parted
from stiscore.analysis.editions import editions
from stiscore.analysis.named import find_unit
from stiscore.dataset import Dataset, titled
from stiscore.errors import DataInvalid, Location, UsageError
from stiscore.finding import Finding, Findings
from stiscore.framework.model import Framework
from stiscore.io.framework_yaml import load_framework
from stiscore.panels import fill_along_years
from stiscore.report.diff_model import DiffReport
from stiscore.scorecard import Scorecard, Wanted, appraise
from stiscore.scores import Fitted
from stiscore.words import Words
from stiscore.words.diff import FACTORS
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.faults.usage import FORMS


class _Rules(NamedTuple):
    """How both sides are scored: see ``diff``."""

    frame: Fitted | None
    common: bool
    strict: bool
    tolerate: bool
    variants: Wanted


def diff(
    old: Dataset,
    new: Dataset | None = None,
    framework: Framework | None = None,
    *,
    new_framework: Framework | None = None,
    units: Sequence[str] = (),
    year: str | None = None,
    frame: Fitted | None = None,
    common: bool = False,
    strict: bool = False,
    tolerate: bool = False,
    draws: int | None = None,
    seed: int = 1,
) -> DiffReport:
    """What moved between two tables, two years of one, or two frameworks, and through what.

    ``new`` None is the same table. ``framework`` None is the shipped one; ``new_framework`` None is
    that of ``old``. A dataset must have been read with the framework of its side. ``year``:
    ``"2021:2022"`` takes these two, old and new; one year holds for both; None takes each table's
    latest. Each side is scored as ``evaluate`` does, on its own scale, or both on ``frame``.

    The change of every unit on both sides, of its score and of its rank (a rise is positive), is
    parted among data, revision, coverage, frame, weights and method: the Shapley value over
    mixtures of both sides. Parts add up to the change; a factor in which the sides do not differ
    has 0. Without a score on both sides there is no change (None). No change of rank is told where
    the sides score other indicators (C344), have other goalposts (C345) or rank other units (C333).
    ``units`` only chooses what is shown. Other options and errors are those of ``evaluate``; raises
    UsageError where there is only one side (U165), for ``frame`` with another framework (U166), for
    tables without a unit in common (U164) and for names that do not exist (U101, L114), DataInvalid
    for tables of different levels (C332).

    >>> import pandas as pd, stiscore as sti
    >>> panel = sti.Dataset.from_frame(
    ...     pd.DataFrame({"unit": ["北京"] * 2, "year": [2021, 2022], "trade_gdp": [40.0, 44.0]})
    ... )
    >>> unit = sti.diff(panel, year="2021:2022", draws=0).units[0]
    >>> unit.change == unit.parts["data"] > 0
    True
    """
    if frame is not None and new_framework is not None:
        raise refusal(UsageError, [found("U166")])
    first = frame.framework if frame else framework or load_framework()
    second = new_framework or first
    years = _years(year)
    if new is None and len(years) < 2 and new_framework is None:
        raise refusal(UsageError, [found("U165", file=old.source.file)])
    wholes = (old, old if new is None else new)
    rules = _Rules(frame, common, strict, tolerate, Wanted(draws, seed))
    pairs = zip(wholes, (first, second), (years[:1], years[-1:]), strict=True)
    told = [_scored(whole, framework, chosen, rules) for whole, framework, chosen in pairs]
    return _told([card for card, _ in told], [side for _, side in told], units, frame)


def _told(
    cards: Sequence[Scorecard], held: Sequence[Side], units: Sequence[str], frame: Fitted | None
) -> DiffReport:
    """Both sides under labels of their own, the change between them, and what there is to say."""
    pairs = zip(held, _labels(held), strict=True)
    old, new = (side._replace(label=label) for side, label in pairs)
    _fit_together(old, new)
    shown = _shown(units, (old, new))
    change = parted(old, new, frame)
    noted = Findings((*cards[0].findings, *cards[1].findings, *_about(change)))
    once = {(f.code, f.location, f.unit, tuple(f.fields.items())): f for f in noted}
    reports = [card.report_of(indicators=False) for card in cards]
    return DiffReport(reports[0], reports[1], change, Findings(once.values()), shown)


def _years(text: str | None) -> tuple[str, ...]:
    """The years asked for: none, one for both sides, or one for each."""
    if text is None:
        return ()
    start, colon, end = (part.strip() for part in text.partition(":"))
    told = (start, end) if colon else (start,)
    if not all(told) or (colon and start >= end):
        form = FORMS["years"]
        raise refusal(UsageError, [found("U103", option="--year", form=form, given=text)])
    return told


def _scored(
    whole: Dataset, framework: Framework, years: Sequence[str], rules: _Rules
) -> tuple[Scorecard, Side]:
    """One side, with the card of its scores."""
    (edition,) = editions([fill_along_years(framework, whole)], years)
    card = appraise(
        edition.data,
        framework,
        frame=rules.frame,
        common=rules.common,
        strict=rules.strict,
        tolerate=rules.tolerate,
        variants=rules.variants,
    )
    period = card.evaluated.scores.data.periods[0]
    side = Side(whole.source.file, whole, period, framework, card.evaluated, rules.tolerate)
    return card, side


def _labels(sides: Sequence[Side]) -> tuple[str, str]:
    """What tells the sides apart: files, years, framework versions; else their numbers."""
    told = [
        (side.label, side.period or "", f"{side.framework.id} {side.framework.version}")
        for side in sides
    ]
    for place in range(3):
        first, second = told[0][place], told[1][place]
        if first != second and first and second:
            return first, second
    return f"{sides[0].label} (1)", f"{sides[1].label} (2)"


def _fit_together(old: Side, new: Side) -> None:
    """Refuse sides of different levels, and sides that share no unit."""
    levels = [side.evaluated.scores.fitted.level for side in (old, new)]
    if levels[0] != levels[1]:
        told = found(
            "C332",
            Location(old.whole.source.file),
            first=old.label,
            level=levels[0],
            second=new.label,
            other=levels[1],
        )
        raise refusal(DataInvalid, [told])
    if not {*old.units} & {*new.units}:
        raise refusal(UsageError, [found("U164", old=old.label, new=new.label)])


def _shown(names: Sequence[str], sides: tuple[Side, Side]) -> tuple[str, ...] | None:
    """The ids of the units named; None for all."""
    tables = [side.evaluated.scores.data for side in sides]
    told = []
    for name in names:
        rows = [(table, find_unit(table, name)) for table in tables]
        held = next((table.units[row].id for table, row in rows if row is not None), None)
        if held is None:
            known = {t for table in tables for u in table.units for t in (u.id, u.label, u.name_en)}
            raise unknown("unit", name, known)
        told.append(held)
    return tuple(dict.fromkeys(told)) or None


def _about(change: Change) -> Iterator[Finding]:
    """Why no change of rank is told, what is on one side only, what could not be split."""
    old, new = change.sides
    names = {u.id: titled(u, "both") for s in change.sides for u in s.evaluated.scores.data.units}
    if change.columns:
        yield found("C344", indicators=", ".join(change.columns))
    if change.scales:
        yield found("C345", indicators=", ".join(change.scales))
    if change.ranked:
        apart = ", ".join(names[unit] for unit in change.ranked)
        yield found("C333", first=old.label, second=new.label, units=apart)
    for side, rows in zip(change.sides, change.only, strict=True):
        if rows:
            alone = ", ".join(names[side.units[row]] for row in rows)
            yield found("C349", units=alone, label=side.label)
    undated = dict.fromkeys(side.label for side in change.sides if side.period is None)
    if "data" in change.factors and undated:
        yield found("C346", files=", ".join(undated))
    for refused in change.refused:
        yield found("C347", factors=_listed(refused.factors), why=refused.why)
    if whole := change.unsplit:
        units = ", ".join(names[unit] for unit in whole)
        yield found("C348", units=units, factors=_listed(change.factors))


def _listed(factors: Sequence[str]) -> Words:
    en = ", ".join(FACTORS[factor].en.lower() for factor in factors)
    return Words(en, "、".join(FACTORS[factor].zh for factor in factors))
