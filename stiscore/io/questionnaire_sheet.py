"""The questionnaire sheet: numerators and denominators by department, added up into shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from stiscore.dataset import Collected
from stiscore.finding import runs
from stiscore.framework.collect import Questionnaire
from stiscore.framework.flaw import heading
from stiscore.io.cells import parse_cell
from stiscore.io.measurement import conversion
from stiscore.io.template_parts import written
from stiscore.methods.agreement import wilson
from stiscore.words import Words
from stiscore.words.faults import found
from stiscore.words.faults.collected import KINDS

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.framework.model import Framework, Indicator
    from stiscore.io.collected import Units
    from stiscore.io.template_parts import Part

_SIDES = ("numerator", "denominator")


class Reply(NamedTuple):
    """One row that was filled in: its place in the sheet and its two figures."""

    row: int
    numerator: float
    denominator: float


class Asked(NamedTuple):
    """Replies by unit (its row in the dataset) and indicator; None where one of them is faulty."""

    part: Part
    replies: dict[tuple[int, str], list[Reply] | None]
    findings: list[Finding]


def read_questionnaire(part: Part, units: Units, framework: Framework, level: str) -> Asked:
    """Every filled row of the sheet; rows without a numerator and a denominator are not looked at.

    Of a unit and indicator with a faulty row nothing is counted.
    """
    asked, names = Asked(part, {}, []), _names(framework, level)
    seen: dict[tuple[int, str, str], int] = {}
    for row in part.rows():
        if not any(part.text(row, side) for side in _SIDES):
            continue
        unit = units.named(part, row, asked.findings)
        indicator = names.get(heading(part.text(row, "indicator")))
        if indicator is None:
            where, kind = part.where(row, "indicator"), KINDS["indicator"]
            fields: dict[str, Any] = {"value": part.text(row, "indicator"), "kind": kind}
            asked.findings.append(found("D121", where, group="indicator", **fields))
        elif unit is not None:
            name = units.names[unit]
            reply = _reply(part, row, indicator, name, asked.findings)
            if _repeated(part, row, (unit, indicator.id), seen, name, asked.findings):
                reply = None
            held = asked.replies.setdefault((unit, indicator.id), [])
            if reply is None or held is None:
                asked.replies[unit, indicator.id] = None
            else:
                held.append(reply)
    return asked


def asked_share(
    asked: Asked, indicator: Indicator, collect: Questionnaire, unit: int, name: str
) -> Collected | None:
    """The share over all departments, None when nothing (sound) was replied.

    A denominator of zero is a finding (D126). Shares of amounts have no interval: there are no
    cases to be few.
    """
    replies = asked.replies.get((unit, indicator.id))
    factor = conversion("ratio", indicator.measured_in)
    if not replies or factor is None:
        return None
    hits, cases = (sum(getattr(r, side) for r in replies) for side in _SIDES)
    if cases == 0:
        where = asked.part.where(replies[0].row, "denominator")
        asked.findings.append(found("D126", where, unit=name, indicator=indicator.id))
        return None
    ends = wilson(int(hits), int(cases)) if collect.of == "counts" else None
    return Collected(
        "questionnaire",
        share=factor * hits / cases,
        hits=hits,
        cases=cases,
        low=factor * ends[0] if ends else None,
        high=factor * ends[1] if ends else None,
        kappa=None,
        twice=0,
        cells=tuple(
            replace(
                asked.part.where(replies[0].row, side),
                cell=", ".join(runs(asked.part.where(r.row, side).cell or "" for r in replies)),
            )
            for side in _SIDES
        ),
    )


def _names(framework: Framework, level: str) -> Mapping[str, Indicator]:
    """What a row may call an indicator that is asked by questionnaire."""
    told: dict[str, Indicator] = {}
    for indicator in framework.at_level(level):
        if isinstance(indicator.collect, Questionnaire):
            names = written(Words(indicator.name.en, indicator.name.zh))
            told |= dict.fromkeys((heading(indicator.id), *names), indicator)
            told |= {heading(alias): indicator for alias in indicator.aliases}
    return told


def _reply(
    part: Part, row: int, indicator: Indicator, name: str, findings: list[Finding]
) -> Reply | None:
    """A row's two figures, None (and a finding on its unit) where they make no share."""
    collect = indicator.collect
    counts = isinstance(collect, Questionnaire) and collect.of == "counts"
    told: dict[str, float] = {}
    blank = [side for side in _SIDES if not part.text(row, side)]
    lacking = (part.where(row, side) for side in blank)
    findings.extend(found("D129", at, unit=name, indicator=indicator.id) for at in lacking)
    for side in (s for s in _SIDES if s not in blank):
        value, _, percent = parse_cell(part.text(row, side))
        sound = value is not None and value >= 0 and not percent
        if value is not None and sound and (not counts or value == int(value)):
            told[side] = value
            continue
        wanted = KINDS["count" if counts else "amount"]
        fields: dict[str, Any] = {"value": part.text(row, side), "indicator": indicator.id}
        where = part.where(row, side)
        findings.append(found("D125", where, unit=name, group=side, wanted=wanted, **fields))
    if len(told) < 2:
        return None
    if told["numerator"] > told["denominator"]:
        shown: dict[str, Any] = {side: part.text(row, side) for side in _SIDES}
        where = part.where(row, "numerator")
        findings.append(found("D124", where, unit=name, indicator=indicator.id, **shown))
        return None
    return Reply(row, told["numerator"], told["denominator"])


def _repeated(
    part: Part,
    row: int,
    about: tuple[int, str],
    seen: dict[tuple[int, str, str], int],
    name: str,
    findings: list[Finding],
) -> bool:
    """Whether a department has reported the same before (D128)."""
    department = part.text(row, "department")
    first = seen.setdefault((*about, heading(department)), row)
    if first == row:
        return False
    findings.append(
        found(
            "D128",
            part.where(row, "numerator"),
            unit=name,
            indicator=about[1],
            department=department or "-",
            first=str(part.where(first, "numerator")),
        )
    )
    return True
