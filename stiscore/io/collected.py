"""Shares counted from a coding or questionnaire sheet join the table of figures.

They belong to the rows of the latest period. A figure the table holds itself must agree with what
is counted, as far as its digits go; the counted share is then used, for it has all its digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from stiscore.dataset import Collected, Column, Dataset, Flag, Values, titled
from stiscore.framework.collect import Coding, Questionnaire
from stiscore.io.coded_shares import coded_share, doubts
from stiscore.io.coding_sheet import differing, read_coding, unanswered
from stiscore.io.questionnaire_sheet import asked_share, read_questionnaire
from stiscore.io.template_fill import filled, stale
from stiscore.io.template_parts import about, parts_of
from stiscore.methods.agreement import Z95
from stiscore.units.normal import normalise
from stiscore.units.registry import find
from stiscore.words.faults import found
from stiscore.words.faults.collected import KINDS
from stiscore.words.template import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stiscore.finding import Finding
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Book
    from stiscore.io.template_parts import Part

Shares = dict[tuple[int, str], Collected]


class Units:
    """The rows of a dataset's latest period, by whatever their unit may be called."""

    def __init__(self, dataset: Dataset) -> None:
        last = max((p for p in dataset.periods if p is not None), default=None)
        self.names = tuple(titled(unit, "both") for unit in dataset.units)
        self._rows: dict[str, int] = {}
        for row, unit in enumerate(dataset.units):
            if dataset.periods[row] == last:
                for text in (unit.id, unit.label, unit.name_en, unit.name_zh):
                    self._rows.setdefault(normalise(text), row)

    def named(self, part: Part, row: int, findings: list[Finding]) -> int | None:
        """The dataset's row of the unit a sheet's row names, None (and a finding) without one."""
        text = part.text(row, "unit")
        known = find(text) if text else None
        keys = (normalise(text), normalise(known.id) if known else "")
        held = next((self._rows[key] for key in keys if key in self._rows), None)
        if held is None:
            where, fields = part.where(row, "unit"), {"value": text, "kind": KINDS["unit"]}
            told = {"value": text} if known else fields
            findings.append(found("D122" if known else "D121", where, group="unit", **told))
        return held


def join(book: Book, dataset: Dataset, framework: Framework) -> Dataset:
    """``dataset`` with the shares that the other sheets of its book give, and what they rest on.

    Of a template, columns and rows without a single figure are left out with a note. Findings stand
    among the notes of the source. Raises DataInvalid (L140) for a template nobody has filled in.
    """
    parts = parts_of(book)
    if not parts:
        return dataset
    findings: list[Finding] = []
    shares = _shares(parts, dataset, framework, findings)
    findings.extend(_contradicted(dataset, shares))
    joined = _with_shares(dataset, shares, framework)
    told = about(parts)
    if told:
        findings.extend(stale(book.file, told, framework, dataset.level))
        joined = filled(joined, findings)
    return replace(
        joined,
        source=replace(joined.source, notes=(*joined.source.notes, *findings)),
        leftovers=tuple(
            left
            for left in joined.leftovers
            if left.kind != "sheet" or left.text not in {p.grid.sheet for p in parts}
        ),
    )


def _shares(
    parts: Sequence[Part], dataset: Dataset, framework: Framework, findings: list[Finding]
) -> Shares:
    """Every share that can be counted, by row of the dataset and indicator."""
    units, shares = Units(dataset), Shares()
    for part in parts:
        told: Mapping[tuple[int, str], Collected] = {}
        if part.kind == "coding":
            told = _coded(part, units, dataset, framework, findings)
        elif part.kind == "questionnaire":
            told = _asked(part, units, dataset, framework, findings)
        shares.update(told)
    known = {i.id: i for i in framework.indicators}
    for (row, indicator), share in shares.items():
        findings.extend(doubts(share, known[indicator], units.names[row]))
    return shares


def _coded(
    part: Part, units: Units, dataset: Dataset, framework: Framework, findings: list[Finding]
) -> Shares:
    coded = read_coding(part, units)
    by_id = {i.id: i for i in framework.at_level(dataset.level)}
    collects = {k: i.collect for k, i in by_id.items() if isinstance(i.collect, Coding)}
    findings.extend(coded.findings)
    findings.extend(unanswered(coded, collects, units.names))
    asked = {q for c in collects.values() for q in (*c.questions, *([c.among] if c.among else []))}
    findings.extend(differing(coded, [q for q in QUESTIONS if q in asked], units.names))
    return {
        (unit, indicator): share
        for unit in coded.measures
        for indicator, collect in collects.items()
        if (share := coded_share(coded, by_id[indicator], collect, unit)) is not None
    }


def _asked(
    part: Part, units: Units, dataset: Dataset, framework: Framework, findings: list[Finding]
) -> Shares:
    asked = read_questionnaire(part, units, framework, dataset.level)
    by_id = {i.id: i for i in framework.at_level(dataset.level)}
    shares = Shares()
    for unit, indicator in asked.replies:
        collect = by_id[indicator].collect
        if isinstance(collect, Questionnaire):
            share = asked_share(asked, by_id[indicator], collect, unit, units.names[unit])
            if share is not None:
                shares[unit, indicator] = share
    findings.extend(asked.findings)
    return shares


def _contradicted(dataset: Dataset, shares: Shares) -> Iterator[Finding]:
    """D127: figures of the table that are not what was counted, rounded as they are."""
    for (row, indicator), share in shares.items():
        column = dataset.position(indicator)
        value = np.nan if column is None else float(dataset.values[row, column])
        if column is not None and not np.isnan(value) and not agree(value, share.share):
            yield found(
                "D127",
                dataset.location(row, column),
                unit=titled(dataset.units[row], "both"),
                indicator=indicator,
                value=f"{value:.15g}",
                counted=f"{share.share:.6g}",
                other=str(share.first),
            )


def agree(typed: float, exact: float) -> bool:
    """Whether ``typed`` is ``exact`` rounded to the digits that were typed.

    >>> agree(33.3, 100 / 3), agree(33.0, 100 / 3), agree(33.4, 100 / 3)
    (True, True, False)
    """
    digits = len(f"{typed:.15g}".partition(".")[2])
    return abs(typed - exact) <= 0.5 * 10.0**-digits + 1e-9


def _with_shares(dataset: Dataset, shares: Shares, framework: Framework) -> Dataset:
    """The dataset with the shares in their columns, which are added at the end where missing."""
    new = [i for i in framework.indicators if any(key == i.id for _, key in shares)]
    new = [i for i in new if dataset.position(i.id) is None]
    columns = (
        *dataset.columns,
        *(
            Column(i.id, "context" if i.role == "context" else "indicator", i.id, i.measured_in)
            for i in new
        ),
    )
    rows, wide = len(dataset.units), len(new)
    values = np.column_stack([dataset.values, np.full((rows, wide), np.nan)])
    flags = np.column_stack([dataset.flags, np.full((rows, wide), Flag.BLANK, np.uint16)])
    origin = np.concatenate([dataset.origin, np.zeros((rows, wide, 2), np.int32)], axis=1)
    place = {column.id: at for at, column in enumerate(columns)}
    collected: dict[tuple[int, int], Collected] = {}
    for (row, indicator), share in shares.items():
        at = place[indicator]
        values[row, at], flags[row, at], origin[row, at] = share.share, 0, 0
        collected[row, at] = share
    return replace(
        dataset,
        columns=columns,
        values=values,
        flags=flags,
        origin=origin,
        errors=_with_intervals(dataset, collected, wide),
        collected=MappingProxyType(collected),
    )


def _with_intervals(
    dataset: Dataset, collected: Mapping[tuple[int, int], Collected], more: int
) -> Values | None:
    """The errors, (rows, columns and ``more``, 2), with those of counted shares.

    The ends of Wilson's interval are taken as an interval of 95 % in a file is.
    """
    held = dataset.errors_beside(more)
    if all(share.low is None for share in collected.values()):
        return held
    errors = np.full((len(dataset.units), len(dataset.columns) + more, 2), np.nan)
    if held is not None:
        errors[:] = held
    for at, share in collected.items():
        if share.low is not None and share.high is not None:
            errors[at] = (share.share - share.low) / Z95, (share.high - share.share) / Z95
    return errors
